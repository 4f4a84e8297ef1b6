"""Which codings are compared, and what each coder has looked at."""

from __future__ import annotations

from pipeline.records import Coding, Decision, Segment
from pipeline.verdicts.compared import coded

SEGMENTS = [Segment(f"P:{n}", "P", n + 1, "참여자", n * 10, n * 10 + 10) for n in range(4)]


def decided(coder: str, action: str, n: int, **fields: object) -> Decision:
    at = f"2026-01-01T00:00:{n:02d}"
    fields = {"code": "돈" if action == "put" else None, **fields}
    name = f"{coder}{action}{n}{fields.get('bulk', '')}"
    return Decision(name, coder, at, action, "P", n * 10, n * 10 + 10, **fields)  # type: ignore[arg-type]


LOG = (
    decided("가", "put", 0),
    decided("가", "done", 1, aided=False),
    decided("가", "put", 2, bulk="묶음"),
    decided("나", "put", 1, joint=True),
    decided("나", "put", 3, aided=False),
)
FILED = (Coding("P", 0, 10, "돈", "다"),)
FOUND = coded(SEGMENTS, FILED, LOG, ())


def test_all_are_what_files_and_each_coder_alone_say() -> None:
    assert FOUND.coders() == ["가", "나", "다"]
    assert [(c.coder, c.start) for c in FOUND.codings("all")] == [
        ("다", 0), ("가", 0), ("가", 20), ("나", 30),
    ]  # fmt: skip


def test_decisions_with_suggestions_and_without_are_told_apart() -> None:
    assert [(c.coder, c.start) for c in FOUND.codings("aided")] == [("가", 0)]
    assert [(c.coder, c.start) for c in FOUND.codings("unaided")] == [("나", 30)]
    assert FOUND.looked("aided", FOUND.coders()) == {"가": {"P:0"}}
    assert FOUND.looked("unaided", FOUND.coders()) == {"가": {"P:1"}, "나": {"P:3"}}


def test_what_was_decided_after_coders_saw_each_other_is_counted() -> None:
    assert FOUND.n_after(None) == 0
    assert FOUND.n_after("2026-01-01T00:00:00") == 2
    assert FOUND.n_after("2026-01-01T00:00:03") == 0


def test_what_was_put_in_bulk_or_together_was_not_looked_at_alone() -> None:
    everything = {segment.id for segment in SEGMENTS}
    looked = {"가": {"P:0", "P:1"}, "나": {"P:3"}, "다": everything}
    assert FOUND.looked("all", FOUND.coders()) == looked
    assert FOUND.looked("all", ["나"]) == {"나": {"P:3"}}
