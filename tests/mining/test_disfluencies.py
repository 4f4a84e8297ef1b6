"""Fillers, repetitions and false starts, as Kiwi reads them."""

from __future__ import annotations

import numpy as np
import pytest
from kiwipiepy import Kiwi
from tiny_terms import morphemes_of

from pipeline.corpus.dictionary import default_stopwords
from pipeline.corpus.morphology import analyse, load_kiwi
from pipeline.mining.disfluencies import disfluent_rows
from pipeline.records import Interview, Turn

KEPT = {"NNG", "NNP", "XR", "SL", "VV", "VA"}


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


def meant(kiwi: Kiwi, *answers: str) -> list[str]:
    """Return the terms left for keywords: kept tags, no stop words, no disfluencies."""
    interviews = [
        Interview(f"P{n}", text, (Turn(1, "", "participant", 0, len(text)),), "")
        for n, text in enumerate(answers)
    ]
    morphemes = analyse(kiwi, interviews)
    stopwords = default_stopwords()
    terms = [morphemes.vocabulary[code] for code in morphemes.code]
    return [
        term
        for term, disfluent in zip(terms, disfluent_rows(morphemes), strict=True)
        if not disfluent and term.rpartition("/")[2] in KEPT and term not in stopwords
    ]


@pytest.mark.parametrize(
    "said",
    [
        "웅 그래",
        "음 어 그니까 인제 그 뭐랄까 막 좀 약간",
        "인제는 뭐 그냥 그래요",
        "그 그 그 뭐냐",
        "제가 제가 그때",
        "웅웅 그렇지",
        "그죠 그죠",
        "뭐라고 해야 되나",
        "말하자면 그",
        "그래갖고 이제 그랬죠",
        "어 머지",
        "네네네 응응",
        "오 오키오키",
        "ㅋㅋㅋ오키",
        "낼 또 그걸로",
        "나도",
    ],
)
def test_nothing_is_left_of_fillers(kiwi: Kiwi, said: str) -> None:
    assert meant(kiwi, said) == []


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("학교 학교에서 배웠어요", ["학교/NNG", "배우/VV"]),
        ("학교에서, 학교에서 배웠어요", ["학교/NNG", "배우/VV"]),
        ("집수리 집수리를 했어요", ["집/NNG", "수리/NNG"]),
        ("마 마을에서 만났어요", ["마을/NNG", "만나/VV"]),
        ("학교 학교 학교가 멀어요", ["학교/NNG", "멀/VA"]),
        ("학교가 멀어서 학교가 멀어서 힘들었어요", ["학교/NNG", "멀/VA", "힘들/VA"]),
    ],
)
def test_what_is_said_twice_counts_once(kiwi: Kiwi, said: str, left: list[str]) -> None:
    assert meant(kiwi, said) == left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("음이 높아요", ["음/NNG", "높/VA"]),
        ("웅이가 왔어요", ["웅/NNP"]),
        ("오이를 심었어요", ["오이/NNG", "심/VV"]),
        ("키가 컸어요", ["키/NNG", "크/VA"]),
        ("마을도 학교도 마을 학교도", ["마을/NNG", "학교/NNG", "마을/NNG", "학교/NNG"]),
        ("학교가 멀어요. 학교가 작아요.", ["학교/NNG", "멀/VA", "학교/NNG", "작/VA"]),
        ("집 앞에 가게", ["집/NNG", "가게/NNG"]),
    ],
)
def test_what_was_meant_stays(kiwi: Kiwi, said: str, left: list[str]) -> None:
    assert meant(kiwi, said) == left


def test_nothing_reaches_across_interviews(kiwi: Kiwi) -> None:
    assert meant(kiwi, "학교", "학교") == ["학교/NNG", "학교/NNG"]


def test_marks_belong_to_no_repetition() -> None:
    morphemes = morphemes_of(
        {"P01": [("가게/NNG", 0, 2), (",/SP", 2, 3), ("가게/NNG", 4, 6), ("./SF", 6, 7)]}
    )
    assert disfluent_rows(morphemes).tolist() == [True, False, False, False]


def test_no_morphemes() -> None:
    assert disfluent_rows(morphemes_of({"P01": []})).dtype == np.dtype(bool)
    assert len(disfluent_rows(morphemes_of({"P01": []}))) == 0
