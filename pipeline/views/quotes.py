"""Quotes for a person or a script: as text with the hits marked, as rows, as objects."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Quote
from pipeline.views import columns as c
from pipeline.views.columns import Column
from pipeline.views.kwic import place_of
from pipeline.views.tables import JOINED_BY, Table, clock

_OPEN, _CLOSE = "【", "】"

COLUMNS = (
    *c.SEGMENTS[:5],
    Column(
        "hits",
        "찾은 말",
        "hits",
        "표시한 말, | 로 구분",
        "what is marked, parted by |",
    ),
)


def as_text(quote: Quote) -> str:
    """Return a quote headed by where it stands, with what is marked in 【 】."""
    pieces, at = [], 0
    for start, end in quote.marked:
        pieces += [quote.text[at:start], _OPEN, quote.text[start:end], _CLOSE]
        at = end
    text = "".join([*pieces, quote.text[at:]])
    return f"[{place_of(quote)}]\n{text}"


def as_object(quote: Quote) -> dict[str, object]:
    """Return a quote as JSON takes it; ``marked`` are code points into ``text``."""
    return {
        "segment": quote.segment,
        "interview": quote.interview,
        "speaker": quote.speaker,
        "time": quote.time,
        "text": quote.text,
        "marked": [list(span) for span in quote.marked],
    }


def passages(quotes: Sequence[Quote]) -> Table:
    """Return ``quotes`` as a table."""
    rows = tuple(
        (
            quote.segment,
            quote.interview,
            quote.speaker,
            clock(quote.time),
            quote.text,
            JOINED_BY.join(quote.text[start:end] for start, end in quote.marked),
        )
        for quote in quotes
    )
    return Table("passages", {"ko": "대목", "en": "Passages"}, COLUMNS, rows)
