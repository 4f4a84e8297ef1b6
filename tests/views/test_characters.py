from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from pipeline.views.characters import legal, visible


def test_controls_and_surrogates_are_replaced_and_hangul_is_not() -> None:
    assert legal("가\x00나\x0b\ud800\uffff다") == "가\ufffd나\ufffd\ufffd\ufffd다"
    assert legal("탭\t줄\n끝\r 🙂") == "탭\t줄\n끝\r 🙂"


def test_pages_show_what_would_turn_the_text_round() -> None:
    assert visible("가\u202e나\u2066다\u2069") == "가\ufffd나\ufffd다\ufffd"
    assert legal("가\u202e나") == "가\u202e나"
    assert visible("\u200f왼쪽") == "\u200f왼쪽"  # a mark moves nothing but itself


@given(st.text(alphabet=st.characters()))
def test_what_is_legal_can_stand_in_xml(text: str) -> None:
    assert len(legal(text)) == len(text)
    element = ET.Element("t")
    element.text = legal(text)
    read = ET.fromstring(ET.tostring(element, "utf-8")).text or ""
    assert read.replace("\r", "\n") == legal(text).replace("\r\n", "\n").replace("\r", "\n")
