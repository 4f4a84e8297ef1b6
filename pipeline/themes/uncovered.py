"""Segments that no code fits, grouped by what they have in common: where a code may be missing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import AgglomerativeClustering
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from pipeline.records import Terms, Uncovered
from pipeline.themes.features import Features

METHODS_TEXT = {
    "ko": "맞는 코드가 없어 보이는 단위는 말과 뜻의 코사인 거리로 평균 연결 군집화를 하여, 함께 쓰인 말이 있는"
    " 무리만 새 코드의 후보로 묶었다.",
    "en": "Segments that no code seems to fit were clustered by the cosine distance of their words "
    "and meaning (average linkage); clusters with words in common are offered for a new code.",
}
# Two clusters are one as long as their members are on average this near (cosine distance).
_APART = 0.75
# One word («네, 맞아요») says nothing a code could be made of.
_FEWEST_TERMS = 3
# Distances are kept for all pairs: of more segments, those that say most are taken.
_MOST_SEGMENTS = 2_000
_NAMED_BY = 5


def group_uncovered(features: Features, terms: Terms, rows: Sequence[int]) -> tuple[Uncovered, ...]:
    """Group the segments ``rows`` that are alike in words and meaning, the largest group first.

    ``features`` and ``terms`` have a row a segment of the study. A group has two segments or
    more and a word that two of them say, a pair two such words: one may be chance. Most
    segments may well be in none.
    """
    lengths = np.diff(terms.counts.indptr)
    telling = [row for row in rows if lengths[row] >= _FEWEST_TERMS]
    telling = sorted(sorted(telling, key=lambda row: (-lengths[row], row))[:_MOST_SEGMENTS])
    if len(telling) < 2:
        return ()
    alike = _alike(features, telling)
    clusters = AgglomerativeClustering(
        n_clusters=None,  # pyright: ignore[reportArgumentType] — as many as the threshold leaves
        distance_threshold=_APART,
        metric="precomputed",
        linkage="average",
    ).fit_predict(1 - alike)
    usual = _mean(features.words)
    groups = []
    for cluster in range(int(clusters.max()) + 1):
        members = np.flatnonzero(clusters == cluster)
        if len(members) < 2:
            continue
        typical = np.argsort(-alike[np.ix_(members, members)].mean(axis=1), kind="stable")
        own = [telling[place] for place in members[typical]]
        named = _shared_terms(_mean(features.words[own]) - usual, terms, own)
        if len(named) >= (2 if len(own) == 2 else 1):
            groups.append(Uncovered(named, tuple(terms.segments[row] for row in own)))
    return tuple(sorted(groups, key=lambda group: (-len(group.segments), group.segments)))


def _alike(features: Features, rows: Sequence[int]) -> np.ndarray:
    """Return the cosines of ``rows`` with each other, rounded so that ties stay ties."""
    both = csr_matrix(hstack([features.words[rows], features.meaning[rows]]))
    views = csr_matrix(normalize(both))
    with threadpool_limits(1, "blas"):
        return np.clip(np.round((views @ views.T).toarray(), 9), 0, 1)


def _mean(words: csr_matrix) -> np.ndarray:
    return np.asarray(words.mean(axis=0)).ravel()


def _shared_terms(weight: np.ndarray, terms: Terms, rows: Sequence[int]) -> tuple[str, ...]:
    """Return the terms that two of ``rows`` say, by ``weight``: what they have beyond others."""
    n_saying = np.asarray((terms.counts[rows] > 0).sum(axis=0)).ravel()
    order = np.argsort(-np.round(weight, 9), kind="stable")
    shared = [place for place in order.tolist() if n_saying[place] > 1 and weight[place] > 0]
    return tuple(terms.vocabulary[place] for place in shared[:_NAMED_BY])
