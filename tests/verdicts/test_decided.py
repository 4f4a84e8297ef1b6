"""Decisions gathered by passage."""

from __future__ import annotations

from pipeline.records import CodebookVersion, CodeChange, Decision
from pipeline.verdicts.decided import Hidden, decided_passages
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


OFFERED = (("돈", 0.7), ("힘", 0.4))


def test_hidden_suggestions_are_told_from_those_that_were_put() -> None:
    (found,) = decided_passages(
        [
            decision(1, aided=False, offered=OFFERED),
            decision(2, "done", code=None, aided=False, offered=OFFERED),
        ],
        SEGMENTS,
    )
    assert found.hidden == (Hidden("돈", 0.7, put=True), Hidden("힘", 0.4, put=False))
    (left,) = decided_passages([decision(1, aided=False, offered=OFFERED)], SEGMENTS)
    assert left.hidden == found.hidden, "who went on without saying so has chosen as well"
    (nothing,) = decided_passages(
        [decision(1, "done", code=None, aided=False, offered=OFFERED)], SEGMENTS
    )
    assert [one.put for one in nothing.hidden] == [False, False]


def test_a_change_of_mind_after_the_suggestions_were_seen_is_not_the_unaided_decision() -> None:
    put = decision(1, aided=False, offered=OFFERED)
    done = decision(2, "done", code=None, aided=False, offered=OFFERED)
    undo = {"of": put.id, "code": None, "interview": "", "end": 0}
    seen = [put, done, decision(3, "undo", **undo), decision(4, code="힘")]
    (found,) = decided_passages(seen, SEGMENTS)
    assert [d.code for d in found.decisions] == ["돈", None]
    assert [one.put for one in found.hidden] == [True, False]
    unseen = [put, decision(3, "undo", aided=False, **undo), decision(4, code="힘", aided=False)]
    (found,) = decided_passages([*unseen, decision(5, "done", code=None, aided=False)], SEGMENTS)
    assert [d.code for d in found.decisions] == ["힘", None]


def test_a_hidden_suggestion_goes_by_todays_name() -> None:
    versions = [
        CodebookVersion(1, "", "", "", "- name: 돈\n"),
        CodebookVersion(2, "", "", "", "", (CodeChange("rename", ("돈",), ("수입",)),)),
        CodebookVersion(3, "", "", "", "", (CodeChange("retire", ("힘",)),)),
    ]
    log = [
        decision(1, aided=False),
        decision(
            2, "done", code=None, aided=False, codebook=2, offered=(("수입", 0.5), ("힘", 0.4))
        ),
    ]
    (found,) = decided_passages(log, SEGMENTS, versions)
    assert found.hidden == (Hidden("수입", 0.5, put=True),)


def test_neither_joint_decisions_nor_bulk_are_a_coders_own() -> None:
    logged = [decision(1, joint=True), decision(2, bulk="b"), decision(3, "note", text="메모")]
    assert decided_passages(logged, SEGMENTS) == ()
