from __future__ import annotations

import numpy as np
import pytest

from pipeline.themes.measures import (
    RESAMPLES,
    Figure,
    calibration_error,
    mean_over_codes,
    ratio,
    resample,
    sums_by_group,
)

ITSELF = np.ones((1, 2))
TWO = np.array([0, 0, 1])


def test_a_ratio_is_of_sums_and_not_a_mean_of_ratios() -> None:
    found = ratio(ITSELF, TWO, np.array([1.0, 0.0, 1.0]), np.array([1.0, 2.0, 1.0]))
    assert found == Figure(0.5, None, None)  # 2 of 4, where the mean of 1, 0 and 1 is .67


def test_an_interval_comes_of_drawing_whole_groups() -> None:
    # The second interview alone is right: drawn twice, once, or never.
    weights = np.array([[1.0, 1.0], [2.0, 0.0], [1.0, 1.0], [0.0, 2.0]])
    found = ratio(weights, TWO, np.array([0.0, 0.0, 1.0]), np.ones(3))
    assert found.value == pytest.approx(1 / 3)
    assert found.low is not None
    assert found.high is not None
    # Estimates of the resamples are 0, 1/3 and 1, in between by linear interpolation.
    assert found.low == pytest.approx(0.05 / 3)
    assert found.high == pytest.approx(1 / 3 + 0.95 * 2 / 3)


def test_resamples_draw_as_many_groups_as_there_are_and_the_seed_decides() -> None:
    weights = resample(5, seed=7)
    assert weights.shape == (RESAMPLES + 1, 5)
    assert weights[0].tolist() == [1] * 5
    assert (weights.sum(axis=1) == 5).all()
    assert (weights == resample(5, seed=7)).all()
    assert (weights != resample(5, seed=8)).any()
    assert resample(1, seed=7).tolist() == [[1]]


def test_segments_that_hang_together_widen_the_interval() -> None:
    # Forty segments, half of them right: each its own interview, or all alike in four.
    right = np.repeat([0.0, 1.0], 20)
    apart = ratio(resample(40, 1), np.arange(40), right, np.ones(40))
    together = ratio(resample(4, 1), np.repeat(np.arange(4), 10), right, np.ones(40))
    assert apart.value == together.value == 0.5
    assert (together.high or 0) - (together.low or 0) > 2 * ((apart.high or 0) - (apart.low or 0))


def test_codes_count_alike_whatever_their_number_of_segments() -> None:
    top, bottom = np.array([[9.0, 0.0], [0.0, 1.0]]), np.array([[9.0, 0.0], [9.0, 1.0]])
    assert mean_over_codes(ITSELF, top, bottom).value == pytest.approx((0.5 + 1) / 2)
    unused = np.hstack([bottom, np.zeros((2, 1))])
    found = mean_over_codes(ITSELF, np.hstack([top, np.zeros((2, 1))]), unused)
    assert found.value == pytest.approx(0.75)


def test_sums_by_group() -> None:
    values = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    assert sums_by_group(values, TWO).tolist() == [[4.0, 6.0], [5.0, 6.0]]


def test_calibration_error_of_a_worked_example() -> None:
    # Two bins of ten: scores .2 of which three are right, scores .9 of which six are.
    scores = np.array([0.9] * 10 + [0.2] * 10).reshape(-1, 1)
    right = np.array([1] * 6 + [0] * 4 + [1] * 3 + [0] * 7, bool).reshape(-1, 1)
    found = calibration_error(np.ones((1, 1)), [(scores, right, np.zeros(20, int))])
    assert found is not None
    assert found.value == pytest.approx((10 * abs(0.9 - 0.6) + 10 * abs(0.2 - 0.3)) / 20)


def test_scores_that_come_true_have_no_calibration_error() -> None:
    scores = np.repeat([0.1, 0.5], 10).reshape(-1, 2)
    right = np.array([1] + [0] * 9 + [1, 0] * 5, bool).reshape(-1, 2)
    found = calibration_error(np.ones((1, 1)), [(scores, right, np.zeros(10, int))])
    assert found is not None
    assert found.value == pytest.approx(0)


def test_few_scores_make_fewer_bins_and_rounds_are_averaged() -> None:
    one = (np.array([[0.4], [0.8]]), np.array([[False], [True]]), np.array([0, 1]))
    none = (np.zeros((0, 3)), np.zeros((0, 3), bool), np.zeros(0, int))
    perfect = (np.array([[0.5], [0.5]]), np.array([[False], [True]]), np.array([0, 1]))
    alone = calibration_error(ITSELF, [one, none])
    assert alone is not None
    assert alone.value == pytest.approx(0.1)  # one bin: .6 on average, half of them right
    both = calibration_error(ITSELF, [one, perfect])
    assert both is not None
    assert both.value == pytest.approx(0.05)
    assert calibration_error(ITSELF, [none]) is None
