"""Names told by their shape: parted by Kiwi, with the 이 of given names, Vietnamese ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.corpus.personal.finds import Find
from pipeline.corpus.personal.lexicon import (
    COMMON_GIVEN_NAMES,
    PLACE_ENDINGS,
    SURNAMES,
    VIETNAMESE_SURNAMES,
    has_final_consonant,
    is_full_name,
)
from pipeline.corpus.personal.tokens import Token, Tokens, Word

# What may follow a name within its word.
AFTER_A_NAME = re.compile(
    r"(?:이?(?:가|는|를|도|랑|네|나|야|라|란|고|요|죠|지|예요|에요|었|였|며|든|한테|하고|의|만|에게|님|씨)"
    r"|은|이|을|과|와|아|께|한|처|보|으|로|입|인|엄마|아빠|언니|누나|오빠|형|이모|삼촌|할머니|아줌마)"
)
_WORD = re.compile(r"[가-힣]{3,12}")
_IN_SENTENCES = ("V", "E", "J", "NP", "MM")
_LONGEST, _SHORTEST = 4, 3
_DIMINUTIVE = re.compile(r"(?<![가-힣])(?P<name>[가-힣]{2})이(?=가|는|를|도(?![가-힣])|한테|하고)")
_MIDDLE = "티|반|투|득|민|꽝|탄|쑤언|응옥|티엔|밍|홍|김|뚜|끼"
_VIETNAMESE = re.compile(
    rf"(?<![가-힣])(?:{'|'.join(sorted(VIETNAMESE_SURNAMES))}) (?:{_MIDDLE}) [가-힣]{{1,4}}?"
    r"(?=(?:은|는|이|가|을|를|도|랑|이랑|하고|한테|의|씨|님|와|과|이라고|라고)?(?:[^가-힣]|$))"
)


# «호티응옥», «레 티 흐엉»: 티 in the middle tells a woman's name after rarer surnames too.
_WITH_THI = re.compile(
    r"(?<![가-힣])(?:호|레|도|보|당|판|리|하|마이|다오|부|황|루)(?: 티 |티)(?:[가-힣]{1,2} )?[가-힣]{1,2}?"
    r"(?=(?:은|는|이|가|을|를|도|랑|이랑|하고|한테|의|씨|님|와|과|이라고|라고|예요|이에요)?(?:[^가-힣]|$))"
)


def find_shaped(text: str, tokens: Tokens) -> Iterator[Find]:
    """Yield the names in ``text`` whose shape is enough; finds may overlap."""
    for place in tokens.places(_is_proper):
        yield from _parted(text, tokens[place], tokens)
    for match in _DIMINUTIVE.finditer(text):
        # Of two particles in a row the first is a name's 이: «세영이가».
        name = match["name"]
        if name in COMMON_GIVEN_NAMES and has_final_consonant(name[-1]):
            yield Find(*match.span("name"), "name", "«…이가» 앞의 이름")
    for match in (*_VIETNAMESE.finditer(text), *_WITH_THI.finditer(text)):
        yield Find(*match.span(), "name", "베트남 이름")


def _is_proper(word: Word) -> bool:
    return word.tag == "NNP"


def _parted(text: str, first: Token, tokens: Tokens) -> Iterator[Find]:
    """Yield the full name that Kiwi has parted at ``first``: «김|판수», «최|옥|분», «김영|란».

    The last needs a given name in common use, since no surname stands alone.
    """
    start = first.start
    word = _WORD.match(text, start)
    if word is None or "가" <= text[start - 1 : start] <= "힣":
        return
    for stop in range(min(word.end(), start + _LONGEST), start + _SHORTEST - 1, -1):
        name = text[start:stop]
        if not is_full_name(name) or name[-1] in PLACE_ENDINGS:
            continue
        inside = tokens.inside(start, stop)
        ends_here = first.end < stop == inside[-1].end
        likely = first.form in SURNAMES or name[-2:] in COMMON_GIVEN_NAMES
        nominal = not any(token.tag.startswith(_IN_SENTENCES) for token in inside)
        followed = stop == word.end() or AFTER_A_NAME.match(text, stop)
        if ends_here and likely and nominal and followed:
            yield Find(start, stop, "name", "성과 이름")
            return
