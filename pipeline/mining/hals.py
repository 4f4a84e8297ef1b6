"""Non-negative factorisation by HALS (Cichocki and Phan 2009): many fits in little time.

A consensus is made of some fifty fits. Each topic is made the best it can be with the others
held, which is scikit-learn's descent too, and comes to the same error; here each step is a product
of matrices, in single precision, and all numbers of topics start from one decomposition. That
takes a third of the time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.utils.extmath import randomized_svd

Matrix = csr_matrix | np.ndarray

# Rounds in which loadings on given topics settle.
_SETTLED = 100
# Of no weight.
_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Effort:
    """How zeros of a start are filled and when a factorisation has gone far enough.

    ``max_iter`` counts rounds; the fit ends when one lowers the squared error by less than
    ``tolerance`` of the matrix's squares.
    """

    by_chance: bool
    max_iter: int
    tolerance: float


# NNDSVD starts from the matrix itself, so that runs agree; its zeros become the matrix's mean.
FINE = Effort(by_chance=False, max_iter=300, tolerance=1e-6)
# For one of many fits: zeros are filled at random, so that they do not agree by their start.
QUICK = Effort(by_chance=True, max_iter=60, tolerance=1e-5)


def factorise(
    weighted: Matrix, counts: Sequence[int], seed: int, effort: Effort = FINE
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Factorise ``weighted`` into each number of topics in ``counts``.

    Returns:
        Non-negative rows × topics and topics × columns for each.
    """
    single = cast("Matrix", weighted.astype(np.float32))
    rows, values, columns = randomized_svd(single, max(counts), random_state=seed)
    starts = (_start(single, count, seed, (rows.T, values, columns), effort) for count in counts)
    return [_descend(single, start, effort) for start in starts]


def loadings(weighted: csr_matrix, topic_terms: np.ndarray) -> np.ndarray:
    """Return the non-negative rows × topics that make the most of given ``topic_terms``."""
    columns = topic_terms.astype(np.float32)
    fitting = _times(cast("Matrix", weighted.astype(np.float32)), columns)
    overlap = columns @ columns.T
    rows = np.zeros_like(fitting)
    for _ in range(_SETTLED):
        before = rows.copy()
        _sweep(rows, fitting, overlap)
        if np.abs(rows - before).max(initial=0) <= _NOTHING * np.abs(rows).max(initial=0):
            break
    return rows.T.astype(float)


def _descend(
    weighted: Matrix, start: tuple[np.ndarray, np.ndarray], effort: Effort
) -> tuple[np.ndarray, np.ndarray]:
    """Improve rows and columns by turns, both topics × …, until little is gained."""
    rows, columns = start
    squares = _squares(weighted)
    least = effort.tolerance * squares
    before = np.inf
    for _ in range(effort.max_iter):
        fitting, overlap = _times(weighted, columns), columns @ columns.T
        _sweep(rows, fitting, overlap)
        error = squares - 2 * _product(rows, fitting) + _product(rows @ rows.T, overlap)
        _sweep(columns, _times(weighted.T, rows), rows @ rows.T)
        if before - error < least:
            break
        before = error
    return rows.T.astype(float), columns.astype(float)


def _sweep(side: np.ndarray, fitting: np.ndarray, overlap: np.ndarray) -> None:
    """Set each topic of ``side`` (topics × rows) to its best with the others held, in place."""
    for topic, weight in enumerate(np.diag(overlap)):
        # A topic that has died has nothing to be measured by.
        if weight > 0:
            side[topic] += (fitting[topic] - overlap[topic] @ side) / weight
            np.maximum(side[topic], 0, out=side[topic])


def _times(weighted: Matrix, topics: np.ndarray) -> np.ndarray:
    """Return ``topics @ weighted.T`` as topics × rows, laid out a topic after the other."""
    return np.ascontiguousarray((weighted @ np.ascontiguousarray(topics.T)).T)


def _product(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.vdot(one.astype(float), other.astype(float)))


def _squares(weighted: Matrix) -> float:
    values = weighted if isinstance(weighted, np.ndarray) else weighted.data
    return float(np.sum(np.square(values, dtype=float)))


def _start(
    weighted: Matrix,
    count: int,
    seed: int,
    parts: tuple[np.ndarray, np.ndarray, np.ndarray],
    effort: Effort,
) -> tuple[np.ndarray, np.ndarray]:
    """Return where a fit starts: topics × rows and × columns (NNDSVD; Boutsidis, Gallopoulos 2008).

    Of each pair of singular vectors the positive or the negative parts, whichever weigh more.
    """
    # The types of SciPy's matrices do not say that their shape is always known.
    shape = cast("tuple[int, int]", weighted.shape)
    sides = [np.zeros((count, length), np.float32) for length in shape]
    for topic, (left, value, right) in enumerate(zip(*parts, strict=True)):
        if topic >= count:
            break
        halves = [(np.maximum(sign * left, 0), np.maximum(sign * right, 0)) for sign in (1, -1)]
        weights = [
            float(np.linalg.norm(rows) * np.linalg.norm(columns)) for rows, columns in halves
        ]
        better = int(weights[1] > weights[0])
        if weights[better] > 0:
            for side, half in zip(sides, halves[better], strict=True):
                side[topic] = np.sqrt(value * weights[better]) * half / np.linalg.norm(half)
    mean = float(weighted.sum()) / max(1, math.prod(shape))
    chance = np.random.default_rng(seed)
    for side in sides:
        empty = side < _NOTHING
        amount = int(empty.sum())
        side[empty] = (
            np.abs(mean / 100 * chance.standard_normal(amount)) if effort.by_chance else mean
        )
    return sides[0], sides[1]
