"""The workbook: the same tables as the CSV files, as one XLSX file to read."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.errors import Lang
from pipeline.views.characters import legal
from pipeline.views.columns import Cell, Column, Table, alike, explained
from pipeline.views.tables import is_empty, rounded
from pipeline.views.text_columns import width_of
from pipeline.views.wording import words

# What Excel can hold in a cell and in a sheet.
_MOST_CHARACTERS = 32_767
_MOST_ROWS = 1_048_576
_NARROWEST, _WIDEST = 5, 60
# Beside a heading stands the filter's button; a matrix has none, so that it fits a page.
_BUTTON, _NO_BUTTON = 4, 1
# A list of ids is there to be looked up, not read.
_LIST_WIDTH = 16
# A first column no wider than this stays in sight when the sheet is moved sideways.
_WIDEST_FROZEN = 26
# A line of text in points, and as many as fit the tallest row Excel has (409 points).
_LINE, _MOST_LINES = 15, 27
_GUIDE_WIDTHS = (20, 26, 84)
# Wide enough a sample to judge a column by.
_SAMPLED_ROWS = 200
# The same bytes for the same tables: never the time of writing.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def to_xlsx(tables: Sequence[Table], lang: Lang, notice: str) -> bytes:
    """Return a workbook with a sheet a table, headed in ``lang``, after a sheet on how to read it.

    ``notice`` stands above all else; empty for none.

    Text stays text whatever it looks like: never a formula, never a link. A cell longer than
    Excel can hold ends in «…(잘림)»; characters XML forbids become U+FFFD; where a table has
    more rows than a sheet, the last row says so.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"created": _CREATED})
    formats = _Formats(workbook)
    guide = workbook.add_worksheet(words(lang)["guide"])
    _write_text(guide, 1, 0, notice, formats.notice, lang)
    _write_guide(guide, tables, lang, formats)
    for table in tables:
        _write_table(workbook.add_worksheet(table.title[lang]), table, lang, formats)
    for sheet in workbook.worksheets():
        _fit_to_print(sheet)
    workbook.close()
    return buffer.getvalue()


def _fit_to_print(sheet: Worksheet) -> None:
    """A4, lying, as many pages long as it takes but one page wide."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


class _Formats:
    """The workbook's cell formats."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        top = {"valign": "top"}
        # Set in from the edge: in the cell before, a number may stand at its right.
        set_in = {"align": "left", "indent": 1, "text_wrap": True}
        head = {"bold": True, "bg_color": "#E4EDEB", "bottom": 1, "bottom_color": "#1F5F5B"}
        self.head = workbook.add_format({**top, **head, **set_in})
        self.number_head = workbook.add_format(
            {**top, **head, "text_wrap": True, "align": "right", "indent": 1}
        )
        self.title = workbook.add_format({**top, "bold": True, "font_size": 14})
        self.notice = workbook.add_format({**top, "font_color": "#7A4A10"})
        self.text = workbook.add_format({**top, **set_in})
        number = {**top, "align": "right", "indent": 1}
        self.count = workbook.add_format({**number, "num_format": "#,##0"})
        self.score = workbook.add_format({**number, "num_format": "0.000"})


def _write_guide(sheet: Worksheet, tables: Sequence[Table], lang: Lang, formats: _Formats) -> None:
    w = words(lang)
    _write_text(sheet, 0, 0, w["guide"], formats.title, lang)
    for at, width in enumerate(_GUIDE_WIDTHS):
        sheet.set_column(at, at, width, formats.text)
    for column, key in enumerate(("sheet", "column", "meaning")):
        _write_text(sheet, 3, column, w[key], formats.head, lang)
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(3)
    row = 4
    for table in tables:
        title = table.title[lang]
        how = [("", w["whole_table"], table.how[lang])] if table.how.get(lang) else []
        for _, heading, what in (*how, *explained(table, lang)):
            for at, text in enumerate((title, heading, what)):
                _write_text(sheet, row, at, text, formats.text, lang)
            sheet.set_row(row, _height((title, heading, what), _GUIDE_WIDTHS))
            row += 1


def _write_table(sheet: Worksheet, table: Table, lang: Lang, formats: _Formats) -> None:
    rows = table.rows[: _MOST_ROWS - 1]
    lists = [column.key.endswith("segment_ids") for column in table.columns]
    matrix = any(len(run) > 1 for run in alike(table.columns))
    widths = [
        _LIST_WIDTH if is_list else _width(table, at, lang, _NO_BUTTON if matrix else _BUTTON)
        for at, is_list in enumerate(lists)
    ]
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, widths[at], formats.text)
        head = formats.number_head if _is_of_numbers(table, at) else formats.head
        _write_text(sheet, 0, at, _heading(column, lang), head, lang)
    # Of a list of ids a row shows the beginning: it grows no higher for them.
    read = [at for at, is_list in enumerate(lists) if not is_list]
    for number, row in enumerate(rows, 1):
        sheet.set_row(number, _height([row[at] for at in read], [widths[at] for at in read]))
        for at, cell in enumerate(row):
            _write_cell(sheet, number, at, cell, formats, lang)
    if len(rows) < len(table.rows):
        _write_text(sheet, _MOST_ROWS - 1, 0, words(lang)["cut"], formats.text, lang)
    sheet.freeze_panes(1, int(bool(widths) and widths[0] <= _WIDEST_FROZEN))
    sheet.repeat_rows(0)
    if table.columns and not matrix:
        sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)
    if read and len(rows) == len(table.rows):
        sheet.print_area(0, 0, len(rows), read[-1])


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


def _write_text(sheet: Worksheet, row: int, at: int, text: str, style: Format, lang: Lang) -> None:
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


def _is_of_numbers(table: Table, at: int) -> bool:
    cells = [row[at] for row in table.rows[:_SAMPLED_ROWS] if row[at] not in (None, "")]
    return bool(cells) and not any(isinstance(cell, (str, bool)) for cell in cells)


def _width(table: Table, at: int, lang: Lang, beside: int) -> int:
    """Return a column's width in characters: as its cells ask for, within reason.

    ``beside`` is what its heading needs beside it.
    """
    cells = (row[at] for row in table.rows[:_SAMPLED_ROWS])
    shown = (f"{cell:.3f}" if isinstance(cell, float) else str(cell or "") for cell in cells)
    longest = max((width_of(text[:_WIDEST]) for text in shown), default=0)
    wanted = max(longest + 3, width_of(_heading(table.columns[at], lang)) + beside)
    return min(max(wanted, _NARROWEST + beside), _WIDEST)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return a row's height in points: not every program finds it for wrapped text."""
    texts = (
        (cell, width) for cell, width in zip(row, widths, strict=True) if isinstance(cell, str)
    )
    lines = max((_lines_of(text, width) for text, width in texts), default=1)
    return _LINE * min(lines, _MOST_LINES)


def _lines_of(text: str, width: int) -> int:
    """Return how many lines ``text`` takes, wrapped at ``width``, as far as a row can show."""
    if 2 * len(text) <= width - 3 and "\n" not in text:
        # No sign is wider than two: most cells need no more looking at.
        return 1
    seen = text[: _MOST_LINES * width]
    # A column holds a little less than its width, for words are kept whole.
    return sum(max(1, math.ceil(width_of(line) / (width - 3))) for line in seen.split("\n"))
