"""Lines as they stand on printed pages, back to text: no page numbers, paragraphs whole."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.corpus.turns import find_labels

# Headers and footers stand in the first or last lines of a page.
_EDGE_LINES = 2
_FEWEST_PAGES = 3
_PAGE_NUMBER = re.compile(
    r"[-–—\[(<\s]{0,9}(?:page|p\.|쪽|페이지)?\s{0,9}\d{1,4}\s{0,9}(?:(?:/|of|중)\s{0,9}\d{1,4})?"
    r"\s{0,9}(?:쪽|면|페이지)?[-–—\])>\s]{0,9}",
    re.IGNORECASE,
)
_HANGUL = re.compile("[가-힣]")
# Widths are estimates, in half-syllables, of what proportional Korean fonts give.
_SLACK = 0.08
_NARROW, _LATIN, _SYLLABLE = 0.65, 1.15, 2.0
# Where words are broken at any syllable, 4 lines in 100 leave as much room as this; where
# they are not, 55 do (two layouts of the same petitions).
_ROOM = 1.5 * _SYLLABLE
_SHARE_WITH_ROOM = 0.25


def without_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the lines of ``pages`` without page numbers, running heads and running feet.

    A page number stands alone in one of the first or last two lines of its page; a running
    head or foot stands there on more than half of the pages, of three at least.
    """
    edges = [_edges(page) for page in pages]
    on_pages = Counter(
        key
        for page, places in zip(pages, edges, strict=True)
        for key in {_key(page[n]) for n in places}
    )
    filled = sum(1 for page in pages if page)
    running = {
        key for key, count in on_pages.items() if filled >= _FEWEST_PAGES and count > filled / 2
    }
    kept: list[list[str]] = []
    for page, places in zip(pages, edges, strict=True):
        dropped = {n for n in places if _PAGE_NUMBER.fullmatch(page[n]) or _key(page[n]) in running}
        kept.append([line for n, line in enumerate(page) if n not in dropped])
    return kept


def join_lines(lines: Sequence[str]) -> tuple[str, bool]:
    """Return the text of ``lines`` (no newlines in them), and whether blanks were guessed.

    A line goes on in the next one where the next one's first word had no room left on it,
    unless a speaker's label begins there. Between the two stands a blank if one was kept
    at the line's end; if the document keeps none, one stands where words are never broken:
    all through a document that breaks lines between words only, else beside anything but a
    Hangul syllable.
    """
    if not lines:
        return "", False
    widths = [_width(line.rstrip()) for line in lines]
    margin = sorted(widths)[int(0.95 * (len(widths) - 1))]
    labelled = _labelled(lines)
    wrapped = [
        n
        for n in range(len(lines) - 1)
        if n + 1 not in labelled and _no_room(widths[n], lines[n + 1], margin)
    ]
    blanks_kept = any(lines[n][-1:].isspace() for n in wrapped)
    unsure = [n for n in wrapped if _amid_hangul(lines[n].rstrip(), lines[n + 1])]
    roomy = [n for n in unsure if margin - widths[n] > _ROOM]
    by_words = len(roomy) > _SHARE_WITH_ROOM * len(unsure)
    broken = {n for n in unsure if not (lines[n][-1:].isspace() if blanks_kept else by_words)}
    between = {n: "" if n in broken else " " for n in wrapped}
    text = "".join(line.rstrip() + between.get(n, "\n") for n, line in enumerate(lines))
    return text.removesuffix("\n"), bool(unsure) and not blanks_kept


def _edges(page: Sequence[str]) -> list[int]:
    """Return the places where heads and feet stand; what a speaker says is none of them."""
    places = range(len(page))
    outer = {*places[:_EDGE_LINES], *places[-_EDGE_LINES:]}
    return sorted(outer - _labelled(page))


def _key(line: str) -> str:
    """Return a line as it comes again on the next page: its numbers do not count."""
    return re.sub(r"\d+", "0", " ".join(line.split()))


def _labelled(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines that begin with a speaker's label."""
    starts = {label.start for label in find_labels("\n".join(lines))}
    place, found = 0, set()
    for number, line in enumerate(lines):
        if place in starts:
            found.add(number)
        place += len(line) + 1
    return frozenset(found)


def _no_room(width: float, following: str, margin: float) -> bool:
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    return width + _NARROW + _width(word) > (1 - _SLACK) * margin


def _amid_hangul(line: str, following: str) -> bool:
    return bool(_HANGUL.fullmatch(line[-1:]) and _HANGUL.match(following))


def _width(text: str) -> float:
    return sum(_sign_width(sign) for sign in text)


@cache
def _sign_width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return _SYLLABLE
    return _NARROW if unicodedata.category(sign)[0] in "PZ" else _LATIN
