"""Decisions gathered by passage."""

from __future__ import annotations

from pipeline.records import Decision
from pipeline.verdicts.decided import decided_passages
from tests.verdicts.tiny_codings import segments_of

SEGMENTS = segments_of("장터", 3)


def decision(number: int, action: str = "put", **fields: object) -> Decision:
    base = {"interview": "장터", "start": 0, "end": 10, "code": "돈"} | fields
    return Decision(
        f"{number:032x}", "가", f"2026-01-01T00:00:{number:02d}.000000Z", action, **base
    )  # pyright: ignore[reportArgumentType]


def test_a_span_belongs_to_the_segment_it_shares_most_with() -> None:
    found = decided_passages([decision(1, start=5, end=30)], SEGMENTS)
    assert [passage.segment for passage in found] == ["장터:1"]
    assert decided_passages([decision(1, start=10, end=11)], SEGMENTS) == ()


def test_what_comes_after_suggestions_were_shown_is_left_out() -> None:
    (found,) = decided_passages(
        [
            decision(3, code="힘", aided=True),
            decision(1, aided=False),
            decision(2, "done", code=None, aided=False),
        ],
        SEGMENTS,
    )
    assert not found.aided
    assert found.done
    assert [d.code for d in found.decisions] == ["돈", None]


def test_neither_joint_decisions_nor_bulk_are_a_coders_own() -> None:
    logged = [decision(1, joint=True), decision(2, bulk="b"), decision(3, "note", text="메모")]
    assert decided_passages(logged, SEGMENTS) == ()
