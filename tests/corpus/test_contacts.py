"""E-mail, web addresses, handles."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.contacts import find_contacts
from pipeline.corpus.personal.finds import longest_first


def found(text: str) -> list[tuple[str, str]]:
    finds = longest_first(find_contacts(text))
    return [(find.kind, text[find.start : find.end]) for find in finds]


@pytest.mark.parametrize(
    ("kind", "before", "place", "after"),
    [
        ("email", "메일은 ", "a.b-c@mail.example.com", "이에요."),
        ("email", "주소는 ", "엠 제이 공일 골뱅이 지메일 점 컴", ""),
        ("email", "영어로, ", "abc1970 골뱅이 다음 넷", "이여"),
        ("handle", "아이디를 뭐로 하냐고, 그래서 ", "gildong_0", " 이렇게 했어요"),
        ("handle", "당근에서 ", "불주먹", "이라는 사람한테"),
        ("handle", "", "ab.cdef", " 이거 아이디 찾으면"),
        ("email", "", "abc 골뱅이 example 점 com", "으로요"),
        ("email", "", "가나다 골뱅이 네이버 닷 컴", "이요"),
        ("url", "(", "https://example.com/a?b=1&c=%20#d", ")에"),
        ("url", "", "www.example.co.kr", "에서 봤어요."),
        ("url", "", "example.kr/notice", ", 거기요"),
        ("handle", "", "@some_one.kr", " 보세요"),
        ("handle", "카톡 아이디는 ", "someone", "이에요"),
        ("handle", "인스타 ", "some_one", "로 오세요"),
    ],
)
def test_it_is_found(kind: str, before: str, place: str, after: str) -> None:
    assert found(before + place + after) == [(kind, place)]


@pytest.mark.parametrize(
    "text",
    [
        "골뱅이 무침",
        "버전 2.0.1",
        "파일 final2.xlsx",
        "평점 4.5",
        "인스타 감성",
        "id=drag",
        "a@",
        "@",
        "네. 그래요",
    ],
)
def test_other_text_is_left(text: str) -> None:
    assert found(text) == []
