"""What coded segments teach: ridge regression on words, letters and meaning.

Kernel ridge in its dual form: a few hundred coded segments against tens of thousands of
features, and the prediction for each interview as if it had not been coded comes without
fitting again (Rasmussen and Williams 2006, 5.4.2, for a group instead of one case).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfTransformer, TfidfVectorizer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from pipeline.records import Terms

_ALPHA = 1.0
_LETTERS_WEIGHT = 0.7
_MEANING_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class Taught:
    """Predictions of a model of the coded rows.

    ``predicted`` is all segments × codes, ``held_out`` coded rows × codes with the row's own
    interview left out; both around 0 to 1, unbounded. ``words`` is vocabulary × codes: how
    much a word speaks for a code.
    """

    rows: np.ndarray
    predicted: np.ndarray
    held_out: np.ndarray
    words: np.ndarray


def learn(
    terms: Terms,
    texts: Sequence[str],
    term_table: np.ndarray,
    rows: np.ndarray,
    labels: np.ndarray,
    groups: Sequence[str],
) -> Taught:
    """Learn codes from the segments ``rows``, coded with ``labels`` (rows × codes, 0 or 1).

    ``groups`` are the interviews of ``rows``; what is held out is a whole interview, since a
    speaker's other answers share her words. ``held_out`` equals fitting again without the
    interview exactly, with two things kept as they are: the mean of all labels, from which
    the model departs, and the weights (idf) of words and letters, which no label enters.
    """
    words = terms.counts.astype(float)
    if words.nnz:  # scikit-learn refuses a matrix without columns
        words = TfidfTransformer(sublinear_tf=True).fit_transform(words)
    letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 4), min_df=2, sublinear_tf=True, max_features=200_000
    )
    try:
        spelled = csr_matrix(letters.fit_transform(texts))
    except ValueError:  # no pair of letters stands in two segments
        spelled = csr_matrix((len(texts), 1))
    with threadpool_limits(1, "blas"):
        meaning = csr_matrix(normalize(words @ term_table))
        features = csr_matrix(hstack([words, _LETTERS_WEIGHT * spelled, _MEANING_WEIGHT * meaning]))
        coded = features[rows]
        gram = (coded @ coded.T).toarray()
        mean = labels.mean(axis=0)
        inverse = np.linalg.inv(gram + _ALPHA * np.eye(len(rows)))
        dual = inverse @ (labels - mean)
        predicted = mean + (features @ (coded.T @ dual))
        held_out = np.empty_like(labels)
        said_by = np.array(groups)
        for group in sorted(set(groups)):
            own = np.flatnonzero(said_by == group)
            error = np.linalg.solve(inverse[np.ix_(own, own)], dual[own])
            held_out[own] = labels[own] - error
        taught_words = np.asarray(words[rows].T @ dual)
    return Taught(rows, predicted, held_out, taught_words)
