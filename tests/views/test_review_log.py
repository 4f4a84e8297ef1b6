from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_review import keeper_in, on_passage, put

from pipeline.records import Decision
from pipeline.verdicts.codings import standing
from pipeline.verdicts.store import made
from pipeline.views.review.log import Log
from pipeline.views.review.material import Material


def log_of(material: Material, kept: list[Decision] | None = None) -> Log:
    return Log(keeper_in([] if kept is None else kept), material)


def test_what_is_put_stands_on_its_passage(material: Material) -> None:
    log = log_of(material)
    one = put(material, "가", 1, "자신감")
    log.add(one)
    assert log.at(1) == (one,)
    assert log.at(0) == ()
    assert log.rows(one) == (1,)
    assert log.within("장터") == (one,)


def test_undo_and_redo_walk_back_and_forth(material: Material) -> None:
    log = log_of(material)
    first, second = put(material, "가", 0, "자신감"), put(material, "가", 0, "호혜정신")
    log.add(first, second)
    undone = []
    while (last := log.last("가")) is not None:
        undone.append(last)
        log.add(made("가", "undo", of=last.id))
    assert undone == [second, first]
    assert log.at(0) == ()
    redo = log.last_undo("가")
    assert redo is not None and redo.of == first.id
    log.add(made("가", "undo", of=redo.id))
    assert log.at(0) == (first,)
    redo = log.last_undo("가")
    assert redo is not None and redo.of == second.id
    log.add(put(material, "가", 1, "자신감"))
    assert log.last_undo("가") is None, "what was undone before something new stays undone"


def test_a_bulk_falls_as_a_whole(material: Material) -> None:
    log = log_of(material)
    log.add(*(put(material, "가", row, "자신감", bulk="b1") for row in range(3)))
    last = log.last("가")
    assert last is not None and last.bulk == "b1"
    log.add(made("가", "undo", of="b1"))
    assert [log.at(row) for row in range(3)] == [(), (), ()]
    assert log.last("가") is None


def test_done_counts_own_and_joint(material: Material) -> None:
    log = log_of(material)
    log.add(on_passage(material, "가", "done", 0))
    log.add(on_passage(material, "나", "done", 1))
    log.add(on_passage(material, "나", "done", 2, joint=True))
    assert log.done("가") == {0, 2}
    assert log.done("나") == {1, 2}


def test_what_others_add_is_taken_in_once(material: Material) -> None:
    kept: list[Decision] = []
    one, other = log_of(material, kept), log_of(material, kept)
    mine, yours = put(material, "가", 0, "자신감"), put(material, "나", 0, "호혜정신")
    one.add(mine)
    other.add(yours)
    assert one.refresh() == (yours,)
    assert one.refresh() == ()
    assert one.at(0) == (mine, yours)
    assert log_of(material, kept).at(0) == (mine, yours)


@st.composite
def logs(draw: st.DrawFn) -> list[tuple[str, int, str, str, int | None, bool]]:
    step = st.tuples(
        st.sampled_from(["put", "reject", "undo", "done", "note"]),
        st.integers(0, 2),
        st.sampled_from(["가", "나"]),
        st.sampled_from(["자신감", "호혜정신"]),
        st.none() | st.integers(0, 30),
        st.booleans(),
    )
    return draw(st.lists(step, max_size=25))


@settings(max_examples=80, deadline=None)
@given(logs())
def test_what_stands_is_what_the_store_says(
    material: Material, steps: list[tuple[str, int, str, str, int | None, bool]]
) -> None:
    log = log_of(material)
    assert log.done("가") == log.done("나") == set()
    decisions: list[Decision] = []
    for action, row, coder, code, of, joint in steps:
        target = decisions[of % len(decisions)] if of is not None and decisions else None
        if action == "undo":
            if target is None:
                continue
            decisions.append(made(coder, "undo", of=target.bulk or target.id))
        else:
            fields: dict[str, object] = {"joint": joint}
            if action in {"put", "reject"}:
                fields["code"] = code
            if action == "put" and target is not None and target.action == "put":
                fields["of"] = target.id
            if action == "note":
                fields["text"] = "" if joint else "메모"
            if action == "reject" and joint:
                fields["bulk"] = "b"
            decisions.append(on_passage(material, coder, action, row, **fields))
        log.add(decisions[-1])
    assert [d for d in decisions if log.stands(d)] == list(standing(decisions))
    anew = log_of(material, decisions)
    assert [log.done(coder) for coder in "가나"] == [anew.done(coder) for coder in "가나"]
