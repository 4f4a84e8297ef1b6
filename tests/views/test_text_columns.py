"""Columns on a terminal."""

from __future__ import annotations

from pipeline.views.text_columns import aligned, width_of


def test_hangul_takes_two_columns() -> None:
    assert width_of("가나 ab") == 7
    rows = aligned([["코드", "n"], ["a", "12"]], 1)
    assert rows == ["  코드   n", "  a     12"]
