from __future__ import annotations

import codecs

import pytest

from pipeline.corpus.readers.rtf_words import (
    BOXES,
    CHARACTERS,
    CHARSETS,
    KNOWN_STARRED,
    LEFT_OUT,
    SYMBOLS,
    code_page,
)


@pytest.mark.parametrize(
    ("number", "codec"),
    [(949, "cp949"), (65001, "utf-8"), (1252, "cp1252"), (0, None), (-1, None), (None, None)],
)
def test_code_pages_by_number(number: int | None, codec: str | None) -> None:
    assert code_page(number) == codec


def test_every_character_set_has_its_codec() -> None:
    assert "말".encode(CHARSETS[129]) == "말".encode("cp949")
    assert all(codecs.lookup(codec) for codec in CHARSETS.values())


def test_a_word_has_one_meaning() -> None:
    groups = [LEFT_OUT, KNOWN_STARRED - BOXES, BOXES, frozenset(CHARACTERS)]
    assert sum(map(len, groups)) == len(frozenset().union(*groups))
    assert all(len(sign) == 1 for sign in [*CHARACTERS.values(), *SYMBOLS.values()])
