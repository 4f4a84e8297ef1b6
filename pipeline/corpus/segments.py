"""Segments (의미단위): the spans codes are put on, cut out of participants' turns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from pipeline.records import Interview, Morphemes, Segment, Turn

Unit = Literal["turn", "sentence", "window"]


def cut_segments(
    interviews: Sequence[Interview], morphemes: Morphemes, unit: Unit, size: int
) -> tuple[Segment, ...]:
    """Return the segments of ``interviews`` in spoken order.

    ``turn``: a participant's turn. ``sentence``: Kiwi's sentences of it. ``window``: ``size``
    consecutive sentences of it, the last window possibly shorter. Interviewers' turns are
    context and give none. A sentence runs to the start of the next, white space trimmed, so
    that nothing said is lost between them.
    """
    segments: list[Segment] = []
    for index, interview in enumerate(interviews):
        rows = slice(morphemes.bounds[index], morphemes.bounds[index + 1])
        sentence_starts = _sentence_starts(morphemes, rows) if unit != "turn" else []
        for turn in interview.turns:
            if turn.role != "participant":
                continue
            if unit == "turn":
                segments.append(
                    _segment(interview, turn, turn_id(interview, turn), turn.start, turn.end)
                )
                continue
            spans = _sentences(interview.text, turn, sentence_starts)
            for number, (start, end) in enumerate(
                _windows(spans, size if unit == "window" else 1), 1
            ):
                name = f"{turn_id(interview, turn)}.{number}"
                segments.append(_segment(interview, turn, name, start, end))
    return tuple(segments)


def turn_id(interview: Interview, turn: Turn) -> str:
    """Return the id of a turn's segment: the file's own, else ``interview:number``."""
    return turn.id if turn.id is not None else f"{interview.id}:{turn.index:03d}"


def _segment(interview: Interview, turn: Turn, name: str, start: int, end: int) -> Segment:
    fields = {**interview.fields, **turn.fields}
    return Segment(name, interview.id, turn.index, turn.speaker, start, end, fields)


def _sentence_starts(morphemes: Morphemes, rows: slice) -> list[int]:
    first: dict[int, int] = {}
    for sentence, start in zip(
        morphemes.sentence[rows].tolist(), morphemes.start[rows].tolist(), strict=True
    ):
        first[sentence] = min(start, first.get(sentence, start))
    return sorted(first.values())


def _sentences(text: str, turn: Turn, starts: Sequence[int]) -> list[tuple[int, int]]:
    """Return the trimmed spans of the turn's sentences; they cover all of it but white space."""
    within = starts[bisect_left(starts, turn.start) : bisect_left(starts, turn.end)]
    # The first sentence takes in what Kiwi did not see before it, such as «(웃음)».
    marks = [turn.start, *within[1:], turn.end]
    spans = (_trimmed(text, a, b) for a, b in pairwise(marks))
    return [span for span in spans if span[0] < span[1]]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _windows(spans: Sequence[tuple[int, int]], size: int) -> Iterator[tuple[int, int]]:
    for first in range(0, len(spans), size):
        group = spans[first : first + size]
        yield group[0][0], group[-1][1]
