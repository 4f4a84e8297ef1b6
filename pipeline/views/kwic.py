"""Concordance lines (KWIC): what stands left and right of a term, aligned on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.records import Quote
from pipeline.views import columns as c
from pipeline.views.columns import Column
from pipeline.views.tables import Table, clock

Order = Literal["place", "left", "right"]
_BETWEEN = " │ "

COLUMNS = (
    *c.SEGMENTS[:4],
    Column("left", "왼쪽", "left", "앞에 한 말", "what was said before"),
    Column("node", "말", "node", "찾은 말", "the term as it was said"),
    Column("right", "오른쪽", "right", "뒤에 한 말", "what was said after"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A place a term is said at, white space made plain blanks."""

    left: str
    node: str
    right: str
    quote: Quote


def lines_of(quotes: Sequence[Quote]) -> list[Line]:
    """Return a line for each marked span of ``quotes``, in their order."""
    return [
        Line(_plain(q.text[:start]), _plain(q.text[start:end]), _plain(q.text[end:]), q)
        for q in quotes
        for start, end in q.marked
    ]


def in_order(lines: Sequence[Line], order: Order) -> list[Line]:
    """Sort by what stands to the left (the nearest word first) or right, or leave in place."""
    if order == "left":
        return sorted(lines, key=lambda line: line.left.split()[::-1])
    if order == "right":
        return sorted(lines, key=lambda line: line.right.split())
    return list(lines)


def drawn(lines: Sequence[Line], width: int) -> list[str]:
    """Return ``lines`` as text aligned on the term, ``width`` columns on either side of it.

    Hangul takes two columns of a terminal. What is cut off leaves «…».
    """
    nodes = max((columns_of(line.node) for line in lines), default=0)
    texts = []
    for line in lines:
        left, right = _fit_end(line.left, width), _fit_start(line.right, width)
        texts.append(
            _BETWEEN.join(
                (
                    " " * (width - columns_of(left)) + left,
                    line.node + " " * (nodes - columns_of(line.node)),
                    right + " " * (width - columns_of(right)),
                    place_of(line.quote),
                )
            )
        )
    return texts


def place_of(quote: Quote) -> str:
    """Return where a quote stands, in one short line."""
    inside = quote.segment.startswith(quote.interview)
    parts = (
        quote.segment if inside else f"{quote.interview} {quote.segment}",
        quote.speaker,
        clock(quote.time),
    )
    return " ".join(part for part in parts if part)


def concordance(lines: Sequence[Line]) -> Table:
    """Return ``lines`` as a table, each with its whole context."""
    rows = tuple(
        (
            line.quote.segment,
            line.quote.interview,
            line.quote.speaker,
            clock(line.quote.time),
            line.left,
            line.node,
            line.right,
        )
        for line in lines
    )
    return Table("concordance", {"ko": "용례", "en": "Concordance"}, COLUMNS, rows)


def columns_of(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    return sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _plain(text: str) -> str:
    # What a terminal would not print takes no column, and must not shift the line.
    spaced = re.sub(r"\s+", " ", text)
    return "".join(sign if sign.isprintable() else "�" for sign in spaced)


def _fit_start(text: str, width: int) -> str:
    """Return the beginning of ``text`` that ``width`` columns hold."""
    if columns_of(text) <= width:
        return text
    kept, taken = 0, 1  # the sign for what is left out takes one
    while kept < len(text) and taken + _columns(text[kept]) <= width:
        taken += _columns(text[kept])
        kept += 1
    return f"{text[:kept]}…"


def _fit_end(text: str, width: int) -> str:
    """Return the end of ``text`` that ``width`` columns hold."""
    return _fit_start(text[::-1], width)[::-1]
