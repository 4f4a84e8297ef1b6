from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.readers.segments import looks_like_segments, read, read_codes


def jsonl(*rows: Any) -> bytes:  # noqa: ANN401
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    return "\n".join(lines).encode()


def test_rows_of_one_interview_are_joined_in_file_order() -> None:
    data = jsonl(
        {"id": "a1", "text": "첫 말", "interview": "가", "speaker": "참여자 1", "district": "A구"},
        {"id": "b1", "text": "다른 말", "interview": "나"},
        {"id": "a2", "text": "둘째\n말", "interview": "가"},
    )
    first, second = read(data, "조각.jsonl").interviews
    assert (first.id, first.text, first.source) == ("가", "첫 말\n\n둘째\n말", "조각.jsonl")
    assert [(t.index, t.id, t.speaker, first.text[t.start : t.end]) for t in first.turns] == [
        (1, "a1", "참여자 1", "첫 말"),
        (2, "a2", "", "둘째\n말"),
    ]
    assert first.turns[0].fields == {"district": "A구"}
    assert first.fields == {}
    assert (second.id, second.text) == ("나", "다른 말")


def test_without_interview_a_segment_is_its_own() -> None:
    data = jsonl(
        {"id": "p-1", "text": "말", "year": 2021}, {"id": "p-2", "text": "글", "interview": None}
    )
    interviews = read(data, "a.jsonl").interviews
    assert [i.id for i in interviews] == ["p-1", "p-2"]
    assert interviews[0].fields == {"year": "2021"} == interviews[0].turns[0].fields


def test_further_values_become_strings() -> None:
    row = {
        "id": "1",
        "text": "말",
        "a": [1, "나"],
        "b": {"c": True},
        "d": None,
        "e": 1.5,
        "f": "글",
    }
    (interview,) = read(jsonl(row), "a.jsonl").interviews
    assert interview.turns[0].fields == {
        "a": '[1,"나"]', "b": '{"c":true}', "e": "1.5", "f": "글",
    }  # fmt: skip


def test_the_text_is_frozen_but_not_trimmed() -> None:
    row = {"id": "1", "text": " " + unicodedata.normalize("NFD", "각") + "\r\n\u2028끝 "}
    (interview,) = read(jsonl(row), "a.jsonl").interviews
    assert interview.text == " 각\n\n끝 "
    assert (interview.turns[0].start, interview.turns[0].end) == (0, len(interview.text))


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ('{"id": "x", "text": ', "JSON 객체가 아닙니다"),
        ('["x"]', "JSON 객체가 아닙니다"),
        ("9" * 5000, "JSON 객체가 아닙니다"),
        ("[" * 100_000, "JSON 객체가 아닙니다"),
        ({"text": "말"}, "id가 없거나"),
        ({"id": "", "text": "말"}, "id가 없거나"),
        ({"id": True, "text": "말"}, "id가 없거나"),
        ({"id": "x"}, "text가 없거나"),
        ({"id": "x", "text": 3}, "text가 없거나"),
        ({"id": "x", "text": " \n"}, "text가 비어"),
        ({"id": "ok", "text": "말"}, "1번째 줄에도"),
        ({"id": "x", "text": "말", "codes": [1]}, "codes는"),
        ({"id": "x", "text": "가" * 1_000_000}, "한 줄이 1,000,"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_read(bad: Any, message: str) -> None:  # noqa: ANN401
    reading = read(jsonl({"id": "ok", "text": "말"}, "", bad, {"id": "z", "text": "끝"}), "a.jsonl")
    assert [i.id for i in reading.interviews] == ["ok", "z"]
    (problem,) = reading.problems
    assert message in problem.ko
    assert problem.line == 3


def test_codes_are_read_apart_and_exactly() -> None:
    data = jsonl(
        {"id": "1", "text": "말", "interview": "가", "codes": ["육아/교육", "돈", "돈"]},
        {"id": "2", "text": "말", "codes": "돈"},
        {"id": "3", "text": "말"},
        {"id": "1", "text": "또", "codes": ["빠짐"]},
    )
    assert read_codes(data) == (("가", "1", "육아/교육"), ("가", "1", "돈"), ("2", "2", "돈"))
    assert all("codes" not in t.fields for i in read(data, "a").interviews for t in i.turns)


def test_encodings_and_newlines() -> None:
    data = b'{"id": "1", "text": "\xb8\xbb"}\r\n{"id": "2", "text": "\xb1\xdb"}\r\n'
    assert [i.text for i in read(data, "a.jsonl").interviews] == ["말", "글"]


def test_a_segments_file_is_known_by_its_first_line() -> None:
    assert looks_like_segments('\ufeff\n {"id": "1"}\n나머지')
    assert looks_like_segments('{"text": "' + "가" * 100)
    assert not looks_like_segments("{\n  1\n}")
    assert not looks_like_segments("{중괄호}로 시작하는 글\n둘째 줄")
    assert not looks_like_segments("면담자: 네")
    assert not looks_like_segments("")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(["id", "text", "interview", "speaker", "codes", "k"]), VALUES),
    max_size=8,
)


@given(ROWS)
@settings(max_examples=200, deadline=None)
def test_every_row_is_a_turn_or_a_problem(rows: list[dict[str, Any]]) -> None:
    data = "\n".join(json.dumps(row) for row in rows).encode()
    reading = read(data, "a.jsonl")
    turns = [(interview, turn) for interview in reading.interviews for turn in interview.turns]
    assert len(turns) + len(reading.problems) == len(rows)
    assert all(0 <= turn.start < turn.end <= len(i.text) for i, turn in turns)
    assert {(i, s) for i, s, _ in read_codes(data)} <= {(i.id, turn.id) for i, turn in turns}
