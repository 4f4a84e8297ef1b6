"""Dates of birth, and dates of other things."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.births import find_births
from pipeline.corpus.personal.finds import longest_first


def found(text: str) -> list[str]:
    return [text[find.start : find.end] for find in longest_first(find_births(text))]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1970년 1월 2일에 태어났어요", "1970년 1월 2일"),
        ("음력으로 1970년 칠월 초이레에 났어", "1970년 칠월 초이레"),
        ("전산에 1970.01.02 이렇게 들어가 있으면", "1970.01.02"),
        ("70년 1월 2일 생이고", "70년 1월 2일 생"),
        ("70. 1. 2.생인데", "70. 1. 2.생"),
        ("출생이 700102로", "700102"),
        ("생년월일은 칠공공일공이 이렇게", "칠공공일공이"),
        ("칠십년 정월 초이틀에 태어났대요", "칠십년 정월 초이틀"),
        ("천구백칠십년 일월생이에요", "천구백칠십년 일월생"),
        ("생일은 음력 시월 보름이고", "음력 시월 보름"),
        ("생년월일이 1970-01-02로", "1970-01-02"),
        ("생년월일 700102 넣고", "700102"),
        ("생년월일은 19700102", "19700102"),
        ("1970/01/02라고, 제 생년월일이 그래요", "1970/01/02"),
        ("1월 2일이 제 생일", "1월 2일"),
    ],
)
def test_it_is_found(text: str, date: str) -> None:
    assert found(text) == [date]


@pytest.mark.parametrize(
    "text",
    [
        "70년생이에요",
        "생일에 이이이이이이 소리를 냈어요",
        "칠십년대에 태어났어요",
        "3월생이라 빨라요",
        "1970년 1월 2일에 개관했어요",
        "생일 축하해요",
        "2020-03-15에 생협 총회를 했어요",
        "사건 발생일이 3월 4일이에요",
        "생일이 일주일 남았어요",
    ],
)
def test_other_dates_are_left(text: str) -> None:
    assert found(text) == []
