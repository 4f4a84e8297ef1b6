"""Topics by non-negative matrix factorisation on TF-IDF (Lee and Seung 1999)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Literal, cast

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF, non_negative_factorization
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from pipeline.records import Terms


@dataclass(frozen=True, slots=True)
class Effort:
    """Where a factorisation starts and when it has gone far enough.

    ``max_iter`` counts rounds; below ``tolerance`` the error falls too little to go on.
    """

    start: Literal["nndsvda", "nndsvdar"]
    max_iter: int
    tolerance: float


# NNDSVD starts from the matrix itself, so that runs agree; «a» fills its zeros.
FINE = Effort("nndsvda", 300, 1e-4)
# For one of many fits: «ar» fills the zeros at random, so that they do not agree by their start.
QUICK = Effort("nndsvdar", 60, 1e-3)


def fit(terms: Terms, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Factorise the sublinear, length-normalised TF-IDF of ``terms`` into ``count`` topics.

    Returns:
        Non-negative segments × topics and topics × terms; the product approximates TF-IDF.
    """
    return factorise(weigh(terms), count, seed)


def weigh(terms: Terms) -> csr_matrix:
    """Return the sublinear TF-IDF of ``terms``, rows of unit length, as segments × terms."""
    transformer = TfidfTransformer(sublinear_tf=True)
    return csr_matrix(transformer.fit_transform(terms.counts.astype(float)))


def factorise(
    weighted: csr_matrix, count: int, seed: int, effort: Effort = FINE
) -> tuple[np.ndarray, np.ndarray]:
    """Factorise ``weighted`` into non-negative rows × ``count`` and ``count`` × columns."""
    # Without stubs a type checker takes the type of the default, "auto", for the only one.
    n_topics = cast("Any", count)
    model = NMF(
        n_topics,
        init=effort.start,
        random_state=seed,
        max_iter=effort.max_iter,
        tol=effort.tolerance,
    )
    # The last digits of a fit do not change the order of its words. A perfect fit, such as
    # a few segments have, may come out with an error just below 0, of which the root is drawn.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        segment_topics = model.fit_transform(weighted)
    return segment_topics, model.components_


def loadings(weighted: csr_matrix, topic_terms: np.ndarray) -> np.ndarray:
    """Return the non-negative rows × topics that make the most of given ``topic_terms``."""
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        found, _, _ = non_negative_factorization(
            weighted,
            H=topic_terms.astype(float),
            n_components=cast("Any", len(topic_terms)),
            init="custom",
            update_H=False,
            max_iter=FINE.max_iter,
        )
    return found


def methods_text(terms: Terms, count: int) -> dict[str, str]:
    """Return the methods paragraph's sentence for a fit of ``count`` topics to ``terms``."""
    n, v = len(terms.segments), len(terms.vocabulary)
    return {
        "ko": f"토픽은 분석 단위 {n:,}개, 말 {v:,}개의 TF-IDF 행렬에 비음수 행렬 분해"
        f"(NMF, 토픽 {count}개, NNDSVD 초기화; Lee & Seung, 1999)를 적용하여 찾았다.",
        "en": f"Topics were found by non-negative matrix factorisation (NMF, {count} topics, NNDSVD "
        f"start; Lee & Seung, 1999) of the TF-IDF matrix of {n:,} segments and {v:,} terms.",
    }
