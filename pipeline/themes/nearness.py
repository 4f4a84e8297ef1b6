"""How near segments are to codes in meaning, by the vectors of their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from pipeline.mining.terms import presence
from pipeline.records import CodeTerms, Terms
from pipeline.themes.labels import lowest_first

# How much more the nearest word counts than the others: 0 would be their mean, infinity the
# nearest alone. A long answer has some word near to anything; a mean drowns the one that counts.
_SHARPNESS = 20
# Of what segments of like meaning have in common with a code: how many segments must agree
# before it is believed as much as the segments' own words.
_AGREEING = 30
_LEANS_LIKE = 10
# The best child tells more about a parent than the parent's own words.
_CHILDREN_WEIGHT = 2


def look_up(words: Sequence[str], vectors: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return words × dimensions: their vectors, zero where a word has none."""
    table = np.zeros((len(words), len(next(iter(vectors.values()), ()))))
    for row, word in enumerate(words):
        if word in vectors:
            table[row] = vectors[word]
    return table


def word_cosines(
    words: Sequence[str], terms: Terms, word_table: np.ndarray, term_table: np.ndarray
) -> np.ndarray:
    """Return ``words`` × vocabulary: cosines, 1 where the two are the same word."""
    with threadpool_limits(1, "blas"):
        cosines = (word_table @ term_table.T).astype(np.float32)
    place = {term: index for index, term in enumerate(terms.vocabulary)}
    for row, word in enumerate(words):
        if word in place:
            cosines[row, place[word]] = 1.0
    return cosines


def nearness(
    terms: Terms, code_terms: CodeTerms, cosines: np.ndarray, idf: np.ndarray, code_idf: np.ndarray
) -> np.ndarray:
    """Return segments × codes: how near each segment is to each code, as standard scores.

    For each word of the code a soft maximum of its cosines with the segment's words, rarer
    words (by idf) counting more on both sides. It is taken relative to the code's mean and
    spread over all segments, since a code of common words is a little near to everything.
    Segments without words take no part: they get 0.
    """
    weights = _rows_to_one(code_terms.weights.multiply(code_idf).tocsr())
    share = presence(terms).multiply(idf).tocsr()
    said = np.diff(terms.counts.indptr) > 0
    near = np.zeros((len(terms.segments), len(code_terms.codes)))
    pooled = pool_cosines(csr_matrix(share[said]), cosines)
    with threadpool_limits(1, "blas"):
        near[said] = standard(pooled @ weights.T.toarray())
    return near


def pool_cosines(share: csr_matrix, cosines: np.ndarray) -> np.ndarray:
    """Return segments × code words: a soft maximum of a segment's cosines with a code's word.

    ``share`` is segments × vocabulary, how much each word of a segment counts; none is empty.
    """
    # exp(20) is far from overflowing, and cosines end at 1.
    weight = _rows_to_one(share)
    return np.log(weight @ np.exp(_SHARPNESS * cosines.astype(float)).T) / _SHARPNESS


def shared_by_meaning(meaning: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Return of ``scores`` (segments × codes) what a segment's meaning foretells, standardised.

    Ridge regression of the scores on ``meaning`` (segments × dimensions, unit rows): a segment
    whose words do not meet a code's takes over what segments of like meaning score. Nothing
    but the corpus itself teaches this; no coding enters.
    """
    if not len(meaning):
        return np.zeros(scores.shape)
    with threadpool_limits(1, "blas"):
        centred = meaning - meaning.mean(axis=0)
        gram = centred.T @ centred + _AGREEING * np.eye(centred.shape[1])
        return standard(centred @ np.linalg.solve(gram, centred.T @ scores))


def with_children(scores: np.ndarray, parents: Sequence[int | None]) -> np.ndarray:
    """Return standard ``scores`` (segments × codes) where parents gain from their children.

    ``parents`` gives each code's parent by index. What is about any child is about the
    parent, whose own name says it in a word too wide to meet what people say.
    """
    gained = scores.copy()
    below: dict[int, list[int]] = {}
    for code, parent in enumerate(parents):
        if parent is not None and parent != code:
            below.setdefault(parent, []).append(code)
    for code in lowest_first(parents):
        if code in below:
            best = standard(gained[:, below[code]].max(axis=1, keepdims=True))
            own = gained[:, [code]] + _CHILDREN_WEIGHT * best
            gained[:, [code]] = standard(own)
    return gained


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
