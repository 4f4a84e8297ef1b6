"""Probabilities, thresholds and sets: worked examples, and what must hold of any scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from pipeline.themes.calibration import find_threshold, fit_curve, prior_shift, set_threshold


def coded(n: int, codes: int, slope: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and labels that are right with the probability expit(slope · score − 2)."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(n, codes))
    return scores, (rng.random((n, codes)) < expit(slope * scores - 2)).astype(float)


def one_each(n: int, codes: int, sharpness: float) -> tuple[np.ndarray, np.ndarray]:
    """Return scores and labels of segments that carry exactly one code each."""
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(n, codes))
    odds = np.exp(sharpness * scores)
    share = odds / odds.sum(axis=1, keepdims=True)
    right = [rng.choice(codes, p=row) for row in share]
    return scores, np.eye(codes)[right]


def error(probability: np.ndarray, labels: np.ndarray) -> float:
    """Return the largest gap between stated and real frequency over ten equal bins."""
    order = np.argsort(probability)
    bins = np.array_split(order, 10)
    return max(abs(float(probability[b].mean() - labels[b].mean())) for b in bins)


def test_the_curve_recovers_the_frequencies_it_was_fitted_to() -> None:
    scores, labels = coded(4000, 5, 1.5)
    curve = fit_curve(scores, labels)
    assert curve is not None
    new, right = coded(4000, 5, 1.5, seed=7)
    assert error(expit(curve.log_odds(new)).ravel(), right.ravel()) < 0.05


def test_where_segments_carry_one_code_a_rival_makes_the_first_less_probable() -> None:
    curve = fit_curve(*one_each(3000, 4, 2.0))
    assert curve is not None
    assert curve.lead > 0.5
    alone, rival = curve.log_odds(np.array([[2.0, -2, -2, -2], [2.0, 1.9, -2, -2]]))[:, 0]
    assert rival < alone - 0.5


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-5, 5), min_size=6, max_size=6))
def test_within_a_segment_the_curve_keeps_the_order(row: list[float]) -> None:
    curve = fit_curve(*coded(400, 6, 1.0))
    assert curve is not None
    scores = np.array([row])
    order = np.argsort(scores[0], kind="stable")
    assert (np.diff(curve.log_odds(scores)[0][order]) >= -1e-9).all()


def test_too_few_codings_or_scores_against_the_labels_give_no_curve() -> None:
    scores, labels = coded(400, 6, 1.5)
    assert fit_curve(scores[:1], labels[:1]) is None
    assert fit_curve(scores, np.ones_like(labels)) is None
    assert fit_curve(-scores, labels) is None


def test_priors_move_toward_how_codes_are_used_elsewhere() -> None:
    rng = np.random.default_rng(3)

    def log_odds(share: float, n: int) -> np.ndarray:
        has = rng.random(n) < share
        first = np.where(has, 1.0, -1.0) + rng.normal(0, 0.3, n)
        return np.stack([2 * first, -2 * first], axis=1)

    shift = prior_shift(log_odds(0.5, 400), log_odds(0.9, 400), 100.0)
    assert shift[0] > 0.3
    assert shift[1] < -0.3
    little = prior_shift(log_odds(0.5, 400), log_odds(0.9, 400), 1.0)
    assert 0 < little[0] < shift[0]


def test_few_uncoded_segments_shift_nothing() -> None:
    assert not prior_shift(np.ones((50, 3)), -np.ones((29, 3)), 50.0).any()


def test_the_same_use_everywhere_shifts_nothing() -> None:
    log_odds = np.random.default_rng(2).normal(size=(60, 4))
    assert np.allclose(prior_shift(log_odds, log_odds, 10.0), 0)


def test_the_lowest_score_that_reaches_the_precision() -> None:
    probability = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    right = np.array([1, 1, 0, 1, 0])
    assert find_threshold(probability, right, 1.0) == 0.8
    assert find_threshold(probability, right, 0.75) == 0.6
    assert find_threshold(probability, right, 0.6) == 0.5
    assert find_threshold(probability, 1 - right, 0.9) is None


def test_of_equal_scores_all_are_suggested_or_none() -> None:
    assert find_threshold(np.array([0.9, 0.9, 0.1]), np.array([1, 0, 0]), 1.0) is None
    assert find_threshold(np.array([]), np.array([]), 0.5) is None


def test_a_set_threshold_by_hand() -> None:
    probability = np.linspace(0.01, 1, 100)[:, None]
    # (1 − .9 − .03 / 2) of 101 is 8.585: the eighth lowest.
    found = set_threshold(probability, np.ones((100, 1)), np.zeros(1), 0.9)
    assert found == pytest.approx(0.08)


def test_too_few_segments_for_the_level_take_every_code() -> None:
    assert set_threshold(np.array([[0.4]] * 5), np.ones((5, 1)), np.zeros(1), 0.9) == 0
    assert set_threshold(np.array([[0.4]]), np.zeros((1, 1)), np.zeros(1), 0.9) == 0


def test_sets_hold_a_right_code_as_often_as_they_say() -> None:
    held = []
    for seed in range(40):
        scores, labels = coded(200, 6, 1.5, seed)
        some = labels.any(axis=1)
        threshold = set_threshold(expit(scores)[some], labels[some], np.zeros(6), 0.9)
        new, right = coded(500, 6, 1.5, seed + 1000)
        has = right.any(axis=1)
        within = (expit(new) >= threshold) & (right > 0)
        held.append(within.any(axis=1)[has].mean())
    assert 0.9 <= np.mean(held) < 0.94


def test_segments_count_by_how_much_more_their_codes_are_used_elsewhere() -> None:
    # The second code's segments score low, and elsewhere are ten times as frequent.
    probability = np.vstack([np.tile([0.9, 0.1], (90, 1)), np.tile([0.1, 0.3], (30, 1))])
    labels = np.vstack([np.tile([1.0, 0.0], (90, 1)), np.tile([0.0, 1.0], (30, 1))])
    assert set_threshold(probability, labels, np.zeros(2), 0.7) == 0.9
    assert set_threshold(probability, labels, np.log([0.1, 1.0]), 0.7) == 0.3
