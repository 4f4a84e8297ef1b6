"""Coherence of topics: how often their words stand together.

NPMI within ten terms (Bouma 2009; Lau, Newman and Baldwin 2014) and C_v within 110 (Röder, Both
and Hinneburg 2015), as gensim's ``CoherenceModel`` defines ``c_npmi`` and ``c_v``. Two things are
otherwise: windows are counted once for all topics that are compared, which takes a thirtieth of
the time, and a word that is said twice in a window is in it until both have left (gensim takes it
out with the first, and so finds frequent words together less often than they are).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

NPMI_WINDOW = 10
C_V_WINDOW = 110
# What gensim adds to a probability of which it takes the logarithm.
_EPSILON = 1e-12


def coherences(
    sets: Sequence[Sequence[Collection[int]]], texts: Sequence[np.ndarray]
) -> list[tuple[float, float]]:
    """Return C_NPMI (-1 to 1) and C_v (0 to 1) of each set of topics, the means of its topics.

    A topic is the numbers of its words; ``texts`` are the words of each text as they follow.
    Words that no text says are left out, and topics of fewer than two words; a set in which
    none is left has 0 and 0.
    """
    said = np.unique(np.concatenate([np.array([], int), *texts]))
    asked = {word for topics in sets for topic in topics for word in topic}
    words = np.intersect1d(said, np.array(sorted(asked), int))
    place = {int(word): index for index, word in enumerate(words)}
    near, far = (csc_matrix(_windows(texts, words, width)) for width in (NPMI_WINDOW, C_V_WINDOW))
    found = []
    for topics in sets:
        known = [sorted(place[word] for word in topic if word in place) for topic in topics]
        known = [own for own in known if len(own) > 1]
        npmi = [_mean_of_pairs(_npmi(near, own)) for own in known]
        c_v = [_mean_cosine(_npmi(far, own)) for own in known]
        found.append((float(np.mean(npmi)), float(np.mean(c_v))) if known else (0.0, 0.0))
    return found


def _npmi(windows: csc_matrix, own: Sequence[int]) -> np.ndarray:
    """Return the NPMI of each two of the words ``own`` within windows, as words × words."""
    n_windows = cast("tuple[int, int]", windows.shape)[0]
    held = csc_matrix(windows[:, own])
    together = (held.T @ held).toarray() / n_windows
    alone = np.diag(together)
    joint = np.log(together + _EPSILON)
    return (joint - np.log(np.outer(alone, alone))) / -joint


def _windows(texts: Sequence[np.ndarray], words: np.ndarray, width: int) -> csr_matrix:
    """Return which windows of ``width`` terms hold which of ``words`` (sorted), as 1 and 0.

    A text no longer than a window is one.
    """
    rows, columns, n_windows = [np.array([], int)], [np.array([], int)], 0
    for text in texts:
        at = np.flatnonzero(np.isin(text, words))
        # A term stands in the windows that begin at most so far before it.
        last = max(0, len(text) - width)
        first = np.maximum(at - width + 1, 0)
        lengths = np.minimum(at, last) - first + 1
        steps = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        rows.append(n_windows + np.repeat(first, lengths) + steps)
        columns.append(np.repeat(np.searchsorted(words, text[at]), lengths))
        n_windows += last + 1
    where = (np.concatenate(rows), np.concatenate(columns))
    held = csr_matrix((np.ones(len(where[0])), where), shape=(n_windows, len(words)))
    held.sum_duplicates()
    held.data[:] = 1
    return held


def _mean_of_pairs(npmi: np.ndarray) -> float:
    """Return the mean over pairs of different words."""
    n = len(npmi)
    return float((npmi.sum() - np.trace(npmi)) / (n * (n - 1)))


def _mean_cosine(npmi: np.ndarray) -> float:
    """Return the mean cosine of each word's NPMI with the topic's words and that of them all."""
    together = npmi.sum(axis=0)
    lengths = np.linalg.norm(npmi, axis=1) * np.linalg.norm(together)
    cosines = np.divide(npmi @ together, lengths, out=np.zeros(len(npmi)), where=lengths > 0)
    return float(np.mean(cosines))
