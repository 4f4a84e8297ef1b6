"""Names without a title, weighed: how a word is made, how Kiwi reads it, what is said around it.

«한종팔이라고» is read «한|종|팔» by Kiwi, «탁명진» is unknown to it, «이슬» is a noun: the less
a word looks like a name, the more must be said around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.frames import Said, has_diminutive, said_around
from pipeline.corpus.personal.lexicon import NOT_NAMES, NOUN_NAMES
from pipeline.corpus.personal.likeness import NAME_HEADS, Likeness, names_at_the_head
from pipeline.corpus.personal.tokens import Token, Tokens

_FIRSTS, _SECONDS = ("".join(sorted(set(signs))) for signs in zip(*NAME_HEADS, strict=True))
_WORD = re.compile(rf"(?<![가-힣A-Za-z0-9])[{_FIRSTS}][{_SECONDS}][가-힣]{{0,7}}(?![가-힣])")


_TWO = 2


class Reading(Enum):
    """How Kiwi reads a word that may be a name."""

    PROPER = auto()  # a proper noun
    UNKNOWN = auto()  # a noun it does not know
    PIECES = auto()  # syllables without a meaning together
    SURNAME = auto()  # a surname and a known noun
    PHRASE = auto()  # with a verb, a particle or an ending in it
    WORD = auto()  # a known noun


# What must be said around a word that is a possible, a likely, a certain name.
_NEEDED: dict[Reading, tuple[Said | None, Said | None, Said | None]] = {
    Reading.PROPER: (Said.PERSON, Said.NOTHING, Said.NOTHING),
    Reading.UNKNOWN: (Said.PERSON, Said.NOTHING, Said.NOTHING),
    Reading.PIECES: (Said.NAME, Said.NOTHING, Said.NOTHING),
    Reading.SURNAME: (Said.NAME, Said.PERSON, Said.NOTHING),
    Reading.PHRASE: (None, Said.NAME, Said.PERSON),
    Reading.WORD: (None, None, None),
}


def find_bare(text: str, tokens: Tokens) -> Iterator[Find]:
    """Yield the names in ``text`` that stand without a title; finds may overlap."""
    for match in _WORD.finditer(text):
        if match.group()[:2] not in NAME_HEADS:
            continue
        for length, alike in names_at_the_head(match.group()):
            start, end = match.start(), match.start() + length
            inside = tokens.inside(start, match.end())
            if inside and _is_a_name(text, start, end, inside, alike):
                yield Find(start, end, "name", "이름의 꼴과 그 둘레의 말")
                break


def _is_a_name(text: str, start: int, end: int, inside: Sequence[Token], alike: Likeness) -> bool:
    reading = _reading(text, inside, start, end)
    if reading is None:
        return False
    name = text[start:end]
    if name in NOUN_NAMES and (reading in {Reading.WORD, Reading.PROPER} or name in NOT_NAMES):
        said = said_around(text, start, end)
        return said is Said.NAME or has_diminutive(text, end)
    needed = _NEEDED[reading][alike - 1]
    return needed is not None and (not needed or said_around(text, start, end) >= needed)


def _reading(text: str, inside: Sequence[Token], start: int, end: int) -> Reading | None:
    """Return how Kiwi reads ``text[start:end]``; ``None`` where that speaks against a name."""
    within = [token for token in inside if token.start < end]
    if not within or within[0].start != start:
        return None
    last = within[-1]
    if last.end > end:
        # «채린이» is one unknown word.
        unknown = last.guessed or last.tag == "NNP"
        return Reading.PIECES if unknown and text[end] == "이" else None
    if len(within) == 1 and last.end == end:
        return _as_one(last)
    if last.form in {"분", "님", "들"} or any(_is_of_a_sentence(token) for token in within):
        return None
    return _as_several(within, start, end)


def _is_of_a_sentence(token: Token) -> bool:
    """Tell what makes a verb of the word before, and the 분 of «이분이»."""
    return token.tag in {"XSV", "XSA"} or (token.form, token.tag) == ("분", "NNB")


def _as_one(token: Token) -> Reading:
    if token.guessed:
        return Reading.UNKNOWN
    return Reading.PROPER if token.tag == "NNP" else Reading.WORD


def _is_a_noun_with_its_particle(within: Sequence[Token]) -> bool:
    """Tell «소송이 진행되고», «남성은», «조금이라도» from a name of three syllables."""
    first, last = within[0], within[-1]
    noun = first.tag == "NNG" and not first.guessed and first.end - first.start == _TWO
    attached = last.tag.startswith(("J", "VCP")) and last.start == first.end
    return noun and attached and len(within) == _TWO


def _as_several(within: Sequence[Token], start: int, end: int) -> Reading | None:
    if _is_a_noun_with_its_particle(within):
        return None
    if any(token.tag.startswith(("V", "E", "J", "NP")) for token in within):
        return Reading.PHRASE
    known = [token for token in within if token.end - token.start > 1 and not token.guessed]
    if any(token.form in NOT_NAMES for token in known):
        return None
    if not known:
        return Reading.PIECES
    apart = (known[-1].start, known[-1].end) == (start + 1, end)
    surname = end - start > 2 and apart and within[0].tag != "MM"
    return Reading.SURNAME if surname else Reading.PHRASE
