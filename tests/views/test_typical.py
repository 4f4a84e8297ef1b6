from __future__ import annotations

from pipeline.records import Segment
from pipeline.views.typical import choose_passages

TEXTS = {
    "a": "장터에서 반찬을 팔아 돈을 벌었어요",
    "b": "장터에서 반찬을 팔아 돈을 벌었지요",
    "c": "구청 담당자가 자꾸 바뀌어 힘들었습니다",
    "d": "도배를 배워 이웃집을 고쳤어요",
}


def segments(**interviews: str) -> dict[str, Segment]:
    return {
        name: Segment(name, interviews.get(name, name), 1, "", 0, len(text), {})
        for name, text in TEXTS.items()
    }


def test_the_most_typical_is_shown_and_its_double_is_not() -> None:
    assert choose_passages("abcd", segments(), TEXTS, 3) == ("a", "c", "d")


def test_another_interview_goes_before_the_same() -> None:
    assert choose_passages("acd", segments(a="P1", c="P1"), TEXTS, 2) == ("a", "d")


def test_one_interview_is_shown_all_the_same() -> None:
    one = segments(a="P1", b="P1", c="P1", d="P1")
    assert set(choose_passages("abcd", one, TEXTS, 9)) == set("abcd")
    assert choose_passages("", one, TEXTS, 3) == ()


def test_empty_texts_are_alike() -> None:
    assert choose_passages("ab", segments(), {"a": "", "b": ""}, 2) == ("a", "b")
