"""Topics by non-negative matrix factorisation on TF-IDF (Lee and Seung 1999).

A topic at a time is made the best it can be with the others held (HALS; Cichocki and Phan 2009),
the same descent as scikit-learn's, whose error it comes to. Here it is a product of matrices for
each step, several times as fast, and costs a run no import of that library.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.records import Terms

Matrix = csr_matrix | np.ndarray

# Segments from which a factorisation is made a batch of them at a time: all of them, and the
# topics of each, some twenty times over, would take minutes and gigabytes. Below, a fit that sees
# all at once takes seconds and a few hundred megabytes.
MOST_AT_ONCE = 100_000
# Segments of a batch, and times all of them are gone through.
_BATCH = 10_000
_PASSES = 3
# What a sum keeps of itself at each batch: after a hundred, the first hardly counts.
_KEPT = 0.95
# Rounds in which loadings on given topics settle.
_SETTLED = 100
# Columns a sketch has beyond those asked for, and times it is sharpened (Halko et al. 2011).
_MORE = 10
_SHARPENED = 3
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


def fit(
    terms: Terms, count: int, seed: int, most_at_once: int = MOST_AT_ONCE
) -> tuple[np.ndarray, np.ndarray]:
    """Factorise the sublinear, length-normalised TF-IDF of ``terms`` into ``count`` topics.

    Of more than ``most_at_once`` segments the topics are learned a batch at a time.

    Returns:
        Non-negative segments × topics and topics × terms; the product approximates TF-IDF.
    """
    weighted = weigh(terms)
    if len(terms.segments) <= most_at_once:
        return factorise(weighted, count, seed)
    topic_terms = learn_in_batches(weighted, count, seed)
    return loadings(weighted, topic_terms), topic_terms


def weigh(terms: Terms) -> csr_matrix:
    """Return the sublinear TF-IDF of ``terms``, rows of unit length, as segments × terms."""
    counts = csr_matrix(terms.counts)
    n_segments, n_terms = _shape(counts)
    n_with = np.bincount(counts.indices, minlength=n_terms)
    idf = np.log((1 + n_segments) / (1 + n_with)) + 1
    data = (1 + np.log(counts.data)) * idf[counts.indices]
    row = np.repeat(np.arange(n_segments), np.diff(counts.indptr))
    length = np.sqrt(np.bincount(row, data**2, minlength=n_segments))
    weighted = (data / length[row]).astype(np.float32)
    return csr_matrix((weighted, counts.indices, counts.indptr), shape=(n_segments, n_terms))


def factorise(
    weighted: Matrix, count: int, seed: int, effort: Effort = FINE
) -> tuple[np.ndarray, np.ndarray]:
    """Factorise ``weighted`` into non-negative rows × ``count`` and ``count`` × columns."""
    return factorise_each(weighted, (count,), seed, effort)[0]


def factorise_each(
    weighted: Matrix, counts: Sequence[int], seed: int, effort: Effort
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Factorise ``weighted`` into each of ``counts`` topics, from one decomposition of it."""
    single = cast("Matrix", weighted.astype(np.float32))
    parts = _singular(single, max(counts), seed)
    starts = (_start(single, count, seed, parts, effort) for count in counts)
    return [_descend(single, start, effort) for start in starts]


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


def _shape(weighted: Matrix) -> tuple[int, int]:
    # The types of SciPy's matrices do not say that theirs is always known.
    return cast("tuple[int, int]", weighted.shape)


def _product(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.vdot(one.astype(float), other.astype(float)))


def _squares(weighted: Matrix) -> float:
    values = weighted if isinstance(weighted, np.ndarray) else weighted.data
    return float(np.sum(np.square(values, dtype=float)))


