"""Which terms are said together, and how much more often than by chance.

A *unit* is what two terms must share to count as said together: a segment, a sentence, or a
window of words. A term counts once a unit, however often it is said there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, triu

from pipeline.mining.terms import segment_slice
from pipeline.records import Morphemes, Segment, Terms

# A pair said together once says nothing about the two words.
FEWEST_TOGETHER = 2
# Edges a term, on average, that ``auto`` keeps where there are more: what an eye can follow.
_EDGES_A_TERM = 3

Measure = Callable[[np.ndarray, np.ndarray, np.ndarray, int], np.ndarray]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of terms said together: ``source[k] < target[k]`` index ``vocabulary``.

    ``count`` is in how many units both stand, ``weight`` the measure of it. ``by_term`` is units ×
    terms (1.0 where it stands), ``segment_of`` each unit's row among the segments.
    """

    vocabulary: tuple[str, ...]
    source: np.ndarray
    target: np.ndarray
    count: np.ndarray
    weight: np.ndarray
    by_term: csc_matrix
    segment_of: np.ndarray


def choose_top(terms: Terms, tags: Collection[str], top: int) -> tuple[str, ...]:
    """Return the ``top`` most frequent terms with one of ``tags``, ties broken by the term."""
    frequency = np.asarray(terms.counts.sum(axis=0)).ravel()
    chosen = [i for i, term in enumerate(terms.vocabulary) if term.rpartition("/")[2] in tags]
    chosen.sort(key=lambda i: (-frequency[i], terms.vocabulary[i]))
    return tuple(terms.vocabulary[index] for index in chosen[:top])


def unit_rows(
    segments: Sequence[Segment],
    morphemes: Morphemes,
    vocabulary: Sequence[str],
    counted: Collection[str],
    within: Literal["segment", "sentence", "window"],
    window: int,
) -> tuple[csr_matrix, np.ndarray]:
    """Return units × ``vocabulary`` (1.0 where a term stands), and each unit's segment row.

    A ``window`` is ``window`` terms of ``counted`` in a row, moved one at a time within a
    segment: a shorter segment is one window. Windows overlap, so that two words near each other
    share several; counts of windows are counts of windows, not of times said.
    """
    place = {interview: index for index, interview in enumerate(morphemes.interviews)}
    column = {term: index for index, term in enumerate(vocabulary)}
    steps = dict.fromkeys(counted, -1) | column
    column_of = np.array([steps.get(term, -2) for term in morphemes.vocabulary], np.int64)
    rows: list[np.ndarray] = []
    columns: list[np.ndarray] = []
    segment_of: list[np.ndarray] = []
    first = 0
    for number, segment in enumerate(segments):
        found = segment_slice(segment, morphemes, place)
        codes = column_of[morphemes.code[found]]
        if within == "sentence":
            units, n_units = _numbered(morphemes.sentence[found])
        elif within == "segment":
            units, n_units = np.zeros(len(codes), np.int64), 1
        else:
            codes, units, n_units = _windows(codes[codes >= -1], window)
        rows.append(units[codes >= 0] + first)
        columns.append(codes[codes >= 0])
        segment_of.append(np.full(n_units, number))
        first += n_units
    row = np.concatenate([np.empty(0, np.int64), *rows])
    col = np.concatenate([np.empty(0, np.int64), *columns])
    said = csr_matrix((np.ones(len(row)), (row, col)), shape=(first, len(vocabulary)))
    said.sum_duplicates()
    said.data[:] = 1.0
    return said, np.concatenate([np.empty(0, np.int64), *segment_of])


def _numbered(sentences: np.ndarray) -> tuple[np.ndarray, int]:
    if not len(sentences):
        return np.zeros(0, np.int64), 1
    different, numbers = np.unique(sentences, return_inverse=True)
    return numbers.astype(np.int64), len(different)


