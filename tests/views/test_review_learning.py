from __future__ import annotations

from dataclasses import replace

from tiny_review import desk_on, on_passage, put

from pipeline.records import Coding
from pipeline.verdicts.store import made
from pipeline.views.review.learning import taught_by
from pipeline.views.review.material import Material
from pipeline.views.review.state import Desk


def wait(desk: Desk, coder: str) -> None:
    while desk.learner.is_behind(coder):
        pass
    desk.learner._thread.submit(lambda: None).result()


def test_own_and_joint_codings_teach_and_no_other(desk: Desk) -> None:
    material = desk.material
    desk.decide(put(material, "가", 0, "경제적 성과"))
    desk.decide(put(material, "나", 0, "호혜정신"))
    desk.decide(put(material, "나", 1, "자신감", joint=True))
    desk.decide(on_passage(material, "가", "reject", 2, code="자신감"))
    gold, rejected = taught_by(material, desk.log, "가", desk.sees)
    assert gold == {0: frozenset({"경제적 성과"}), 1: frozenset({"자신감"})}
    assert rejected == {2: frozenset({"자신감"})}
    desk.lift("가")
    gold, _ = taught_by(material, desk.log, "가", desk.sees)
    assert gold[0] == {"경제적 성과", "호혜정신"}


def test_a_finished_passage_without_codes_teaches_too(desk: Desk) -> None:
    desk.decide(on_passage(desk.material, "가", "done", 3))
    assert taught_by(desk.material, desk.log, "가", desk.sees)[0] == {3: frozenset()}


def test_codings_of_the_file_teach_whose_they_are_and_those_all_have_seen(
    material: Material,
) -> None:
    segment = material.segments[0]
    of_file = Coding(segment.interview, segment.start, segment.end, "자신감", "연습")
    desk = desk_on(replace(material, codings=(of_file,)))
    assert taught_by(desk.material, desk.log, "가", desk.sees)[0] == {}
    assert taught_by(desk.material, desk.log, "연습", desk.sees)[0] == {0: {"자신감"}}
    desk = desk_on(replace(material, codings=(of_file,), shared=("연습",)))
    assert taught_by(desk.material, desk.log, "가", desk.sees)[0] == {0: {"자신감"}}


def test_a_decision_changes_what_follows_and_undo_changes_it_back(desk: Desk) -> None:
    before = desk.learner.lesson("가")
    decided = put(desk.material, "가", 3, "자신감")
    desk.decide(decided)
    wait(desk, "가")
    after = desk.learner.lesson("가")
    assert after.number == 2
    like = 5  # it speaks of papering too
    column = desk.column["자신감"]
    assert after.rank(like)[column] <= before.rank(like)[column]
    assert not (after.learned.scored.score == before.learned.scored.score).all()
    desk.decide(made("가", "undo", of=decided.id))
    wait(desk, "가")
    back = desk.learner.lesson("가")
    assert (back.learned.scored.score == before.learned.scored.score).all()


def test_another_blind_coder_learns_nothing_of_it(desk: Desk) -> None:
    number = desk.learner.lesson("나").number
    desk.decide(put(desk.material, "가", 3, "자신감"))
    wait(desk, "나")
    assert desk.learner.lesson("나").number == number


def test_evidence_cites_neither_the_passage_at_hand_nor_another_coders(desk: Desk) -> None:
    material = desk.material
    own = {0: "경제적 성과", 2: "호혜정신", 4: "자신감"}
    desk.decide(*(put(material, "가", row, code) for row, code in own.items()))
    desk.decide(put(material, "나", 3, "자신감"), put(material, "나", 5, "자신감"))

    def cited(coder: str, row: int) -> str:
        found = desk.suggest(coder, row).found.suggestions
        return " ".join(e.why for one in found for e in one.evidence if "코딩된 구절" in e.why)

    ids = desk.texts.ids
    assert ids[4] in cited("가", 5)
    assert ids[5] in cited("나", 3)
    for coder, others in (("가", (3, 5)), ("나", (0, 2, 4))):
        for row in ids:
            assert not any(ids[other] in cited(coder, row) for other in (row, *others))
