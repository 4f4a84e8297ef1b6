from __future__ import annotations

import re
from dataclasses import replace

from tiny_review import Page, desk_on, on_passage, put

from pipeline.views.review.bulk import proposed
from pipeline.views.review.material import Material
from pipeline.views.review.state import Desk


def seen_in(text: str) -> str:
    return re.findall(r'name="seen" value="([^"]*)"', text)[0]


def test_a_sample_is_seen_before_all_are_put(desk: Desk) -> None:
    page = Page(desk, "가")
    assert "seen" not in page.get("/bulk").text
    text = page.get("/bulk?code=&from=0.5").text
    found = proposed(desk, "가", "", 0.5)
    assert f"구절 {len({p.row for p in found})}개의 제안 {len(found)}개" in text
    assert text.count('class="card"') == min(10, len(found))
    assert desk.log.by("가") == ()
    answer = page.form("/bulk", **{"code": "", "from": "0.5", "seen": seen_in(text)})
    assert answer.headers["location"] == f"/bulk?accepted={len(found)}"
    decisions = desk.log.by("가")
    assert len({d.bulk for d in decisions}) == 1
    assert [(d.code, d.rank, d.score) for d in decisions] == [
        (p.code, p.rank, p.score) for p in found
    ]
    assert desk.log.done("가") == frozenset(), "put in bulk is not looked at"
    page.ask("/undo", segment="장터:002")
    assert all(not desk.log.stands(d) for d in decisions)


def test_what_was_not_seen_is_not_put(desk: Desk) -> None:
    page = Page(desk, "가")
    assert page.form("/bulk", **{"code": "", "from": "0.5", "seen": "x"}).status_code == 303
    seen = seen_in(page.get("/bulk?code=&from=0.9").text) if proposed(desk, "가", "", 0.9) else ""
    page.form("/bulk", **{"code": "", "from": "0.2", "seen": seen})
    page.form("/bulk", **{"code": "", "from": "nan", "seen": seen})
    assert desk.log.by("가") == ()


def test_done_decided_and_hidden_passages_are_left_out(material: Material) -> None:
    desk = desk_on(material)
    everything = {(p.row, p.code) for p in proposed(desk, "가", "", 0.01)}
    assert everything == {(row, code.name) for row in range(6) for code in material.codes}
    desk.decide(on_passage(material, "가", "done", 0), put(material, "가", 1, "자신감"))
    left = {(p.row, p.code) for p in proposed(desk, "가", "", 1e-9)}
    assert not any(row == 0 for row, _ in left)
    assert (1, "자신감") not in left
    assert {p.code for p in proposed(desk, "가", "자신감", 1e-9)} == {"자신감"}
    assert proposed(desk_on(replace(material, unaided=1.0)), "가", "", 1e-9) == ()
