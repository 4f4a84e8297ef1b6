"""What was decided on a withdrawn interview is gone, bytes and all; the rest stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from pipeline.errors import GyeolError
from pipeline.records import Decision
from pipeline.verdicts import withdrawal
from pipeline.verdicts.codings import standing
from pipeline.verdicts.logs import Log, log_of, merge_log, name_hash
from pipeline.verdicts.store import (
    Store,
    append,
    decisions_of,
    last_number,
    made,
    open_store,
    state_of,
    writing,
)
from pipeline.verdicts.versions import noticed, versions_of
from pipeline.verdicts.withdrawal import erase, knows

SAID = "장터에서 번 돈은 통장에 모았다가 명절에 나눴어요"


def log() -> list[Decision]:
    put = made(
        "가", "put", interview="장터", start=3, end=9, code="비밀 코드", quote=SAID, model="모형",
        aided=False, offered=(("숨긴 코드", 0.5),),
    )  # fmt: skip
    undo = made("가", "undo", of=put.id)
    return [
        put,
        made("나", "put", interview="집수리", start=1, end=4, code="자신감", quote="도배를"),
        undo,
        made("가", "undo", of=undo.id, text="되돌린 까닭: 명절"),
        made("가", "note", interview="장터", text="이 사람은 옆집 아주머니"),
        made("가", "note", code="자신감", text="코드 메모"),
    ]


def test_nothing_of_it_can_be_read_and_the_rest_stands(store: Store) -> None:
    append(store, decisions := log())
    before = state_of(store)
    done = erase(store, "장터")
    assert (done.decisions, done.codebooks, done.notes, done.whole) == (4, 0, 1, True)
    assert decisions_of(store) == (decisions[1], decisions[5])
    assert standing(decisions_of(store)) == (decisions[1], decisions[5])
    assert last_number(store) == len(decisions)
    assert state_of(store) != before
    assert knows(store, "장터")
    assert not knows(store, "구청")
    assert erase(store, "장터").decisions == 0


def test_it_does_not_come_back_by_a_merge(store: Store) -> None:
    append(store, decisions := log())
    other = log_of(store)
    erase(store, "장터")
    new = made("나", "put", interview="장터", start=0, end=3, code="돈", quote="장터에")
    done = merge_log(store, Log((*other.decisions, new)))
    assert (done.added, done.known, done.left_out) == (0, 2, 5)
    assert decisions_of(store) == (decisions[1], decisions[5])
    assert log_of(store).withdrawn == {name_hash("장터")}


def test_its_bytes_are_gone_from_the_files(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'decisions.db'}"
    with open_store(url) as store:
        noticed(store, f"- name: 경제\n  examples: [{SAID}]\n")
        append(store, [made("가", "note", text="글" * 50) for _ in range(200)])
        append(store, log())
        noticed(store, "- name: 경제\n")
    words = [
        w.encode()
        for w in (SAID, "비밀 코드", "숨긴 코드", "아주머니", "되돌린 까닭", "모형", "장터")
    ]
    files = [path.read_bytes() for path in tmp_path.iterdir()]
    assert all(any(word in data for data in files) for word in words)
    with open_store(url) as store:
        done = erase(store, "장터", f"답변: {SAID}.")
        assert (done.codebooks, done.quoted, done.whole) == (1, (), True)
        # While the store is still open, and after.
        for path in tmp_path.iterdir():
            assert [word for word in words if word in path.read_bytes()] == []
    for path in tmp_path.iterdir():
        assert [word for word in words if word in path.read_bytes()] == []


def test_who_reads_meanwhile_keeps_the_bytes_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(withdrawal, "PATIENCE", 10)
    url = f"sqlite:///{tmp_path / 'decisions.db'}"
    with open_store(url) as store, open_store(url) as desk:
        append(store, log())
        with desk.engine.connect() as reader, reader.begin():
            reader.execute(text("SELECT * FROM decisions")).first()
            assert not erase(store, "장터").whole
        assert erase(store, "장터").whole


def test_a_codebook_that_quotes_it_loses_its_text_and_the_newest_is_named(store: Store) -> None:
    quoting = f"- name: 경제\n  id: e\n  examples: [{SAID}]\n- name: 짧음\n  examples: [명절]\n"
    first, second = noticed(store, "- name: 살림\n  id: e\n"), noticed(store, quoting)
    done = erase(store, "장터", f"질문?\n답변: {SAID}.")
    assert (done.codebooks, done.quoted) == (1, ("경제",))
    kept = versions_of(store)
    assert kept[0] == first
    assert (kept[1].text, kept[1].changes) == ("", second.changes)
    mended = noticed(store, quoting.replace(SAID, "지음"))
    assert (mended.number, mended.changes) == (3, ())


def test_an_update_that_does_more_than_erase_is_refused(store: Store) -> None:
    append(store, log())
    whole = (
        "UPDATE decisions SET erased = :yes, interview = '', quote = '', text = '', code = NULL, "
        "start = 0, \"end\" = 0, coder = '', model = ''"
    )
    for statement in (f"{whole}, number = number + 100", f"{whole}, id = '{'0' * 32}'"):
        with pytest.raises(GyeolError, match="neither changed"), writing(store) as connection:
            connection.execute(text(f"{statement} WHERE number = 1"), {"yes": True})
    with pytest.raises(GyeolError, match="neither changed"), writing(store) as connection:
        connection.execute(
            text("UPDATE decisions SET erased = :yes WHERE number = 1"), {"yes": True}
        )
