"""A review sheet read back: what may have happened to it, and what may not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.errors import GyeolError
from pipeline.verdicts.sheet_columns import NOTHING_FITS, ORIGINAL, UNAIDED
from pipeline.verdicts.sheet_rows import read_sheet
from tests.verdicts.tiny_sheet import PASSAGES, filled, made, saved


def test_as_it_was_given_out_every_row_is_empty() -> None:
    sheet = read_sheet(made(), "검토.xlsx")
    assert (sheet.coder, sheet.model, sheet.problems) == ("가", "모형", ())
    assert [(row.id, row.codes, row.memo, row.done) for row in sheet.rows] == [
        (passage.id, (), "", False) for passage in PASSAGES
    ]
    assert sheet.rows[0].suggested == PASSAGES[0].suggestions


def test_codes_and_memo_come_back() -> None:
    answers = {
        1: {"코드 1": "돈", "코드 2": " =힘 ", "메모": "다시 볼 것"},
        2: {"코드 3": NOTHING_FITS},
    }
    rows = read_sheet(saved(made(), filled(answers)), "검토.xlsx").rows
    assert (rows[0].codes, rows[0].memo, rows[0].done) == (("돈", "=힘"), "다시 볼 것", True)
    assert (rows[1].codes, rows[1].done) == ((), True)


def test_sorted_and_removed_rows_and_moved_columns_do_no_harm() -> None:
    def edit(rows: list[list[str]]) -> list[list[str]]:
        rows = filled({3: {"코드 1": "돈"}})(rows)
        return [list(reversed(row)) for row in [rows[0], rows[3], rows[1]]]

    sheet = read_sheet(saved(made(), edit), "검토.xlsx")
    assert sheet.problems == ()
    assert [(row.id, row.codes) for row in sheet.rows] == [("장터:2", ("돈",)), ("장터:0", ())]


def test_a_changed_cell_is_refused_with_row_column_and_what_it_was() -> None:
    edit = filled({2: {"대목": "고쳐 쓴 말", "코드 1": "돈"}, 3: {"점수 1": "1.0"}})
    sheet = read_sheet(saved(made(), edit), "검토.xlsx")
    assert [row.id for row in sheet.rows] == ["장터:0"]
    said = [problem.ko for problem in sheet.problems]
    assert said[0].startswith(
        "3행의 «대목» 열이 바뀌어 이 행은 쓰지 않았습니다. 지금 «고쳐 쓴 말», 처음 «=SUM(A1) 명절에 나눴어요 1»."
    )
    assert "4행의 «점수 1» 열이 바뀌어" in said[1]
    assert [problem.line for problem in sheet.problems] == [3, 4]


def test_a_column_sorted_by_itself_is_noticed() -> None:
    def edit(rows: list[list[str]]) -> list[list[str]]:
        at = rows[0].index("대목")
        rows[1][at], rows[2][at] = rows[2][at], rows[1][at]
        return rows

    sheet = read_sheet(saved(made(), edit), "검토.xlsx")
    assert [problem.line for problem in sheet.problems] == [2, 3]


def test_rows_pasted_in_and_doubled_are_refused() -> None:
    def edit(rows: list[list[str]]) -> list[list[str]]:
        stranger = ["새:1", *rows[1][1:]]
        return [*rows, stranger, list(rows[1])]

    sheet = read_sheet(saved(made(), edit), "검토.xlsx")
    assert len(sheet.rows) == 3
    assert "5행: 이 시트에서 나간 대목이 아닙니다" in sheet.problems[0].ko
    assert "6행과 2행이 같은 대목" in sheet.problems[1].ko


def test_a_code_beside_nothing_fits_is_asked_about() -> None:
    edit = filled({1: {"코드 1": "돈", "코드 2": NOTHING_FITS}})
    assert "하나만 남기세요" in read_sheet(saved(made(), edit), "검토.xlsx").problems[0].ko


def test_what_is_no_review_sheet_is_refused() -> None:
    def empty(_rows: list[list[str]]) -> list[list[str]]:
        return []

    def touched(rows: list[list[str]]) -> list[list[str]]:
        rows[2][rows[1].index("text")] = "다른 말"
        return rows

    with pytest.raises(GyeolError, match="first row lacks"):
        read_sheet(saved(made(), filled({0: {"대목": "원문"}})), "검토.xlsx")
    for edit in (empty, touched):
        with pytest.raises(GyeolError, match="was changed"):
            read_sheet(saved(made(), edit, ORIGINAL), "검토.xlsx")


def test_hidden_suggestions_come_back_unseen() -> None:
    passages = [replace(passage, hidden=passage is PASSAGES[1]) for passage in PASSAGES]
    data = made(passages=passages)
    rows: list[list[str]] = []
    saved(data, lambda r: rows.extend(r) or r)
    assert UNAIDED in rows[2]
    assert not {"돈", "=힘", "경제"} & set(rows[2])
    aided, unaided, _ = read_sheet(data, "검토.xlsx").rows
    assert (len(aided.suggested), aided.hidden) == (3, ())
    assert (unaided.suggested, unaided.hidden) == ((), PASSAGES[1].suggestions)

    def touched(rows: list[list[str]]) -> list[list[str]]:
        return [[cell.replace("0.25", "0.95") for cell in row] for row in rows]

    with pytest.raises(GyeolError, match=ORIGINAL):
        read_sheet(saved(data, touched, ORIGINAL), "검토.xlsx")
