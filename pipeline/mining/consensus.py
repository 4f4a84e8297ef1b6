"""Topics that recur: a consensus of factorisations of resampled interviews.

The topics of all resamples are stacked and factorised once more, after Belford, Mac Namee and
Greene (2018). Interviews are resampled, not segments: people repeat themselves, and two
segments of one interview are no two witnesses.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from pipeline.mining import hals, nmf
from pipeline.records import Terms

RESAMPLES = 20
# The share of interviews a resample leaves out, and the segments it has at most: more of them
# cost time and change little.
LEFT_OUT = 0.2
MOST_SEGMENTS = 20_000
# Two topics are the same when their ten heaviest terms have seven in common (Jaccard .54).
COMPARED_TERMS = 10
SAME_FROM = 0.5
# What is left out of fewer interviews says nothing of the rest.
_FEWEST_INTERVIEWS = 3
# What chance or a single run brings in weighs next to nothing beside the heaviest.
_TRACE = 1e-3

# The TF-IDF of a resample's segments, the numbers of topics to find in it, the seed.
Draw = tuple[csr_matrix, tuple[int, ...], int]


def resample(interviews: Sequence[str], seed: int) -> list[np.ndarray]:
    """Return ``RESAMPLES`` masks over segments, each leaving out a fifth of the interviews.

    ``interviews`` names each segment's. Whether one is left out rests on its id and the
    seed, not on its place: a new interview hardly changes the other draws. Of a large corpus
    more are left out, until ``MOST_SEGMENTS`` segments remain (or one interview). Fewer than
    three interviews are not resampled: no mask is returned.
    """
    names, place, sizes = np.unique(np.array(interviews), return_inverse=True, return_counts=True)
    if len(names) < _FEWEST_INTERVIEWS:
        return []
    n_kept = len(names) - max(1, round(LEFT_OUT * len(names)))
    masks = []
    for number in range(RESAMPLES):
        drawn = np.argsort([_lot(str(name), seed, number) for name in names], kind="stable")
        few = int(np.searchsorted(np.cumsum(sizes[drawn]), MOST_SEGMENTS, "right"))
        kept = np.zeros(len(names), bool)
        kept[drawn[: max(1, min(n_kept, few))]] = True
        masks.append(kept[place])
    return masks


def _lot(interview: str, seed: int, number: int) -> str:
    return hashlib.sha256(f"{seed}/{number}/{interview}".encode()).hexdigest()


def draws(
    terms: Terms,
    counts: Sequence[int],
    seed: int,
    interviews: Sequence[str],
    numbers: Iterable[int] = range(RESAMPLES),
) -> Iterator[Draw]:
    """Yield what ``topic_vectors`` takes, for the resamples ``numbers`` of ``interviews``.

    ``interviews`` names the interview of each segment of ``terms``. A resample with fewer
    segments than one of ``counts`` has that many topics.
    """
    weighted = nmf.weigh(terms)
    # Segments without terms are left out first, or a draw might be of nothing else.
    said = np.flatnonzero(np.diff(weighted.indptr))
    masks = resample([interviews[int(row)] for row in said], seed)
    for number in numbers if masks else ():
        yield (
            csr_matrix(weighted[said[masks[number]]]),
            tuple(min(n, len(terms.vocabulary), int(masks[number].sum())) for n in counts),
            (seed + number) % 2**32,
        )


def topic_vectors(draw: Draw) -> tuple[np.ndarray, ...]:
    """Factorise one resample into each number of topics, from starts that are its own in part.

    Returns:
        For each number, topics × terms: rows of unit length or zero.
    """
    weighted, counts, seed = draw
    with threadpool_limits(1, "blas"):
        found = hals.factorise(weighted, counts, seed, hals.QUICK)
    return tuple(_alive(segment_topics, topic_terms) for segment_topics, topic_terms in found)


def _alive(segment_topics: np.ndarray, topic_terms: np.ndarray) -> np.ndarray:
    """Return unit vectors, of zeros for a topic that no segment bears: it is as it started."""
    mass = segment_topics.sum(axis=0) * topic_terms.sum(axis=1)
    topic_terms[mass < _TRACE * mass.max()] = 0.0
    return _unit(_without_traces(topic_terms))


def _without_traces(topic_terms: np.ndarray) -> np.ndarray:
    heaviest_of_each = topic_terms.max(axis=1, keepdims=True)
    return np.where(topic_terms < _TRACE * heaviest_of_each, 0.0, topic_terms)


def agree(count: int, runs: Sequence[np.ndarray], seed: int) -> np.ndarray:
    """Return the ``count`` topics that those of all ``runs`` are best made of.

    Returns:
        Topics × terms, rows of unit length or zero.
    """
    stacked = np.vstack(runs)
    most = min(count, *stacked.shape)
    with threadpool_limits(1, "blas"):
        ((_, topic_terms),) = hals.factorise(stacked, (most,), seed)
    return _unit(_without_traces(topic_terms))


def recurrence(topic_terms: np.ndarray, runs: Sequence[np.ndarray]) -> list[float] | None:
    """Return in what share of ``runs`` each topic is found again: 0 (never) to 1 (in all).

    Found again is a topic when one of the run's has ten heaviest terms of a Jaccard of .5 or
    more with its own. ``None`` without runs: nothing was measured.
    """
    if not runs:
        return None
    others = [heaviest(run) for run in runs]
    return [
        sum(any(jaccard(own, other) >= SAME_FROM for other in run) for run in others) / len(runs)
        for own in heaviest(topic_terms)
    ]


def heaviest(topic_terms: np.ndarray) -> list[frozenset[int]]:
    """Return the columns of each topic's ten heaviest terms, none of no weight."""
    return [
        frozenset(int(column) for column in first_columns(row, COMPARED_TERMS))
        for row in topic_terms
    ]


