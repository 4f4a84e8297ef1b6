"""Aided and unaided decisions as text."""

from __future__ import annotations

import pytest

from pipeline.verdicts.anchoring import anchoring, unaided_calibration
from pipeline.verdicts.intervals import Coefficient
from pipeline.views.anchoring_text import anchoring_lines, shown
from tests.verdicts.test_anchoring import AIDED, UNAIDED, offered


@pytest.mark.parametrize(
    ("coefficient", "text"),
    [
        (Coefficient(0.623, 0.581, 0.66), ".62 [.58–.66]"),
        (Coefficient(1.0, reason="same_everywhere"), "1.00"),
        (Coefficient(None, reason="unused"), "–"),
    ],
)
def test_a_coefficient_as_it_is_printed(coefficient: Coefficient, text: str) -> None:
    assert shown(coefficient) == text


def test_both_sides_and_their_difference() -> None:
    passages = [*AIDED, *UNAIDED, offered(0.8, put=True), offered(0.8, put=False)]
    text = "\n".join(anchoring_lines(anchoring(passages, 5), unaided_calibration(passages), "ko"))
    aided, unaided, more = (line for line in text.split("\n")[3:6])
    assert (aided[aided.index(".90 [") :][:5], aided.split()[2]) == (".90 [", "200")
    assert ".48 [" in unaided
    assert ".42 [" in more
    assert "가려 둔 제안 2개 가운데 코더가 스스로 붙인 코드가 1개, 보정 오차 .30" in text


def test_without_hidden_passages_that_is_said() -> None:
    text = "\n".join(anchoring_lines(anchoring(AIDED, 5), None, "ko"))
    assert "가린 대목이 없어" in text
    assert anchoring_lines((), None, "ko") == []
