from __future__ import annotations

from dataclasses import replace

from tiny_review import blindness_in, desk_on, keeper_in, on_passage, put

from pipeline.records import Decision
from pipeline.views.review.material import Material
from pipeline.views.review.state import Desk


def test_blindness_ends_once_and_for_all_desks(material: Material) -> None:
    lifted: list[str] = []
    kept: list[Decision] = []
    desk = Desk(material, keeper_in(kept), blindness_in(lifted))
    other = put(material, "나", 0, "자신감")
    assert not desk.sees("가", other)
    assert desk.sees("나", other)
    assert desk.sees("가", replace(other, joint=True))
    desk.lift("가")
    assert desk.sees("가", other)
    assert Desk(material, keeper_in(kept), blindness_in(lifted)).sees("가", other)


def test_the_lead_is_the_one_named_or_anybody(material: Material) -> None:
    assert desk_on(material).may_lead("가")
    led = desk_on(replace(material, lead="나"))
    assert not led.may_lead("가")
    assert led.may_lead("나")


def test_what_a_page_showed_is_remembered(desk: Desk) -> None:
    first = desk.suggest("가", 0)
    desk.decide(put(desk.material, "가", 3, "자신감"))
    desk.learner._thread.submit(lambda: None).result()
    now = desk.suggest("가", 0)
    assert now.number == 2
    assert desk.seen("가", 0, 1) is first
    assert desk.seen("가", 0, 99).number == 2
    assert desk.seen("가", 0, "1").number == 2


def test_orders_leave_out_what_is_done(desk: Desk) -> None:
    desk.decide(on_passage(desk.material, "가", "done", 1))
    assert desk.ahead("가", 0, "spoken") == (2, 3, 4, 5)
    assert set(desk.ahead("가", 0, "uncertain")) == {2, 3, 4, 5}
    assert desk.ahead("나", 0, "spoken")[0] == 1


def test_by_code_says_nothing_of_hidden_passages(material: Material) -> None:
    desk = desk_on(replace(material, unaided=1.0))
    assert desk.ahead("가", -1, "code", "자신감") == ()
    desk = desk_on(material)
    order = desk.ahead("가", -1, "code", "자신감")
    assert order[0] == 4, "«자신감이 생겼어요»"


def test_going_on_with_another_codebook_keeps_the_log(desk: Desk) -> None:
    desk.decide(put(desk.material, "가", 0, "자신감"))
    desk.change(replace(desk.material, version=2))
    assert [d.code for d in desk.log.at(0)] == ["자신감"]
    assert desk.learner.lesson("가").learned.gold == {0: {"자신감"}}
