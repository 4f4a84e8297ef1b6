"""Log ratio (Hardie 2014): how many times more often a group says a term than the rest.

The effect size beside keyness, which grows with the corpus while this does not (Gabrielatos
and Marchi 2011; Gabrielatos 2018).
"""

from __future__ import annotations

import numpy as np

# What stands in for a frequency of 0, which has no logarithm.
_INSTEAD_OF_NONE = 0.5


def compare(
    inside: np.ndarray, outside: np.ndarray, size_in: float, size_out: float
) -> np.ndarray | None:
    """Compare frequencies ``inside`` a group of ``size_in`` words with those ``outside`` it.

    Returns:
        log2 of the ratio of relative frequencies: 0 where both say it alike, 1 where the group
        says it twice as often, -1 half as often; a frequency of 0 counts as 0.5. ``None`` where
        there is nothing to compare with.
    """
    if not size_in or not size_out:
        return None
    more = np.maximum(inside, _INSTEAD_OF_NONE) / size_in
    less = np.maximum(outside, _INSTEAD_OF_NONE) / size_out
    return np.log2(more / less)
