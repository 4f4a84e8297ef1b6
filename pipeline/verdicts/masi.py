"""Agreement on several codes a segment at once: α with the distance MASI.

Passonneau, R. (2006), Measuring agreement on set-valued items (MASI) for semantic and
pragmatic annotation, LREC. The distance of two sets is 1 − J·M: J is their Jaccard index; M is 1
for equal sets, 2/3 where one holds the other, 1/3 where they merely share something, else 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.verdicts.coefficients import Method, quotient, value_counts


def masi_distance(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the distance of two sets, 0 (equal; both empty too) to 1 (nothing in common)."""
    if one == other:
        return 0.0
    shared = len(one & other)
    if not shared:
        return 1.0
    monotonic = 2 / 3 if one < other or other < one else 1 / 3
    return 1 - shared / len(one | other) * monotonic


def distances(sets: Sequence[frozenset[str]]) -> np.ndarray:
    """Return sets × sets of MASI distances."""
    return np.array([[masi_distance(one, other) for other in sets] for one in sets])


def alpha_with(name: str, distance: np.ndarray) -> Method:
    """Return Krippendorff's α for values that are ``distance`` (values × values) apart.

    Any number of coders, missing values; undefined where all values are the same. Krippendorff
    2004, 11.3; with distances of 0 and 1 only it is nominal α.
    """

    def parts(ratings: np.ndarray, n_values: int) -> np.ndarray:
        counts = value_counts(ratings, n_values).astype(float)
        raters = counts.sum(axis=1)
        counts[raters < 2] = 0
        apart = np.einsum("uc,ck,uk->u", counts, distance, counts, optimize=True)
        pairs = np.divide(apart, raters - 1, out=np.zeros(len(counts)), where=raters >= 2)
        return np.column_stack([counts, pairs])

    def value(sums: np.ndarray, _n_values: int) -> np.ndarray:
        counts, apart = sums[:, :-1], sums[:, -1]
        expected = ((counts @ distance) * counts).sum(axis=1)
        return 1 - quotient((counts.sum(axis=1) - 1) * apart, expected)

    return Method(name, parts, value)
