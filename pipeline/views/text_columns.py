"""Rows of text set in columns for a terminal, where a Hangul syllable is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def aligned(rows: Sequence[Sequence[str]], n_left: int) -> list[str]:
    """Return a line for each of ``rows``: its first ``n_left`` cells to the left, others right."""
    widths = [max(map(width_of, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = []
        for number, (cell, width) in enumerate(zip(row, widths, strict=True)):
            room = " " * (width - width_of(cell))
            cells.append(cell + room if number < n_left else room + cell)
        lines.append(("  " + "  ".join(cells)).rstrip())
    return lines


def width_of(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)
