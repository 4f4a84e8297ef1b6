"""What coded segments teach: ridge regression on words, letters and meaning.

Kernel ridge in its dual form: a few hundred coded segments against tens of thousands of
features, and the prediction for each interview as if it had not been coded comes without
fitting again (Rasmussen and Williams 2006, 5.4.2, for a group instead of one case).
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
from scipy.linalg import get_lapack_funcs
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from pipeline.themes.features import Features
from pipeline.themes.labels import Labels

_ALPHA = 1.0
# How frequent a code is becomes known slowly: it starts out as if so many segments had been
# coded and lacked it. From that, even a single coded segment can depart, or all coded alike.
_LACKING = 400
# A few segments more or less change the inverse by a border; beyond, it is made anew.
_FEW = 200


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

    Segments that are not coded are told by all, also where a code was rejected.

    ``predicted`` is segments × codes, around 0 to 1, unbounded; 0 for a code nobody used.
    ``words`` is vocabulary × codes: how much a word speaks for a code.
    """

    predicted: np.ndarray
    words: np.ndarray


def compare(features: Features, rows: Sequence[int], known: Gram | None = None) -> Gram:
    """Return the :class:`Gram` of ``rows``, going on from a ``known`` one where few differ.

    ``known`` must be of the same ``features``. The order of rows is its order, with those new
    to it at the end.
    """
    wanted = set(rows)
    kept = {row for row in known.rows if row in wanted} if known is not None else set()
    new = [row for row in rows if row not in kept]
    if known is None or not kept or len(known.rows) - len(kept) + len(new) > _FEW:
        alike = features.likeness(rows, rows)
        alike[np.diag_indices_from(alike)] += _ALPHA
        with threadpool_limits(1, "blas"):
            return Gram(tuple(rows), _inverse(alike))
    same = known if len(kept) == len(known.rows) else _without(known, kept)
    return _bordered(features, same, new) if new else same


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


def _without(known: Gram, kept: Set[int]) -> Gram:
    """Return ``known`` with the rows ``kept`` alone, such as when a decision is taken back."""
    here = np.array([row in kept for row in known.rows])
    stay, gone = np.flatnonzero(here), np.flatnonzero(~here)
    with threadpool_limits(1, "blas"):
        beside = known.inverse[np.ix_(stay, gone)]
        rest = np.linalg.solve(known.inverse[np.ix_(gone, gone)], beside.T)
        inverse = known.inverse[np.ix_(stay, stay)]
        inverse -= beside @ rest
    return Gram(tuple(known.rows[place] for place in stay.tolist()), inverse)


def _bordered(features: Features, known: Gram, new: Sequence[int]) -> Gram:
    """Return ``known`` with the rows ``new`` after it (block inversion, O(n²) instead of O(n³))."""
    size = len(known.rows)
    beside = features.likeness(known.rows, new)
    own = features.likeness(new, new) + _ALPHA * np.eye(len(new))
    with threadpool_limits(1, "blas"):
        turned = known.inverse @ beside
        rest = np.linalg.inv(own - beside.T @ turned)
        inverse = np.empty((size + len(new), size + len(new)))
        inverse[size:, :size] = -rest @ turned.T
        inverse[:size, size:] = inverse[size:, :size].T
        inverse[size:, size:] = rest
        np.matmul(turned, -inverse[size:, :size], out=inverse[:size, :size])
    inverse[:size, :size] += known.inverse
    return Gram((*known.rows, *new), inverse)


def learn(features: Features, labels: Labels, groups: Sequence[str], gram: Gram) -> Taught:
    """Learn codes from ``labels``; ``gram`` is that of the same rows.

    ``groups`` are the interviews of all segments; what is held out is a whole interview, since
    a speaker's other answers share her words. That equals fitting again without the interview
    exactly, but for the weights (idf) of words and letters, which no label enters.

    What is not known of a segment is taken to be what coded segments say of it, so that a
    rejection teaches about its own code and nothing else.
    """
    place = {row: index for index, row in enumerate(labels.rows)}
    order = [place[row] for row in gram.rows]
    values, known = labels.values[order], labels.known[order]
    coded, rows = known.all(axis=1), np.array(gram.rows)
    said_by = np.array([groups[row] for row in gram.rows])
    with threadpool_limits(1, "blas"):
        # Most values are 0, and the inverse is its own transpose.
        turned = (csr_matrix(values.T) @ gram.inverse).T
        ones = gram.inverse.sum(axis=1)
        if not coded.all():
            judged = np.flatnonzero(~coded)
            others = _left_out(judged, values, turned, gram.inverse, ones)
            filled = np.where(known[judged], values[judged], others)
            turned = turned + gram.inverse[:, judged] @ (filled - values[judged])
            values[judged] = filled
        centre = _centre(values.sum(axis=0), len(values))
        dual = turned - np.outer(ones, centre)
        words = features.words[rows].T @ dual
        predicted = features.words @ words
        predicted += features.letters @ (features.letters[rows].T @ dual)
        predicted += features.meaning @ (features.meaning[rows].T @ dual)
        predicted += centre
        held_out = _held_out(values, turned, gram.inverse, ones, said_by)
        predicted[rows[coded]] = held_out[coded]
    return Taught(predicted, words)


def _centre(counts: np.ndarray, n: int) -> np.ndarray:
    return counts / (n + _LACKING)


def _held_out(
    values: np.ndarray,
    turned: np.ndarray,
    inverse: np.ndarray,
    ones: np.ndarray,
    said_by: np.ndarray,
) -> np.ndarray:
    """Return what is said of each row when its interview is held out, rows × codes.

    ``turned`` is the inverse times ``values``, ``ones`` the inverse times ones.
    """
    said = np.zeros(values.shape)
    _, number, size = np.unique(said_by, return_inverse=True, return_counts=True)
    if len(size) == 1:  # and nothing else to learn from
        return said
    # An interview of one segment needs no solving, and there may be thousands of them.
    single = np.flatnonzero(size[number] == 1)
    centre = _centre(values.sum(axis=0) - values[single], len(values) - 1)
    error = turned[single] - ones[single, None] * centre
    said[single] = values[single] - error / np.diag(inverse)[single, None]
    for group in np.flatnonzero(size > 1):
        own = np.flatnonzero(number == group)
        said[own] = _left_out(own, values, turned, inverse, ones)
    return said


def _left_out(
    own: np.ndarray, values: np.ndarray, turned: np.ndarray, inverse: np.ndarray, ones: np.ndarray
) -> np.ndarray:
    """Return what the other rows say of the rows ``own``, own × codes."""
    others = values.sum(axis=0) - values[own].sum(axis=0)
    centre = _centre(others, len(values) - len(own))
    error = turned[own] - np.outer(ones[own], centre)
    return values[own] - np.linalg.solve(inverse[np.ix_(own, own)], error)
