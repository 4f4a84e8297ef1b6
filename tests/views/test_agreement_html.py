"""Agreement as a page."""

from __future__ import annotations

from dataclasses import replace

from pipeline.verdicts.anchoring import anchoring, unaided_calibration
from pipeline.views.agreement_html import to_html
from tests.verdicts.test_anchoring import AIDED, UNAIDED, offered
from tests.views.test_agreement_page import COMPARED


def test_the_page_has_every_figure_with_its_interval_and_says_what_was_drawn_again() -> None:
    page = to_html(COMPARED)
    assert "둘 이상이 함께 본 단위 10개(면담 1편) 가운데 4개" in page
    assert "단위를 1,000번 다시 뽑은 95% 구간" in page
    assert '<th scope="row">돈</th>' in page
    assert '<th scope="row">꿈</th>' not in page
    assert "장터:3" in page
    assert "가명처리 미확인" not in page


def test_text_stays_text_and_unchecked_data_is_said() -> None:
    texts = {"장터:3": "<script>alert(1)</script>"}
    page = to_html(replace(COMPARED, texts=texts, title="<b>", unchecked=True))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "<b></h1>" not in page
    assert "가명처리 미확인" in page


def test_what_suggestions_did_is_on_it() -> None:
    passages = [*AIDED, *UNAIDED, offered(0.8, put=False)]
    led, hidden = anchoring(passages, 5), unaided_calibration(passages)
    page = to_html(replace(COMPARED, anchoring=led, calibration=hidden))
    assert "제안이 판정을 이끌었나" in page
    assert "가려 둔 제안 1개 가운데 코더가 스스로 붙인 코드가 0개" in page
    assert "제안이 판정을 이끌었나" not in to_html(COMPARED)
