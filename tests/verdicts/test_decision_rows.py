"""Decisions as rows of JSON: there and back, and nothing that is none."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Decision
from pipeline.verdicts.decision_rows import decision_in, fault_in, row_of

PUT = Decision("a" * 32, "가", "2026-05-01T09:00:00.000001Z", "put", "장터", 3, 9, "자신감")
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
IDS = st.text("0123456789abcdef", min_size=32, max_size=32)
DECISIONS = st.builds(
    Decision,
    id=IDS,
    coder=WORDS.filter(str.strip),
    time=st.datetimes().map(lambda t: f"{t:%Y-%m-%dT%H:%M:%S}.{t.microsecond:06}Z".zfill(27)),
    action=st.sampled_from(["put", "reject", "undo", "note", "done"]),
    interview=WORDS.filter(bool),
    start=st.integers(0, 9),
    end=st.integers(10, 20),
    code=WORDS.filter(bool),
    of=IDS,
    quote=WORDS,
    text=WORDS,
    score=st.none() | st.floats(0, 1),
    rank=st.none() | st.integers(1, 9),
    aided=st.booleans(),
    joint=st.booleans(),
    bulk=st.none() | IDS,
    codebook=st.integers(1, 9),
    model=WORDS,
    offered=st.lists(st.tuples(WORDS.filter(bool), st.floats(0, 1)), max_size=3).map(tuple),
)


@settings(deadline=None, max_examples=60)
@given(DECISIONS)
def test_a_decision_comes_back_as_it_was(decision: Decision) -> None:
    assert decision_in(json.loads(json.dumps(row_of(decision)))) == decision


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["id", "code", "score", "?"]), inner, max_size=3)
        ),
        max_leaves=6,
    )
)
def test_anything_else_is_a_fault_and_never_a_decision(junk: object) -> None:
    assert not isinstance(decision_in(junk), Decision)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "A" * 32),
        ("id", "a" * 31),
        ("id", "a" * 32 + "\n"),
        ("time", "어제"),
        ("time", "2026-05-01T09:00:00+09:00"),
        ("action", "execute"),
        ("coder", " "),
        ("coder", 7),
        ("interview", ""),
        ("interview", "장터\0"),
        ("quote", "\ud800"),
        ("start", -1),
        ("end", 3),
        ("start", True),
        ("end", 2**40),
        ("code", None),
        ("code", ["자신감"]),
        ("of", "다른 판정"),
        ("score", 1.5),
        ("score", float("nan")),
        ("score", "0.5"),
        ("rank", 0),
        ("aided", 1),
        ("codebook", 0),
        ("offered", {"자신감": 0.5}),
        ("offered", [["자신감"]]),
        ("offered", [["자신감", True]]),
        ("offered", [["자신감", 1.5]]),
        ("offered", [["", 0.5]]),
        ("낯선 칸", "값"),
    ],
)
def test_a_value_that_cannot_be_is_named(name: str, value: object) -> None:
    fault = decision_in({**row_of(PUT), name: value})
    assert isinstance(fault, tuple)
    assert name in fault[0]
    assert name in fault[1] or name == "낯선 칸"


def test_what_each_action_needs() -> None:
    undo = dataclasses.replace(PUT, action="undo", interview="", code=None, start=0, end=0)
    assert fault_in(undo) is not None
    assert fault_in(dataclasses.replace(undo, of="b" * 32)) is None
    assert fault_in(dataclasses.replace(undo, action="note")) is None
    assert fault_in(dataclasses.replace(undo, action="done")) is not None
    assert decision_in({"id": "a" * 32}) == (
        "빠진 칸: action, coder, time",
        "Missing fields: action, coder, time.",
    )
