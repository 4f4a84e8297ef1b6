"""Intervals, and what is said where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.verdicts.coefficients import COHEN, KRIPPENDORFF, PERCENT
from pipeline.verdicts.intervals import ENOUGH_INTERVIEWS, Coefficient, bounded, draw, measure

RNG = np.random.default_rng(7)
TRUTH = RNG.integers(0, 2, 200)
RATINGS = np.column_stack([TRUTH, np.where(RNG.random(200) < 0.1, 1 - TRUTH, TRUTH)])
INTERVIEWS = [f"{n // 10:02d}" for n in range(200)]


def test_an_interval_holds_its_figure_and_is_the_same_every_time() -> None:
    draws = draw(INTERVIEWS, 3)
    assert draws.resampled == "interview"
    found = measure(COHEN, RATINGS, 2, draws)
    assert found == measure(COHEN, RATINGS, 2, draw(INTERVIEWS, 3))
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0.6 < found.low < found.value < found.high < 1


def test_percent_by_segments_is_as_wide_as_the_binomial_says() -> None:
    found = measure(PERCENT, RATINGS, 2, draw(["한 면담"] * 200, 3))
    p = float((RATINGS[:, 0] == RATINGS[:, 1]).mean())
    half = 1.96 * np.sqrt(p * (1 - p) / 200)
    assert (found.low, found.high) == pytest.approx((p - half, p + half), abs=0.01)


def test_few_interviews_are_not_resampled() -> None:
    few = [f"{n % (ENOUGH_INTERVIEWS - 1)}" for n in range(50)]
    assert draw(few, 1).resampled == "segment"
    assert draw(["한 면담"], 1).resampled == "nothing"


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        (np.zeros((20, 2), int), Coefficient(None, reason="one_value")),
        (np.array([[0, -1], [-1, 1]]), Coefficient(None, reason="no_pair")),
        (np.array([[0, 0]] * 10 + [[1, 1]] * 10), Coefficient(1.0, reason="same_everywhere")),
        (np.array([[0, 0]] * 19 + [[1, 1]]), Coefficient(1.0, reason="too_rare")),
    ],
)
def test_what_is_not_defined_is_none_and_says_why(
    ratings: np.ndarray, expected: Coefficient
) -> None:
    assert measure(KRIPPENDORFF, ratings, 2, draw(["면담"] * len(ratings), 1)) == expected


def test_kappa_of_three_coders_says_why_not() -> None:
    three = np.zeros((4, 3), int)
    assert measure(COHEN, three, 2, draw(["면담"] * 4, 1)) == Coefficient(None, reason="not_two")


def test_one_draw_gives_no_interval() -> None:
    assert bounded(np.array([0.5]), "unused") == Coefficient(0.5, reason="few_interviews")
