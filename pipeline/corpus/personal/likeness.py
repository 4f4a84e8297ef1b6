"""How much a word is made like a Korean name, from its syllables alone.

A given name in use («미숙») tells more than one put together of syllables that are often first
and often second («재룡»), and that more than one of syllables that names may hold («심정»).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from functools import cache, lru_cache
from itertools import product

from pipeline.corpus.personal.lexicon import (
    COMMON_GIVEN_NAMES,
    COMMON_SURNAMES,
    GIVEN_SYLLABLES,
    LONG_SURNAMES,
    NOT_NAMES,
    NOUN_NAMES,
    PLACE_ENDINGS,
    ROLES,
    SURNAMES,
    has_final_consonant,
    is_amount,
    is_given_name,
    is_quarter,
)


class Likeness(IntEnum):
    """How much a word looks like a name."""

    NONE = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


# A syllable is often first (second) if it is so in this many given names of the list.
_OFTEN_FIRST, _OFTEN_SECOND = 3, 4


@cache
def _often() -> tuple[frozenset[str], frozenset[str]]:
    firsts = Counter(name[0] for name in COMMON_GIVEN_NAMES)
    seconds = Counter(name[1] for name in COMMON_GIVEN_NAMES)
    return (
        frozenset(sign for sign, count in firsts.items() if count >= _OFTEN_FIRST),
        frozenset(sign for sign, count in seconds.items() if count >= _OFTEN_SECOND),
    )


def _heads() -> Iterator[str]:
    given = COMMON_GIVEN_NAMES | NOUN_NAMES
    after_a_surname = GIVEN_SYLLABLES | {name[0] for name in given}
    yield from (name[:2] for name in given | LONG_SURNAMES)
    yield from map("".join, product(*_often()))
    yield from map("".join, product(SURNAMES, after_a_surname))


NAME_HEADS = frozenset(_heads())
"""The first two syllables of all that looks like a name: of four words three begin otherwise."""


def given_likeness(word: str) -> Likeness:
    """Return how much ``word``, of two syllables, looks like a given name."""
    if word in COMMON_GIVEN_NAMES:
        return Likeness.CERTAIN
    if word in NOUN_NAMES:
        return Likeness.CERTAIN
    if not is_given_name(word):
        return Likeness.NONE
    firsts, seconds = _often()
    often = word[0] in firsts and word[1] in seconds
    return Likeness.LIKELY if often else Likeness.POSSIBLE


@lru_cache(maxsize=1 << 16)
def likeness(word: str) -> Likeness:
    """Return how much ``word`` looks like a full name or, of two syllables, a given name.

    What is known to be no person's name is ``NONE``; a given name alone is never ``CERTAIN``.
    """
    if word in NOT_NAMES:
        return Likeness.POSSIBLE if word in NOUN_NAMES else Likeness.NONE
    if word[1:] in ROLES or is_amount(word) or is_quarter(word):
        return Likeness.NONE
    if len(word) == 2:
        return Likeness(max(given_likeness(word) - 1, 0))
    return _full_likeness(word)


def _full_likeness(word: str) -> Likeness:
    if len(word) in (3, 4) and word[:2] in LONG_SURNAMES:
        return Likeness.CERTAIN if len(word) == 4 and given_likeness(word[2:]) else _short(word)
    if len(word) != 3 or word[0] not in SURNAMES or word[-1] in PLACE_ENDINGS:
        return Likeness.NONE
    given = given_likeness(word[1:])
    if word[0] in COMMON_SURNAMES:
        return given
    # «당나라» is no Mr Dang.
    return (
        Likeness.NONE
        if word[1:] in NOUN_NAMES - COMMON_GIVEN_NAMES
        else Likeness(max(given - 1, 0))
    )


def _short(word: str) -> Likeness:
    return Likeness.LIKELY if is_given_name("가" + word[2:]) else Likeness.NONE


_AFTER_ANY = (
    r"도|만|의|에게|에게서|한테|한테서|한테는|한테도|하고|하고는|하고도|께|께서|께서는|보다|처럼|만큼|까지|부터|"
    r"마저|조차|뿐|밖에|씨|님|네|네가|네는|네도|네랑|네집|같은|같이|대로"
)
_AFTER_A_CONSONANT = r"이|은|을|과|아|으로|으로는|이서|이야|이여|이나|이든"
_AFTER_A_VOWEL = (
    r"가|는|를|와|랑|랑은|랑도|야|로|로는|나|든|여|고|고요|며|면|니까|지|지요|죠|거든요?|잖아요?|"
    r"예요|에요|인데요?|입니다|였[가-힣]{1,5}|라[가-힣]{0,4}|란|래요?|요|ㄴ데|신데요?|시고|시[가-힣]{1,4}"
)
_COPULA = (
    r"이(?:에요|예요|고|고요|며|면|니까|지|지요|죠|거든요?|잖아요?|라[가-힣]{0,4}|란|래요?|야|요|신데요?|시고|"
    r"었[가-힣]{1,5}|시[가-힣]{1,4}|다)|인데요?|인지|인가요?|입니다|일[가-힣]{1,3}|이랑|이랑은|이랑도"
)
_DIMINUTIVE = (
    r"이(?:가|는|를|도|도요|랑|랑은|한테|한테는|한테도|하고|하고는|네|네가|네는|네도|만|의|로|보다|처럼|까지|부터|"
    r"마저|씨|거|밖에|같은|같이|야말로)"
)
_AFTER_CONSONANT = re.compile(rf"(?:{_AFTER_ANY}|{_AFTER_A_CONSONANT}|{_COPULA}|{_DIMINUTIVE})?")
_AFTER_VOWEL = re.compile(rf"(?:{_AFTER_ANY}|{_AFTER_A_VOWEL}|{_COPULA})?")
DIMINUTIVE = re.compile(_DIMINUTIVE)


def may_follow(name: str, rest: str) -> bool:
    """Tell whether ``rest`` is what is attached to a name: nothing, a particle, the copula."""
    pattern = _AFTER_CONSONANT if has_final_consonant(name[-1]) else _AFTER_VOWEL
    return pattern.fullmatch(rest) is not None


def _is_a_diminutive(name: str) -> bool:
    """Tell «서준이» (hardly Seo Jun-i) and «황보석이»: a name with the 이 of given names."""
    bare = name.removesuffix("이")
    known = bare in COMMON_GIVEN_NAMES or (bare[:2] in LONG_SURNAMES and len(bare) == 3)
    return bare != name and known and has_final_consonant(bare[-1])


@lru_cache(maxsize=1 << 16)
def names_at_the_head(word: str) -> tuple[tuple[int, Likeness], ...]:
    """Return the lengths of what at the head of ``word`` looks like a name, the likeliest first."""
    found = []
    for length in (4, 3, 2):
        name, rest = word[:length], word[length:]
        if _is_a_diminutive(name):
            continue
        if len(name) == length and likeness(name) and may_follow(name, rest):
            found.append((length, likeness(name)))
    # «태민아» is hardly Tae Min-a.
    longer = -1 if word[:1] in COMMON_SURNAMES or word[:2] in LONG_SURNAMES else 1
    return tuple(sorted(found, key=lambda one: (-one[1], longer * one[0])))
