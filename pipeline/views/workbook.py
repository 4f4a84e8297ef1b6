"""The workbook: the same tables as the CSV files, as one XLSX file to read."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.errors import Lang
from pipeline.views.characters import legal
from pipeline.views.columns import Cell, Column
from pipeline.views.tables import Table, is_empty, rounded
from pipeline.views.wording import words

# What Excel can hold in a cell and in a sheet.
_MOST_CHARACTERS = 32_767
_MOST_ROWS = 1_048_576
_NARROWEST, _WIDEST = 9, 60
# Wide enough a sample to judge a column by.
_SAMPLED_ROWS = 200
# The same bytes for the same tables: never the time of writing.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def to_xlsx(tables: Sequence[Table], lang: Lang) -> bytes:
    """Return a workbook with a sheet a table, headed in ``lang``, after a sheet on how to read it.

    Text stays text whatever it looks like: never a formula, never a link. A cell longer than
    Excel can hold ends in «…(잘림)»; characters XML forbids become U+FFFD; where a table has
    more rows than a sheet, the last row says so.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"created": _CREATED})
    formats = _Formats(workbook)
    _write_guide(workbook.add_worksheet(words(lang)["guide"]), tables, lang, formats)
    for table in tables:
        _write_table(workbook.add_worksheet(table.title[lang]), table, lang, formats)
    workbook.close()
    return buffer.getvalue()


class _Formats:
    """The workbook's cell formats."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        head = {"bold": True, "bg_color": "#E4EDEB", "bottom": 1, "bottom_color": "#1F5F5B"}
        self.head = workbook.add_format({**top, **head, "text_wrap": True})
        self.title = workbook.add_format({**top, "bold": True, "font_size": 14})
        self.text = workbook.add_format({**top, "text_wrap": True})
        self.count = workbook.add_format({**top, "num_format": "#,##0"})
        self.score = workbook.add_format({**top, "num_format": "0.000"})


def _write_guide(
    sheet: Worksheet, tables: Sequence[Table], lang: Lang, formats: _Formats
) -> None:
    w = words(lang)
    _write_text(sheet, 0, 0, w["guide"], formats.title, lang)
    _write_text(sheet, 1, 0, w["not_private"], formats.text, lang)
    sheet.set_column(0, 0, 16, formats.text)
    sheet.set_column(1, 1, 22, formats.text)
    sheet.set_column(2, 2, 72, formats.text)
    for column, key in enumerate(("sheet", "column", "meaning")):
        _write_text(sheet, 3, column, w[key], formats.head, lang)
    sheet.freeze_panes(4, 0)
    row = 4
    for table in tables:
        for column in table.columns:
            what = column.what_ko if lang == "ko" else column.what_en
            for at, text in enumerate((table.title[lang], _heading(column, lang), what)):
                _write_text(sheet, row, at, text, formats.text, lang)
            row += 1


def _write_table(sheet: Worksheet, table: Table, lang: Lang, formats: _Formats) -> None:
    rows = table.rows[: _MOST_ROWS - 1]
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _width(table, at, lang), formats.text)
        _write_text(sheet, 0, at, _heading(column, lang), formats.head, lang)
    for number, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            _write_cell(sheet, number, at, cell, formats, lang)
    if len(rows) < len(table.rows):
        _write_text(sheet, _MOST_ROWS - 1, 0, words(lang)["cut"], formats.text, lang)
    sheet.freeze_panes(1, 0)
    if table.columns:
        sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)


def _write_cell(
    sheet: Worksheet, row: int, at: int, cell: Cell, formats: _Formats, lang: Lang
) -> None:
    if is_empty(cell) or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, at, cell, formats.text)
    elif isinstance(cell, int):
        sheet.write_number(row, at, cell, formats.count)
    elif isinstance(cell, float):
        sheet.write_number(row, at, rounded(cell), formats.score)
    else:
        _write_text(sheet, row, at, str(cell), formats.text, lang)


def _write_text(
    sheet: Worksheet, row: int, at: int, text: str, style: Format, lang: Lang
) -> None:
    sheet.write_string(row, at, fit_cell(text, lang), style)


def fit_cell(text: str, lang: Lang) -> str:
    """Return ``text`` as a cell can hold it: legal characters, at most 32,767 of them.

    Excel counts UTF-16 units, so a character outside the basic plane counts twice.
    """
    text = legal(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter would take it for rich text of its own and write it unescaped.
        text += " "
    units = text.encode("utf-16-le")
    if len(units) <= 2 * _MOST_CHARACTERS:
        return text
    mark = words(lang)["cut"]
    return units[: 2 * (_MOST_CHARACTERS - len(mark))].decode("utf-16-le", "ignore") + mark


def _heading(column: Column, lang: Lang) -> str:
    return column.ko if lang == "ko" else column.en


def _width(table: Table, at: int, lang: Lang) -> int:
    """Return a column's width in characters: as its cells ask for, within reason."""
    cells = (row[at] for row in table.rows[:_SAMPLED_ROWS])
    shown = (f"{cell:.3f}" if isinstance(cell, float) else str(cell or "") for cell in cells)
    longest = max((_columns_of(text) for text in shown), default=0)
    # A heading needs room for the filter's button beside it.
    wanted = max(longest + 2, _columns_of(_heading(table.columns[at], lang)) + 4)
    return min(max(wanted, _NARROWEST), _WIDEST)


def _columns_of(text: str) -> int:
    """Return how wide ``text`` is on screen; Hangul takes two columns a character."""
    start = text[: 2 * _WIDEST]
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in start)
