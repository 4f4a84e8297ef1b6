"""Addresses below 동. All are invented."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.addresses import find_addresses
from pipeline.corpus.personal.finds import longest_first


def found(text: str) -> list[str]:
    return [text[find.start : find.end] for find in longest_first(find_addresses(text))]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("푸른솔로 12에 살아요", "푸른솔로 12"),
        ("푸른1대로 12, 반지하 B02호요", "푸른1대로 12, 반지하 B02호"),
        ("푸른솔로 12, 2층이요", "푸른솔로 12, 2층"),
        ("구름면 바다리 산 12번지", "구름면 바다리 산 12번지"),
        ("푸른솔로 12길 34인데요", "푸른솔로 12길 34"),
        ("푸른솔로 12 살아요", "푸른솔로 12"),
        ("푸른솔로 12 동네", "푸른솔로 12"),
        ("푸른솔로12번길 3-4예요", "푸른솔로12번길 3-4"),
        ("구름대로 1234, 101동 202호", "구름대로 1234, 101동 202호"),
        ("바람동 산 12-3번지예요", "산 12-3번지"),
        ("바람동 12-3, 거기요", "12-3"),
        ("푸른아파트 101동 202호예요", "푸른아파트 101동 202호"),
        ("푸른 아파트 101동 202호예요", "푸른 아파트 101동 202호"),
        ("우리 아파트 101동 202호예요", "아파트 101동 202호"),
        ("푸른빌라 202호에요", "푸른빌라 202호"),
        ("101동 202호로 오세요", "101동 202호"),
        ("백일동 이백이호로 오세요", "백일동 이백이호"),
        ("집이 푸른솔로 십이라고 했죠", "푸른솔로 십이"),
        ("푸른솔로 삼길 십이예요", "푸른솔로 삼길 십이"),
    ],
)
def test_it_is_found(text: str, address: str) -> None:
    assert found(text) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "푸른솔로에 살아요",
        "앞으로 10년",
        "버스로 20분",
        "침실 2개로 4인",
        "식구대로 12인 분량",
        "상대로 20 명이",
        "집에서 버스로 사십 분이요",
        "가로 12, 세로 34로 잘라요",
        "신고로 119에서 왔어요",
        "도보로 20-30분이고",
        "302호에서 수업했어요",
        "101동 앞에서 만나요",
        "번지수를 잘못 찾았어요",
        "번지점프",
        "아파트 공동 현관",
        "3월 12-13일에",
    ],
)
def test_other_text_is_left(text: str) -> None:
    assert found(text) == []
