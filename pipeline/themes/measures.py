"""Figures with their uncertainty: ratios, means over codes, calibration error, bootstrap.

What an interview says hangs together, so the bootstrap resamples interviews, not segments
(a cluster bootstrap; Davison and Hinkley 1997, 3.8): each figure is computed from sums by
interview, weighed by how often the interview was drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 1000
_LEVEL = 0.95
BINS = 10
# A bin of fewer cannot tell a share from chance.
_FEWEST_IN_BIN = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its 95% interval; bounds are ``None`` where one interview is all there is."""

    value: float
    low: float | None
    high: float | None


def resample(n_groups: int, seed: int) -> np.ndarray:
    """Return how often each group counts: row 0 is the sample itself, the rest resamples."""
    rng = np.random.default_rng([seed, n_groups])
    if n_groups < 2:
        return np.ones((1, n_groups))
    drawn = rng.multinomial(n_groups, np.full(n_groups, 1 / n_groups), size=RESAMPLES)
    return np.vstack([np.ones(n_groups), drawn])


def sums_by_group(values: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return groups × columns: the sums of ``values`` (rows × columns) over each group's rows."""
    sums = np.zeros((int(groups.max()) + 1, values.shape[1]))
    np.add.at(sums, groups, values)
    return sums


def ratio(weights: np.ndarray, groups: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> Figure:
    """Return the sum of ``top`` over the sum of ``bottom`` (a value a row each)."""
    n_groups = weights.shape[1]
    sums = weights @ np.bincount(groups, top, n_groups)
    return _figure(_divided(sums, weights @ np.bincount(groups, bottom, n_groups)))


def mean_over_codes(weights: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> Figure:
    """Return the mean of each code's ratio; ``top`` and ``bottom`` are groups × codes.

    Codes that a resample lacks have no part in it.
    """
    used = bottom.any(axis=0)
    shares = _divided(weights @ top[:, used], weights @ bottom[:, used])
    return _figure(np.nanmean(shares, axis=1))


def calibration_error(
    weights: np.ndarray, rounds: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]]
) -> Figure | None:
    """Return the expected calibration error, 0 to 1, averaged over ``rounds``; 0 is perfect.

    A round is (scores, whether right, groups of the rows), the first two rows × places.
    Scores are sorted into ten bins of equal numbers (fewer where a bin would hold less than
    ten); the error is the mean distance of a bin's mean score and its share of right ones,
    weighed by its size (Naeini et al. 2015; equal-mass bins as Nixon et al. 2019). Bins stay
    when interviews are resampled. ``None`` where there are no scores.
    """
    errors = [_binned_error(weights, *one) for one in rounds if one[0].size]
    return _figure(np.nanmean(errors, axis=0)) if errors else None


def _binned_error(
    weights: np.ndarray, scores: np.ndarray, right: np.ndarray, groups: np.ndarray
) -> np.ndarray:
    n_bins = max(1, min(BINS, scores.size // _FEWEST_IN_BIN))
    order = np.argsort(scores.ravel(), kind="stable")
    bins = np.empty(scores.size, int)
    for number, members in enumerate(np.array_split(order, n_bins)):
        bins[members] = number
    excess = np.zeros((weights.shape[1], n_bins))
    row_of = np.repeat(groups, scores.shape[1])
    np.add.at(excess, (row_of, bins), scores.ravel() - right.ravel())
    counts = np.bincount(row_of, minlength=weights.shape[1])
    return _divided(np.abs(weights @ excess).sum(axis=1), weights @ counts)


def _divided(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """Return the quotient, NaN where a resample has none of what is counted."""
    return np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)


def _figure(estimates: np.ndarray) -> Figure:
    value, drawn = float(estimates[0]), estimates[1:]
    drawn = drawn[~np.isnan(drawn)]
    if not len(drawn):
        return Figure(value, None, None)
    low, high = np.quantile(drawn, [(1 - _LEVEL) / 2, (1 + _LEVEL) / 2]).tolist()
    return Figure(value, low, high)
