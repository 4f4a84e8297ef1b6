"""The log: appended whole, read in order, never changed, kept through a crash."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import text

from pipeline.errors import GyeolError
from pipeline.records import Decision
from pipeline.verdicts.store import (
    Store,
    append,
    decisions_of,
    is_blind,
    last_number,
    lift_blind,
    made,
    new_id,
    now,
    state_of,
    writing,
)


def put(code: str = "자신감", **fields: object) -> Decision:
    given: dict[str, object] = {"interview": "장터", "start": 3, "end": 9, "quote": "돈을 벌었"}
    return made("가", "put", code=code, **(given | fields))


def test_what_is_appended_is_read_back_in_order(store: Store) -> None:
    first = put(
        score=0.25,
        rank=2,
        aided=False,
        model="모형",
        bulk=new_id(),
        codebook=3,
        offered=(("장터", 0.5), ("=집", 1.0)),
    )
    second = made("나", "undo", of=first.id)
    append(store, [first, second])
    append(store, [third := made("가", "note", text="«=1+1» '; DROP TABLE decisions; --\n둘째 줄")])
    assert decisions_of(store) == (first, second, third)
    assert decisions_of(store, after=1) == (second, third)
    assert decisions_of(store, after=3) == ()
    assert last_number(store) == 3


def test_the_same_again_changes_nothing_and_another_under_its_id_is_refused(store: Store) -> None:
    decision = put()
    append(store, [decision, decision])
    append(store, [decision])
    assert last_number(store) == 1
    other = dataclasses.replace(decision, code="다른 코드")
    with pytest.raises(GyeolError, match=decision.id):
        append(store, [put(), other])
    assert decisions_of(store) == (decision,)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM decisions",
        "UPDATE decisions SET code = '다른 코드'",
        "UPDATE decisions SET quote = ''",
        "UPDATE decisions SET number = 7",
        "DELETE FROM events",
        "UPDATE events SET coder = '나'",
        "DELETE FROM codebooks",
        "UPDATE codebooks SET author = '나'",
    ],
)
def test_no_line_is_changed_or_deleted(store: Store, statement: str) -> None:
    from pipeline.verdicts.versions import noticed

    append(store, [decision := put()])
    lift_blind(store, "가")
    noticed(store, "- name: 자신감\n")
    with pytest.raises(GyeolError, match="neither changed nor deleted"), writing(store) as there:
        there.execute(text(statement))
    assert decisions_of(store) == (decision,)
    assert not is_blind(store)


def test_coders_are_blind_until_it_is_lifted(store: Store) -> None:
    assert is_blind(store)
    lift_blind(store, "가")
    assert not is_blind(store)


def test_times_grow_and_ids_differ() -> None:
    times = [now() for _ in range(200)]
    assert times == sorted(set(times))
    assert len({new_id() for _ in range(200)}) == 200


def test_the_state_changes_with_what_can_be_read(store: Store) -> None:
    from pipeline.verdicts.versions import noticed

    states = [state_of(store)]
    append(store, [decision := put()])
    states.append(state_of(store))
    noticed(store, "- name: 자신감\n")
    states.append(state_of(store))
    assert len(set(states)) == 3
    append(store, [decision])
    lift_blind(store, "가")
    assert state_of(store) == states[-1]


def test_what_is_no_decision_is_not_written(store: Store) -> None:
    with pytest.raises(ValueError, match="code"):
        append(store, [put(), put(code="")])
    assert decisions_of(store) == ()
