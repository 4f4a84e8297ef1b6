"""Topics by non-negative matrix factorisation on TF-IDF (Lee and Seung 1999)."""

from __future__ import annotations

import warnings
from typing import Any, cast

import numpy as np
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from pipeline.records import Terms

_MAX_ITER = 300


def fit(terms: Terms, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Factorise the sublinear, length-normalised TF-IDF of ``terms`` into ``count`` topics.

    Returns:
        Non-negative segments × topics and topics × terms; the product approximates TF-IDF.
    """
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(terms.counts.astype(float))
    # NNDSVD starts from the matrix itself, so that runs agree; «a» fills its zeros.
    # Without stubs a type checker takes the type of the default, "auto", for the only one.
    n_topics = cast("Any", count)
    model = NMF(n_topics, init="nndsvda", random_state=seed, max_iter=_MAX_ITER, tol=1e-4)
    # The last digits of a fit do not change the order of its words. A perfect fit, such as
    # a few segments have, may come out with an error just below 0, of which the root is drawn.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        segment_topics = model.fit_transform(weighted)
    return segment_topics, model.components_


def methods_text(terms: Terms, count: int) -> dict[str, str]:
    """Return the methods paragraph's sentence for a fit of ``count`` topics to ``terms``."""
    n, v = len(terms.segments), len(terms.vocabulary)
    return {
        "ko": f"토픽은 분석 단위 {n:,}개, 말 {v:,}개의 TF-IDF 행렬에 비음수 행렬 분해"
        f"(NMF, 토픽 {count}개, NNDSVD 초기화; Lee & Seung, 1999)를 적용하여 찾았다.",
        "en": f"Topics were found by non-negative matrix factorisation (NMF, {count} topics, NNDSVD "
        f"start; Lee & Seung, 1999) of the TF-IDF matrix of {n:,} segments and {v:,} terms.",
    }
