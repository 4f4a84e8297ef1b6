"""How near segments are to codes in meaning, by the vectors of their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from pipeline.mining.terms import presence
from pipeline.records import CodeTerms, Terms

# Segments are taken in blocks, so that memory does not grow with the corpus.
_BLOCK_WORDS = 20_000
_LEANS_LIKE = 10


def nearest_words(terms: Terms, code_terms: CodeTerms, cosines: np.ndarray) -> np.ndarray:
    """Return segments × code words: the cosine of the segment's word nearest to each.

    ``cosines`` is code words × vocabulary of ``terms``. A segment without words gets 0.
    """
    nearest = np.zeros((len(terms.segments), len(code_terms.vocabulary)), np.float32)
    indptr, indices = terms.counts.indptr, terms.counts.indices
    filled = np.flatnonzero(np.diff(indptr))
    for rows in _blocks(filled, indptr):
        columns = np.concatenate([indices[indptr[r] : indptr[r + 1]] for r in rows])
        starts = np.concatenate([[0], np.cumsum([indptr[r + 1] - indptr[r] for r in rows])[:-1]])
        nearest[rows] = np.maximum.reduceat(cosines[:, columns], starts, axis=1).T
    return nearest


def _blocks(rows: np.ndarray, indptr: np.ndarray) -> Sequence[np.ndarray]:
    if not len(rows):
        return []
    lengths = np.cumsum([indptr[r + 1] - indptr[r] for r in rows])
    return [
        b for b in np.split(rows, np.flatnonzero(np.diff(lengths // _BLOCK_WORDS)) + 1) if len(b)
    ]


def look_up(words: Sequence[str], vectors: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return words × dimensions: their vectors, zero where a word has none."""
    table = np.zeros((len(words), len(next(iter(vectors.values()), ()))))
    for row, word in enumerate(words):
        if word in vectors:
            table[row] = vectors[word]
    return table


def word_cosines(
    code_terms: CodeTerms, terms: Terms, code_table: np.ndarray, term_table: np.ndarray
) -> np.ndarray:
    """Return code words × vocabulary: cosines, 1 where the two are the same word."""
    with threadpool_limits(1, "blas"):
        cosines = (code_table @ term_table.T).astype(np.float32)
    place = {term: index for index, term in enumerate(terms.vocabulary)}
    for row, word in enumerate(code_terms.vocabulary):
        if word in place:
            cosines[row, place[word]] = 1.0
    return cosines


def nearness(
    terms: Terms, code_terms: CodeTerms, cosines: np.ndarray, idf: np.ndarray, code_idf: np.ndarray
) -> np.ndarray:
    """Return segments × codes: how near each segment is to each code, as standard scores.

    Two views added up: for each word of the code the nearest word of the segment, and the
    mean over all of the segment's words (rarer words, by idf, count more in both). Each is
    taken relative to the code's mean and spread over all segments, since a code of common
    words is a little near to everything. Segments without words take no part: they get 0.
    """
    weights = _rows_to_one(code_terms.weights.multiply(code_idf).tocsr())
    share = _rows_to_one(presence(terms).multiply(idf).tocsr())
    with threadpool_limits(1, "blas"):
        best = nearest_words(terms, code_terms, cosines) @ weights.T.toarray()
        mean = share @ (weights @ cosines).T
    near = np.zeros(best.shape)
    said = np.diff(terms.counts.indptr) > 0
    near[said] = standard(best[said]) + standard(mean[said])
    return near


def standard(scores: np.ndarray) -> np.ndarray:
    """Return ``scores`` less their column's mean, over its deviation.

    Few rows know little of their column: mean and variance lean on those of all columns as
    if ten more rows had them, so that even a single row is ranked. A column of nothing but 0
    (a code without words) has no part in this and stays 0.
    """
    columns = scores.any(axis=0)
    some = scores[:, columns]
    standardised = np.zeros(scores.shape)
    if some.size:
        own = len(some) / (len(some) + _LEANS_LIKE)
        spread = np.sqrt(own * some.var(axis=0) + (1 - own) * some.var())
        centred = some - own * some.mean(axis=0) - (1 - own) * some.mean()
        nothing = np.zeros(some.shape)
        standardised[:, columns] = np.divide(centred, spread, out=nothing, where=spread > 1e-9)
    return standardised


def _rows_to_one(matrix: csr_matrix) -> csr_matrix:
    total = np.asarray(matrix.sum(axis=1)).ravel()
    scale = np.divide(1.0, total, out=np.zeros_like(total, dtype=float), where=total > 0)
    return csr_matrix(matrix.multiply(scale[:, None]))
