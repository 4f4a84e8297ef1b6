"""Masking: the one way by which an interview's text leaves the private part.

A frozen text is never changed. ``mask`` gives a slice of it with each masked span replaced, and
carries spans of the frozen text over to that slice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np

from pipeline.corpus.morphology import keep_rows
from pipeline.records import Mask, Morphemes

__all__ = ["Mask", "Masked", "in_order", "mask", "outside_masks"]


@dataclass(frozen=True, slots=True)
class _Swap:
    """A mask and where its replacement stands in the masked slice."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked slice of a frozen text: ``text`` stands for ``frozen[start:end]``.

    The slice is widened to the whole of a mask it touches, so ``start`` and ``end`` may lie
    outside what was asked for.
    """

    text: str
    start: int
    end: int
    _swaps: tuple[_Swap, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``frozen[start:end]`` stands in ``text``.

        A span that touches a mask is widened to the whole replacement. Raises ``ValueError``
        for a span that does not lie in this slice.
        """
        if not self.start <= start <= end <= self.end:
            raise ValueError(f"{start}:{end} does not lie in {self.start}:{self.end}")
        touched = _touched(self._swaps, start, end)
        first, last = (touched[0], touched[-1]) if touched else (None, None)
        new_start = first.new_start if first and first.start < start else self._place(start)
        new_end = last.new_end if last and last.end > end else self._place(end)
        return new_start, new_end

    def frozen_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the frozen text that ``text[start:end]`` stands for.

        A span that touches a replacement is widened to the whole of what is masked. Raises
        ``ValueError`` for a span that does not lie in ``text``.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}:{end} does not lie in a text of {len(self.text)}")
        touched = [s for s in self._swaps if s.new_start < end and s.new_end > start]
        first, last = (touched[0], touched[-1]) if touched else (None, None)
        old_start = first.start if first and first.new_start < start else self._origin(start)
        old_end = last.end if last and last.new_end > end else self._origin(end)
        return old_start, old_end

    def _origin(self, position: int) -> int:
        """Return what a position in ``text``, in no replacement, stands for."""
        before = bisect_right(self._swaps, position, key=lambda swap: swap.new_end)
        if before == 0:
            return position + self.start
        swap = self._swaps[before - 1]
        return swap.end + position - swap.new_end

    def _place(self, position: int) -> int:
        """Return where a position that lies in no mask stands in ``text``."""
        before = bisect_right(self._swaps, position, key=lambda swap: swap.end)
        if before == 0:
            return position - self.start
        swap = self._swaps[before - 1]
        return swap.new_end + position - swap.end


_Span = TypeVar("_Span", Mask, _Swap)


def mask(text: str, start: int, end: int, masks: Sequence[Mask]) -> Masked:
    """Return ``text[start:end]`` with every mask that touches it replaced as a whole.

    ``masks`` are in order and do not overlap (``in_order``). A slice that begins or ends inside
    a mask gets the whole replacement and nothing of what is masked. Raises ``ValueError`` for a
    slice outside the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"{start}:{end} does not lie in a text of {len(text)}")
    touched = _touched(masks, start, end)
    if touched:
        start, end = min(start, touched[0].start), max(end, touched[-1].end)
    pieces: list[str] = []
    swaps: list[_Swap] = []
    at, length = start, 0
    for one in touched:
        new_start = length + one.start - at
        new_end = new_start + len(one.replacement)
        pieces += (text[at : one.start], one.replacement)
        swaps.append(_Swap(one.start, one.end, new_start, new_end))
        at, length = one.end, new_end
    pieces.append(text[at:end])
    return Masked("".join(pieces), start, end, tuple(swaps))


def in_order(masks: Iterable[Mask]) -> tuple[Mask, ...]:
    """Return ``masks`` in the order of the text; ``ValueError`` if one is empty or two overlap."""
    ordered = tuple(sorted(masks, key=lambda one: (one.start, one.end)))
    for one in ordered:
        if not 0 <= one.start < one.end:
            raise ValueError(f"{one.start}:{one.end} masks nothing")
    for one, following in pairwise(ordered):
        if following.start < one.end:
            raise ValueError(f"{following.start}:{following.end} overlaps {one.start}:{one.end}")
    return ordered


def outside_masks(morphemes: Morphemes, masks: Mapping[str, Sequence[Mask]]) -> Morphemes:
    """Return the morphemes that touch no mask; ``masks`` are by interview id."""
    keep = np.ones(len(morphemes.code), bool)
    for index, interview in enumerate(morphemes.interviews):
        rows = slice(int(morphemes.bounds[index]), int(morphemes.bounds[index + 1]))
        for one in masks.get(interview, ()):
            touches = (morphemes.start[rows] < one.end) & (morphemes.end[rows] > one.start)
            keep[rows] &= ~touches
    return keep_rows(morphemes, keep)


def _touched(spans: Sequence[_Span], start: int, end: int) -> Sequence[_Span]:
    """Return the spans that hold a character of ``start:end``, or hold the place if it is empty."""
    first = bisect_right(spans, start, key=lambda span: span.end)
    last = first
    while last < len(spans) and spans[last].start < end:
        last += 1
    return spans[first:last]
