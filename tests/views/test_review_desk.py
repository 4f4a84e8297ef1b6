from __future__ import annotations

import html
import json
import re

from lxml import html as pages
from tiny_review import LONG_WORD, Page, desk_on, put

from pipeline.records import Code, Decision
from pipeline.views.review.desk import sought_by
from pipeline.views.review.material import Material
from pipeline.views.review.state import Desk


def at(text: str) -> str:
    return re.findall(r'data-at="([^"]*)"', text)[0]


def test_the_desk_opens_at_the_first_passage_not_done(desk: Desk) -> None:
    page = Page(desk, "가")
    assert at(page.get("/").text) == "장터:002"
    page.ask("/decide", action="done", segment="장터:002")
    assert at(page.get("/").text) == "장터:004"
    assert at(page.get("/?segment=집수리:002").text) == "집수리:002"


def test_a_passage_shows_text_as_text(desk: Desk) -> None:
    page = Page(desk, "가")
    text = page.get("/passage?segment=집수리:002").text
    assert "<script" not in text
    tree = pages.fromstring(text)
    said = {
        t.get("data-turn"): t.find_class("said")[0].text_content() for t in tree.find_class("turn")
    }
    assert said["2"].startswith("<script>alert(1)</script> 도배를 배웠어요 😀")
    assert "</textarea>라고" in said["2"]
    assert "{{ 7*7 }}" in said["2"]
    assert "\ufffd뒤집힘\ufffd" in said["2"]
    assert said["4"].endswith(LONG_WORD)
    for number, shown in said.items():
        turn = desk.material.interview["집수리"].turns[int(number) - 1]
        assert shown == desk.texts.quote("집수리", turn.start, turn.end)


def test_passages_and_codes_carry_their_names(desk: Desk) -> None:
    tree = pages.fromstring(Page(desk, "가").get("/passage?segment=장터:004").text)
    here = tree.xpath('//*[@data-segment and @aria-current="true"]')
    assert [one.get("data-segment") for one in here] == ["장터:004"]
    codes = [one.get("data-code") for one in tree.find_class("suggestion")]
    assert sorted(codes) == sorted(code.name for code in desk.material.codes)
    assert "<b>굵은</b> 코드" in codes


def test_a_decision_comes_back_in_the_passage(desk: Desk) -> None:
    page = Page(desk, "가")
    text = page.ask("/decide", action="put", segment="장터:002", code="자신감", model=1).text
    tree = pages.fromstring(text)
    [item] = [one for one in tree.find_class("suggestion") if one.get("data-code") == "자신감"]
    [decision] = desk.log.by("가")
    assert item.get("data-put") == decision.id
    assert decision.rank == int(item.get("data-rank"))
    coding = tree.find_class("coding")[0]
    assert (coding.get("data-code"), coding.get("data-id")) == ("자신감", decision.id)


def test_suggestions_keep_their_places_while_one_decides(desk: Desk) -> None:
    page = Page(desk, "가")
    before = page.get("/passage?segment=집수리:006").text
    ranks = re.findall(r'data-code="([^"]*)" data-rank', before)
    for segment in ("장터:002", "장터:004", "집수리:004"):
        page.ask("/decide", action="put", segment=segment, code="자신감")
    desk.learner._thread.submit(lambda: None).result()
    after = page.ask("/decide", action="reject", segment="집수리:006", code="자신감", model=1).text
    assert re.findall(r'data-code="([^"]*)" data-rank', after) == ranks


def test_undo_leads_back_to_its_passage(desk: Desk) -> None:
    page = Page(desk, "가")
    page.ask("/decide", action="put", segment="장터:002", code="자신감")
    page.ask("/decide", action="done", segment="장터:002")
    assert at(page.ask("/undo", segment="집수리:006").text) == "장터:002"
    assert desk.log.done("가") == frozenset()
    page.ask("/undo", segment="집수리:006")
    assert desk.log.at(0) == ()
    assert page.ask("/undo", segment="집수리:006").json() == {"nothing": True}
    page.ask("/undo", segment="집수리:006", redo=True)
    assert [d.code for d in desk.log.at(0)] == ["자신감"]


