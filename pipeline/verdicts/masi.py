"""Agreement on several codes a segment at once: α with the distance MASI.

Passonneau, R. (2006), Measuring agreement on set-valued items (MASI) for semantic and
pragmatic annotation, LREC. The distance of two sets is 1 − J·M: J is their Jaccard index; M is 1
for equal sets, 2/3 where one holds the other, 1/3 where they merely share something, else 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.verdicts.coefficients import Method, quotient
from pipeline.verdicts.intervals import Coefficient, Draws, bounded
from pipeline.verdicts.ratings import MISSING

# Rows of the table of distances made at a time: of thousands of sets it would not fit as a whole.
_ROWS = 512


def masi_distance(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the distance of two sets, 0 (equal; both empty too) to 1 (nothing in common)."""
    if one == other:
        return 0.0
    shared = len(one & other)
    if not shared:
        return 1.0
    monotonic = 2 / 3 if one < other or other < one else 1 / 3
    return 1 - shared / len(one | other) * monotonic


def distances(sets: Sequence[frozenset[str]]) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield the table of MASI distances some rows at a time: rows, and rows × sets."""
    column = {code: at for at, code in enumerate(sorted(frozenset().union(*sets)))}
    holders = [(row, column[code]) for row, codes in enumerate(sets) for code in sorted(codes)]
    rows, columns = np.array(holders, int).reshape(-1, 2).T
    shape = (len(sets), max(len(column), 1))
    holds = csr_matrix((np.ones(len(rows)), (rows, columns)), shape)
    size = np.array([len(codes) for codes in sets])
    for start in range(0, len(sets), _ROWS):
        part = slice(start, min(start + _ROWS, len(sets)))
        shared = (holds[part] @ holds.T).toarray()
        own, other = size[part, None], size[None, :]
        union = np.maximum(own + other - shared, 1)
        inside = shared == np.minimum(own, other)
        near = np.where(inside, 2 / 3, 1 / 3) * shared / union
        same = inside & (own == other)
        yield part, np.where(same, 0.0, 1 - near)


def alpha_masi(values: np.ndarray, sets: Sequence[frozenset[str]], draws: Draws) -> Coefficient:
    """Return Krippendorff's α of ``values`` (units × coders, numbers of ``sets``) with MASI.

    Any number of coders, missing values (Krippendorff 2004, 11.3); ``None`` where no unit has
    two values, or all values are the same.
    """
    raters = (values != MISSING).sum(axis=1)
    paired = raters >= 2
    if not paired.any():
        return Coefficient(None, reason="no_pair")
    apart = _apart(values, sets) * paired / np.maximum(raters - 1, 1)
    observed = draws.summed(np.column_stack([raters * paired, apart]))
    rows, columns = np.nonzero((values != MISSING) & paired[:, None])
    ones = np.ones(len(rows))
    groups = draws.group_of[rows], values[rows, columns]
    counts = csr_matrix((ones, groups), (draws.weights.shape[1], len(sets)))
    total, apart_in_all = observed.T
    expected = _expected(draws.weights, counts, sets)
    return bounded(1 - quotient((total - 1) * apart_in_all, expected), "one_value")


def _apart(values: np.ndarray, sets: Sequence[frozenset[str]]) -> np.ndarray:
    """Return, by unit, the sum of the distances of its ordered pairs of values."""
    found = np.zeros(len(values))
    known: dict[tuple[int, int], float] = {}
    for one, other in combinations(range(values.shape[1]), 2):
        for unit in np.flatnonzero((values[:, one] != MISSING) & (values[:, other] != MISSING)):
            pair = int(values[unit, one]), int(values[unit, other])
            if pair not in known:
                known[pair] = masi_distance(sets[pair[0]], sets[pair[1]])
            found[unit] += 2 * known[pair]
    return found


def _expected(
    weights: np.ndarray, counts: csr_matrix, sets: Sequence[frozenset[str]]
) -> np.ndarray:
    """Return, for each draw, the summed distances of all ordered pairs of values.

    ``counts`` is groups × sets. What is smaller is kept whole: a table by groups or by sets.
    """
    n_groups, n_sets = weights.shape[1], len(sets)
    if n_groups <= n_sets:
        by_group = np.zeros((n_groups, n_groups))
        for part, distance in distances(sets):
            by_group += counts[:, part] @ (counts @ distance.T).T
        return ((weights @ by_group) * weights).sum(axis=1)
    drawn = weights @ counts
    return sum(
        ((drawn @ distance.T) * drawn[:, part]).sum(axis=1) for part, distance in distances(sets)
    ) + np.zeros(len(weights))


def _equal_pairs(values: np.ndarray, _n_values: int) -> np.ndarray:
    equal, pairs = np.zeros(len(values)), np.zeros(len(values))
    for one, other in combinations(range(values.shape[1]), 2):
        both = (values[:, one] != MISSING) & (values[:, other] != MISSING)
        equal += both & (values[:, one] == values[:, other])
        pairs += both
    share = np.divide(equal, pairs, out=np.zeros(len(values)), where=pairs > 0)
    return np.column_stack([share, pairs > 0])


# The share of pairs of coders that gave a unit the same set of codes, averaged over units.
SAME_SETS = Method("same_sets", _equal_pairs, lambda sums, _: quotient(sums[:, 0], sums[:, 1]))
