"""What coded segments teach: ridge regression on words, letters and meaning.

Kernel ridge in its dual form: a few hundred coded segments against tens of thousands of
features, and the prediction for each interview as if it had not been coded comes without
fitting again (Rasmussen and Williams 2006, 5.4.2, for a group instead of one case).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from pipeline.records import Terms

_ALPHA = 1.0
_LETTERS_WEIGHT = 0.7
_MEANING_WEIGHT = 0.7
# How frequent a code is becomes known slowly: it starts out as if so many segments had been
# coded and lacked it. From that, even a single coded segment can depart, or all coded alike.
_LACKING = 40


@dataclass(frozen=True, slots=True)
class Taught:
    """What a model of the coded segments says, of each of them as if its interview had no codes.

    ``predicted`` is segments × codes, around 0 to 1, unbounded; 0 for a code nobody used.
    ``words`` is vocabulary × codes: how much a word speaks for a code.
    """

    predicted: np.ndarray
    words: np.ndarray


def learn(
    terms: Terms,
    texts: Sequence[str],
    term_table: np.ndarray,
    rows: Sequence[int],
    labels: np.ndarray,
    groups: Sequence[str],
) -> Taught:
    """Learn codes from the segments ``rows``, coded with ``labels`` (rows × codes, 0 or 1).

    ``groups`` are the interviews of ``rows``; what is held out is a whole interview, since a
    speaker's other answers share her words. That equals fitting again without the interview
    exactly, but for the weights (idf) of words and letters, which no label enters.
    """
    words = _weighted(terms.counts)
    letters = _LETTERS_WEIGHT * _weighted(_letters(texts))
    with threadpool_limits(1, "blas"):
        meaning = _MEANING_WEIGHT * np.asarray(normalize(words @ term_table))
        coded_words, coded_letters, coded_meaning = words[rows], letters[rows], meaning[rows]
        gram = (coded_words @ coded_words.T + coded_letters @ coded_letters.T).toarray()
        gram += coded_meaning @ coded_meaning.T
        inverse = np.linalg.inv(gram + _ALPHA * np.eye(len(rows)))
        counts = labels.sum(axis=0)
        centre = counts / (len(rows) + _LACKING)
        dual = inverse @ (labels - centre)
        by_word = coded_words.T @ dual
        predicted = centre + words @ by_word + letters @ (coded_letters.T @ dual)
        predicted += meaning @ (coded_meaning.T @ dual)
        said_by = np.array(groups)
        for group in sorted(set(groups)):
            own = np.flatnonzero(said_by == group)
            others = counts - labels[own].sum(axis=0)
            centre = others / (len(rows) - len(own) + _LACKING)
            error = np.linalg.solve(inverse[np.ix_(own, own)], inverse[own] @ (labels - centre))
            predicted[np.array(rows)[own]] = labels[own] - error
    return Taught(predicted, by_word)


def _letters(texts: Sequence[str]) -> csr_matrix:
    """Return how often two to four letters in a row stand in each text, if in two texts."""
    if not any(text.strip() for text in texts):  # scikit-learn refuses what has no letters
        return csr_matrix((len(texts), 0))
    counter = CountVectorizer(analyzer="char_wb", ngram_range=(2, 4))
    counts = csr_matrix(counter.fit_transform(texts))
    n_texts = np.bincount(counts.indices, minlength=len(counter.vocabulary_))
    return csr_matrix(counts[:, np.flatnonzero(n_texts > 1)])


def _weighted(counts: csr_matrix) -> csr_matrix:
    """Return the sublinear TF-IDF of ``counts``, rows of unit length."""
    if not counts.nnz:  # scikit-learn refuses a matrix without columns
        return csr_matrix(counts, dtype=float)
    return csr_matrix(TfidfTransformer(sublinear_tf=True).fit_transform(counts.astype(float)))
