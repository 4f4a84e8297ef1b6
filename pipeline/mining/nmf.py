"""Topics by non-negative matrix factorisation on TF-IDF (Lee and Seung 1999), as scikit-learn's."""

from __future__ import annotations

import warnings
from typing import Any, cast

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF, MiniBatchNMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfTransformer

from pipeline.records import Terms

# Segments from which topics are learned a batch at a time: a fit to all of them at once would take
# minutes. Below, it takes seconds and a few hundred megabytes.
MOST_AT_ONCE = 100_000
# Segments of a batch, and times all of them are gone through.
_BATCH = 10_000
_PASSES = 3
# NNDSVD starts from the matrix itself, so that runs agree; «a» fills its zeros.
_START = "nndsvda"
_ROUNDS = 300


def fit(
    terms: Terms, count: int, seed: int, most_at_once: int = MOST_AT_ONCE
) -> tuple[np.ndarray, np.ndarray]:
    """Factorise the sublinear, length-normalised TF-IDF of ``terms`` into ``count`` topics.

    Of more than ``most_at_once`` segments the topics are learned a batch at a time.

    Returns:
        Non-negative segments × topics and topics × terms; the product approximates TF-IDF.
    """
    weighted = weigh(terms)
    # Without stubs a type checker takes the type of the default, "auto", for the only one.
    n_topics = cast("Any", count)
    if len(terms.segments) > most_at_once:
        model = MiniBatchNMF(
            n_topics,
            init=_START,
            random_state=seed,
            batch_size=_BATCH,
            max_iter=_PASSES,
            max_no_improvement=cast("Any", None),
        )
    else:
        model = NMF(n_topics, init=_START, random_state=seed, max_iter=_ROUNDS)
    # A fit ends where its rounds do: the last digits do not change the order of its words. A
    # perfect fit, such as a few segments have, may come out with an error just below 0, of which
    # the root is drawn.
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        segment_topics = model.fit_transform(weighted)
    return segment_topics, model.components_


def weigh(terms: Terms) -> csr_matrix:
    """Return the sublinear TF-IDF of ``terms``, rows of unit length, as segments × terms."""
    transformer = TfidfTransformer(sublinear_tf=True)
    return csr_matrix(transformer.fit_transform(terms.counts.astype(float)))


def methods_text(terms: Terms, count: int, most_at_once: int = MOST_AT_ONCE) -> dict[str, str]:
    """Return the methods paragraph's sentence for a fit of ``count`` topics to ``terms``."""
    n, v = len(terms.segments), len(terms.vocabulary)
    if n > most_at_once:
        return {
            "ko": f"토픽은 분석 단위 {n:,}개, 말 {v:,}개의 TF-IDF 행렬에 비음수 행렬 분해"
            f"(NMF, 토픽 {count}개; Lee & Seung, 1999)를 적용하여 찾되, 단위가 {most_at_once:,}개를 넘어"
            f" {_BATCH:,}개씩 나누어 배우는 미니배치로 {_PASSES}번 훑었다(Mairal 외, 2010).",
            "en": f"Topics were found by non-negative matrix factorisation (NMF, {count} topics; "
            f"Lee & Seung, 1999) of the TF-IDF matrix of {n:,} segments and {v:,} terms; there "
            f"being more than {most_at_once:,} segments, they were learned in mini-batches of "
            f"{_BATCH:,}, {_PASSES} times over (Mairal et al., 2010).",
        }
    return {
        "ko": f"토픽은 분석 단위 {n:,}개, 말 {v:,}개의 TF-IDF 행렬에 비음수 행렬 분해"
        f"(NMF, 토픽 {count}개, NNDSVD 초기화; Lee & Seung, 1999)를 적용하여 찾았다.",
        "en": f"Topics were found by non-negative matrix factorisation (NMF, {count} topics, NNDSVD "
        f"start; Lee & Seung, 1999) of the TF-IDF matrix of {n:,} segments and {v:,} terms.",
    }
