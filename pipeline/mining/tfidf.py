"""Keywords by TF-IDF (Spärck Jones 1972; sublinear tf after Salton and Buckley 1988)."""

from __future__ import annotations

import numpy as np

from pipeline.mining.terms import presence
from pipeline.records import Terms

METHODS_TEXT = {
    "ko": "집단별 핵심어는 분석 단위의 TF-IDF(로그 tf, 평활 idf)를 집단 안에서 평균하여 뽑았다"
    " (Spärck Jones, 1972; Salton & Buckley, 1988).",
    "en": "Keywords of a group are ranked by the mean TF-IDF (log tf, smoothed idf) over its "
    "segments (Spärck Jones, 1972; Salton & Buckley, 1988).",
}


def weigh(terms: Terms) -> np.ndarray:
    """Return the smoothed idf of every term: ``ln((1 + n) / (1 + df)) + 1``, 1 or more."""
    df = np.asarray(presence(terms).sum(axis=0)).ravel()
    return np.log((1 + len(terms.segments)) / (1 + df)) + 1


def score(terms: Terms, members: np.ndarray) -> np.ndarray:
    """Score each term for the segments ``members`` (a mask of length n_segments).

    Returns:
        The mean over those segments of ``(1 + ln tf) · idf``: 0 where the group never says
        the term; higher is more characteristic; no upper bound.
    """
    group = terms.counts[members].astype(float)
    group.data = 1 + np.log(group.data)
    sums = np.asarray(group.sum(axis=0)).ravel()
    return sums / max(1, int(members.sum())) * weigh(terms)
