from __future__ import annotations

import numpy as np
import pytest

from pipeline.themes.measures import Figure
from pipeline.themes.ranking_figures import (
    Ranked,
    Scores,
    figures_of,
    join_ranked,
    rank,
    recall_at,
)

CODES = ("가", "나", "다", "라", "마", "바")
# Four segments of two interviews.
GROUPS = np.array([0, 0, 1, 1])
GOLD = np.array(
    [
        [1, 0, 0, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [1, 1, 1, 1, 0, 0],
        [0, 0, 0, 0, 1, 0],
    ],
    bool,
)
SCORE = np.array(
    [
        [0.9, 0.8, 0.7, 0.6, 0.5, 0.4],  # 가 나 다 라 마: the first is right
        [0.5, 0.2, 0.9, 0.8, 0.7, 0.1],  # 다 라 마 가 나: right ones fourth and fifth
        [0.9, 0.1, 0.7, 0.0, 0.5, 0.8],  # 가 바 다 마 나: first, third, fifth
        [0.6, 0.5, 0.4, 0.3, 0.1, 0.2],  # 가 나 다 라 바: none
    ]
)
ITSELF = np.ones((1, 2))


def ranked(calibrated: bool = True, fits: list[bool] | None = None) -> Ranked:
    mask = None if fits is None else np.array(fits)
    return rank(Scores(SCORE, calibrated, mask), np.arange(4))


def test_the_first_five_are_ranked_and_equal_scores_keep_the_codebooks_order() -> None:
    assert ranked().order[1].tolist() == [2, 3, 4, 0, 1]
    assert ranked().score[1].tolist() == [0.9, 0.8, 0.7]
    flat = rank(Scores(np.full((3, 6), 0.5)), np.array([2]))
    assert flat.order.tolist() == [[0, 1, 2, 3, 4]]


def test_recall_is_of_as_many_as_there_could_be() -> None:
    assert recall_at(GOLD, ranked(), 1).tolist() == [1, 0, 1, 0]
    assert recall_at(GOLD, ranked(), 3).tolist() == [1, 0, 2 / 3, 0]
    assert recall_at(GOLD, ranked(), 5).tolist() == [1, 1, 3 / 4, 0]


def test_overall_figures_by_hand() -> None:
    found = figures_of(CODES, GOLD, GROUPS, ITSELF, [ranked()])
    assert found.p_1.value == pytest.approx(2 / 4)
    assert found.r_3.value == pytest.approx((1 + 0 + 2 / 3 + 0) / 4)
    assert found.r_5.value == pytest.approx((1 + 1 + 3 / 4 + 0) / 4)
    # 가 2 of 3 segments, 나 0 of 2, 다 1 of 1, 라 0 of 1, 마 0 of 1; 바 is nowhere.
    assert found.macro_3.value == pytest.approx((2 / 3 + 0 + 1 + 0 + 0) / 5)
    assert found.none_right.value == pytest.approx(2 / 4)


def test_figures_by_code_by_hand() -> None:
    by_code = figures_of(CODES, GOLD, GROUPS, ITSELF, [ranked()]).by_code
    assert [figures.code for figures in by_code] == ["가", "나", "다", "라", "마"]
    first = by_code[0]
    assert first.n_segments == 3
    assert (first.recall_1, first.recall_3, first.recall_5) == (2 / 3, 2 / 3, 1)
    assert first.precision_1 == pytest.approx(2 / 3)  # comes first in three, rightly in two
    # Among the first three with .9, .9 and .6, right in two of them.
    assert first.overconfidence == pytest.approx((0.9 + 0.9 + 0.6 - 2) / 3)
    assert by_code[3].precision_1 is None  # 라 never comes first
    assert by_code[3].overconfidence == pytest.approx(0.8)  # once among the three, wrongly
    assert by_code[4].abstained is None


def test_scores_that_only_rank_have_no_calibration() -> None:
    found = figures_of(CODES, GOLD, GROUPS, ITSELF, [ranked(calibrated=False)])
    assert found.calibration_error is None
    assert found.by_code[0].overconfidence is None
    assert figures_of(CODES, GOLD, GROUPS, ITSELF, [ranked()]).calibration_error is not None


def test_abstention_is_right_where_none_of_three_is() -> None:
    silent = figures_of(CODES, GOLD, GROUPS, ITSELF, [ranked(fits=[False, True, True, False])])
    assert silent.abstained == Figure(0.5, None, None)
    assert silent.abstained_rightly == Figure(0.5, None, None)  # the last rightly, not the first
    assert silent.by_code[0].abstained == pytest.approx(1 / 3)
    eloquent = figures_of(CODES, GOLD, GROUPS, ITSELF, [ranked(fits=[True] * 4)])
    assert eloquent.abstained == Figure(0, None, None)
    assert eloquent.abstained_rightly is None
    assert figures_of(CODES, GOLD, GROUPS, ITSELF, [ranked()]).abstained is None


def test_rounds_are_averaged() -> None:
    other = rank(Scores(GOLD.astype(float)), np.arange(4))
    alone = figures_of(CODES, GOLD, GROUPS, ITSELF, [ranked()])
    both = figures_of(CODES, GOLD, GROUPS, ITSELF, [ranked(), other])
    assert both.r_3.value == pytest.approx((alone.r_3.value + 1) / 2)
    assert both.by_code[0].recall_1 == pytest.approx((2 / 3 + 1) / 2)


def test_folds_are_put_back_in_place() -> None:
    scores = Scores(SCORE, True, np.array([True, False, True, False]))
    late, early = np.array([2, 0]), np.array([1, 3])
    joined = join_ranked([(late, rank(scores, late)), (early, rank(scores, early))])
    whole = rank(scores, np.arange(4))
    for name in Ranked.__slots__:
        assert (getattr(joined, name) == getattr(whole, name)).all(), name
