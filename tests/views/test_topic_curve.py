from __future__ import annotations

import dataclasses
from itertools import pairwise

from tiny_analysis import make_analysis

from pipeline.records import TopicCount
from pipeline.views.report import to_html
from pipeline.views.tables import to_csv, topic_counts
from pipeline.views.topic_curve import HEIGHT, MEASURES, make_topic_curve

COUNTS = (
    TopicCount(5, -0.2, 0.5, 0.9, 0.6, 0.4, chosen=False),
    TopicCount(9, 0.2, 0.6, 0.8, 0.7, 0.7, chosen=True),
    TopicCount(30, 0.1, 0.6, 0.4, 0.9, 0.5, chosen=False),
)


def with_counts() -> str:
    analysis = make_analysis()
    model = dataclasses.replace(analysis.model, counts=COUNTS)
    return to_html(dataclasses.replace(analysis, model=model))


def test_every_measure_is_drawn_within_the_picture() -> None:
    curve = make_topic_curve(COUNTS)
    assert curve is not None
    assert tuple(line.measure for line in curve.lines) == MEASURES
    for line in curve.lines:
        assert [count for _, _, count, _ in line.dots] == [5, 9, 30]
        assert all(curve.left < x < curve.right for x, _, _, _ in line.dots)
        assert all(curve.top <= y <= curve.bottom for _, y, _, _ in line.dots)
    assert [chosen for _, _, chosen in curve.along] == [False, True, False]
    stable = curve.lines[0].dots
    assert stable[0][1] < stable[1][1] < stable[2][1]  # the higher value stands higher


def test_names_of_lines_do_not_stand_on_one_another() -> None:
    curve = make_topic_curve([dataclasses.replace(one, npmi=0.6) for one in COUNTS])
    assert curve is not None
    places = sorted(line.label_y for line in curve.lines)
    assert all(b - a >= 17 for a, b in pairwise(places))
    assert places[-1] <= HEIGHT


def test_one_number_alone_and_none_at_all() -> None:
    assert make_topic_curve(()) is None
    assert make_topic_curve([COUNTS[1]]) is not None


def test_numbers_better_than_their_neighbours_are_named_beside_the_chosen() -> None:
    scores = {5: 0.84, 7: 0.69, 9: 0.75, 12: 0.52, 17: 0.52, 22: 0.6}
    counts = [TopicCount(n, 0, 0.5, 0.5, 0.5, score, chosen=n == 5) for n, score in scores.items()]
    curve = make_topic_curve(counts)
    assert curve is not None
    assert curve.also == (9,)  # what lies at an end has one neighbour only
    analysis = make_analysis()
    model = dataclasses.replace(analysis.model, counts=tuple(counts))
    assert "9개도 그 앞뒤의 수보다 낫습니다" in to_html(dataclasses.replace(analysis, model=model))
    assert "앞뒤의 수보다" not in with_counts()


def test_the_report_shows_what_was_tried_and_chosen() -> None:
    page = with_counts()
    assert "토픽 5개부터 30개까지" in page
    assert 'class="curve counts"' in page
    assert "counts-title" not in to_html(make_analysis())


def test_the_table_of_numbers_tried() -> None:
    analysis = make_analysis()
    model = dataclasses.replace(analysis.model, counts=COUNTS)
    rows = to_csv(topic_counts(dataclasses.replace(analysis, model=model))).decode("utf-8-sig")
    assert rows.splitlines()[0] == "count,npmi,c_v,stability,exclusivity,score,chosen"
    assert rows.splitlines()[2] == "9,0.200000,0.600000,0.800000,0.700000,0.700000,true"
    assert topic_counts(analysis).rows == ()
