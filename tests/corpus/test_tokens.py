"""Kiwi's tokens keep their places in a text of any length."""

from __future__ import annotations

import pytest
from kiwipiepy import Kiwi

from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.personal.tokens import (
    NO_TOKENS,
    Token,
    Tokens,
    is_proper_or_guessed,
    tokens_of,
)


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


def test_tokens_have_their_places(kiwi: Kiwi) -> None:
    text = "네.\n\n  김철수 선생님\n"
    tokens = list(tokens_of(kiwi, text))
    assert Token("김철수", "NNP", 6, 9) in tokens
    assert all(text[t.start : t.end] == t.form for t in tokens)


def test_nouns_kiwi_does_not_know_are_guessed(kiwi: Kiwi) -> None:
    tokens = {token.form: token.guessed for token in tokens_of(kiwi, "저는 방미경이고 고구마")}
    assert tokens["방미경"]
    assert not tokens["고구마"]
    assert not tokens["저"]


def test_long_lines_are_read_in_pieces(kiwi: Kiwi) -> None:
    for text in ("나무 " * 5000, "나무" * 5000):
        tokens = list(tokens_of(kiwi, text))
        assert tokens[-1].end == len(text.rstrip())
        assert [t.start for t in tokens] == sorted(t.start for t in tokens)


GIVEN = (Token("가", "VV", 0, 1), Token("었", "EP", 0, 1), Token("다", "EF", 1, 2))


def test_the_tokens_of_a_stretch() -> None:
    tokens = Tokens.of(GIVEN)
    assert tokens.inside(0, 1) == list(GIVEN[:2])
    assert tokens.inside(1, 5) == [GIVEN[2]]
    assert tokens.following(0, 1) == [GIVEN[1]]
    assert tokens.following(1, 3) == [GIVEN[2]]
    assert NO_TOKENS.inside(0, 9) == NO_TOKENS.following(0, 9) == []


def test_tokens_come_back_as_they_were() -> None:
    tokens = Tokens.of([*GIVEN, Token("가", "NNP", 3, 4, guessed=True), GIVEN[0]])
    assert [tokens[place] for place in range(len(tokens))] == list(tokens)
    assert list(tokens) == [*GIVEN, Token("가", "NNP", 3, 4, guessed=True), GIVEN[0]]
    assert tokens.places(lambda word: word.form == "가") == [0, 3, 4]
    assert tokens.places(is_proper_or_guessed) == [3]
    assert NO_TOKENS.places(is_proper_or_guessed) == []
