"""Surnames before a title, told from words."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.surnames import is_surname
from pipeline.corpus.personal.tokens import Token


def said(text: str, tag: str, title: str, title_tag: str = "NNG") -> bool:
    place = text.index(title, 1)
    word = text[:place].rstrip()
    return is_surname(
        text, Token(word, tag, 0, len(word)), Token(title, title_tag, place, place + len(title))
    )


@pytest.mark.parametrize(
    ("text", "tag", "title"),
    [
        ("박 과장님이 왔어요", "NNP", "과장"),
        ("여 소장님이 왔어요", "MM", "소장"),
        ("지 대표가 왔어요", "MAG", "대표"),
        ("전 팀장이 왔어요", "NNP", "팀장"),
        ("이 팀장이 결재했어요", "MM", "팀장"),
        ("남궁 선생님", "NNP", "선생"),
        ("존 선생님", "NNP", "선생"),
    ],
)
def test_a_surname(text: str, tag: str, title: str) -> None:
    assert said(text, tag, title)


@pytest.mark.parametrize(
    ("text", "tag", "title"),
    [
        ("이 팀장이 아니라 그 팀장이", "MM", "팀장"),
        ("이 사장 하시는 분이", "MM", "사장"),
        ("이 선생님이 좋아요", "MM", "선생"),
        ("한 선생님은 도배를, 다른 선생님은", "NNP", "선생"),
        ("양 팀장이 다 모여서", "NNP", "팀장"),
        ("전 팀장님은 지금 어디", "NNP", "팀장"),
        ("현 구청장", "MM", "구청장"),
        ("모 과장이", "NNP", "과장"),
        ("원 선생님들이", "NNG", "선생"),
        ("김 언니", "NNP", "언니"),
        ("가 선생", "VV", "선생"),
    ],
)
def test_a_word(text: str, tag: str, title: str) -> None:
    assert not said(text, tag, title)


def test_a_family_is_no_person() -> None:
    assert said("김 씨가 왔어요", "NNP", "씨", "NNB")
    assert not said("김 씨네 가게", "NNP", "씨", "NNB")
    assert not said("김 씨 집안", "NNP", "씨", "NNB")
    assert not said("배 씨를 뺐어요", "NNG", "씨", "NNB")
