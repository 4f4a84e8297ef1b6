from __future__ import annotations

from dataclasses import replace

from lxml import html as pages
from tiny_review import Page, desk_on, on_passage, put

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
    assert compared.agreement.coders == ("가", "나")
    assert compared.agreement.n_segments == 3
    apart = [(one.segment, dict(one.codes)) for one in compared.disagreements]
    assert apart == [
        ("장터:004", {"가": ("호혜정신",), "나": ("자신감",)}),
        ("장터:006", {"가": ("자신감",), "나": ()}),
    ]
    text = Page(desk, "가").get("/agreement").text
    assert text.index("장터:004") < text.index("장터:006")
    assert "Krippendorff" in text
    assert "다시 뽑은 95% 구간" in text
    assert "점수와 실제" not in text


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
    assert again is not None and len(again.disagreements) == 2
    assert "합의" in page.get("/agreement").text


def test_one_coder_cannot_be_compared(desk: Desk) -> None:
    desk.decide(put(desk.material, "가", 0, "자신감"))
    desk.lift("가")
    assert compare(desk.material, desk.log.written()) is None
    assert "견줄 코더가 둘이" in Page(desk, "가").get("/agreement").text
