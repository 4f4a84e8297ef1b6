"""What a plain method would suggest: nothing is worth its trouble that does not beat these.

Both rest on the TF-IDF of content morphemes. One fits a linear model to the same coded
examples; the other counts words shared with the codebook and needs none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.linear_model import Ridge
from threadpoolctl import threadpool_limits

from pipeline.records import CodeTerms, Terms

_ALPHA = 1.0


def word_features(terms: Terms) -> csr_matrix:
    """Return the sublinear TF-IDF of ``terms`` as segments × terms, rows of unit length or 0."""
    counts = terms.counts.astype(float)
    if not counts.nnz:  # scikit-learn refuses a matrix without columns
        return csr_matrix(counts)
    return csr_matrix(TfidfTransformer(sublinear_tf=True).fit_transform(counts))


def linear_scores(
    features: csr_matrix, codes: Sequence[str], gold: Mapping[int, frozenset[str]]
) -> np.ndarray:
    """Return segments × codes: ridge regression on the rows coded in ``gold``, about 0 to 1.

    A code without an example scores 0 everywhere.

    Raises:
        ValueError: nothing is coded.
    """
    if not gold:
        raise ValueError("a linear model needs examples")
    rows = sorted(gold)
    labels = np.array([[code in gold[row] for code in codes] for row in rows], float)
    if not features.nnz:  # no words at all: only how often each code was used
        return np.tile(labels.mean(axis=0), (len(features.indptr) - 1, 1))
    coded = csr_matrix(features[rows])
    with threadpool_limits(1, "blas"):
        model = Ridge(alpha=_ALPHA, solver="sparse_cg").fit(coded, labels)
        return np.asarray(model.predict(features)).reshape(-1, len(codes))


def overlap_scores(
    features: csr_matrix, terms: Terms, code_terms: CodeTerms, seed: int
) -> np.ndarray:
    """Return segments × codes: the weight of the words each shares with the code, 0 or more.

    Most segments share no word with any code. That a codebook's first codes are often its
    most frequent ones must not pass for skill: equal scores are ranked by lot.
    """
    column = {term: index for index, term in enumerate(terms.vocabulary)}
    shared = [index for index, word in enumerate(code_terms.vocabulary) if word in column]
    places = [column[code_terms.vocabulary[index]] for index in shared]
    described = csr_matrix(code_terms.weights[:, shared])
    overlap = (csr_matrix(features[:, places]) @ described.T).toarray()
    return overlap + np.random.default_rng(seed).uniform(0, 1e-6, overlap.shape)
