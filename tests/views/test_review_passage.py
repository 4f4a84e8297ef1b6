from __future__ import annotations

from dataclasses import replace

from tiny_review import desk_on, on_passage, put

from pipeline.records import Turn
from pipeline.verdicts.store import made
from pipeline.views.review.material import Material
from pipeline.views.review.passage import clock, passage_of
from pipeline.views.review.state import Desk


def test_the_question_before_and_the_answer_after_are_in_sight(desk: Desk) -> None:
    shown = passage_of(desk, "가", 1, turns=1)
    assert [turn.number for turn in shown.turns] == [3, 4, 5, 6]
    assert shown.more_before
    assert not shown.more_after
    assert [turn.role for turn in shown.turns][:2] == ["interviewer", "participant"]


def test_suggestions_come_ranked_with_words_and_reasons(desk: Desk) -> None:
    shown = passage_of(desk, "가", 0)
    assert [one.rank for one in shown.suggestions] == [1, 2, 3, 4]
    scores = [one.score for one in shown.suggestions]
    assert scores == sorted(scores, reverse=True)
    best = next(one for one in shown.suggestions if one.code.name == "경제적 성과")
    assert ("반찬", "코드의 예시에 있는 말") in best.reasons
    marked = {
        piece.text: piece.words
        for turn in shown.turns
        for stretch in turn.stretches
        for piece in stretch.pieces
        if piece.words
    }
    assert best.rank in marked["반찬"]
    assert not shown.calibrated


def test_own_decisions_show_and_those_of_others_do_not(desk: Desk) -> None:
    material = desk.material
    desk.decide(put(material, "가", 0, "자신감"))
    desk.decide(put(material, "나", 0, "호혜정신"))
    desk.decide(on_passage(material, "나", "note", 0, text="나의 메모"))
    desk.decide(on_passage(material, "나", "done", 0))
    desk.decide(on_passage(material, "가", "reject", 0, code="경제적 성과"))
    shown = passage_of(desk, "가", 0)
    assert [(c.code, c.own) for c in shown.codings] == [("자신감", True)]
    assert shown.memos == ()
    assert shown.done == ""
    by_code = {one.code.name: one for one in shown.suggestions}
    assert by_code["자신감"].put
    assert by_code["경제적 성과"].rejected
    desk.lift("가")
    shown = passage_of(desk, "가", 0)
    assert {(c.code, c.coder) for c in shown.codings} == {("자신감", "가"), ("호혜정신", "나")}
    assert shown.memos == (("passage", "나", "나의 메모"),)
    by_code = {one.code.name: one for one in shown.suggestions}
    assert by_code["호혜정신"].put == "", "another's coding is not one's own"


def test_memos_on_the_interview_show_on_each_of_its_passages(desk: Desk) -> None:
    desk.decide(made("가", "note", interview="장터", text="조용한 방"))
    assert passage_of(desk, "가", 2).memos == (("interview", "가", "조용한 방"),)
    assert passage_of(desk, "가", 3).memos == ()


def test_a_coding_on_a_part_says_which(desk: Desk) -> None:
    segment = desk.material.segments[1]
    start = desk.material.interview["장터"].text.index("통장에")
    desk.decide(
        made(
            "가", "put", interview="장터", start=start, end=start + 3, code="자신감", quote="통장에"
        ),
        put(desk.material, "가", 1, "호혜정신"),
    )
    part, whole = passage_of(desk, "가", 1).codings
    assert (part.quote, part.whole) == ("통장에", False)
    assert (whole.quote, whole.whole) == ("", True)
    assert part.lane != whole.lane
    assert segment.start < start


def test_hidden_suggestions_are_nowhere_until_done(material: Material) -> None:
    desk = desk_on(replace(material, unaided=1.0))
    shown = passage_of(desk, "가", 0)
    assert shown.hidden
    assert shown.suggestions == ()
    pieces = [p for turn in shown.turns for s in turn.stretches for p in s.pieces]
    assert not any(piece.words for piece in pieces)
    desk.decide(on_passage(material, "가", "done", 0))
    shown = passage_of(desk, "가", 0)
    assert not shown.hidden
    assert len(shown.suggestions) == 4


def test_times_are_shown_where_known(material: Material) -> None:
    talk = material.interviews[0]
    timed = tuple(replace(turn, time=61.0 * turn.index) for turn in talk.turns)
    desk = desk_on(
        replace(material, interviews=(replace(talk, turns=timed), *material.interviews[1:]))
    )
    assert isinstance(timed[0], Turn)
    assert passage_of(desk, "가", 0).turns[0].time == "1:01"
    assert (clock(5), clock(724.9), clock(3724)) == ("0:05", "12:04", "1:02:04")
