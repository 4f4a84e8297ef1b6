"""Agreement coefficients for values of which each unit gets one from each coder.

All take units × coders: whole numbers from 0, ``MISSING`` where a coder has not looked. Each
is a sum over units and a function of the sums, so that units or whole interviews can be
resampled by weighing them. All are 1 for perfect agreement; those corrected for chance are 0
where coders agree as often as chance would have it, and below where less often.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.verdicts.ratings import MISSING


@dataclass(frozen=True, slots=True)
class Method:
    """A coefficient: ``parts`` makes units × columns to be summed, ``value`` reads the sums.

    ``parts(ratings, n_values)``; ``value(sums, n_values)`` takes resamples × columns and gives
    a number for each, NaN where the coefficient is not defined.
    """

    name: str
    parts: Callable[[np.ndarray, int], np.ndarray]
    value: Callable[[np.ndarray, int], np.ndarray]


def value_counts(ratings: np.ndarray, n_values: int) -> np.ndarray:
    """Return units × values: how many coders gave the unit that value."""
    return np.stack([(ratings == value).sum(axis=1) for value in range(n_values)], axis=1)


def quotient(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """Return ``top`` over ``bottom``, NaN where ``bottom`` is not above zero."""
    # Sums of weighted fractions leave crumbs where there should be nothing.
    return np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom > 1e-12)


def _pairwise(ratings: np.ndarray, n_values: int) -> np.ndarray:
    """Return, by unit: share of agreeing pairs of coders, 1 if paired, value shares, 1 if rated."""
    counts = value_counts(ratings, n_values).astype(float)
    raters = counts.sum(axis=1)
    paired = raters >= 2
    agreeing = (counts * (counts - 1)).sum(axis=1)
    share = np.divide(agreeing, raters * (raters - 1), out=np.zeros(len(counts)), where=paired)
    shares = np.divide(
        counts, raters[:, None], out=np.zeros_like(counts), where=raters[:, None] > 0
    )
    return np.column_stack([share, paired, shares, raters > 0])


def _percent(sums: np.ndarray, _n_values: int) -> np.ndarray:
    return quotient(sums[:, 0], sums[:, 1])


def _brennan_prediger(sums: np.ndarray, n_values: int) -> np.ndarray:
    chance = 1 / n_values
    return (_percent(sums, n_values) - chance) / (1 - chance)


def _gwet(sums: np.ndarray, n_values: int) -> np.ndarray:
    shares = quotient(sums[:, 2:-1], sums[:, -1:])
    chance = (shares * (1 - shares)).sum(axis=1) / (n_values - 1)
    return (_percent(sums, n_values) - chance) / (1 - chance)


def _table(ratings: np.ndarray, n_values: int) -> np.ndarray:
    """Return units × cells of the cross table of two coders, 1 in the cell the unit falls in."""
    if ratings.shape[1] != 2:
        raise ValueError("Cohen's kappa compares two coders")
    cells = np.zeros((len(ratings), n_values * n_values))
    both = np.flatnonzero((ratings != MISSING).all(axis=1))
    cells[both, ratings[both, 0] * n_values + ratings[both, 1]] = 1
    return cells


def _cohen(sums: np.ndarray, n_values: int) -> np.ndarray:
    table = sums.reshape(len(sums), n_values, n_values)
    total = table.sum(axis=(1, 2))
    observed = quotient(np.trace(table, axis1=1, axis2=2), total)
    chance = quotient((table.sum(axis=1) * table.sum(axis=2)).sum(axis=1), total * total)
    return quotient(observed - chance, 1 - chance)


def _coincidences(ratings: np.ndarray, n_values: int) -> np.ndarray:
    """Return, by unit, its pairable values counted and its disagreeing pairs as alpha counts them."""
    counts = value_counts(ratings, n_values).astype(float)
    raters = counts.sum(axis=1)
    counts[raters < 2] = 0
    differing = raters**2 - (counts**2).sum(axis=1)
    pairs = np.divide(differing, raters - 1, out=np.zeros(len(counts)), where=raters >= 2)
    return np.column_stack([counts, pairs])


def _krippendorff(sums: np.ndarray, _n_values: int) -> np.ndarray:
    counts, differing = sums[:, :-1], sums[:, -1]
    total = counts.sum(axis=1)
    expected = total**2 - (counts**2).sum(axis=1)
    return 1 - quotient((total - 1) * differing, expected)


# The share of agreeing pairs of coders, averaged over units (two coders: percent agreement).
PERCENT = Method("percent", _pairwise, _percent)
# Cohen 1960: chance from each coder's own shares; two coders; undefined where only one value
# was used by both.
COHEN = Method("cohen_kappa", _table, _cohen)
# Brennan and Prediger 1981 (κₙ; also Bennett's S): chance is one over the number of values.
BRENNAN_PREDIGER = Method("brennan_prediger", _pairwise, _brennan_prediger)
# Krippendorff 2004/2011, nominal: any number of coders, missing values; undefined where only
# one value was used by all.
KRIPPENDORFF = Method("krippendorff_alpha", _coincidences, _krippendorff)
# Gwet 2008, AC1: chance from how undecided coders could be, steady where a code is rare.
GWET = Method("gwet_ac1", _pairwise, _gwet)

METHODS = (PERCENT, COHEN, BRENNAN_PREDIGER, KRIPPENDORFF, GWET)