def test_two_coders_at_once_keep_both(material: Material) -> None:
    kept: list[Decision] = []
    desk = desk_on(material, kept)
    one, other = Page(desk, "가"), Page(desk, "나")
    first = one.ask("/decide", action="put", segment="장터:002", code="자신감").text
    second = other.ask("/decide", action="put", segment="장터:002", code="호혜정신").text
    assert [(d.coder, d.code) for d in kept] == [("가", "자신감"), ("나", "호혜정신")]
    assert first.count('class="coding ') == second.count('class="coding ') == 1
    assert "자신감" in first.split("codings")[1]
    assert "자신감" not in second.split('<ul class="codings">')[1].split("</ul>")[0]


def test_what_is_not_there_is_refused_in_both_languages(desk: Desk) -> None:
    page = Page(desk, "가")
    answer = page.get("/passage?segment=../../etc/passwd")
    assert (answer.status_code, set(answer.json())) == (422, {"ko", "en"})
    assert page.ask("/decide", action="drop", segment="장터:002").status_code == 422
    assert page.ask("/decide", action="put", segment="장터:002", code="없음").status_code == 422
    assert page.ask("/decide", action="put", segment=["x"]).status_code == 422
    assert desk.log.by("가") == ()


def test_codes_are_found_by_name_initials_and_english(desk: Desk) -> None:
    tree = pages.fromstring(Page(desk, "가").get("/codes").text)
    find = {one.get("data-code"): one.get("data-find") for one in tree.xpath('//*[@role="option"]')}
    assert "ㅎㅎㅈㅅ" in find["호혜정신"]
    assert "economic outcome" in find["경제적 성과"]
    assert "definition" not in find["자신감"]
    assert 'data-code="&lt;b&gt;굵은&lt;/b&gt; 코드"' in Page(desk, "가").get("/codes").text


def test_memos_on_codes_stand_in_the_codebook(desk: Desk) -> None:
    page = Page(desk, "가")
    page.ask(
        "/decide", action="note", segment="장터:002", on="code", code="자신감", text="<i>넓다</i>"
    )
    assert "&lt;i&gt;넓다&lt;/i&gt;" in page.get("/codes").text
    assert "넓다" not in Page(desk, "나").get("/codes").text


def test_what_comes_next_is_told_anew(desk: Desk) -> None:
    page = Page(desk, "가")
    page.ask("/decide", action="done", segment="장터:004")
    told = page.get("/ahead?segment=장터:002&order=spoken").json()
    assert told["ahead"] == ["장터:006", "집수리:002", "집수리:004", "집수리:006"]
    desk.learner._thread.submit(lambda: None).result()
    told = page.get("/ahead?segment=장터:002&order=uncertain").json()
    assert not told["behind"]
    assert told["model"] == desk.learner.lesson("가").number
    assert "장터:004" not in told["ahead"]
    text = page.get("/passage?segment=장터:002&order=uncertain").text
    assert json.loads(html.unescape(re.findall(r'data-ahead="([^"]*)"', text)[0])) == told["ahead"]


def test_more_of_the_talk_on_asking(desk: Desk) -> None:
    page = Page(desk, "가")
    few = page.get("/passage?segment=장터:006&turns=1").text
    all_turns = page.get("/passage?segment=장터:006&turns=300").text
    assert few.count('class="turn ') == 2
    assert all_turns.count('class="turn ') == 6
    assert page.get("/passage?segment=장터:006&turns=-1").status_code == 200


def test_what_another_desk_wrote_is_there_after_a_restart(material: Material) -> None:
    kept: list[Decision] = [put(material, "가", 0, "자신감")]
    text = Page(desk_on(material, kept), "가").get("/passage?segment=장터:002").text
    assert 'class="coding ' in text


def test_a_code_is_found_with_and_without_its_blanks() -> None:
    found = sought_by(Code("호혜 정신의 체득", "c1", name_en="Reciprocity"))
    for typed in ("호혜 정신", "호혜정신", "ㅎㅎㅈㅅ", "ㅎㅎ ㅈㅅㅇ", "reciprocity"):
        assert typed in found
