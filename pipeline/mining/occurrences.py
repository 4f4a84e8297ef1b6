"""Where a term is said, in whatever inflection and inside whatever word."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.mining.spoken import rows_of_segments
from pipeline.records import Morphemes, Segment

# Particles and endings: a term is the same with any of them, and without.
_PASSED_OVER = ("J", "E")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place a term is said at: the segment's ``row``, and a span of its interview's text."""

    row: int
    start: int
    end: int


def content_of(terms: Sequence[str]) -> tuple[str, ...]:
    """Return ``terms`` (``"form/TAG"``) without particles and endings."""
    return tuple(t for t in terms if not t.rpartition("/")[2].startswith(_PASSED_OVER))


def find_occurrences(
    segments: Sequence[Segment], morphemes: Morphemes, wanted: Collection[tuple[str, ...]]
) -> tuple[Occurrence, ...]:
    """Return where one of the runs of terms ``wanted`` is said, in spoken order.

    The terms of a run follow each other in one sentence of one segment, particles and endings
    passed over on either side: «집 고치다» is found in «집을 고치고». A span reaches from the
    first term to the last, with the endings of a verb at its end. Of places that overlap the
    first counts, of those that begin together the longest.
    """
    at, row = rows_of_segments(segments, morphemes)
    tags = [term.rpartition("/")[2] for term in morphemes.vocabulary]
    passed = np.array([tag.startswith(_PASSED_OVER) for tag in tags], bool)
    content = np.flatnonzero(~passed[morphemes.code[at]]) if len(at) else at
    code, sentence = morphemes.code[at[content]], morphemes.sentence[at[content]]
    place = {term: index for index, term in enumerate(morphemes.vocabulary)}
    found: list[Occurrence] = []
    for run in sorted(set(wanted)):
        codes = [place.get(term, -1) for term in run]
        size, last = len(codes), len(code) - len(codes) + 1
        if not size or last < 1 or -1 in codes:
            continue
        fits = np.ones(last, bool)
        for step, one in enumerate(codes):
            fits &= code[step : last + step] == one
        ends = np.arange(last) + size - 1
        fits &= (row[content[:last]] == row[content[ends]]) & (sentence[:last] == sentence[ends])
        for first in np.flatnonzero(fits):
            begin, end = content[first], content[first + size - 1]
            found.append(
                Occurrence(
                    int(row[begin]),
                    int(morphemes.start[at[begin]]),
                    _end(morphemes, tags, at, row, int(end)),
                )
            )
    return _without_overlaps(found)


def _end(
    morphemes: Morphemes, tags: Sequence[str], at: np.ndarray, row: np.ndarray, index: int
) -> int:
    """Return where the term at ``index`` ends: a verb with the endings that touch it."""
    end = int(morphemes.end[at[index]])
    following = index + 1
    while (
        following < len(at)
        and row[following] == row[index]
        and tags[int(morphemes.code[at[following]])].startswith("E")
        and morphemes.start[at[following]] <= end
    ):
        end = max(end, int(morphemes.end[at[following]]))
        following += 1
    return end


def _without_overlaps(found: Sequence[Occurrence]) -> tuple[Occurrence, ...]:
    kept: list[Occurrence] = []
    for one in sorted(found, key=lambda o: (o.row, o.start, -o.end)):
        if not kept or kept[-1].row != one.row or kept[-1].end <= one.start:
            kept.append(one)
    return tuple(kept)
