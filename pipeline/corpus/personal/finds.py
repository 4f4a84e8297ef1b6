"""What was found: one stretch of personal data, and how overlapping finds are settled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

# Where two kinds claim the same stretch, the one that tells more about a person stands first.
KINDS = (
    "rrn", "phone", "card", "account", "plate", "email", "url", "handle", "birth", "address",
    "name", "indirect",
)  # fmt: skip
# What is no personal data by itself and is found only where the study's rules or a person ask.
ON_DEMAND = ("district", "body")
_RANKS = (*KINDS, *ON_DEMAND)


@dataclass(frozen=True, slots=True)
class Find:
    """Personal data in ``text[start:end]``: its kind, and why it was taken for it.

    The kind is one of ``KINDS`` or of ``ON_DEMAND``.
    """

    start: int
    end: int
    kind: str
    reason: str


def longest_first(finds: Iterable[Find]) -> tuple[Find, ...]:
    """Return ``finds`` without overlaps, in the order of the text.

    Of two that overlap the longer one stays; of two equally long ones the kind that stands
    first in ``KINDS``, then the earlier.
    """
    ranked = sorted(finds, key=lambda f: (f.start - f.end, _RANKS.index(f.kind), f.start, f.reason))
    taken: set[int] = set()
    kept: list[Find] = []
    for find in ranked:
        stretch = range(find.start, find.end)
        if taken.isdisjoint(stretch):
            taken.update(stretch)
            kept.append(find)
    return tuple(sorted(kept, key=lambda f: f.start))


def said_before(text: str, start: int, words: re.Pattern[str], reach: int) -> str:
    """Return the last of ``words`` in the ``reach`` code points before ``start``, or «».

    Only the same line counts: another line is another speaker.
    """
    line = text[max(0, start - reach) : start].rpartition("\n")[2]
    return next((match.group() for match in reversed(list(words.finditer(line)))), "")


def said_after(text: str, end: int, words: re.Pattern[str], reach: int) -> str:
    """Return the first of ``words`` in the ``reach`` code points after ``end``, or «»."""
    line = text[end : end + reach].partition("\n")[0]
    match = words.search(line)
    return match.group() if match else ""
