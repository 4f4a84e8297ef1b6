"""Names without a title, in what Kiwi makes of a text."""

from __future__ import annotations

import pytest
from kiwipiepy import Kiwi

from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.personal.bare_names import find_bare
from pipeline.corpus.personal.tokens import NO_TOKENS, Token, Tokens, tokens_of


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("한종팔이라고 소대장이었는데", ["한종팔"]),  # 한 + 종 + 팔
        ("채린이 무리였는데", ["채린"]),  # an unknown word, 채린이
        ("초대 회장이 피재근, 지금이 저예요", ["피재근"]),
        ("우리 외할아버지 함자가 황보석이신데", ["황보석"]),
        ("저는 서가을이고 필명은 따로 있어요", ["서가을"]),
        ("사랑이는 지금 초등학교 4학년이에요", ["사랑"]),
        ("재하가 드럼을 쳤어요", ["재하"]),
        ("김미숙, 박은정 둘이 왔어요", ["김미숙", "박은정"]),
    ],
)
def test_a_name(kiwi: Kiwi, text: str, names: list[str]) -> None:
    finds = find_bare(text, tokens_of(kiwi, text))
    assert [text[find.start : find.end] for find in finds] == names


@pytest.mark.parametrize(
    "text",
    [
        "사랑으로 키우면 된다는데 사랑만 갖고 되나요",
        "이정도면 됐고 이상태로는 못 살아요",
        "제가 지시하여 부정행위를 했다고",
        "천만원을 더 내라고 합니다",
        "차주분 내려오시라고 세 번을 불렀어요",
        "당나라 군대도 아니고",
        "시원한 여름이랑 안 어울려요",
    ],
)
def test_no_name(kiwi: Kiwi, text: str) -> None:
    assert list(find_bare(text, tokens_of(kiwi, text))) == []


def test_how_kiwi_reads_a_word_decides_with_what_is_said() -> None:
    def found(text: str, *tokens: Token) -> list[str]:
        return [text[f.start : f.end] for f in find_bare(text, Tokens.of(tokens))]

    # A phrase needs words around it, a known noun needs more.
    phrase = Token("주", "VV", 0, 1), Token("ᆫ", "ETM", 0, 1), Token("영", "NNG", 1, 2)
    assert found("준영 중에", *phrase) == []
    assert found("준영이라는 친구", *phrase) == ["준영"]
    noun = (Token("보람", "NNG", 0, 2),)
    assert found("보람도 없이", *noun) == []
    assert found("보람이가 왔어요", *noun) == ["보람"]


def test_without_tokens_nothing_is_found() -> None:
    assert list(find_bare("김미숙이 왔어요", NO_TOKENS)) == []
