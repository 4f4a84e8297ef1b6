from __future__ import annotations

from itertools import pairwise

import pytest
from tiny_evaluation import make_evaluated

from pipeline.themes.measures import Figure
from pipeline.views.learning_curve import make_curve, recall_of, shown_figure

EVALUATION = make_evaluated().evaluation


def test_a_line_a_method_and_a_dot_a_step() -> None:
    curve = make_curve(recall_of(EVALUATION))
    assert [(c.method, [p.examples for p in c.points]) for c in curve.curves] == [
        ("gyeol", [0, 1, 3]),
        ("overlap", [0, 1, 3]),
        ("linear", [1, 3]),
    ]
    assert [examples for _, examples in curve.along] == [0, 1, 3]


def test_all_is_inside_the_picture_and_better_is_higher() -> None:
    curve = make_curve(with_r3({"gyeol": 0.6, "linear": 0.4, "overlap": 0.25}))
    heights = {c.method: c.points[-1].y for c in curve.curves}
    assert heights["gyeol"] < heights["linear"] < heights["overlap"]
    for drawn in curve.curves:
        for point in drawn.points:
            assert curve.left <= point.x <= curve.right
            assert 0 <= point.y <= curve.bottom
    assert [figure for _, figure in curve.across] == ["0", ".1", ".2", ".3", ".4", ".5", ".6", ".7"]


def test_names_do_not_stand_on_one_another() -> None:
    curve = make_curve(with_r3({"gyeol": 0.5, "linear": 0.5, "overlap": 0.5}))
    places = sorted(c.label_y for c in curve.curves)
    assert all(b - a >= 15 for a, b in pairwise(places))


def test_a_study_measured_without_examples_alone_is_drawn_too() -> None:
    curve = make_curve({0: recall_of(EVALUATION)[0]})
    assert [len(c.points) for c in curve.curves] == [1, 1]


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure(0.616, 0.58, 0.652), ".62 [.58–.65]"),
        (Figure(1.0, None, None), "1.00"),
        (Figure(0.0, 0.0, 0.004), "0 [0–0]"),
        (None, "–"),
        (Figure(float("nan"), None, None), "–"),
    ],
)
def test_figures_are_shown_with_their_interval(figure: Figure | None, shown: str) -> None:
    assert shown_figure(figure) == shown


def with_r3(values: dict[str, float]) -> dict[int, dict[str, Figure]]:
    return {
        examples: {
            name: Figure(values[name], values[name] - 0.03, values[name] + 0.03) for name in own
        }
        for examples, own in recall_of(EVALUATION).items()
    }
