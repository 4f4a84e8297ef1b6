from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.readers import txt
from pipeline.records import Interview, Turn
from pipeline.views.transcript import to_jsonl, to_text


def interview(*turns: tuple[str, float | None, str]) -> Interview:
    made: list[Turn] = []
    text = ""
    for speaker, time, said in turns:
        made.append(
            Turn(len(made) + 1, speaker, "participant", len(text), len(text) + len(said), time)
        )
        text += said + "\n"
    return Interview("가", text, tuple(made), "가.txt")


def test_a_turn_is_a_line_with_what_is_known() -> None:
    found = interview(
        ("면담자", 3.9, "왜요?"),
        ("참여자 1", 3723.0, "그냥\n그랬\t어요."),
        ("", None, "말"),
        ("", 0.0, "글"),
    )
    assert to_text(found) == (
        "[00:00:03] 면담자: 왜요?\n[01:02:03] 참여자 1: 그냥 그랬 어요.\n말\n[00:00:00] 글\n"
    )


def test_json_keeps_every_sign() -> None:
    found = interview(("면담자", 3.9, "왜\n\u202e요?"), ("", None, "말"))
    assert [json.loads(line) for line in to_jsonl(found).splitlines()] == [
        {"speaker": "면담자", "role": "participant", "time": 3.9, "text": "왜\n\u202e요?"},
        {"speaker": "", "role": "participant", "time": None, "text": "말"},
    ]
    assert "면담자" in to_jsonl(found)


def test_text_neither_turns_around_nor_steers_a_terminal() -> None:
    assert (
        to_text(interview(("가\u202e", None, "나\x9b2J\u2066"))) == "가\ufffd: 나\ufffd2J\ufffd\n"
    )


def test_an_interview_without_turns_is_empty() -> None:
    assert to_text(interview()) == to_jsonl(interview()) == ""


SAID = st.lists(st.sampled_from(["네", "그냥요.", "왜요?", "정말로"]), min_size=1, max_size=4).map(
    " ".join
)
TURNS = st.lists(
    st.tuples(
        st.sampled_from(["면담자", "참여자 1", "참여자 2"]),
        st.none() | st.integers(0, 20_000),
        SAID,
    ),
    min_size=1,
    max_size=8,
)


@given(TURNS)
@settings(max_examples=100, deadline=None)
def test_what_was_written_reads_the_same_again(turns: list[tuple[str, int | None, str]]) -> None:
    written = to_text(interview(*turns))
    (again,) = txt.read(written.encode(), "가.txt").interviews
    assert [(t.speaker, t.time, again.text[t.start : t.end]) for t in again.turns] == turns
    assert to_text(again) == written
