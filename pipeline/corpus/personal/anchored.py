"""Patterns searched only where something stands that all they match must hold.

Most rules begin with «some Hangul» and could begin anywhere, so that a plain search tries every
letter of a corpus. What they end in is rare: a number, «번지», «골뱅이». Looking for that first
gives the same matches in a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchored:
    """A pattern whose every match begins inside an anchor or at most ``before`` ahead of one.

    ``anchor`` matches at least one code point.
    """

    pattern: re.Pattern[str]
    anchor: re.Pattern[str]
    before: int

    def finditer(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Yield what ``pattern.finditer(text, start, end)`` does."""
        end = len(text) if end is None else end
        tried = start
        for anchor in self.anchor.finditer(text, start, end):
            place = max(tried, anchor.start() - self.before)
            while place <= anchor.end():
                match = self.pattern.match(text, place, end)
                if match is None:
                    place += 1
                else:
                    yield match
                    place = match.end()
            tried = place


def anchored(pattern: str, anchor: str, before: int) -> Anchored:
    """Return ``pattern`` to be searched for around ``anchor`` only."""
    return Anchored(re.compile(pattern), re.compile(anchor), before)
