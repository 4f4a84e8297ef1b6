"""Names of persons in the names of files: «홍길동_면담.txt», «김영희님 2차.docx»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.corpus.personal.lexicon import COMMON_GIVEN_NAMES, FAMOUS, TITLES, is_full_name

if TYPE_CHECKING:
    from kiwipiepy import Kiwi, Token

_WORD = re.compile(r"[가-힣]+")
_TITLES = "|".join(sorted(TITLES, key=lambda title: (-len(title), title)))
_WHAT_IT_IS = "면담|면접|인터뷰|구술|전사|녹취|녹음|정리|수정|최종"
_REST = re.compile(rf"(?:{_TITLES})?님?(?:{_WHAT_IT_IS})?(?:본|록|지|자료|파일)?$")


def names_in_stems(kiwi: Kiwi, stems: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the names in each of ``stems`` that holds any.

    A word of a stem is a name if it is made like one and Kiwi knows it for a proper noun, does
    not know it, or its given name is in common use: «정리본» and «최종안» are none.
    """
    words = {stem: [_bare(word) for word in _WORD.findall(stem)] for stem in stems}
    likely = sorted({w for found in words.values() for w in found if _is_made_like_a_name(w)})
    tokens: Iterable[Sequence[Token]] = kiwi.tokenize(likely)  # pyright: ignore[reportAssignmentType]
    names = {word for word, read in zip(likely, tokens, strict=True) if _is_name(word, read)}
    held = {stem: tuple(w for w in found if w in names) for stem, found in words.items()}
    return {stem: found for stem, found in held.items() if found}


def may_hold_a_name(stem: str) -> bool:
    """Tell whether a word of ``stem`` is made like a name; asks no Kiwi, and so errs on that side."""
    return any(_is_made_like_a_name(_bare(word)) for word in _WORD.findall(stem))


def _bare(word: str) -> str:
    """Return «김영희» of «김영희선생님» and of «김영희면담»."""
    bare = word[: _REST.search(word).start()]  # pyright: ignore[reportOptionalMemberAccess]
    return bare if len(bare) > 2 and _is_made_like_a_name(bare) else word


def _is_made_like_a_name(word: str) -> bool:
    return is_full_name(word) or word in FAMOUS or word in COMMON_GIVEN_NAMES


def _is_name(word: str, read: Sequence[Token]) -> bool:
    alone = len(read) == 1
    if word in FAMOUS or (alone and read[0].tag == "NNP"):
        return True
    if len(word) == 2 or (alone and not read[0].oov):
        return False
    return alone or word[1:] in COMMON_GIVEN_NAMES
