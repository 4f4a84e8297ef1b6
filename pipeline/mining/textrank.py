"""Keywords by TextRank (Mihalcea and Tarau 2004, EMNLP): words that words near them point to."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.mining.spoken import Spoken

# Terms that stand in one window of so many kept terms are tied; the paper tries 2 to 10.
WINDOW = 3
_DAMPING = 0.85
_TOLERANCE = 1e-12
_MOST_STEPS = 1_000

METHODS_TEXT = {
    "ko": f"TextRank는 한 문장에서 이어진 말 {WINDOW}개 안에 함께 나온 말을 이은 그래프에서 구했다"
    f"(감쇠 {_DAMPING}; Mihalcea & Tarau, 2004).",
    "en": f"TextRank was computed on a graph that ties terms within {WINDOW} of each other in a "
    f"sentence (damping {_DAMPING}; Mihalcea & Tarau, 2004).",
}


def score(spoken: Spoken, members: np.ndarray) -> np.ndarray:
    """Score each term of the vocabulary by what is said in the segments ``members`` (a mask).

    Ties are undirected and weigh as often as two terms are near each other.

    Returns:
        PageRank: 0 where a term has no neighbour, else between 0 and 1, higher is more
        central; all sum to 1 (or to 0 where no two terms are near each other).
    """
    ties = _ties(spoken, members)
    strength = np.asarray(ties.sum(axis=0), float).ravel()
    tied = strength > 0
    n_tied = int(tied.sum())
    if not n_tied:
        return np.zeros(len(spoken.vocabulary))
    # Every node left has a tie, and ties go both ways: nothing dangles.
    passing = ties[tied][:, tied].multiply(1 / strength[tied]).tocsr()
    rank = np.full(n_tied, 1 / n_tied)
    for _ in range(_MOST_STEPS):
        before, rank = rank, (1 - _DAMPING) / n_tied + _DAMPING * (passing @ rank)
        if np.abs(rank - before).sum() < _TOLERANCE:
            break
    scores = np.zeros(len(spoken.vocabulary))
    scores[tied] = rank
    return scores


def _ties(spoken: Spoken, members: np.ndarray) -> csr_matrix:
    """Return terms × terms, symmetric: how often two different terms are near each other."""
    inside = members[spoken.row]
    term, sentence = spoken.term[inside], spoken.sentence[inside]
    first, second = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for step in range(1, WINDOW):
        near = (sentence[step:] == sentence[:-step]) & (term[step:] != term[:-step])
        first.append(term[:-step][near])
        second.append(term[step:][near])
    source, target = np.concatenate(first), np.concatenate(second)
    size = len(spoken.vocabulary)
    one_way = csr_matrix((np.ones(len(source)), (source, target)), shape=(size, size))
    return csr_matrix(one_way + one_way.T)