def _windows(codes: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Return the codes of every window one after another, and each one's window."""
    if len(codes) <= width:
        return codes, np.zeros(len(codes), np.int64), 1
    views = np.lib.stride_tricks.sliding_window_view(codes, width)
    return views.ravel(), np.repeat(np.arange(len(views)), width), len(views)


def find_pairs(
    vocabulary: Sequence[str], units: csr_matrix, segment_of: np.ndarray, measure: str
) -> Pairs:
    """Return every pair said together at least once, weighed by ``measure`` (of ``MEASURES``)."""
    together = triu(csr_matrix(units.T @ units), k=1).tocoo()
    order = np.lexsort((together.col, together.row))
    source, target = together.row[order], together.col[order]
    both = together.data[order]
    each = np.asarray(units.sum(axis=0)).ravel()
    weight = MEASURES[measure](both, each[source], each[target], len(segment_of))
    return Pairs(
        tuple(vocabulary),
        source.astype(np.int64),
        target.astype(np.int64),
        both.astype(np.int64),
        # What is rounded away could not be told apart in a file, and must not decide.
        np.round(np.nan_to_num(weight, nan=0.0, posinf=0.0, neginf=0.0), 9) + 0.0,
        csc_matrix(units),
        segment_of,
    )


def count_together(both: np.ndarray, one: np.ndarray, other: np.ndarray, n: int) -> np.ndarray:  # noqa: ARG001
    """Return in how many units both stand: 1 and more."""
    return both.astype(float)


def jaccard(both: np.ndarray, one: np.ndarray, other: np.ndarray, n: int) -> np.ndarray:  # noqa: ARG001
    """Return |A∩B| / |A∪B|, 0 to 1 (Jaccard, 1901, Bull. Soc. Vaudoise Sci. Nat. 37)."""
    return both / (one + other - both)


def pmi(both: np.ndarray, one: np.ndarray, other: np.ndarray, n: int) -> np.ndarray:
    """Return log2 of p(a,b) / p(a)p(b), any sign; 0 is chance (Church and Hanks, 1990, CL 16(1))."""
    return np.log2(both * n / (one * other))


def npmi(both: np.ndarray, one: np.ndarray, other: np.ndarray, n: int) -> np.ndarray:
    """Return PMI divided by -log2 p(a,b): -1 to 1, 0 is chance (Bouma, 2009, GSCL).

    A pair in every unit is certain, not associated: it gets 0.
    """
    certainty = -np.log2(both / n)
    return np.divide(
        pmi(both, one, other, n), certainty, out=np.zeros(len(both)), where=certainty > 0
    )


def log_likelihood(both: np.ndarray, one: np.ndarray, other: np.ndarray, n: int) -> np.ndarray:
    """Return G² of the two-by-two table, signed: below 0 where rarer than chance.

    G² = 2 Σ O ln(O/E) over the four cells (Dunning, 1993, CL 19(1)); 3.84 is p = .05.
    """
    total = np.zeros(len(both))
    for seen, across, down in (
        (both, one, other),
        (one - both, one, n - other),
        (other - both, n - one, other),
        (n - one - other + both, n - one, n - other),
    ):
        expected = across * down / n
        some = (seen > 0) & (expected > 0)
        ratio = np.divide(seen, expected, out=np.ones(len(both)), where=some)
        total += 2 * seen * np.log(ratio)
    return np.where(both * n >= one * other, 1, -1) * np.maximum(total, 0)


MEASURES: Mapping[str, Measure] = {
    "pmi": pmi,
    "npmi": npmi,
    "log_likelihood": log_likelihood,
    "jaccard": jaccard,
    "count": count_together,
}


def choose_threshold(pairs: Pairs, wanted: float | Literal["auto"]) -> float:
    """Return the weight from which on a pair is an edge.

    ``auto``: the weight that leaves three edges a term (of those that stand in any pair), or
    the lowest weight above nothing where there are fewer pairs. Only pairs said together
    twice and more often than by chance (a weight above 0) are looked at.
    """
    if wanted != "auto":
        return float(wanted)
    weights = np.sort(pairs.weight[able_pairs(pairs)])[::-1]
    if not len(weights):
        return 0.0
    n_terms = len(np.union1d(pairs.source, pairs.target))
    most = math.ceil(_EDGES_A_TERM * n_terms)
    return float(weights[min(most, len(weights)) - 1])


def able_pairs(pairs: Pairs) -> np.ndarray:
    """Tell of each pair whether it may be an edge: together twice, and a weight above 0.

    In a corpus that says no pair twice, once is enough.
    """
    fewest = min(FEWEST_TOGETHER, int(pairs.count.max(initial=1)))
    return (pairs.count >= fewest) & (pairs.weight > 0)


def edges_from(pairs: Pairs, threshold: float) -> np.ndarray:
    """Return the indices of the pairs that are edges, heaviest first, ties in order of terms."""
    kept = np.flatnonzero(able_pairs(pairs) & (pairs.weight >= threshold))
    return kept[np.argsort(-pairs.weight[kept], kind="stable")]
