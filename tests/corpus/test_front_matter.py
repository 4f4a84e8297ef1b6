from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.front_matter import split_front_matter
from pipeline.corpus.readers import txt

TALK = "면담자: 왜요?\n참여자: 그냥요."


def test_fields_leave_the_text_and_stay_as_written() -> None:
    fields, text, problems = split_front_matter(
        "---\nparticipant: 01\nRole: 주민\ndistrict: 'A구'\ndate: 2024-05-02\nat: 12:30\n"
        "agreed: no\ntags: [돌봄, 일]\nplaces:\n- 가\n- 나\nempty:\n# 주석\n---\n\n" + TALK
    )
    assert fields == {
        "participant": "01", "role": "주민", "district": "A구", "date": "2024-05-02",
        "at": "12:30", "agreed": "no", "tags": "돌봄, 일", "places": "가, 나",
    }  # fmt: skip
    assert (text, problems) == (TALK, ())


@pytest.mark.parametrize(
    "text",
    [
        TALK,
        f"---\n{TALK}\n---\n끝",
        f"---\n그냥 줄\n---\n{TALK}",
        f"---\n\n---\n{TALK}",
        f"---\nparticipant: P01\n{TALK}",
        f"말\n---\na: 1\n---\n{TALK}",
        f"----\na: 1\n----\n{TALK}",
        f"---\n- 가\n- 나\n---\n{TALK}",
        "---\n" + "a: 1\n" * 200 + "---\n",
        "---",
        "",
    ],
)
def test_what_is_no_front_matter_stays(text: str) -> None:
    assert split_front_matter(text) == ({}, text, ())


def test_who_asks_may_be_named_beside_other_keys() -> None:
    fields, text, _ = split_front_matter(
        f"---\n면담자: 김연구\n참여자: P01\n일시: 5월\n---\n{TALK}"
    )
    assert fields == {"면담자": "김연구", "참여자": "P01", "일시": "5월"}
    assert text == TALK


@pytest.mark.parametrize(
    ("block", "line"), [("a: [1\nb: 2", 3), ("a: 1\na: 2", 3), ("a: 'x", 2), ("a: *b", 2)]
)
def test_broken_yaml_is_said_with_its_line_and_stays(block: str, line: int) -> None:
    whole = f"---\n{block}\n---\n{TALK}"
    fields, text, (warning,) = split_front_matter(whole)
    assert (fields, text) == ({}, whole)
    assert (warning.line, warning.level) == (line, "warning")
    assert "본문으로 두었습니다" in warning.ko


def test_nested_values_are_left_out_and_said() -> None:
    fields, text, (warning,) = split_front_matter(f"---\na: 1\nb:\n  c: 2\n---\n{TALK}")
    assert (fields, text) == ({"a": "1"}, TALK)
    assert "«b»" in warning.ko


def test_hostile_blocks_pass_quickly() -> None:
    began = time.process_time()
    aliases = "a: &a [x, x]\n" + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    fields, _, problems = split_front_matter(f"---\n{aliases}---\n{TALK}")
    assert (fields, len(problems)) == ({"a": "x, x"}, 8)
    split_front_matter("---\n" + "a:" * 5_000_000)
    split_front_matter("---\na: " + "[" * 7_000 + f"\n---\n{TALK}")
    assert time.process_time() - began < 15


def test_a_text_file_has_its_fields_and_no_turn_of_them() -> None:
    data = f"\ufeff---\r\nparticipant: P01\r\nround: 1차\r\n---\r\n{TALK}".encode()
    reading = txt.read(data, "면담.md")
    (interview,) = reading.interviews
    assert interview.fields == {"participant": "P01", "round": "1차"}
    assert (interview.text, reading.problems) == (TALK, ())
    assert [t.speaker for t in interview.turns] == ["면담자", "참여자"]


LINES = st.sampled_from(
    ["---", "a: 1", "b: [x", "- 가", "  c: 2", "", "면담자: 네", "? x", "*a", "!t b", "#"]
)


@given(st.lists(LINES | st.text(max_size=6), max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_text_keeps_what_is_no_front_matter(lines: list[str]) -> None:
    whole = "\n".join(["---", *lines])
    fields, text, problems = split_front_matter(whole)
    assert whole.endswith(text)
    assert all(isinstance(value, str) and value for value in fields.values())
    assert text == whole or fields or problems or "---" in lines
    assert all(problem.level == "warning" for problem in problems)
