"""Job, body and district in one turn."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal import Find, find_indirect


def said(text: str) -> list[str]:
    return [text[one.find.start : one.find.end] for one in find_indirect(text)]


def masked(text: str) -> list[tuple[str, str]]:
    return [
        (part.kind, text[part.start : part.end])
        for one in find_indirect(text)
        for part in one.parts
    ]


def test_the_three_together_are_listed() -> None:
    text = "안녕하세요.\n저는 A구 도시재생지원센터 팀장이에요."
    (one,) = find_indirect(text)
    assert text[one.find.start : one.find.end] == "A구 도시재생지원센터 팀장"
    assert one.find == Find(10, 24, "indirect", one.find.reason)
    assert all(word in one.find.reason for word in ("팀장", "도시재생지원센터", "A구"))


def test_the_body_and_the_district_by_its_name_are_masked() -> None:
    assert masked("A구 센터 팀장이에요") == [("body", "센터")]
    assert masked("성북구 정릉복지관 관장이요") == [("district", "성북구"), ("body", "정릉복지관")]
    assert masked("팀장은 성북구도시재생센터요") == [
        ("district", "성북구"),
        ("body", "도시재생센터"),
    ]
    assert masked("성북구청 팀장이 왔어요") == [("district", "성북구")]


def test_a_line_may_hold_several() -> None:
    text = "A구 센터 팀장이랑 " + "그래서 저래서 " * 15 + "B구 복지관 관장이 왔어요."
    assert said(text) == ["A구 센터 팀장", "B구 복지관 관장"]


@pytest.mark.parametrize(
    "text",
    [
        "A구 센터에서 일해요",
        "센터 팀장이에요",
        "A구 팀장이에요",
        "친구가 센터 팀장이에요",
        "다른 자치구도 센터 팀장이 있죠",
        "A구에서요\n센터 팀장이에요",
        "연구자: A구 센터는요?",
        "A구에서 " + "이러고 저러고 " * 12 + "센터 팀장이 됐어요",
        "",
    ],
)
def test_two_of_them_or_three_far_apart_are_not(text: str) -> None:
    assert find_indirect(text) == ()
