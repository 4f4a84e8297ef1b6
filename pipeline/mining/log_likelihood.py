"""Keyness by log-likelihood (Rayson and Garside 2000): what a group says more than the rest."""

from __future__ import annotations

import numpy as np
from scipy.special import xlogy

from pipeline.records import Terms

METHODS_TEXT = {
    "ko": "집단 간 차이가 큰 말은 로그우도(G²)로 뽑았고, 나머지보다 많이 쓴 말만 적었다"
    " (Rayson & Garside, 2000).",
    "en": "Words a group uses more than the others are ranked by log-likelihood G² "
    "(Rayson & Garside, 2000).",
}


def score(terms: Terms, members: np.ndarray) -> np.ndarray:
    """Score each term for the segments ``members`` (a mask) against all other segments.

    Returns:
        G², signed: positive where the group uses the term more than the rest does, negative
        where less, 0 where there is no rest to compare with. |G²| above 3.84, 6.63, 10.83
        and 15.13 corresponds to p < .05, .01, .001 and .0001 if words were independent,
        which words of one speaker are not: read it as a ranking.
    """
    inside = np.asarray(terms.counts[members].sum(axis=0), float).ravel()
    outside = np.asarray(terms.counts[~members].sum(axis=0), float).ravel()
    size_in, size_out = inside.sum(), outside.sum()
    if not size_in or not size_out:
        return np.zeros(len(terms.vocabulary))
    both = inside + outside
    expected_in = size_in * both / (size_in + size_out)
    expected_out = size_out * both / (size_in + size_out)
    g2 = 2 * (
        xlogy(inside, np.where(both > 0, inside / np.maximum(expected_in, 1e-300), 1))
        + xlogy(outside, np.where(both > 0, outside / np.maximum(expected_out, 1e-300), 1))
    )
    return np.where(inside >= expected_in, g2, -g2)
