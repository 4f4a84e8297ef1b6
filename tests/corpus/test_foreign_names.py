"""Names not made like Korean ones."""

from __future__ import annotations

import pytest
from kiwipiepy import Kiwi

from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.personal.foreign_names import find_foreign
from pipeline.corpus.personal.tokens import NO_TOKENS, tokens_of


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("그 사람 이름은 BAYARMAA 다 영어예요", ["BAYARMAA"]),
        ("솔롱고한테 물어봐요", ["솔롱고"]),
        ("고려인 마을에 가면 따냐 아주머니가 빵집 해요", ["따냐"]),
        ("수레쉬가 우리 팀에서 제일 오래 있었어요", ["수레쉬"]),
        ("제 이름은 비밀이에요", []),
        ("가게 이름은 뽀글이에요", []),
        ("졸레어라는 주사를 맞았어요", []),
        ("", []),
    ],
)
def test_the_words_around_tell(kiwi: Kiwi, text: str, names: list[str]) -> None:
    finds = find_foreign(text, tokens_of(kiwi, text))
    assert [text[find.start : find.end] for find in finds] == names


def test_without_tokens_latin_letters_remain() -> None:
    text = "제 이름은 Tran Lan 이고 솔롱고한테"
    assert [text[f.start : f.end] for f in find_foreign(text, NO_TOKENS)] == ["Tran Lan"]
