"""What coded segments are compared by: words, letters, meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from pipeline.records import Terms
from pipeline.themes.encoders import Encoder

# Letters weigh most: endings and particles, which are no terms, say how something is meant,
# and they meet where spelling differs.
_LETTERS_WEIGHT = 1.4
_MEANING_WEIGHT = 0.7
# Rows multiplied at a time: nearly all pairs of segments share some letter.
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Features:
    """Three views of every segment, a row each.

    ``words`` and ``letters`` are sublinear TF-IDF, ``meaning`` the weighted mean of the
    words' vectors; rows have the length of the view's weight, or 0.
    """

    words: csr_matrix
    letters: csr_matrix
    meaning: np.ndarray

    def likeness(self, rows: Sequence[int], others: Sequence[int]) -> np.ndarray:
        """Return how alike segments are, as rows × others: the sum of the views' products."""
        rows, others = list(rows), list(others)
        alike = np.empty((len(rows), len(others)))
        words, letters = (csr_matrix(view[others].T) for view in (self.words, self.letters))
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            shared = self.words[block] @ words + self.letters[block] @ letters
            alike[start : start + _BLOCK] = shared.toarray()
        with threadpool_limits(1, "blas"):
            return alike + self.meaning[rows] @ self.meaning[others].T


def find_features(
    terms: Terms, texts: Sequence[str], term_table: np.ndarray, encode: Encoder | None = None
) -> Features:
    """Return the features of the segments of ``terms``, whose texts are ``texts``.

    ``term_table`` is vocabulary × dimensions. With ``encode``, meaning is what it makes of the
    texts instead of the mean of the words' vectors.
    """
    words = sublinear_tfidf(terms.counts)
    with threadpool_limits(1, "blas"):
        meaning = words @ term_table if encode is None else np.asarray(encode(texts), float)
    return Features(
        words,
        csr_matrix(_LETTERS_WEIGHT * sublinear_tfidf(_letters(texts))),
        _MEANING_WEIGHT * np.asarray(normalize(meaning)) if meaning.size else meaning,
    )


def _letters(texts: Sequence[str]) -> csr_matrix:
    """Return how often one to three letters in a row stand in each text, if in two texts."""
    if not any(text.strip() for text in texts):  # scikit-learn refuses what has no letters
        return csr_matrix((len(texts), 0))
    counter = CountVectorizer(analyzer="char_wb", ngram_range=(1, 3))
    counts = csr_matrix(counter.fit_transform(texts))
    n_texts = np.bincount(counts.indices, minlength=len(counter.vocabulary_))
    n_texts[[column for letters, column in counter.vocabulary_.items() if letters.isspace()]] = 0
    return csr_matrix(counts[:, np.flatnonzero(n_texts > 1)])


def sublinear_tfidf(counts: csr_matrix) -> csr_matrix:
    """Return the sublinear TF-IDF of ``counts`` (segments × terms), rows of unit length or 0."""
    if not counts.nnz:  # scikit-learn refuses a matrix without columns
        return csr_matrix(counts, dtype=float)
    return csr_matrix(TfidfTransformer(sublinear_tf=True).fit_transform(counts.astype(float)))