def _singular(weighted: Matrix, count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the ``count`` largest singular values, with vectors as topics × rows and × columns.

    By a random sketch (Halko, Martinsson and Tropp 2011): it is a start, no result.
    """
    width = min(count + _MORE, *_shape(weighted))
    sketch = np.random.default_rng(seed).standard_normal((_shape(weighted)[1], width))
    base = np.linalg.qr(weighted @ sketch.astype(np.float32))[0]
    for _ in range(_SHARPENED):
        base = np.linalg.qr(weighted @ np.linalg.qr(weighted.T @ base)[0])[0]
    left, values, right = np.linalg.svd((weighted.T @ base).T, full_matrices=False)
    return (base @ left[:, :count]).T, values[:count], right[:count]


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
    sides = [np.zeros((count, length), np.float32) for length in _shape(weighted)]
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
    mean = float(weighted.sum()) / max(1, math.prod(_shape(weighted)))
    chance = np.random.default_rng(seed)
    for side in sides:
        empty = side < _NOTHING
        amount = int(empty.sum())
        side[empty] = (
            np.abs(mean / 100 * chance.standard_normal(amount)) if effort.by_chance else mean
        )
    return sides[0], sides[1]


def learn_in_batches(weighted: csr_matrix, count: int, seed: int) -> np.ndarray:
    """Learn ``count`` topics of many segments a batch at a time (Mairal et al. 2010).

    They start from a fit to the first batch, and follow sums of what batches show, of which
    later ones count for more.

    Returns:
        Topics × terms.
    """
    order = np.random.default_rng(seed).permutation(_shape(weighted)[0])
    bounds = [*range(0, len(order), _BATCH), len(order)]
    _, topics = factorise(csr_matrix(weighted[np.sort(order[:_BATCH])]), count, seed)
    columns = topics.astype(np.float32)
    shown, overlap = np.zeros_like(columns), np.zeros((count, count), np.float32)
    for _ in range(_PASSES):
        for begin, end in pairwise(bounds):
            batch = csr_matrix(weighted[np.sort(order[begin:end])])
            rows = _load(batch, columns)
            shown = _KEPT * shown + _times(batch.T, rows)
            overlap = _KEPT * overlap + rows @ rows.T
            _sweep(columns, shown, overlap)
    return columns.astype(float)


def loadings(weighted: csr_matrix, topic_terms: np.ndarray) -> np.ndarray:
    """Return the non-negative rows × topics that make the most of given ``topic_terms``.

    Rows are worked through in batches: each rests on its own terms alone.
    """
    columns = topic_terms.astype(np.float32)
    n_rows = _shape(weighted)[0]
    found = np.zeros((n_rows, len(columns)))
    for begin in range(0, n_rows, _BATCH):
        batch = csr_matrix(weighted[begin : begin + _BATCH])
        found[begin : begin + _BATCH] = _load(batch, columns).T
    return found


def _load(weighted: csr_matrix, columns: np.ndarray) -> np.ndarray:
    """Return topics × rows, the rows' loadings on topics that are held."""
    fitting, overlap = _times(weighted, columns), columns @ columns.T
    rows = np.zeros_like(fitting)
    for _ in range(_SETTLED):
        before = rows.copy()
        _sweep(rows, fitting, overlap)
        if np.abs(rows - before).max(initial=0) <= _NOTHING * np.abs(rows).max(initial=0):
            break
    return rows


def methods_text(terms: Terms, count: int, most_at_once: int = MOST_AT_ONCE) -> dict[str, str]:
    """Return the methods paragraph's sentence for a fit of ``count`` topics to ``terms``."""
    n, v = len(terms.segments), len(terms.vocabulary)
    if n > most_at_once:
        return {
            "ko": f"토픽은 분석 단위 {n:,}개, 말 {v:,}개의 TF-IDF 행렬에 비음수 행렬 분해"
            f"(NMF, 토픽 {count}개; Lee & Seung, 1999)를 적용하여 찾되, 단위가 {most_at_once:,}개를 넘어"
            f" {_BATCH:,}개씩 나누어 배우는 미니배치로 {_PASSES}번 훑었다(Mairal 외, 2010).",
            "en": f"Topics were found by non-negative matrix factorisation (NMF, {count} topics; "
            f"Lee & Seung, 1999) of the TF-IDF matrix of {n:,} segments and {v:,} terms; there "
            f"being more than {most_at_once:,} segments, they were learned in mini-batches of "
            f"{_BATCH:,}, {_PASSES} times over (Mairal et al., 2010).",
        }
    return {
        "ko": f"토픽은 분석 단위 {n:,}개, 말 {v:,}개의 TF-IDF 행렬에 비음수 행렬 분해"
        f"(NMF, 토픽 {count}개, NNDSVD 초기화; Lee & Seung, 1999)를 적용하여 찾았다.",
        "en": f"Topics were found by non-negative matrix factorisation (NMF, {count} topics, NNDSVD "
        f"start; Lee & Seung, 1999) of the TF-IDF matrix of {n:,} segments and {v:,} terms.",
    }
