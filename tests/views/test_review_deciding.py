from __future__ import annotations

from dataclasses import replace

import pytest
from tiny_review import desk_on, on_passage, put

from pipeline.verdicts.store import made
from pipeline.views.review import deciding
from pipeline.views.review.deciding import ACTIONS, RefusedError
from pipeline.views.review.learning import taught_by
from pipeline.views.review.material import Material
from pipeline.views.review.state import Desk


def test_a_code_put_remembers_what_was_suggested(desk: Desk) -> None:
    best = desk.suggest("가", 0).found.suggestions[0]
    decision = ACTIONS["put"](desk, "가", 0, {"code": best.code, "model": 1}, made)
    segment = desk.material.segments[0]
    assert (decision.interview, decision.start, decision.end) == (
        "장터",
        segment.start,
        segment.end,
    )
    assert decision.quote == desk.material.interview["장터"].text[segment.start : segment.end]
    assert (decision.rank, decision.score, decision.aided) == (1, best.score, True)
    assert decision.model == f"{desk.material.model}.1"
    assert decision.codebook == desk.material.version


def test_a_code_that_was_not_suggested_has_no_rank(material: Material) -> None:
    desk = desk_on(replace(material, top=1))
    best = desk.suggest("가", 0).found.suggestions[0].code
    other = next(code.name for code in material.codes if code.name != best)
    decision = ACTIONS["put"](desk, "가", 0, {"code": other}, made)
    assert (decision.rank, decision.score, decision.aided) == (None, None, True)


def test_without_aid_the_hidden_rank_is_kept(material: Material) -> None:
    desk = desk_on(replace(material, unaided=1.0, top=1))
    last = desk.suggest("가", 0).rank.argmax()
    code = material.given.code_terms.codes[int(last)]
    decision = ACTIONS["put"](desk, "가", 0, {"code": code}, made)
    assert (decision.rank, decision.aided) == (4, False)
    assert decision.score is not None
    best = desk.suggest("가", 0).found.suggestions[0]
    done = ACTIONS["done"](desk, "가", 0, {}, made)
    assert (done.aided, done.score) == (False, None)
    assert decision.offered == done.offered == ((best.code, best.score),)
    desk.decide(done)
    after = ACTIONS["put"](desk, "가", 0, {"code": code}, made)
    assert (after.aided, after.offered) == (True, ())


def test_what_was_seen_once_is_not_hidden_again(material: Material) -> None:
    desk = desk_on(replace(material, unaided=1.0))
    code = material.codes[0].name
    one = ACTIONS["put"](desk, "가", 0, {"code": code}, made)
    desk.decide(one)
    unseen = deciding.undo(desk, "가", made)
    assert unseen is not None and not unseen.aided, "nothing has been shown yet"
    desk.decide(unseen)
    again = deciding.redo(desk, "가", made)
    assert again is not None and not again.aided
    desk.decide(again, ACTIONS["done"](desk, "가", 0, {}, made))
    reopened = deciding.undo(desk, "가", made)
    assert reopened is not None and reopened.aided
    desk.decide(reopened)
    assert desk.log.done("가") == frozenset()
    assert not desk.hides("가", 0)
    assert ACTIONS["undo"](desk, "가", 0, {"of": one.id}, made).aided
    assert desk.hides("나", 0)


def test_what_was_hidden_and_not_put_teaches_nothing(material: Material) -> None:
    desk = desk_on(replace(material, unaided=1.0))
    done = ACTIONS["done"](desk, "가", 0, {}, made)
    desk.decide(done)
    assert done.offered
    assert taught_by(material, desk.log, "가", desk.sees) == ({0: frozenset()}, {})


def test_the_rank_is_that_of_the_page(desk: Desk) -> None:
    desk.suggest("가", 5)
    desk.decide(*(put(desk.material, "가", row, "자신감") for row in (3, 4)))
    desk.learner._thread.submit(lambda: None).result()
    first, second = desk.seen("가", 5, 1), desk.suggest("가", 5)
    column = next(c for c in range(4) if first.score[c] != second.score[c])
    code = desk.material.given.code_terms.codes[column]
    old = ACTIONS["put"](desk, "가", 5, {"code": code, "model": 1}, made)
    new = ACTIONS["put"](desk, "가", 5, {"code": code, "model": 2}, made)
    assert (old.score, new.score) == (first.score[column], second.score[column])


