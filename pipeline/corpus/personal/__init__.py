"""Personal data (개인정보) in transcripts: ``find_personal`` finds it, one file a family.

Nothing is changed here: what is found is put before a person, and masked by ``masking.py``.
"""

from __future__ import annotations

from pipeline.corpus.personal.addresses import find_addresses
from pipeline.corpus.personal.births import find_births
from pipeline.corpus.personal.contacts import find_contacts
from pipeline.corpus.personal.finds import Find, longest_first
from pipeline.corpus.personal.indirect import Combination, find_indirect
from pipeline.corpus.personal.known_names import KnownNames
from pipeline.corpus.personal.names import find_names
from pipeline.corpus.personal.numbers import find_numbers
from pipeline.corpus.personal.plates import find_plates
from pipeline.corpus.personal.telephones import find_telephones
from pipeline.corpus.personal.tokens import NO_TOKENS, Tokens

__all__ = ["Combination", "Find", "find_indirect", "find_personal"]

_NOBODY = KnownNames()


def find_personal(
    text: str, tokens: Tokens = NO_TOKENS, known_names: KnownNames = _NOBODY
) -> tuple[Find, ...]:
    """Return the personal data in ``text``: spans that do not overlap, in the order of the text.

    ``tokens`` are Kiwi's of the same text (``tokens_of``). Without them only names in
    ``known_names`` and speakers' labels are found; everything else needs no morphology.
    What ``known_names`` calls no name is left out, alone («하나») or with its title («이 팀장»).
    """
    finds = longest_first(
        [
            *find_numbers(text),
            *find_telephones(text),
            *find_plates(text),
            *find_contacts(text),
            *find_births(text),
            *find_addresses(text),
            *find_names(text, tokens, known_names),
        ]
    )
    return tuple(find for find in finds if not _never(text, find, known_names.never))


def _never(text: str, find: Find, never: frozenset[str]) -> bool:
    if find.kind != "name":
        return False
    said = text[find.start : find.end]
    return said in never or any(
        len(word) > len(said) and text.startswith(word, find.start) for word in never
    )
