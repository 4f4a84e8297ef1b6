"""Names that Kiwi parts, with the 이 of given names, and Vietnamese ones."""

from __future__ import annotations

import pytest
from kiwipiepy import Kiwi

from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.personal.shaped_names import find_shaped
from pipeline.corpus.personal.tokens import NO_TOKENS, Token, Tokens, tokens_of


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("아 김판수! 그 사람이", ["김판수"]),
        ("은영이가 와서 지숙이는 갔지", ["은영", "지숙"]),
        ("수영이랑 요가를 배웠어요", []),
        ("현장이 멀고 직원이 많아요", []),
        ("쩐 티 마이는 일을 나갔고 팜 반 득이 남았죠", ["쩐 티 마이", "팜 반 득"]),
        ("서울시청에서 강남구청까지", []),
        ("", []),
    ],
)
def test_shape_is_enough(kiwi: Kiwi, text: str, names: list[str]) -> None:
    finds = find_shaped(text, tokens_of(kiwi, text))
    assert [text[find.start : find.end] for find in finds] == names


def test_a_name_parted_after_its_surname_or_before_its_last_syllable() -> None:
    def found(text: str, *tokens: Token) -> list[str]:
        return [text[f.start : f.end] for f in find_shaped(text, Tokens.of(tokens))]

    copula = Token("이", "VCP", 3, 4)
    parted = Token("김영", "NNP", 0, 2), Token("란", "NNG", 2, 3), copula
    assert found("김영란이에요", *parted) == ["김영란"]
    assert found("최옥분", Token("최", "NNP", 0, 1), Token("옥분", "NNG", 1, 3)) == ["최옥분"]
    assert found("강남서", Token("강남", "NNP", 0, 2), Token("서", "JKB", 2, 3)) == []
    assert found("김철수", Token("김철수", "NNP", 0, 3)) == []


def test_without_tokens_the_shape_of_the_text_remains() -> None:
    assert [find.end for find in find_shaped("은영이가 왔어요", NO_TOKENS)] == [2]
