"""Keyness by log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008).

Political Analysis 16(4), 372-403, equations 15 to 22: what is rare is drawn to what the corpus
as a whole says, and so does not lead the list by chance.
"""

from __future__ import annotations

import numpy as np

from pipeline.records import Terms

# Words' worth of prior: as many as the whole corpus' frequencies are believed with.
PRIOR = 500.0

METHODS_TEXT = {
    "ko": f"집단 간 차이는 전체 자료의 빈도를 사전분포(낱말 {PRIOR:.0f}개 무게의 디리클레 분포)로 둔 로그승산비의 z값으로도 견주었다"
    " (Monroe, Colaresi & Quinn, 2008).",
    "en": "Groups were also compared by the z-score of log-odds ratios with an informative Dirichlet "
    f"prior, the frequencies of the whole corpus at the weight of {PRIOR:.0f} words (Monroe, "
    "Colaresi & Quinn, 2008).",
}


def score(terms: Terms, members: np.ndarray) -> np.ndarray:
    """Score each term for the segments ``members`` (a mask) against all other segments.

    Returns:
        z: the log-odds ratio over its standard deviation; positive where the group says it
        more, 0 where both alike or there is no rest to compare with, no bounds. |z| above 1.96
        would be p < .05 if words were independent, which words of one speaker are not: read
        it as a ranking.
    """
    inside = np.asarray(terms.counts[members].sum(axis=0), float).ravel()
    outside = np.asarray(terms.counts[~members].sum(axis=0), float).ravel()
    both = inside + outside
    if not inside.sum() or not outside.sum():
        return np.zeros(len(terms.vocabulary))
    # A term nobody says has no prior either: it is left at 0.
    said = both > 0
    prior = PRIOR * both / both.sum()
    scores = np.zeros(len(both))
    more, less = (inside + prior)[said], (outside + prior)[said]
    rest_in, rest_out = inside.sum() + PRIOR - more, outside.sum() + PRIOR - less
    # In a corpus of one term there is nothing else one could have said.
    possible = (rest_in > 0) & (rest_out > 0)
    odds = np.log(
        np.divide(more, rest_in, out=np.ones_like(more), where=possible)
        / np.divide(less, rest_out, out=np.ones_like(less), where=possible)
    )
    scores[said] = np.where(possible, odds, 0.0) / np.sqrt(1 / more + 1 / less)
    return scores
