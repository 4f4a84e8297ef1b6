"""Logs merge as a union, whatever the order, and what is no log is refused by its line."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import GyeolError
from pipeline.records import CodeChange, Decision
from pipeline.verdicts.codings import codings_of, standing
from pipeline.verdicts.logs import Log, Merged, log_lines, log_of, merge_log, name_hash, read_log
from pipeline.verdicts.store import Store, append, decisions_of, is_blind, lift_blind, open_store
from pipeline.verdicts.versions import add_version, noticed, versions_of

CODEBOOK = "- name: 돈\n  id: d\n- name: 꿈\n"


def decision(number: int, action: str = "put", **fields: object) -> Decision:
    given: dict[str, object] = {"interview": "장터", "start": 0, "end": 5, "code": "돈"}
    given |= {"id": f"{number:032x}", "time": f"2026-05-01T09:00:{number:02}Z", **fields}
    return Decision(coder="가", action=action, **given)  # type: ignore[arg-type]


def lines_of(store: Store) -> list[str]:
    return list(log_lines(log_of(store)))


def test_a_log_is_read_back_as_it_was_written(store: Store) -> None:
    noticed(store, CODEBOOK, "가")
    append(store, [decision(1, quote="«=1+1»\n둘째 줄\u2028셋째"), decision(2, "reject")])
    lift_blind(store, "가")
    assert read_log(lines_of(store), "가.jsonl") == log_of(store)


def test_merging_gives_the_union_once(store: Store, tmp_path: Path) -> None:
    noticed(store, CODEBOOK)
    append(store, [decision(1), decision(2)])
    with open_store(f"sqlite:///{tmp_path / '노트북.db'}") as other:
        noticed(other, CODEBOOK)
        append(other, [decision(2), decision(3, "reject")])
        lift_blind(other, "나")
        log = read_log(lines_of(other), "나.jsonl")
    assert merge_log(store, log) == Merged(1, 1, 0, 0, ())
    assert {d.id for d in decisions_of(store)} == {f"{n:032x}" for n in (1, 2, 3)}
    assert not is_blind(store)
    before = lines_of(store)
    assert merge_log(store, log) == Merged(0, 2, 0, 0, ())
    assert lines_of(store) == before
    assert len(versions_of(store)) == 1


def test_another_content_under_the_same_id_takes_nothing_in(store: Store) -> None:
    append(store, [decision(1)])
    with pytest.raises(GyeolError, match=f"{1:032x}"):
        merge_log(store, Log((decision(2), decision(1, code="꿈"))))
    assert decisions_of(store) == (decision(1),)


def test_a_codebook_not_known_here_is_kept_aside_and_understood(store: Store) -> None:
    here = noticed(store, CODEBOOK)
    there = dataclasses.replace(here, text=CODEBOOK.replace("돈", "수입"), author="나")
    log = Log((decision(1, code="수입"), decision(2, code="꿈", start=1)), (there,))
    assert merge_log(store, log).versions == 1
    assert versions_of(store) == (here, dataclasses.replace(there, number=2, aside=True))
    assert [d.codebook for d in decisions_of(store)] == [2, 2]
    codes = [c.code for c in codings_of(decisions_of(store), versions_of(store))]
    assert codes == ["돈", "꿈"]
    assert noticed(store, CODEBOOK) == here


def test_numbers_of_versions_are_each_stores_own(store: Store) -> None:
    first = noticed(store, CODEBOOK)
    both = (CodeChange("merge", ("돈", "꿈"), ("살림",)),)
    text = "- name: 살림\n"
    add_version(store, dataclasses.replace(first, number=2, text=text, changes=both))
    lead = log_of(store)
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/나.db") as other:
        noticed(other, text)
        append(other, [decision(5, code="살림")])
        merge_log(store, log_of(other))
        assert [d.codebook for d in decisions_of(store)] == [2]
        merge_log(other, dataclasses.replace(lead, decisions=(decision(6),)))
        assert [v.aside for v in versions_of(other)] == [False, True]
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/새.db") as new:
        merge_log(new, log_of(store))
        assert log_of(new) == log_of(store)


def test_what_was_hidden_from_a_coder_goes_along(store: Store) -> None:
    unaided = decision(1, aided=False, offered=(("돈", 0.5), ("꿈", 0.25)))
    lines = list(log_lines(Log((unaided,))))
    merge_log(store, read_log(lines, "나.jsonl"))
    assert decisions_of(store) == (unaided,)
    assert list(log_lines(log_of(store))) == lines


def test_what_was_withdrawn_here_does_not_come_back(store: Store) -> None:
    log = Log((decision(1), decision(2, interview="집수리")))
    assert merge_log(store, log, frozenset({name_hash("장터")})) == Merged(1, 0, 1, 0, ())
    assert [d.interview for d in decisions_of(store)] == ["집수리"]


def test_what_was_withdrawn_there_is_said(store: Store) -> None:
    append(store, [decision(1), decision(2, interview="집수리")])
    done = merge_log(store, Log(withdrawn=frozenset({name_hash("장터"), name_hash("없는 면담")})))
    assert done.withdrawn == ("장터",)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "0",
        "{}",
        '{"decision": {}}',
        '{"decision": {"id": "x"}, "event": {}}',
        '{"codebook": {"number": 1}}',
        '{"codebook": {"number": 2, "time": "", "author": "", "reason": "", "text": "", "changes": []}}',
        '{"codebook": {"number": 1, "time": "", "author": "", "reason": "", "text": "- name: [", "changes": []}}',
        '{"codebook": {"number": 1, "time": "", "author": "", "reason": "", "text": "",'
        ' "changes": [{"kind": "rename", "codes": ["가"], "into": []}]}}',
        '{"event": {"id": "x", "time": "", "coder": "가", "kind": "lift"}}',
        '{"withdrawn": "장터"}',
        '{"__class__": "os.system"}',
        "[" * 5000,
    ],
)
def test_a_line_that_is_none_is_named_and_nothing_taken_in(line: str, store: Store) -> None:
    good = next(log_lines(Log((decision(1),))))
    with pytest.raises(GyeolError) as refused:
        read_log([good, "", line], "나.jsonl")
    assert [(p.path, p.line) for p in refused.value.problems] == [("나.jsonl", 3)]
    assert decisions_of(store) == ()


LOGS = st.lists(
    st.builds(
        decision,
        st.integers(1, 9),
        st.sampled_from(["put", "undo"]),
        of=st.integers(1, 9).map(lambda n: f"{n:032x}"),
    ),
    max_size=6,
    unique_by=lambda d: d.id,
)


@settings(deadline=None, max_examples=15)
@given(LOGS, LOGS)
def test_it_makes_no_difference_who_merges_whom(one: list[Decision], other: list[Decision]) -> None:
    there = {d.id: d for d in one}
    other = [there.get(d.id, d) for d in other]
    with tempfile.TemporaryDirectory() as folder:
        results = []
        for name, first, second in (("가", one, other), ("나", other, one)):
            with open_store(f"sqlite:///{folder}/{name}.db") as store:
                append(store, first)
                merge_log(store, Log(tuple(second)))
                merge_log(store, Log(tuple(first)))
                decided = decisions_of(store)
                results.append((set(decided), codings_of(decided, ()), set(standing(decided))))
    assert results[0] == results[1]
    assert results[0][0] == {*one, *other}
