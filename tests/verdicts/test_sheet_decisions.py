"""What a review sheet decides, once and again."""

from __future__ import annotations

import itertools
from dataclasses import replace

from pipeline.records import Decision, Segment
from pipeline.verdicts.codings import codings_of, standing
from pipeline.verdicts.sheet_columns import NOTHING_FITS
from pipeline.verdicts.sheet_decisions import Answered, Desk, answers
from pipeline.verdicts.sheet_rows import read_sheet
from tests.verdicts.tiny_sheet import CODES, PASSAGES, filled, made, saved

TEXT = "명절에 모두 나눴어요. " * 5
SEGMENTS = {p.id: Segment(p.id, p.interview, 1, "답변", p.start, p.end) for p in PASSAGES}
CLOCK = itertools.count()


def now() -> str:
    return f"2026-01-01T00:00:00.{next(CLOCK):06d}Z"


def desk(log: tuple[Decision, ...] = ()) -> Desk:
    stands = {decision.id for decision in standing(log)}
    return Desk(SEGMENTS, {"장터": TEXT}, CODES, log, stands, 4)


def read(cells: dict[int, dict[str, str]], log: tuple[Decision, ...] = ()) -> Answered:
    sheet = read_sheet(saved(made(), filled(cells)), "검토.xlsx")
    return answers(sheet, "가", desk(log), now, "검토.xlsx")


def test_codes_memo_and_done() -> None:
    found = read(
        {1: {"코드 1": "=힘", "코드 2": "e2", "메모": "망설임"}, 2: {"코드 1": NOTHING_FITS}}
    )
    assert found.problems == ()
    assert found.n_rows == 2
    first, second, done, note, nothing = found.decisions
    assert (first.action, first.code, first.rank, first.score) == ("put", "=힘", 2, 0.25)
    assert (second.code, second.rank, second.quote) == ("돈", 1, TEXT[:10])
    assert (done.action, done.code) == ("done", None)
    assert (note.action, note.text, note.code) == ("note", "망설임", None)
    assert (nothing.action, nothing.start) == ("done", 11)
    assert all(d.aided and d.coder == "가" and d.codebook == 4 for d in found.decisions)
    assert {len(d.id) for d in found.decisions} == {32}


def test_reading_twice_adds_nothing() -> None:
    cells = {1: {"코드 1": "돈", "메모": "망설임"}, 2: {"코드 1": NOTHING_FITS}}
    once = read(cells).decisions
    assert read(cells, once).decisions == ()


def test_a_code_changed_in_the_sheet_takes_the_old_one_back_and_may_come_again() -> None:
    log = read({1: {"코드 1": "돈"}}).decisions
    log = (*log, *read({1: {"코드 1": "경제"}}, log).decisions)
    assert [coding.code for coding in codings_of(log, ())] == ["경제"]
    log = (*log, *read({1: {"코드 1": "돈"}}, log).decisions)
    assert [coding.code for coding in codings_of(log, ())] == ["돈"]
    assert read({1: {"코드 1": "돈"}}, log).decisions == ()
    log = (*log, *read({}, log).decisions)
    assert codings_of(log, ()) == ()
    assert standing(log) == ()


def test_what_was_taken_back_at_the_desk_stays_so() -> None:
    log = read({1: {"코드 1": "돈"}}).decisions
    undo = Decision("f" * 32, "가", now(), "undo", of=log[0].id)
    assert read({1: {"코드 1": "돈"}}, (*log, undo)).decisions == ()


def test_memos_are_rewritten_and_taken_away() -> None:
    log = read({1: {"메모": "하나"}}).decisions
    for memo in ("둘", "하나", ""):
        log = (*log, *read({1: {"메모": memo}}, log).decisions)
        notes = [d.text for d in standing(log) if d.action == "note"]
        assert notes == ([memo] if memo else [])
        assert read({1: {"메모": memo}}, log).decisions == ()


def test_an_unknown_code_is_told_with_near_ones_and_the_rest_counts() -> None:
    found = read({1: {"코드 1": "경재", "코드 2": "돈"}})
    assert [d.code for d in found.decisions] == ["돈"]
    assert "2행의 코드 «경재»는 코드북에 없습니다. 비슷한 코드: «경제»" in found.problems[0].ko


def test_a_passage_that_is_no_longer_there_is_refused() -> None:
    sheet = read_sheet(saved(made(), filled({1: {"코드 1": "돈"}})), "검토.xlsx")
    moved = {**SEGMENTS, "장터:0": replace(SEGMENTS["장터:0"], end=9)}
    found = answers(sheet, "가", replace(desk(), segments=moved), now, "검토.xlsx")
    assert found.decisions == ()
    assert "2행의 대목 «장터:0»" in found.problems[0].ko


def test_of_a_passage_without_suggestions_what_was_hidden_is_logged() -> None:
    passages = [replace(passage, hidden=True) for passage in PASSAGES]
    cells = {1: {"코드 1": "=힘", "메모": "망설임"}, 2: {"코드 1": NOTHING_FITS}}

    def again(cells: dict[int, dict[str, str]], log: tuple[Decision, ...]) -> Answered:
        sheet = read_sheet(saved(made(passages=passages), filled(cells)), "검토.xlsx")
        return answers(sheet, "가", desk(log), now, "검토.xlsx")

    put, done, note, nothing = (log := again(cells, ()).decisions)
    assert (put.rank, put.score, put.aided) == (2, 0.25, False)
    assert put.offered == done.offered == nothing.offered == PASSAGES[0].suggestions
    assert (done.aided, nothing.aided, note.offered) == (False, False, ())
    assert again(cells, log).decisions == ()
    # What is changed after it was done may have been seen at the desk meanwhile.
    undo, other = again({**cells, 1: {"코드 1": "돈", "메모": "망설임"}}, log).decisions
    assert (undo.action, undo.aided, other.code, other.aided) == ("undo", True, "돈", True)
    assert other.offered == undo.offered == ()
