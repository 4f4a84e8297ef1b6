"""Transcripts as the desk shows them: masked, cut into pieces, selections mapped back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise

from pipeline.corpus.masking import Masked, mask
from pipeline.corpus.pseudonyms import replacer
from pipeline.records import Interview, Turn
from pipeline.views.characters import visible
from pipeline.views.masked import shown_ids
from pipeline.views.review.material import Material

Span = tuple[int, int]
LANES = 4
"""So many codings that overlap are drawn beneath each other; a fifth shares the first's line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same marks all along.

    ``words`` are the ranks of the suggestions it speaks for, ``lanes`` the lines of the
    codings that lie on it.
    """

    text: str
    words: tuple[int, ...] = ()
    lanes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces that belong to one segment, or to none (``row`` is ``None``)."""

    row: int | None
    pieces: tuple[Piece, ...]


class Texts:
    """The study's texts and names as they may be shown, and where a selection lies in them."""

    def __init__(self, material: Material) -> None:
        """Show ``material``."""
        self._material = material
        self._masked: dict[str, Masked] = {}
        self.unnamed = replacer(material.key)

    @cached_property
    def ids(self) -> Mapping[int, str]:
        """Return the ids shown of the segments, by row."""
        ids = [segment.id for segment in self._material.segments]
        shown = shown_ids(ids, self.unnamed)
        return {row: visible(shown[one]) for row, one in enumerate(ids)}

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Return the rows of the segments, by the id shown."""
        return {shown: row for row, shown in self.ids.items()}

    def masked(self, interview: str) -> Masked:
        """Return an interview's text, masked."""
        if interview not in self._masked:
            text = self._material.interview[interview].text
            masks = self._material.masks.get(interview, ())
            self._masked[interview] = mask(text, 0, len(text), masks)
        return self._masked[interview]

    def quote(self, interview: str, start: int, end: int) -> str:
        """Return what stands at a span of the frozen text, masked."""
        masked = self.masked(interview)
        first, last = masked.span(start, end)
        return visible(masked.text[first:last])

    def selected(
        self, interview: Interview, turn: Turn, first: int, last: int, quote: str
    ) -> Span | None:
        """Return the span of the frozen text that a selection in a turn stands for.

        ``first`` and ``last`` count code points of the turn as shown, ``quote`` is what the
        page says stands there. ``None`` where that is not so, or nothing but blanks.
        """
        masked = self.masked(interview.id)
        begin, stop = masked.span(turn.start, turn.end)
        first, last = begin + first, begin + last
        if not begin <= first < last <= stop or visible(masked.text[first:last]) != quote:
            return None
        chosen = masked.text[first:last]
        first += len(chosen) - len(chosen.lstrip())
        last -= len(chosen) - len(chosen.rstrip())
        return masked.frozen_span(first, last) if first < last else None

    def stretches(
        self,
        interview: str,
        turn: Turn,
        segments: Sequence[int],
        words: Iterable[tuple[Span, int]] = (),
        lanes: Iterable[tuple[Span, int]] = (),
    ) -> tuple[Stretch, ...]:
        """Return a turn as shown, cut wherever a segment or a mark begins or ends.

        ``segments`` are the rows that lie in the turn, ``words`` spans of the frozen text with
        the rank of what they speak for, ``lanes`` those of codings with their line. Joined,
        the pieces are the turn's masked text.
        """
        masked = self.masked(interview)
        begin, stop = masked.span(turn.start, turn.end)

        def placed(marks: Iterable[tuple[Span, int]]) -> list[tuple[int, int, int]]:
            found = []
            for (start, end), number in marks:
                inside = max(start, turn.start), min(end, turn.end)
                if inside[0] < inside[1]:
                    found.append((*masked.span(*inside), number))
            return found

        owned = placed(
            ((self._material.segments[row].start, self._material.segments[row].end), row)
            for row in segments
        )
        said, coded = placed(words), placed(lanes)
        edges = {begin, stop}
        edges |= {edge for marks in (owned, said, coded) for mark in marks for edge in mark[:2]}
        pieces = []
        for first, last in pairwise(sorted(edge for edge in edges if begin <= edge <= stop)):
            piece = Piece(
                visible(masked.text[first:last]), _numbers(said, first), _numbers(coded, first)
            )
            pieces.append((next(iter(_numbers(owned, first)), None), piece))
        return tuple(
            Stretch(row, tuple(piece for _, piece in group))
            for row, group in groupby(pieces, key=lambda pair: pair[0])
        )


def _numbers(marks: Sequence[tuple[int, int, int]], at: int) -> tuple[int, ...]:
    return tuple(sorted({number for first, last, number in marks if first <= at < last}))


def lanes_of(spans: Sequence[Span]) -> tuple[int, ...]:
    """Return a line for each of ``spans``, so that those that overlap lie beneath each other.

    Lines count from 0; the first that is free is taken. Beyond ``LANES`` they are shared.
    """
    order = sorted(range(len(spans)), key=lambda place: (spans[place], place))
    ends: list[int] = []
    lanes = [0] * len(spans)
    for place in order:
        start, end = spans[place]
        lane = next((n for n, taken_to in enumerate(ends) if taken_to <= start), len(ends))
        if lane == len(ends):
            ends.append(end)
        ends[lane] = end
        lanes[place] = lane % LANES
    return tuple(lanes)
