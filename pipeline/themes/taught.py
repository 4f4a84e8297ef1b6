"""What coded segments teach: ridge regression on words, letters and meaning.

Kernel ridge in its dual form: a few hundred coded segments against tens of thousands of
features, and the prediction for each interview as if it had not been coded comes without
fitting again (Rasmussen and Williams 2006, 5.4.2, for a group instead of one case).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import get_lapack_funcs
from threadpoolctl import threadpool_limits

from pipeline.themes.features import Features
from pipeline.themes.labels import Labels

_ALPHA = 1.0
# How frequent a code is becomes known slowly: it starts out as if so many segments had been
# coded and lacked it. From that, even a single coded segment can depart, or all coded alike.
_LACKING = 400
# A segment more changes the inverse by one border; beyond this many it is made anew.
_FEW_NEW = 50


@dataclass(frozen=True, slots=True)
class Gram:
    """How alike the coded segments ``rows`` are, as the inverse of (likeness + α·1).

    It depends on which segments are coded and not on their codes.
    """

    rows: tuple[int, ...]
    inverse: np.ndarray


@dataclass(frozen=True, slots=True)
class Taught:
    """What a model of the coded segments says, of each of them as if its interview had no codes.

    ``predicted`` is segments × codes, around 0 to 1, unbounded; 0 for a code nobody used.
    ``words`` is vocabulary × codes: how much a word speaks for a code.
    """

    predicted: np.ndarray
    words: np.ndarray


def compare(features: Features, rows: Sequence[int], known: Gram | None = None) -> Gram:
    """Return the :class:`Gram` of ``rows``, going on from a ``known`` one where few are new.

    The order of rows is that of ``known`` with the new ones after it.
    """
    kept = known.rows if known is not None and set(known.rows) <= set(rows) else ()
    already = set(kept)
    new = [row for row in rows if row not in already]
    if known is None or not kept or len(new) > _FEW_NEW:
        with threadpool_limits(1, "blas"):
            alike = features.likeness(rows, rows)
            alike[np.diag_indices_from(alike)] += _ALPHA
            return Gram(tuple(rows), _inverse(alike))
    grown = known
    for row in new:
        grown = _bordered(features, grown, row)
    return grown


def _inverse(matrix: np.ndarray) -> np.ndarray:
    """Return the inverse of a symmetric positive definite matrix (Cholesky: half the work).

    ``matrix`` is overwritten; at five thousand rows a copy is 200 MB.
    """
    factorise, invert = get_lapack_funcs(("potrf", "potri"), (matrix,))
    factor, _ = factorise(matrix.T, lower=1, overwrite_a=1)
    inverse, _ = invert(factor, lower=1, overwrite_c=1)
    for row in range(len(inverse)):
        inverse[row, row + 1 :] = inverse[row + 1 :, row]
    return np.ascontiguousarray(inverse.T)


def _bordered(features: Features, known: Gram, row: int) -> Gram:
    """Return ``known`` with one row more (block inversion, O(n²) instead of O(n³))."""
    size = len(known.rows)
    with threadpool_limits(1, "blas"):
        beside = features.likeness(known.rows, [row])[:, 0]
        own = float(features.likeness([row], [row])[0, 0]) + _ALPHA
        turned = known.inverse @ beside
        rest = 1 / (own - beside @ turned)
        inverse = np.empty((size + 1, size + 1))
        np.multiply.outer(turned, turned * rest, out=inverse[:size, :size])
        inverse[:size, :size] += known.inverse
        inverse[:size, size] = inverse[size, :size] = -rest * turned
        inverse[size, size] = rest
    return Gram((*known.rows, row), inverse)


def learn(features: Features, labels: Labels, groups: Sequence[str], gram: Gram) -> Taught:
    """Learn codes from ``labels``; ``gram`` is that of the same rows.

    ``groups`` are the interviews of all segments; what is held out is a whole interview, since
    a speaker's other answers share her words. That equals fitting again without the interview
    exactly, but for the weights (idf) of words and letters, which no label enters.

    What is not known of a segment is taken to be what the others say of it, so that a
    rejection teaches about its own code and nothing else.
    """
    place = {row: index for index, row in enumerate(labels.rows)}
    order = [place[row] for row in gram.rows]
    values, known = labels.values[order], labels.known[order]
    said_by = np.array([groups[row] for row in gram.rows])
    with threadpool_limits(1, "blas"):
        if not known.all():
            values = np.where(known, values, _held_out(gram, values, said_by))
        dual = gram.inverse @ (values - _centre(values.sum(axis=0), len(values)))
        rows = list(gram.rows)
        words = features.words[rows].T @ dual
        predicted = features.words @ words
        predicted += features.letters @ (features.letters[rows].T @ dual)
        predicted += features.meaning @ (features.meaning[rows].T @ dual)
        predicted += _centre(values.sum(axis=0), len(values))
        predicted[rows] = _held_out(gram, values, said_by)
    return Taught(predicted, words)


def _centre(counts: np.ndarray, n: int) -> np.ndarray:
    return counts / (n + _LACKING)


def _held_out(gram: Gram, values: np.ndarray, said_by: np.ndarray) -> np.ndarray:
    """Return what is said of each row when its interview is held out, rows × codes."""
    counts, inverse = values.sum(axis=0), gram.inverse
    turned, ones = inverse @ values, inverse.sum(axis=1)
    said = np.empty(values.shape)
    _, number, size = np.unique(said_by, return_inverse=True, return_counts=True)
    # An interview of one segment needs no solving, and there may be thousands of them.
    single = np.flatnonzero(size[number] == 1)
    centre = (counts - values[single]) / (len(values) - 1 + _LACKING)
    error = turned[single] - ones[single, None] * centre
    said[single] = values[single] - error / np.diag(inverse)[single, None]
    for group in np.flatnonzero(size > 1):
        own = np.flatnonzero(number == group)
        centre = _centre(counts - values[own].sum(axis=0), len(values) - len(own))
        error = turned[own] - np.outer(ones[own], centre)
        said[own] = values[own] - np.linalg.solve(inverse[np.ix_(own, own)], error)
    return said
