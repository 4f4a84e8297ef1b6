"""A coefficient with its 95% interval, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.verdicts.coefficients import COHEN, Method
from pipeline.verdicts.ratings import MISSING

RESAMPLES = 1000
_LEVEL = 0.95
# With fewer interviews to draw from, an interval by interviews says little.
ENOUGH_INTERVIEWS = 10
# Where more resamples than this leave the coefficient undefined, the rest are no fair sample.
_MOST_UNDEFINED = 0.05

Resampled = Literal["interview", "segment", "nothing"]
Reason = Literal[
    "no_pair",  # no unit that two coders looked at
    "not_by_all",  # no interview that all coders looked at from end to end
    "no_passage",  # no passage was decided so
    "not_two",  # Cohen's κ compares two coders
    "unused",  # nobody used the code
    "always",  # everybody used it everywhere
    "one_value",  # one value only, from everybody: nothing to agree about
    "same_everywhere",  # value there, interval not: every resample gives the same value
    "too_rare",  # value there, interval not: many resamples leave it undefined
    "no_interval",  # value there, interval not: none is made for it
    "few_interviews",  # value there, interval not: it takes interviews to resample
]


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A figure with its interval; ``reason`` says why figure or interval is ``None``."""

    value: float | None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Draws:
    """How often each group counts: row 0 is the sample itself, every other row a resample.

    ``group_of`` gives the column of each unit.
    """

    weights: np.ndarray
    group_of: np.ndarray
    resampled: Resampled

    def summed(self, parts: np.ndarray) -> np.ndarray:
        """Return draws × columns: ``parts`` (units × columns) added up as drawn."""
        n_units, n_groups = len(self.group_of), self.weights.shape[1]
        places = self.group_of, np.arange(n_units)
        grouping = csr_matrix((np.ones(n_units), places), (n_groups, n_units))
        return self.weights @ (grouping @ parts)


def draw(interviews: Sequence[str], seed: int) -> Draws:
    """Resample interviews where there are enough of them, else segments.

    What an interview says hangs together: with segments resampled, intervals are too narrow.
    """
    names = sorted(set(interviews))
    by_interview = len(names) >= ENOUGH_INTERVIEWS
    number = {name: at for at, name in enumerate(names)}
    group_of = np.array([number[i] for i in interviews] if by_interview else range(len(interviews)))
    n_groups = len(names) if by_interview else len(interviews)
    if n_groups < 2:
        return Draws(np.ones((1, n_groups)), group_of.astype(int), "nothing")
    rng = np.random.default_rng([seed, n_groups])
    drawn = rng.multinomial(n_groups, np.full(n_groups, 1 / n_groups), size=RESAMPLES)
    weights = np.vstack([np.ones(n_groups), drawn])
    return Draws(weights, group_of, "interview" if by_interview else "segment")


def measure(method: Method, ratings: np.ndarray, n_values: int, draws: Draws) -> Coefficient:
    """Return the coefficient of ``ratings`` (units × coders) by ``method``."""
    if method is COHEN and ratings.shape[1] != 2:
        return Coefficient(None, reason="not_two")
    if not ((ratings != MISSING).sum(axis=1) >= 2).any():
        return Coefficient(None, reason="no_pair")
    parts = method.parts(ratings, n_values)
    return bounded(method.value(draws.summed(parts), n_values), "one_value")


def bounded(estimates: np.ndarray, undefined: Reason) -> Coefficient:
    """Return the first of ``estimates`` with the percentile interval of the others."""
    # Rounded, so that which machine added up the sums does not show.
    value, drawn = np.round(estimates[0], 9) + 0.0, np.round(estimates[1:], 9) + 0.0
    if np.isnan(value):
        return Coefficient(None, reason=undefined)
    defined = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return Coefficient(float(value), reason="few_interviews")
    if len(defined) < (1 - _MOST_UNDEFINED) * len(drawn):
        return Coefficient(float(value), reason="too_rare")
    if defined.min() == defined.max():
        return Coefficient(float(value), reason="same_everywhere")
    low, high = np.quantile(defined, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2]).tolist()
    return Coefficient(float(value), low, high)
