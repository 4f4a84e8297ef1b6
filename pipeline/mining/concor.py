"""CONCOR: blocks of terms that are tied alike to all others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

TOLERANCE = 0.2
MOST_ITERATIONS = 25
_SMALLEST_SPLIT = 3


@dataclass(frozen=True, slots=True)
class Blocks:
    """What CONCOR found.

    ``block_of`` is each node's block, from 1; 0 for nodes that correlate with nothing (no ties,
    or the same tie to all). ``density`` is blocks × blocks: the mean tie between two blocks,
    the diagonal left out, NaN within a block of one. ``image`` is 1 where a density is at
    least ``alpha``, the mean tie of the whole. ``converged`` is false where a split was
    taken by its signs after ``MOST_ITERATIONS``.
    """

    block_of: np.ndarray
    density: np.ndarray
    image: np.ndarray
    alpha: float
    converged: bool


def concor(ties: np.ndarray, depth: int) -> Blocks:
    """Split the nodes of ``ties`` (square, nodes × nodes) into at most ``2 ** depth`` blocks.

    Breiger, Boorman and Arabie (1975, J. Math. Psychology 12), as UCINET does it: a node's
    profile is its row and its column, one below the other; profiles are correlated, the
    columns of the correlations are correlated again, until all are 1 or -1 within
    ``TOLERANCE``; the signs part the nodes in two. Then each part is split the same way, by
    its nodes' profiles to **all** nodes. Parts of two or fewer, or all alike, stay whole.

    The diagonal (a node's tie with itself) is missing: it is left out of every sum of the
    first correlation, pair by pair. Blocks are numbered from left to right in the tree; the
    half with the first node is on the left.

    Raises:
        ValueError: ``ties`` is not square.
    """
    n = len(ties)
    if ties.shape != (n, n):
        raise ValueError(f"ties must be square, not {ties.shape}")
    with threadpool_limits(1, "blas"):
        first = profile_correlations(ties)
        alive = np.isfinite(first).sum(axis=0) > 0
        groups = [np.flatnonzero(alive)] if alive.any() else []
        converged = True
        for _ in range(depth):
            halves: list[np.ndarray] = []
            for group in groups:
                parts, settled = _split(group, first)
                halves += parts
                converged &= settled
            groups = halves
    block_of = np.zeros(n, np.int64)
    for number, group in enumerate(groups, 1):
        block_of[group] = number
    density = _density(ties, groups)
    off = ~np.eye(n, dtype=bool)
    alpha = float(np.round(ties[off].mean(), 9)) if n > 1 else 0.0
    image = (np.nan_to_num(density, nan=-np.inf) >= alpha).astype(np.int64)
    return Blocks(block_of, density, image, alpha, converged)


def profile_correlations(ties: np.ndarray) -> np.ndarray:
    """Return how the nodes' profiles (row and column) correlate, NaN where one has no spread.

    The diagonal is missing, and with it, for a pair, all that one of the two says to itself.
    """
    profiles = np.vstack([ties, ties.T]).astype(float)
    n = len(ties)
    there = np.ones_like(profiles)
    index = np.arange(n)
    there[index, index] = there[index + n, index] = 0
    seen = profiles * there
    # Sums over what both have, a matrix product each: pairwise deletion without a loop.
    count = there.T @ there
    sums = seen.T @ there
    squares = (seen**2).T @ there
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = seen.T @ seen - sums * sums.T / count
        spread = squares - sums**2 / count
        # A spread that is rounding of nothing is none.
        spread[spread < 1e-9 * np.maximum(squares, 1e-300)] = np.nan
        found = covariance / np.sqrt(spread * spread.T)
    found = np.clip(np.round(found, 12), -1, 1)
    np.fill_diagonal(found, np.where(np.isfinite(found).any(axis=0), 1.0, np.nan))
    return found


def _split(group: np.ndarray, first: np.ndarray) -> tuple[list[np.ndarray], bool]:
    """Part ``group`` in two; whole where it is small or all alike. And whether it settled."""
    if len(group) < _SMALLEST_SPLIT:
        return [group], True
    matrix = np.nan_to_num(first[np.ix_(group, group)], nan=0.0)
    settled = False
    for _ in range(MOST_ITERATIONS):
        centred = matrix - matrix.mean(axis=0)
        norm = np.sqrt((centred**2).sum(axis=0))
        if (norm < 1e-9).any():
            # A node alike to all of the group cannot be put on one side of it.
            break
        matrix = np.clip(centred.T @ centred / np.outer(norm, norm), -1, 1)
        if (np.abs(matrix) >= 1 - TOLERANCE).all():
            settled = True
            break
    left = matrix[0] > 0
    left[0] = True
    if left.all():
        return [group], True
    return [group[left], group[~left]], settled


def _density(ties: np.ndarray, groups: list[np.ndarray]) -> np.ndarray:
    density = np.full((len(groups), len(groups)), np.nan)
    for a, rows in enumerate(groups):
        for b, columns in enumerate(groups):
            block = ties[np.ix_(rows, columns)]
            kept = block[~np.eye(len(block), dtype=bool)] if a == b else block
            if kept.size:
                density[a, b] = round(float(kept.mean()), 9)
    return density
