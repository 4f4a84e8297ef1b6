"""A small review sheet, and what a spreadsheet program makes of it when a coder has saved it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence

import xlsxwriter
from lxml import etree
from xlsxwriter.utility import xl_col_to_name

from pipeline.corpus.workbooks import open_workbook, sheet_rows
from pipeline.records import Code
from pipeline.verdicts.sheet_columns import CODING, COLUMNS, SheetPassage
from pipeline.views.review_sheet import to_review_sheet

CODES = (Code("경제", "e1"), Code("돈", "e2", parent="경제", depth=1), Code("=힘", "e3"))
PASSAGES = tuple(
    SheetPassage(
        f"장터:{n}",
        "장터",
        n * 11,
        n * 11 + 10,
        "답변",
        "돈은 어떻게 나누셨어요?",
        f"=SUM(A1) 명절에\n나눴어요 {n}",
        (("돈", 0.9), ("=힘", 0.25), ("경제", 0.0)),
    )
    for n in range(3)
)
Row = list[str]


def made(coder: str = "가", passages: Sequence[SheetPassage] = PASSAGES) -> bytes:
    """Return the sheet as it is given out."""
    return to_review_sheet(passages, CODES, coder, "모형", "", "ko")


def saved(data: bytes, edit: Callable[[list[Row]], Sequence[Row]], sheet: str = CODING) -> bytes:
    """Return ``data`` with the rows of one sheet edited, written by another program."""
    workbook = open_workbook(data)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as again:
        for at, name in enumerate(workbook.sheet_names):
            rows = [list(cells) for _, cells in sheet_rows(workbook, at)]
            page = again.add_worksheet(name)
            for number, cells in enumerate(edit(rows) if name == sheet else rows):
                for column, cell in enumerate(cells):
                    page.write_string(number, column, cell)
    return out.getvalue()


def typed(data: bytes, answers: dict[int, dict[str, str]]) -> bytes:
    """Return ``data`` with row number → column's key → text typed in, all else left as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                tree = etree.fromstring(part)
                for row, cells in answers.items():
                    for key, text in cells.items():
                        _type(tree, f"{xl_col_to_name(list(COLUMNS).index(key))}{row + 1}", text)
                part = etree.tostring(tree)
            new.writestr(name, part)
    return out.getvalue()


def _type(tree: etree._Element, cell: str, text: str) -> None:
    (found,) = tree.iterfind(f".//{{*}}c[@r='{cell}']")
    found.set("t", "inlineStr")
    space = etree.QName(found).namespace
    inline = etree.SubElement(found, f"{{{space}}}is")
    etree.SubElement(inline, f"{{{space}}}t").text = text


def filled(answers: dict[int, dict[str, str]]) -> Callable[[list[Row]], list[Row]]:
    """Return an edit that writes into row number → heading → text."""

    def edit(rows: list[Row]) -> list[Row]:
        for number, cells in answers.items():
            for heading, text in cells.items():
                rows[number][rows[0].index(heading)] = text
        return rows

    return edit
