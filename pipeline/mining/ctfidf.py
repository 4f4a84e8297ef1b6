"""Keywords by class-based TF-IDF (Grootendorst 2022, arXiv:2203.05794): a group as one document."""

from __future__ import annotations

import numpy as np

from pipeline.records import Terms

METHODS_TEXT = {
    "ko": "집단 전체를 한 문서로 보는 c-TF-IDF로 집단마다 두드러진 말을 뽑았다(Grootendorst, 2022).",
    "en": "Words that mark a group off were ranked by class-based TF-IDF, each group one document "
    "(Grootendorst, 2022).",
}


def score(terms: Terms, members: np.ndarray, n_groups: int) -> np.ndarray:
    """Score each term for the segments ``members`` (a mask), one of ``n_groups`` groups.

    Returns:
        ``tf · ln(1 + A / f)``: tf is the term's share of the group's words, f its frequency in
        all groups, A the mean number of words a group. 0 where the group never says it; higher
        is more characteristic. Below ``ln(1 + A)``.
    """
    inside = np.asarray(terms.counts[members].sum(axis=0), float).ravel()
    frequency = np.asarray(terms.counts.sum(axis=0), float).ravel()
    size = inside.sum()
    if not size:
        return np.zeros(len(terms.vocabulary))
    words_a_group = frequency.sum() / n_groups
    return inside / size * np.log1p(words_a_group / np.maximum(frequency, 1))
