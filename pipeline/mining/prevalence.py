"""How much of what each group says a topic or a code takes up, and how surely.

What one person says hangs together, so resampling draws participants with all they said,
never segments (a cluster bootstrap: Davison and Hinkley 1997, 3.8; Field and Welsh 2007).
Every figure is a ratio of sums over participants, made anew for each draw.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.stats import norm, t
from threadpoolctl import threadpool_limits

RESAMPLES = 2000
# Of so few participants all draws lie within what these few said: of two, the interval covers
# the truth half the time at best (1 - 2 ** (1 - n)), of four .87; of five first .94.
FEWEST = 5
_LEVEL = 0.95
# Draws a block: 64 MB of weights. And in all: a million of participants are drawn less often.
_BLOCK = 8_000_000
_MOST_DRAWS = 400_000_000
_FEWEST_RESAMPLES = 400


@dataclass(frozen=True, slots=True)
class Share:
    """A share (0 to 1) of a group, or a difference of shares (-1 to 1), with its 95% interval.

    The bounds are ``None`` where too few participants spoke for one.
    """

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class GroupShares:
    """One group: its items' shares, how far they are from all other groups', and its size.

    ``lowest`` and ``highest`` are the smallest and largest share among single participants.
    ``differences`` is empty where there is no other group.
    """

    shares: tuple[Share, ...]
    lowest: tuple[float, ...]
    highest: tuple[float, ...]
    differences: tuple[Share, ...]
    n_clusters: int


def compare_groups(
    part: np.ndarray | csr_matrix,
    whole: np.ndarray,
    groups: Sequence[np.ndarray],
    clusters: np.ndarray,
    seed: int,
) -> tuple[GroupShares | None, ...]:
    """Return each item's share in each group, with intervals over clusters.

    Args:
        part: segments × items, 0 or more: how much of each segment an item has.
        whole: a value a segment, what the items are shares of; segments of 0 have no part.
        groups: masks over segments; they do not overlap.
        clusters: for each segment the number of its cluster (``find_clusters``), from 0.
        seed: of the draws; groups share them, so that a participant of two groups (rounds)
            is drawn for both.

    Returns:
        For each group its shares, ``None`` where all its segments are of 0. Intervals are
        expanded percentiles (Hesterberg 2015): the percentiles are those that give a
        mean of n values the width of Student's interval, without which ten participants'
        95% would be 90%. n is the group's participants, in a difference those of the side
        that has fewer; under five there is no interval.

    """
    sparse = csr_matrix(part)
    n_clusters = int(clusters.max(initial=-1)) + 1
    sums = [_sums(sparse, whole, group & (whole > 0), clusters, n_clusters) for group in groups]
    together = _Sums(
        np.sum([own.part for own in sums], axis=0), np.sum([own.whole for own in sums], axis=0)
    )
    drawn: list[list[np.ndarray]] = [[] for _ in groups]
    apart: list[list[np.ndarray]] = [[] for _ in groups]
    with threadpool_limits(1, "blas"):
        for weights in _draws(n_clusters, seed):
            for index, own in enumerate(sums):
                share = own.share(weights)
                drawn[index].append(share)
                apart[index].append(share - together.without(own).share(weights))
    return tuple(
        _group(own, together.without(own), np.vstack(drawn[index]), np.vstack(apart[index]))
        if own.whole.any()
        else None
        for index, own in enumerate(sums)
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums by cluster: ``part`` is clusters × items, ``whole`` a value a cluster."""

    part: np.ndarray
    whole: np.ndarray

    def without(self, other: _Sums) -> _Sums:
        # Never below 0 by a rounding.
        return _Sums(np.maximum(self.part - other.part, 0), np.maximum(self.whole - other.whole, 0))

    def share(self, weights: np.ndarray) -> np.ndarray:
        """Return draws × items; NaN where a draw has none of the group."""
        said = self.whole > 0
        return _divided(weights[:, said] @ self.part[said], weights[:, said] @ self.whole[said])


def _sums(
    part: csr_matrix, whole: np.ndarray, rows: np.ndarray, clusters: np.ndarray, n_clusters: int
) -> _Sums:
    chosen = np.flatnonzero(rows)
    gather = csr_matrix(
        (np.ones(len(chosen)), (clusters[chosen], chosen)), shape=(n_clusters, len(clusters))
    )
    return _Sums(csr_matrix(gather @ part).toarray(), gather @ whole.astype(float))


def n_resamples(n_clusters: int) -> int:
    """Return how often so many clusters are drawn: 2,000 times, of 200,000 and more less."""
    return max(_FEWEST_RESAMPLES, min(RESAMPLES, _MOST_DRAWS // max(1, n_clusters)))


def _draws(n_clusters: int, seed: int) -> Iterator[np.ndarray]:
    """Yield how often each cluster is drawn, draws × clusters, some draws at a time."""
    rng = np.random.default_rng([seed, n_clusters])
    if not n_clusters:
        return
    left, size = n_resamples(n_clusters), max(1, _BLOCK // n_clusters)
    chance = np.full(n_clusters, 1 / n_clusters)
    while left > 0:
        yield rng.multinomial(n_clusters, chance, size=min(size, left)).astype(float)
        left -= size


def _group(own: _Sums, rest: _Sums, drawn: np.ndarray, apart: np.ndarray) -> GroupShares:
    said = own.whole > 0
    each = own.part[said] / own.whole[said, None]
    shares = own.part.sum(axis=0) / own.whole.sum()
    n_own, n_rest = int(said.sum()), int((rest.whole > 0).sum())
    differences: tuple[Share, ...] = ()
    if n_rest:
        away = shares - rest.part.sum(axis=0) / rest.whole.sum()
        differences = _with_bounds(away, apart, min(n_own, n_rest))
    return GroupShares(
        _with_bounds(shares, drawn, n_own),
        tuple(each.min(axis=0).tolist()),
        tuple(each.max(axis=0).tolist()),
        differences,
        n_own,
    )


def _with_bounds(values: np.ndarray, drawn: np.ndarray, n: int) -> tuple[Share, ...]:
    if n < FEWEST:
        return tuple(Share(value, None, None) for value in values.tolist())
    tail = float(norm.cdf(np.sqrt(n / (n - 1)) * t.ppf((1 - _LEVEL) / 2, n - 1)))
    low, high = np.nanquantile(drawn, [tail, 1 - tail], axis=0).tolist()
    return tuple(map(Share, values.tolist(), low, high))


def _divided(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    bottom = bottom[:, None]
    return np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