def first_columns(weights: np.ndarray, number: int) -> np.ndarray:
    """Return the columns of the ``number`` greatest weights in order, none of no weight."""
    rounded = np.round(weights, 9)
    if len(rounded) > number:
        # Only what reaches the last of them is put in order, not the whole vocabulary.
        among = np.flatnonzero(rounded >= np.partition(rounded, -number)[-number])
    else:
        among = np.arange(len(rounded))
    ordered = among[np.argsort(-rounded[among], kind="stable")][:number]
    return ordered[weights[ordered] > 0]


def jaccard(first: frozenset[int], second: frozenset[int]) -> float:
    """Return the share two sets have in common: 0 to 1, 0 for two empty ones."""
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def jaccards(first: Sequence[frozenset[int]], second: Sequence[frozenset[int]]) -> np.ndarray:
    """Return the Jaccard of each set of ``first`` with each of ``second``."""
    return np.array([[jaccard(own, other) for other in second] for own in first])


def fit(
    terms: Terms, count: int, seed: int, runs: Sequence[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Find the ``count`` topics on which the ``runs`` agree, and how much of each is where.

    Returns:
        Non-negative segments × topics and topics × terms. Without runs these are plain NMF's.
    """
    if not runs:
        return nmf.fit(terms, count, seed)
    topic_terms = agree(count, runs, seed)
    return hals.loadings(nmf.weigh(terms), topic_terms), topic_terms


def methods_text(terms: Terms, count: int) -> dict[str, str]:
    """Return the methods paragraph's sentence for a consensus of ``count`` topics."""
    n, v = len(terms.segments), len(terms.vocabulary)
    drawn = _drawn_text(terms)
    return {
        "ko": f"토픽은 분석 단위 {n:,}개, 말 {v:,}개의 TF-IDF 행렬에 비음수 행렬 분해(NMF, 토픽 {count}개; "
        f"Lee & Seung, 1999)를 적용하되, {drawn['ko']} 표본 {RESAMPLES}개에서 "
        "찾은 토픽을 쌓아 다시 분해한 합의 토픽으로 삼았다(Belford 외, 2018).",
        "en": f"Topics are a consensus: non-negative matrix factorisation (NMF, {count} topics; Lee "
        f"& Seung, 1999) of the TF-IDF matrix of {n:,} segments and {v:,} terms in "
        f"each of {RESAMPLES} resamples {drawn['en']}, whose "
        "topics were stacked and factorised once more (Belford et al., 2018).",
    }


def recurrence_text(terms: Terms) -> dict[str, str]:
    """Return the methods paragraph's sentence on how recurrence was measured in ``terms``."""
    shared = math.ceil(2 * COMPARED_TERMS * SAME_FROM / (1 + SAME_FROM))
    drawn = _drawn_text(terms)
    return {
        "ko": f"재현율은 {drawn['ko']} 표본 {RESAMPLES}개 가운데 무거운 말 "
        f"{COMPARED_TERMS}개에서 {shared}개 이상이 같은 토픽이 다시 나타난 비율이다.",
        "en": f"Recurrence is the share of {RESAMPLES} resamples, each {drawn['en']}, "
        f"in which a topic shares {shared} or more of its {COMPARED_TERMS} "
        "heaviest terms.",
    }


def _drawn_text(terms: Terms) -> dict[str, str]:
    """Return what a resample is: what it leaves out, or how much of a large corpus it has."""
    if round((1 - LEFT_OUT) * np.count_nonzero(np.diff(terms.counts.indptr))) > MOST_SEGMENTS:
        return {
            "ko": f"분석 단위가 {MOST_SEGMENTS:,}개를 넘지 않도록 면담을 뽑은",
            "en": f"of interviews drawn up to {MOST_SEGMENTS:,} segments",
        }
    return {
        "ko": f"면담의 {LEFT_OUT:.0%}를 덜어 낸",
        "en": f"without {LEFT_OUT:.0%} of the interviews",
    }


def _unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
