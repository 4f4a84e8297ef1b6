from __future__ import annotations

from dataclasses import replace

from tiny_review import Page, desk_on, on_passage, put

from pipeline.records import CodebookVersion, CodeChange, Decision
from pipeline.verdicts.store import now
from pipeline.views.review.material import Material
from pipeline.views.review.stale import to_see
from pipeline.views.review.state import Desk


def later(material: Material, *changes: CodeChange) -> Material:
    """Return the material after ``changes``; its codes are those after."""
    first = CodebookVersion(1, now(), "", "처음", "- name: 자신감\n")
    second = CodebookVersion(2, now(), "나", "<i>넓어서</i>", "", changes)
    return replace(material, version=2, versions=(first, second))


def desk_after(material: Material, kept: list[Decision], *changes: CodeChange) -> Desk:
    return desk_on(later(material, *changes), kept)


def test_what_an_edit_touches_is_kept_on_a_second_look(material: Material) -> None:
    kept = [put(material, "가", 0, "자신감"), put(material, "나", 0, "자신감")]
    desk = desk_after(material, kept, CodeChange("edit", ("자신감",), ("자신감",)))
    [one] = to_see(desk, "가")
    assert (one.decision, one.passage) == (kept[0], "장터:002")
    page = Page(desk, "가")
    text = page.get("/stale").text
    assert "&lt;i&gt;넓어서&lt;/i&gt; (나)" in text
    page.form("/stale", id=one.decision.id, code="자신감")
    assert to_see(desk, "가") == ()
    stands = [d for d in desk.log.at(0) if d.coder == "가"]
    assert [(d.code, d.codebook, d.of) for d in stands] == [("자신감", 2, kept[0].id)]
    assert len(to_see(desk, "나")) == 1


def test_a_split_asks_which(material: Material) -> None:
    kept = [put(material, "가", 0, "배움")]
    change = CodeChange("split", ("배움",), ("자신감", "호혜정신"))
    desk = desk_after(material, kept, change)
    [one] = to_see(desk, "가")
    assert one.now is None
    assert one.instead == ("자신감", "호혜정신")
    Page(desk, "가").form("/stale", id=one.decision.id, code="호혜정신")
    assert [d.code for d in desk.log.at(0)] == ["호혜정신"]
    assert to_see(desk, "가") == ()


def test_a_retired_code_can_be_taken_off(material: Material) -> None:
    kept = [put(material, "가", 0, "배움")]
    desk = desk_after(material, kept, CodeChange("retire", ("배움",), ()))
    page = Page(desk, "가")
    assert page.form("/stale", id=kept[0].id, code="배움").status_code == 422
    page.form("/stale", id=kept[0].id, code="")
    assert desk.log.at(0) == ()


def test_a_rename_asks_nothing(material: Material) -> None:
    kept = [put(material, "가", 0, "믿음"), on_passage(material, "가", "done", 0)]
    desk = desk_after(material, kept, CodeChange("rename", ("믿음",), ("자신감",)))
    assert to_see(desk, "가") == ()
    assert [d.code for d in desk.log.at(0)] == ["자신감", None]


def test_anothers_decision_is_not_ones_to_settle(material: Material) -> None:
    kept = [put(material, "나", 0, "자신감")]
    desk = desk_after(material, kept, CodeChange("edit", ("자신감",), ("자신감",)))
    assert Page(desk, "가").form("/stale", id=kept[0].id, code="").status_code == 422
