"""Districts by their names, and the letters that stand for them."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.districts import districts_in, extend_districts, letters_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("성북구에서 관악구로, 다시 성북구로", ("성북구", "관악구")),
        ("성북구청 앞, 서울시마포구", ("성북구", "마포구")),
        ("북구에서 왔고 중구청에 갔어요", ("북구", "중구")),
        ("중구난방이고 서구적인 친구와 연구, 인구", ()),
        ("A구와 자치구", ()),
        ("", ()),
    ],
)
def test_districts_are_told_by_their_names(text: str, found: tuple[str, ...]) -> None:
    assert districts_in(text) == found


def test_letters_stay_and_none_is_given_twice() -> None:
    first = extend_districts({}, ["성북구", "관악구", "성북구"])
    assert first == {"성북구": "A구", "관악구": "B구"}
    assert extend_districts(first, ["마포구", "관악구"]) == first | {"마포구": "C구"}


def test_letters_the_transcriber_wrote_are_left_out() -> None:
    assert letters_in("A구에서 AB구로, USA구") == {"A", "AB"}
    assert extend_districts({}, ["성북구"], letters_in("A구")) == {"성북구": "B구"}


def test_after_z_come_two_letters() -> None:
    letters = list(extend_districts({}, [f"{number}구" for number in range(30)]).values())
    assert letters[25:28] == ["Z구", "AA구", "AB구"]
