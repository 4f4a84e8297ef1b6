"""What goes out in a review sheet, and what its check stands for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.verdicts.sheet_columns import UNAIDED, fixed_cells, kept_cells, plain
from tests.verdicts.tiny_sheet import PASSAGES

ONE = PASSAGES[0]


def test_of_a_passage_to_be_judged_alone_no_suggestion_is_in_sight() -> None:
    cells = fixed_cells(replace(ONE, hidden=True))
    assert cells["suggestion_1"] == UNAIDED
    assert "score_1" not in cells
    assert "suggestion_2" not in cells
    assert kept_cells(replace(ONE, hidden=True))["hidden"].startswith('[["돈", 0.9]')
    assert kept_cells(ONE)["hidden"] == ""


@pytest.mark.parametrize(
    "change",
    [{"end": 11}, {"text": "다른 말"}, {"hidden": True}, {"suggestions": (("돈", 0.8),)}],
    ids=lambda change: next(iter(change)),
)
def test_the_check_is_of_all_that_may_not_be_changed(change: dict[str, object]) -> None:
    changed = replace(ONE, **change)  # pyright: ignore[reportArgumentType]
    assert fixed_cells(changed)["check"] != fixed_cells(ONE)["check"]


def test_what_a_spreadsheet_program_changes_by_itself_is_no_change() -> None:
    assert plain("score_1", "0.9") == plain("score_1", 0.9) == "0.900"
    assert plain("text", " 한 줄 \r\n두 줄 ") == "한 줄\n두 줄"
    assert plain("score_1", "높음") == "높음"
