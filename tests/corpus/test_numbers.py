"""Registration, card and account numbers. All are invented."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal.numbers import find_numbers


def found(text: str) -> set[tuple[str, str]]:
    return {(find.kind, text[find.start : find.end]) for find in find_numbers(text)}


@pytest.mark.parametrize(
    ("kind", "before", "number", "after"),
    [
        ("rrn", "", "701231-1234567", "입니다"),
        ("rrn", "", "701231-7654321", "입니다"),  # a foreigner's; no checksum is asked for
        ("rrn", "", "201010-3******", ""),
        ("rrn", "신상카드에 ", "701231-1______", " 뒤에는"),
        ("account", "기업은행 ", "010-0000-1111", ", 계좌번호예요"),
        ("rrn", "", "7012311234567", "로"),
        ("rrn", "주민번호 뒷자리는 ", "1234567", "이고"),
        ("rrn", "등록번호가 ", "칠공일이삼일 다시 일이삼사오육칠", "이래요"),
        ("card", "", "1111-2222-3333-4444", ""),
        ("card", "", "3712-345678-12345"[:4] + "-345678-12345", ""),
        ("card", "카드 번호는 ", "1111222233334444", ""),
        ("account", "", "123-45-678901", "이에요"),
        ("account", "통장이 ", "12345678901", "이고"),
        ("account", "농협 ", "일이삼 다시 일이삼사 다시 오육칠팔", "로"),
    ],
)
def test_a_number_is_found(kind: str, before: str, number: str, after: str) -> None:
    said = found(before + number + after)
    if kind == "rrn" and number.endswith("*"):
        said |= found(f"주민번호 {number}")
    assert (kind, number) in said


@pytest.mark.parametrize(
    "text",
    [
        "701399-1234567",  # no such day, and nobody speaks of registration
        "운송장 번호 123456789012로 농협에 보냈어요",
        "2018 2019 2020 2021",
        "5026, 5027, 5028, 5029",
        "1-701231-1234567",
        "1234567명이 왔어요",
        "2020-03-15 10:30",
    ],
)
def test_other_numbers_are_left(text: str) -> None:
    assert found(text) == set()


def test_a_wrong_checksum_rules_nothing_out() -> None:
    backs = [f"{first}00000{last}" for first in "1234" for last in range(10)]
    assert all(("rrn", f"701231-{back}") in found(f"701231-{back}") for back in backs)
