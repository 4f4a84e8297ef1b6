"""What stands of a log, and the codings it comes to."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import CodebookVersion, CodeChange, Coding, Decision
from pipeline.verdicts.codings import JOINT, codings_of, stale, standing


def decision(number: int, action: str = "put", coder: str = "가", **fields: object) -> Decision:
    given = {"interview": "장터", "start": 0, "end": 5, "code": "돈"} if action != "undo" else {}
    return Decision(
        f"{number:032x}", coder, f"2026-01-01T00:00:{number:02}Z", action, **(given | fields)
    )  # type: ignore[arg-type]


def ids(decisions: tuple[Decision, ...]) -> list[int]:
    return [int(d.id, 16) for d in decisions]


def undo(number: int, of: int, **fields: object) -> Decision:
    return decision(number, "undo", of=f"{of:032x}", **fields)


def test_an_undo_takes_back_and_an_undo_of_it_brings_back() -> None:
    log = [decision(1), undo(2, 1)]
    assert ids(standing(log)) == []
    assert ids(standing([*log, undo(3, 2)])) == [1]
    assert ids(standing([*log, undo(3, 2), undo(4, 3)])) == []


def test_a_span_that_was_changed_gives_way_until_that_is_undone() -> None:
    log = [decision(1), decision(2, start=1, end=4, of=f"{1:032x}")]
    assert ids(standing(log)) == [2]
    assert ids(standing([*log, undo(3, 2)])) == [1]


def test_decisions_in_bulk_are_undone_as_one_or_one_by_one() -> None:
    bulk = "b" * 32
    log = [decision(n, interview=f"면담{n}", bulk=bulk) for n in (1, 2, 3)]
    whole = decision(4, "undo", of=bulk)
    assert ids(standing([*log, undo(4, 2)])) == [1, 3]
    assert ids(standing([*log, whole])) == []
    assert ids(standing([*log, whole, undo(5, 4)])) == [1, 2, 3]


def test_nobody_takes_back_anothers_but_a_joint_one() -> None:
    log = [decision(1), undo(2, 1, coder="나")]
    assert ids(standing(log)) == [1]
    assert ids(standing([decision(1, joint=True), undo(2, 1, coder="나")])) == []


def test_the_last_word_on_a_matter_stands() -> None:
    log = [decision(1), decision(2, "reject"), decision(3, coder="나")]
    assert ids(standing(log)) == [2, 3]
    notes = [decision(n, "note", text=said) for n, said in ((1, "처음"), (2, "다음"), (3, ""))]
    assert ids(standing(notes[:2])) == [2]
    assert ids(standing(notes)) == []
    assert ids(standing([*notes, undo(4, 3)])) == [2]


def test_a_coder_sees_their_own_and_joint_ones() -> None:
    log = [decision(1), decision(2, coder="나"), decision(3, coder="나", joint=True)]
    assert ids(standing(log, "가")) == [1, 3]
    assert ids(standing(log, "나")) == [2, 3]


def test_a_circle_of_undos_ends() -> None:
    log = [decision(1), undo(2, 3), undo(3, 2), undo(4, 4), undo(5, 99)]
    assert ids(standing(log)) == [1]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(["put", "reject", "undo", "note"]), st.integers(1, 12)), max_size=12),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_order_of_the_log_does_not_matter(steps: list[tuple[str, int]], random: Random) -> None:
    log = [
        decision(n, action, of=f"{of:032x}" if action == "undo" or of % 5 == 0 else None,
                 start=of % 2, text="글")
        for n, (action, of) in enumerate(steps, 1)
    ]  # fmt: skip
    shuffled = list(log)
    random.shuffle(shuffled)
    assert sorted(ids(standing(shuffled))) == ids(standing(log))
    assert codings_of(shuffled, ()) == codings_of(log, ())


def version(
    number: int, *changes: CodeChange, text: str = "", aside: bool = False
) -> CodebookVersion:
    return CodebookVersion(number, "", "가", "", text, changes, aside)


def test_codings_go_by_todays_names() -> None:
    versions = [
        version(1),
        version(
            2, CodeChange("rename", ("돈",), ("수입",)), CodeChange("rename", ("꿈",), ("돈",))
        ),
        version(3, CodeChange("merge", ("수입", "판매"), ("경제",))),
    ]
    log = [
        decision(1, codebook=1),
        decision(2, codebook=2, interview="집수리"),
        decision(3, joint=True, codebook=3, code="경제"),
        decision(4, "reject", code="꿈"),
    ]
    assert codings_of(log, versions) == (
        Coding("장터", 0, 5, "경제", "가", "2026-01-01T00:00:01Z"),
        Coding("장터", 0, 5, "경제", JOINT, "2026-01-01T00:00:03Z"),
        Coding("집수리", 0, 5, "돈", "가", "2026-01-01T00:00:02Z"),
    )


def test_what_a_change_puts_in_question_is_gathered() -> None:
    def after(kind: str, into: tuple[str, ...]) -> list[CodebookVersion]:
        return [version(1), version(2, CodeChange(kind, ("돈",), into))]  # type: ignore[arg-type]

    put, refused = decision(1), decision(2, "reject", interview="집수리")
    gathered = {
        kind: ids(stale([put, refused], after(kind, into)))
        for kind, into in {
            "edit": ("돈",), "split": ("번 돈", "쓴 돈"), "merge": ("경제",), "retire": (),
            "rename": ("수입",), "move": ("돈",),
        }.items()
    }  # fmt: skip
    assert gathered == {
        "edit": [1, 2], "split": [1, 2], "merge": [2], "retire": [1], "rename": [], "move": [],
    }  # fmt: skip
    assert codings_of([put], after("split", ("번 돈", "쓴 돈"))) == ()
    assert [c.code for c in codings_of([put], after("split", ("돈", "쓴 돈")))] == ["돈"]


def test_another_look_settles_it() -> None:
    versions = [version(1), version(2, CodeChange("edit", ("돈",), ("돈",)))]
    assert stale([decision(1), decision(2, codebook=2)], versions) == ()
    versions.append(version(3, CodeChange("rename", ("돈",), ("수입",))))
    refused = decision(2, "reject", code="수입", codebook=3)
    assert stale([decision(1), refused], versions) == ()
    assert codings_of([decision(1), refused], versions) == ()


def test_a_version_from_elsewhere_is_understood_by_comparing() -> None:
    here = "- name: 수입\n  id: d\n- name: 새것\n"
    there = "- name: 돈벌이\n  id: d\n- name: 옛것\n"
    versions = [version(1, text=here), version(2, text=there, aside=True)]
    log = [
        replace(decision(n, code=code, codebook=2), interview=f"면담{n}")
        for n, code in ((1, "돈벌이"), (2, "옛것"), (3, "새것"))
    ]
    assert [c.code for c in codings_of(log, versions)] == ["수입", "새것"]
    assert ids(stale(log, versions)) == [2]
