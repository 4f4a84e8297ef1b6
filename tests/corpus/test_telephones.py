"""Telephone numbers. All are invented."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.finds import longest_first
from pipeline.corpus.personal.telephones import find_telephones


def found(text: str) -> list[str]:
    return [text[find.start : find.end] for find in longest_first(find_telephones(text))]


@pytest.mark.parametrize(
    "number",
    [
        "010-0000-1111",
        "공일일에 구백이십삼에 사천칠백삼",
        "구백이십삼국에 사천칠백삼",
        "010 0000 1111",
        "01000001111",
        "010.0000.1111",
        "011-000-1111",
        "02-000-1111",
        "02)0000-1111",
        "(02) 000-1111",
        "031-000-1111",
        "070-0000-1111",
        "0505-0000-1111",
        "1588-0000",
        "+82-10-0000-1111",
        "공일공에 영영영영에 일일일일",
        "공일공 공공공공 하나둘하나둘",
        "영이에 삼삼삼에 사사사사",
    ],
)
def test_a_number_is_found_wherever_it_stands(number: str) -> None:
    for text in (
        number,
        f"그게 {number}, 맞아요",
        f"번호가 {number}인데요",
        f"전화 {number}번이요",
    ):
        assert found(text) == [number]


@pytest.mark.parametrize("said", ["전화는", "번호가", "연락은"])
def test_a_number_without_area_code_needs_a_word_before_it(said: str) -> None:
    assert found(f"{said} 000-1234예요") == ["000-1234"]
    assert found("규격이 000-1234예요") == []


@pytest.mark.parametrize(
    "text",
    [
        "119에 전화했어요",
        "번호 2018-2022년",
        "전화 한 통에 1600-1800원",
        "공이 일이 있어서 사이사이 이 일 저 일",
        "이삼일, 사오일, 육칠일",
        "2020-03-15에 전화했어요",
        "1-010-0000-1111",
    ],
)
def test_other_numbers_are_left(text: str) -> None:
    assert found(text) == []
