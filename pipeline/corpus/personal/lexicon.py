"""Words that names and addresses are told by, out of ``lexicon.txt``."""

from __future__ import annotations

import re
from importlib import resources


def _sections(text: str) -> dict[str, frozenset[str]]:
    sections: dict[str, set[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            sections[name] = set()
        elif line and not line.startswith("#"):
            sections[name].update(line.split())
    return {name: frozenset(words) for name, words in sections.items()}


_LEXICON = _sections(
    resources.files("pipeline.corpus.personal").joinpath("lexicon.txt").read_text("utf-8")
)

SURNAMES = _LEXICON["surnames"]
LONG_SURNAMES = _LEXICON["long surnames"]
COMMON_SURNAMES = SURNAMES - _LEXICON["rare surnames"]
AMBIGUOUS_SURNAMES = _LEXICON["ambiguous surnames"]
VIETNAMESE_SURNAMES = _LEXICON["Vietnamese surnames"]
NOUN_NAMES = _LEXICON["noun names"]
COMMON_GIVEN_NAMES = frozenset(
    entry[0] + second for entry in _LEXICON["given names"] for second in entry[2:]
)

HONORIFICS = _LEXICON["honorifics"]
ROLES = _LEXICON["roles"]
KIN = _LEXICON["kin"]
TITLES = HONORIFICS | ROLES | KIN
NAMED_ROLES = ROLES | _LEXICON["named by"]
PERSONS = _LEXICON["persons"]

FOREIGN_NAMES = _LEXICON["foreign names"]
FAMOUS = _LEXICON["famous persons"]
PLACES = _LEXICON["places"]
NOT_NAMES = PLACES | _LEXICON["brands"] | _LEXICON["figures"] | FAMOUS
DISTRICTS = _LEXICON["districts"]
WORDS_WITH_TITLES = _LEXICON["words with titles"]
NOT_BEFORE_TITLES = _LEXICON["not before titles"]
PLACE_ENDINGS = _LEXICON["place endings"]
BODY_ENDINGS = tuple(sorted(_LEXICON["body endings"]))
PARTS_OF_FIRMS = _LEXICON["parts of firms"]
NOT_ROADS = _LEXICON["not roads"]
NOT_HOUSE_NAMES = _LEXICON["not house names"]

GIVEN_SYLLABLES = _LEXICON["given syllables"]
_AMOUNT = re.compile(r"[일이삼사오육칠팔구십백천만억영공]+[원호번대동층]?")


def is_amount(word: str) -> bool:
    """Tell «천만원», «이백», «공일일»: numerals, whatever names their syllables may make."""
    return _AMOUNT.fullmatch(word) is not None


def is_quarter(word: str) -> bool:
    """Tell «서하남» and «남원주»: the west of Hanam, the south of Wonju."""
    return word.startswith(("동", "서", "남", "북")) and word[1:] in PLACES


def is_given_name(word: str) -> bool:
    """Tell whether ``word`` is made like a given name of two syllables."""
    return len(word) == 2 and set(word) <= GIVEN_SYLLABLES


def is_full_name(word: str) -> bool:
    """Tell whether ``word`` is made like a surname with a given name of one or two syllables."""
    given = word[1:]
    if given in ROLES or word in NOT_NAMES or is_amount(word) or is_quarter(word):
        return False
    if len(word) == 3 and word[0] in COMMON_SURNAMES:
        return is_given_name(given) or given in NOUN_NAMES
    return len(word) in (3, 4) and word[:2] in LONG_SURNAMES and set(word[2:]) <= GIVEN_SYLLABLES


def has_final_consonant(syllable: str) -> bool:
    """Tell whether a Hangul syllable closes with a consonant (받침)."""
    return "가" <= syllable <= "힣" and (ord(syllable) - ord("가")) % 28 != 0
