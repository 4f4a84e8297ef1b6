"""Phrases: pairs of words that stand side by side («사회 복지», «집값»)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.mining.terms import segment_slice, shown_term
from pipeline.records import Morphemes, Segment

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two words side by side: the rows of the segments that hold it, once for every time.

    ``shown`` is the phrase as most write it, with or without a blank.
    """

    shown: str
    rows: np.ndarray


def adjacent_pairs(
    segments: Sequence[Segment], morphemes: Morphemes, words: Collection[str]
) -> Mapping[Pair, Phrase]:
    """Return the pairs of ``words`` that follow each other with a blank or nothing between.

    Both stand in one sentence of one segment. What was masked or left out parts words: it is
    longer than a blank.
    """
    row = np.full(len(morphemes.code), -1, np.int64)
    place = {interview: index for index, interview in enumerate(morphemes.interviews)}
    for number, segment in enumerate(segments):
        row[segment_slice(segment, morphemes, place)] = number
    wanted = np.array([term in words for term in morphemes.vocabulary], bool)[morphemes.code]
    gap = morphemes.start[1:] - morphemes.end[:-1]
    beside = (
        wanted[:-1]
        & wanted[1:]
        & (row[:-1] >= 0)
        & (row[:-1] == row[1:])
        & (morphemes.sentence[:-1] == morphemes.sentence[1:])
        & (gap >= 0)
        & (gap <= 1)
    )
    found: dict[Pair, list[int]] = defaultdict(list)
    for index in np.flatnonzero(beside):
        first, second = (morphemes.vocabulary[morphemes.code[i]] for i in (index, index + 1))
        found[first, second].append(int(index))
    return {pair: _phrase(pair, np.array(places), row, gap) for pair, places in found.items()}


def _phrase(pair: Pair, places: np.ndarray, row: np.ndarray, gap: np.ndarray) -> Phrase:
    joined = np.count_nonzero(gap[places] == 0) * 2 > len(places)
    shown = ("" if joined else " ").join(shown_term(term) for term in pair)
    return Phrase(shown, row[places])
