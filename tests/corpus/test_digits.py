"""Runs of digits, written and spoken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.personal.digits import windows


def found(text: str) -> set[tuple[str, tuple[int, ...]]]:
    return {(window.digits, window.lengths) for window in windows(text)}


@pytest.mark.parametrize(
    ("text", "digits", "lengths"),
    [
        ("010-1234-5678", "01012345678", (3, 4, 4)),
        ("공일공에 일이삼사에 오육칠팔", "01012345678", (3, 4, 4)),
        ("공일공 다시 하나둘삼사 다시 오륙칠팔", "01012345678", (3, 4, 4)),
        ("02) 123-4567", "021234567", (2, 3, 4)),
        ("1234-56**-****-7890", "123456******7890", (4, 4, 4, 4)),
        ("1234-56xx-xxxx-7890", "123456******7890", (4, 4, 4, 4)),
        ("오육칠팔에 오육칠팔이에요", "56785678", (4, 4)),
        ("오육칠팔에 오육칠이이에요", "56785672", (4, 4)),
    ],
)
def test_groups_are_read(text: str, digits: str, lengths: tuple[int, ...]) -> None:
    assert (digits, lengths) in found(text)


@pytest.mark.parametrize(
    "text", ["", "12345", "일이삼", "123\n4567", "공일공 그리고 일이삼사", "12가 3456"]
)
def test_what_is_no_run(text: str) -> None:
    assert found(text) == set()


def test_written_and_spoken_digits_do_not_mix() -> None:
    assert ("123456", (6,)) in found("123456 이")
    assert all(digits[-1] != "2" for digits, _ in found("123456 이"))


def test_a_number_that_goes_on_is_tied() -> None:
    tied = {window.digits: window.tied for window in windows("1-010-1234-5678")}
    assert tied["01012345678"]
    assert not tied["101012345678"]


@given(st.text("01공이- .에*가\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_windows_lie_in_the_text(text: str) -> None:
    for window in windows(text):
        assert 0 <= window.start < window.end <= len(text)
        assert 6 <= len(window.digits) == sum(window.lengths) <= 16
        assert "\n" not in text[window.start : window.end]


PIECES = [
    "0", "12", "345", "이", "공", "하나", "둘", "이구", "*", "●", "x", "xxx", " ", "  ", "\t", "-", ".", "(", ")", "에", "의",
    "국에", "다시", "대시", "하이픈", "가", "시", "\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_no_window_is_lost_where_too_few_digits_are_passed_over(text: str) -> None:
    looked_at = list(windows(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.corpus.personal.digits._STRETCH", re.compile(r"(?s).+"))
        assert looked_at == list(windows(text))
