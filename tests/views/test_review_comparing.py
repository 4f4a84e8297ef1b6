from __future__ import annotations

from dataclasses import replace

from lxml import html as pages
from tiny_review import Page, desk_on, on_passage, put

from pipeline.records import Coding
from pipeline.views.review.comparing import compare
from pipeline.views.review.material import Material
from pipeline.views.review.state import Desk


def decide(desk: Desk) -> None:
    material = desk.material
    for coder, codes in (
        ("가", ["자신감", "호혜정신", "자신감"]),
        ("나", ["자신감", "자신감", ""]),
    ):
        for row, code in enumerate(codes):
            if code:
                desk.decide(put(material, coder, row, code))
            desk.decide(on_passage(material, coder, "done", row))


def test_nothing_is_told_while_coders_are_blind(desk: Desk) -> None:
    decide(desk)
    page = Page(desk, "가")
    text = page.get("/agreement").text
    assert "아직 서로의 판정을 볼 수 없습니다" in text
    assert "<table" not in text
    assert page.get("/agreement/open?segment=장터:004").status_code == 422
    assert page.form("/agreement/settle", segment="장터:004").status_code == 422


def test_only_the_lead_lifts(material: Material) -> None:
    desk = desk_on(replace(material, lead="나"))
    assert 'action="/lift"' not in Page(desk, "가").get("/agreement").text
    assert Page(desk, "가").form("/lift").status_code == 422
    assert desk.blind
    assert Page(desk, "나").form("/lift").headers["location"] == "/agreement"
    assert not desk.blind


def test_figures_and_disagreements_the_dearest_first(desk: Desk) -> None:
    decide(desk)
    desk.lift("가")
    compared = compare(desk.material, desk.log.written())
    assert compared is not None
    assert [part.which for part in compared.parts] == ["all", "aided"]
    agreed = compared.parts[0].agreement
    assert agreed.coders == ("가", "나")
    assert agreed.n_segments == 3
    apart = [(one.segment, dict(one.codes)) for one in agreed.disagreements]
    assert apart == [
        ("장터:004", {"가": ("호혜정신",), "나": ("자신감",)}),
        ("장터:006", {"가": ("자신감",), "나": ()}),
    ]
    text = Page(desk, "가").get("/agreement").text
    assert text.index("장터:004") < text.index("장터:006")
    assert "Krippendorff" in text
    assert "다시 뽑은 95% 구간" in text
    assert "점수와 실제" not in text
    assert "볼 수 있게 된 뒤에 한 판정이 11개 들어 있습니다" in text
    assert compare(desk.material, desk.log.written(), "9999").n_after == 0  # type: ignore[union-attr]


def test_decided_with_suggestions_and_without_stand_apart(desk: Desk) -> None:
    material = desk.material
    for row, code, aided in ((0, "자신감", True), (1, "자신감", False), (2, "호혜정신", False)):
        desk.decide(put(material, "가", row, code, aided=aided))
        desk.decide(put(material, "나", row, "자신감", aided=aided))
    desk.decide(put(material, "가", 3, "자신감", bulk="한꺼번에"), put(material, "나", 3, "자신감"))
    desk.lift("가")
    tree = pages.fromstring(Page(desk, "가").get("/agreement").text)
    rows = tree.xpath("//table[caption]/tbody/tr")
    assert [[c.text_content().split(" ")[0] for c in row][1:3] for row in rows] == [
        # What one put in bulk he has not looked at.
        ["3", ".67"], ["1", "1.00"], ["2", ".50"],
    ]  # fmt: skip
    parts = tree.xpath("//details[@data-of]")
    assert [part.get("data-of") for part in parts] == ["all", "aided", "unaided"]
    assert [part.get("open") is not None for part in parts] == [True, False, False]
    codes = [[th.text_content() for th in part.xpath(".//tbody//th")] for part in parts]
    assert codes == [["호혜정신", "자신감"], ["자신감"], ["호혜정신", "자신감"]]
    assert "아무도 쓰지 않은 코드 2개" in parts[0].text_content()


def test_codings_out_of_files_are_compared_and_stand_side_by_side(material: Material) -> None:
    segment = material.segments[0]
    filed = Coding(segment.interview, segment.start, segment.end, "자신감", "다")
    desk = desk_on(replace(material, codings=(filed,)))
    desk.decide(*(on_passage(material, "가", "done", row) for row in (0, 1)))
    desk.lift("가")
    compared = compare(desk.material, desk.log.written())
    assert compared is not None
    assert [part.which for part in compared.parts] == ["all"]
    assert compared.parts[0].agreement.coders == ("가", "다")
    assert compared.parts[0].agreement.n_segments == 2
    tree = pages.fromstring(Page(desk, "가").get("/agreement/open?segment=장터:002").text)
    sides = {
        side.find("h3").text_content(): [li.get("data-code") for li in side.iter("li")]
        for side in tree.find_class("sides")[0]
    }
    assert sides == {"가": [None], "다": ["자신감"]}


def test_what_was_hidden_is_compared_with_what_was_put(material: Material) -> None:
    desk = desk_on(replace(material, unaided=1.0))
    code = desk.suggest("가", 0).found.suggestions[0].code
    page = Page(desk, "가")
    for action, asked in (("put", {"code": code}), ("done", {})):
        page.ask("/decide", action=action, segment="장터:002", **asked)
    Page(desk, "나").ask("/decide", action="done", segment="장터:002")
    desk.lift("가")
    assert "가려 둔 제안 8개 가운데 코더가 스스로 붙인 코드가 1개" in page.get("/agreement").text


def test_side_by_side_and_settled_together(desk: Desk) -> None:
    decide(desk)
    desk.decide(on_passage(desk.material, "나", "note", 1, text="<u>왜?</u>"))
    desk.lift("가")
    page = Page(desk, "가")
    text = page.get("/agreement/open?segment=장터:004").text
    assert "&lt;u&gt;왜?&lt;/u&gt;" in text
    tree = pages.fromstring(f"<div>{text}</div>")
    sides = {
        side.find("h3").text_content(): [li.get("data-code") for li in side.iter("li")]
        for side in tree.find_class("sides")[0]
    }
    assert sides == {"가": ["호혜정신"], "나": ["자신감"]}
    assert page.form("/agreement/settle", segment="장터:004", code="없음").status_code == 422
    page.form("/agreement/settle", segment="장터:004", code="자신감")
    joint = [d for d in desk.log.at(1) if d.joint]
    assert [(d.action, d.code) for d in joint] == [
        ("put", "자신감"), ("reject", "호혜정신"), ("done", None),
    ]  # fmt: skip
    assert len({d.bulk for d in joint}) == 1
    # Each coder's own decisions stand as they were: agreement is about them.
    again = compare(desk.material, desk.log.written())
    assert again is not None and len(again.parts[0].disagreements) == 2
    assert "합의" in page.get("/agreement").text


def test_one_coder_cannot_be_compared(desk: Desk) -> None:
    desk.decide(put(desk.material, "가", 0, "자신감"))
    desk.lift("가")
    assert compare(desk.material, desk.log.written()) is None
    assert "견줄 코더가 둘이" in Page(desk, "가").get("/agreement").text
