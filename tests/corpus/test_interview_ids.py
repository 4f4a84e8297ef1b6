"""Ids made from file names stand on one line, whatever the name holds."""

from __future__ import annotations

import pytest

from pipeline.corpus.readers import interview_id


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("면담\n01.txt", "면담_01"),
        ("면담\r\t01.txt", "면담__01"),
        ("folder/면담\x1b[31m.txt", "면담_[31m"),
        ("면담\u202e01.txt", "면담_01"),
        ("면담\u202801.txt", "면담_01"),
        ("3월 면담(김) 01.txt", "3월 면담(김) 01"),
    ],
)
def test_an_id_is_one_line(name: str, wanted: str) -> None:
    assert interview_id(name) == wanted
