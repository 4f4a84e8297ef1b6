"""What the desk shows and learns from: the study as its coders see it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.corpus.codings import COVERS
from pipeline.errors import Lang
from pipeline.records import Code, CodebookVersion, Coding, Interview, Mask, Segment
from pipeline.themes.scoring import Untaught
from pipeline.themes.suggester import Given


@dataclass(frozen=True)
class Material:
    """A study made ready for review.

    ``masks`` are by interview id, empty where the study shows texts as they are; ``key`` maps
    what is replaced outside of texts. ``codings`` come from the study's file; those of the
    coders in ``shared`` teach everybody's suggestions. ``unaided`` is the share of passages
    whose suggestions stay hidden at first, ``lead`` the coder who may lift blindness (empty:
    anybody). ``model`` tells what suggestions are made with, ``version`` which codebook it is,
    ``versions`` all there have been.
    """

    title: str
    lang: Lang
    levels: tuple[str, ...]
    interviews: tuple[Interview, ...]
    segments: tuple[Segment, ...]
    codes: tuple[Code, ...]
    codings: tuple[Coding, ...]
    masks: Mapping[str, Sequence[Mask]]
    key: Mapping[str, str]
    given: Given
    untaught: Untaught
    seed: int
    unaided: float
    lead: str
    shared: tuple[str, ...]
    top: int
    model: str
    version: int
    versions: tuple[CodebookVersion, ...] = ()

    @cached_property
    def rows_of(self) -> Mapping[str, range]:
        """Return the rows of each interview's segments, which stand together."""
        bounds: dict[str, list[int]] = {}
        for row, segment in enumerate(self.segments):
            bounds.setdefault(segment.interview, [row, row])[1] = row + 1
        return {name: range(first, last) for name, (first, last) in bounds.items()}

    @cached_property
    def interview(self) -> Mapping[str, Interview]:
        """Return the interviews by id."""
        return {interview.id: interview for interview in self.interviews}

    def rows_at(self, interview: str, start: int, end: int) -> tuple[int, ...]:
        """Return the rows that a span bears on: those that share half of the shorter with it."""
        rows = self.rows_of.get(interview, range(0))
        # Segments are in spoken order and do not overlap.
        first = bisect_left(rows, start + 1, key=lambda row: self.segments[row].end)
        found = []
        for row in rows[first:]:
            segment = self.segments[row]
            if segment.start >= end:
                break
            shared = min(segment.end, end) - max(segment.start, start)
            if shared >= COVERS * min(segment.end - segment.start, end - start):
                found.append(row)
        return tuple(found)
