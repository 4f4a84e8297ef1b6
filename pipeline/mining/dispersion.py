"""Dispersion by DP: does everybody say it, or one? (Gries 2008, IJCL 13(4); Lijffijt, Gries 2012)."""

from __future__ import annotations

import numpy as np


def deviations(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return Gries' DP of each term over the parts of a corpus.

    Args:
        counts: parts × terms, how often each part says each term.
        sizes: words in each part, at least 1.

    Returns:
        Half the sum over parts of |share of the term's uses - share of the corpus|: 0 where
        the term is spread as the words are; up to 1 - the smallest part's share, where that
        part alone says it. 0 for a term nobody says.
    """
    expected = (sizes / sizes.sum())[:, None]
    totals = counts.sum(axis=0)
    observed = counts / np.maximum(totals, 1)
    return np.where(totals > 0, 0.5 * np.abs(observed - expected).sum(axis=0), 0.0)


def normalised(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray | None:
    """Return DP over the largest it can be with these parts (Lijffijt and Gries 2012), 0 to 1.

    So groups of two and of twenty interviews compare. ``None`` where there is one part only:
    nothing is spread over one.
    """
    if len(sizes) < 2:
        return None
    return deviations(counts, sizes) / (1 - sizes.min() / sizes.sum())
