"""Job, body and district in one turn."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal import Find, find_indirect


def test_the_three_together_are_listed() -> None:
    text = "안녕하세요.\n저는 A구 도시재생지원센터 팀장이에요."
    (find,) = find_indirect(text)
    assert text[find.start : find.end] == "A구 도시재생지원센터 팀장"
    assert find == Find(10, 24, "indirect", find.reason)
    assert all(word in find.reason for word in ("팀장", "도시재생지원센터", "A구"))


@pytest.mark.parametrize(
    "text",
    [
        "A구 센터에서 일해요",
        "센터 팀장이에요",
        "A구 팀장이에요",
        "친구가 센터 팀장이에요",
        "A구에서요\n센터 팀장이에요",
        "",
    ],
)
def test_two_of_them_are_not(text: str) -> None:
    assert find_indirect(text) == ()
