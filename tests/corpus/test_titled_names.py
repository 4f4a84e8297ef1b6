"""Names before titles, from tokens made by hand."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.titled_names import find_titled
from pipeline.corpus.personal.tokens import Token, Tokens


def found(text: str, *tagged: str) -> list[str]:
    tokens, at = [], 0
    for one in tagged:
        form, _, tag = one.rpartition("/")
        start = text.index(form, at)
        at = start + len(form)
        tokens.append(Token(form, tag, start, at))
    return [text[find.start : find.end] for find in find_titled(text, Tokens.of(tuple(tokens)))]


@pytest.mark.parametrize(
    ("text", "tagged", "name"),
    [
        ("김철수 선생님이", "김철수/NNP 선생/NNG 님/XSN 이/JKS", "김철수"),
        ("유 뭐시기였는데", "뭐/IC 시기/NNG", "유"),
        ("김순옥 씨가", "김/NNP 순/MM 옥/NNG 씨/NNB 가/JKS", "김순옥"),
        ("한결 님이", "한결/MAG 님/NNG 이/JKS", "한결"),
        ("아이구리 씨가", "아이/IC 구리/NNG 씨/NNB 가/JKS", "아이구리"),
        ("석구 아재가", "석/MM 구/MM 아재/NNG 가/JKS", "석구"),
        ("양 대리가", "양/NNP 대리/NNG 가/JKS", "양"),
        ("란 씨가", "란/NNG 씨/NNB 가/JKS", "란"),
        ("미숙 언니가", "미숙/NNG 언니/NNG 가/JKS", "미숙"),
        ("손병철 씨라고", "손/NNG 병/NNG 철/NNG 씨/NNB 이/VCP"[:-6], "손병철"),
        ("하윤이 엄마", "하윤/NNP 이/JKS 엄마/NNG", "하윤"),
        ("김팀장이", "김/NNP 팀장/NNG 이/JKS", "김"),
        ("김대리님", "김대리/NNP 님/NNB", "김"),
        ("나탈리아 언니", "나탈리아/NNP 언니/NNG", "나탈리아"),
        ("응우옌 티 흐엉 씨", "응우옌/NNP 티/NNP 흐엉/NNP 씨/NNB", "응우옌 티 흐엉"),
        ("Maria 선생님", "Maria/SL 선생/NNG 님/XSN", "Maria"),
    ],
)
def test_a_name(text: str, tagged: str, name: str) -> None:
    assert found(text, *tagged.split()) == [name]


@pytest.mark.parametrize(
    ("text", "tagged"),
    [
        ("담당 팀장님", "담당/NNG 팀장/NNG 님/XSN"),
        ("두세 언니", "두/MM 세/MM 언니/NNG"),
        ("이 팀장이라는", "이/MM 팀장/NNG 이/VCP 라는/ETM"),
        ("주인 할머니", "주인/NNG 할머니/NNG"),
        ("베트남 언니", "베트남/NNP 언니/NNG"),
        ("미숙 과장", "미숙/NNG 과장/NNG"),
        ("안전팀 팀장", "안전/NNG 팀/NNG 팀장/NNG"),
        ("지원은 팀장이", "지원/NNG 은/JX 팀장/NNG 이/JKS"),
        ("주민기술학교 매니저", "주민기술학교/NNP 매니저/NNG"),
        ("철수 이사했어요", "철수/NNG 이사/NNG 하/XSV"[:-7]),
        ("A 씨", "A/SL 씨/NNB"),
        ("씨", "씨/NNB"),
    ],
)
def test_no_name(text: str, tagged: str) -> None:
    assert found(text, *tagged.split()) == []