def test_a_selection_is_coded_and_a_span_changed(desk: Desk) -> None:
    span = {"turn": 4, "from": 5, "to": 12, "quote": "번 돈은 통장"}
    shown = desk.texts.quote("장터", *_turn_span(desk, 4))
    span["from"] = shown.index("번 돈은")
    span["to"] = span["from"] + len("번 돈은 통장")
    one = ACTIONS["put"](desk, "가", 1, {"code": "자신감", "span": span}, made)
    assert one.quote == "번 돈은 통장"
    desk.decide(one)
    wider = {**span, "to": span["to"] + 1, "quote": "번 돈은 통장에"}
    moved = ACTIONS["put"](desk, "가", 1, {"of": one.id, "span": wider}, made)
    assert (moved.code, moved.of, moved.quote) == ("자신감", one.id, "번 돈은 통장에")
    desk.decide(moved)
    assert desk.log.at(1) == (moved,)
    desk.decide(made("가", "undo", of=moved.id))
    assert desk.log.at(1) == (one,)


def _turn_span(desk: Desk, number: int) -> tuple[int, int]:
    turn = desk.material.interview["장터"].turns[number - 1]
    return turn.start, turn.end


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"code": "없는 코드"},
        {"code": 3},
        {"code": "자신감", "span": "전부"},
        {"code": "자신감", "span": {"turn": 4, "from": 0, "to": 3, "quote": "아님"}},
        {"code": "자신감", "span": {"turn": 99, "from": 0, "to": 3, "quote": "장터"}},
        {"code": "자신감", "span": {"turn": 4, "from": True, "to": 3, "quote": "장터"}},
        {"code": "자신감", "span": {"turn": 4, "from": 0, "to": 3}},
        {"of": "0" * 32},
        {"of": 7},
    ],
)
def test_what_makes_no_sense_is_refused(desk: Desk, asked: dict[str, object]) -> None:
    with pytest.raises(RefusedError):
        ACTIONS["put"](desk, "가", 1, asked, made)


def test_only_ones_own_is_taken_back(desk: Desk) -> None:
    theirs = put(desk.material, "나", 0, "자신감")
    together = put(desk.material, "나", 1, "자신감", joint=True)
    desk.decide(theirs, together)
    with pytest.raises(RefusedError):
        ACTIONS["undo"](desk, "가", 0, {"of": theirs.id}, made)
    undo = ACTIONS["undo"](desk, "가", 0, {"of": together.id}, made)
    desk.decide(undo)
    assert desk.log.at(1) == ()
    with pytest.raises(RefusedError):
        ACTIONS["undo"](desk, "가", 0, {"of": together.id}, made)


def test_done_is_done_however_often_and_opened_by_taking_it_back(desk: Desk) -> None:
    for _ in range(2):
        desk.decide(ACTIONS["done"](desk, "가", 2, {}, made))
        assert desk.log.done("가") == {2}
    for decision in reversed(desk.log.by("가")):
        desk.decide(ACTIONS["undo"](desk, "가", 2, {"of": decision.id}, made))
    assert desk.log.done("가") == frozenset()


def test_memos_on_passage_code_and_interview(desk: Desk) -> None:
    note = ACTIONS["note"]
    on = note(desk, "가", 0, {"text": " 다시 들을 것 "}, made)
    assert (on.text, on.code, on.start < on.end) == ("다시 들을 것", None, True)
    of_code = note(desk, "가", 0, {"on": "code", "code": "자신감", "text": "정의가 넓다"}, made)
    assert (of_code.interview, of_code.code) == ("", "자신감")
    of_talk = note(desk, "가", 0, {"on": "interview", "text": "소음"}, made)
    assert (of_talk.interview, of_talk.start, of_talk.end) == ("장터", 0, 0)
    for wrong in ({}, {"text": "가" * 10_001}, {"on": "code", "code": "없음", "text": "가"}):
        with pytest.raises(RefusedError):
            note(desk, "가", 0, wrong, made)


def test_nothing_to_undo_is_none(desk: Desk) -> None:
    assert deciding.undo(desk, "가", made) is None
    assert deciding.redo(desk, "가", made) is None
    desk.decide(on_passage(desk.material, "나", "done", 0))
    assert deciding.undo(desk, "가", made) is None, "another's decision is not one's to undo"
