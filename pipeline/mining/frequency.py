"""Keywords by frequency (빈도): what is said most. Its companion is the number of segments."""

from __future__ import annotations

import numpy as np

from pipeline.records import Terms

METHODS_TEXT = {
    "ko": "말마다 나온 횟수(빈도)와, 그 말이 나온 분석 단위의 수(문서 빈도)를 셌다.",
    "en": "Terms were counted (frequency), and so were the segments that say them (document "
    "frequency).",
}


def score(terms: Terms, members: np.ndarray) -> np.ndarray:
    """Count each term in the segments ``members`` (a mask of length n_segments).

    Returns:
        Times said: whole numbers from 0; higher is said more often. Counts of groups of
        different sizes do not compare.
    """
    return np.asarray(terms.counts[members].sum(axis=0), float).ravel()
