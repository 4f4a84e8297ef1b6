"""A decade for a birth, a district for an address."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.personal.coarser import decade_of_birth, with_district
from pipeline.corpus.personal.finds import Find


@pytest.mark.parametrize(
    ("said", "decade"),
    [
        ("1962년 3월 5일생", "1960년대생"),
        ("62년 삼월 생", "1960년대생"),
        ("62년 3월", "1960년대"),
        ("1963.02.05", "1960년대"),
        ("63. 2. 5.", "1960년대"),
        ("820315", "1980년대"),
        ("20050101", "2000년대"),
        ("천구백육십이년 3월", "1960년대"),
        ("팔십이년 삼월 생", "1980년대생"),
        ("칠삼년 2월", "1970년대"),
        ("05년 1월", "2000년대"),
        ("28년 1월생", "1920년대생"),
        ("음력 8월 3일", None),
    ],
)
def test_the_decade_of_a_birth(said: str, decade: str | None) -> None:
    assert decade_of_birth(said) == decade


@given(st.integers(1900, 2029), st.integers(1, 12), st.integers(1, 28))
@settings(max_examples=100, deadline=None)
def test_nothing_but_the_decade_is_told(year: int, month: int, day: int) -> None:
    decade = f"{year // 10 * 10}년대"
    for said in (
        f"{year}년 {month}월 {day}일",
        f"{year}.{month}.{day}",
        f"{year}{month:02}{day:02}",
    ):
        assert decade_of_birth(said) == decade


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("집은 서울시 성북구 정릉동 산 87번지예요", "서울시 성북구 정릉동 산 87번지"),
        ("성북구 산 87번지", "성북구 산 87번지"),
        ("정릉동 산 87번지", "산 87번지"),
        ("친구 집은 산 87번지", "산 87번지"),
        ("성북구\n산 87번지", "산 87번지"),
    ],
)
def test_an_address_reaches_back_to_its_district(text: str, whole: str) -> None:
    start = text.index("산 87")
    find = with_district(text, Find(start, start + 6, "address", "번지"))
    assert text[find.start : find.end] == whole
