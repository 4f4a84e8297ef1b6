"""Passages as a page shows them: cut into pieces, some of them marked, long ones folded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from pipeline.records import Segment

Span = tuple[int, int]
Strength = Literal["", "weak", "strong"]

# A passage is shown to the sentence end before FOLDED characters and unfolds to LONGEST.
FOLDED = 320
LONGEST = 1_500
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and how it is marked."""

    text: str
    mark: Strength


@dataclass(frozen=True, slots=True)
class Passage:
    """A segment's text: ``head`` is always seen, ``rest`` unfolds, ``left_out`` characters go.

    ``head`` and ``rest`` joined are the text as far as it is shown.
    """

    segment: str
    interview: str
    speaker: str
    head: tuple[Piece, ...]
    rest: tuple[Piece, ...]
    left_out: int


def make_passage(
    segment: Segment, text: str, strong: Iterable[Span] = (), weak: Iterable[Span] = ()
) -> Passage:
    """Return ``segment`` ready to show, spans of its ``text`` marked strongly or weakly."""
    strong, weak = merge(strong), merge(weak)
    fold, last = _fold_at(text), min(len(text), LONGEST)
    return Passage(
        segment=segment.id,
        interview=segment.interview,
        speaker=segment.speaker,
        head=highlight(text, strong, weak, 0, fold),
        rest=highlight(text, strong, weak, fold, last) if fold < last else (),
        left_out=len(text) - max(fold, last),
    )


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return ``spans`` in order, those that overlap or touch made one, empty ones dropped."""
    merged: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def highlight(
    text: str, strong: Sequence[Span], weak: Sequence[Span], start: int, end: int
) -> tuple[Piece, ...]:
    """Return ``text[start:end]`` in pieces, marked as the merged spans have it.

    Where both do, the strong mark holds. Joined, the pieces are ``text[start:end]`` whatever
    the spans; none is empty.
    """
    edges = {min(max(edge, start), end) for span in (*strong, *weak) for edge in span}

    def mark_of(stretch: Span) -> Strength:
        return _strength(stretch[0], strong, weak)

    return tuple(
        Piece("".join(text[first:last] for first, last in alike), mark)
        for mark, alike in groupby(pairwise(sorted(edges | {start, end})), mark_of)
    )


def _strength(at: int, strong: Sequence[Span], weak: Sequence[Span]) -> Strength:
    if any(first <= at < last for first, last in strong):
        return "strong"
    return "weak" if any(first <= at < last for first, last in weak) else ""


def _fold_at(text: str) -> int:
    """Return where the seen part ends: at the end of a sentence, or of a word, or simply cut."""
    if len(text) <= FOLDED * 5 // 4:  # a fold that hides a line or two is only a nuisance
        return len(text)
    seen = text[:FOLDED]
    ends = [match.end() for match in _SENTENCE_END.finditer(seen)]
    if ends and ends[-1] >= FOLDED // 2:
        return ends[-1]
    blank = seen.rfind(" ")
    return blank + 1 if blank >= FOLDED // 2 else FOLDED
