"""The review sheet as a workbook: passages, suggestions, and drop-down lists of codes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.errors import Lang
from pipeline.records import Code
from pipeline.verdicts.sheet_columns import (
    CODEBOOK,
    CODING,
    COLUMNS,
    FIXED,
    FREE,
    HIDDEN,
    KEPT,
    N_CODES,
    NOTHING_FITS,
    ORIGINAL,
    SheetPassage,
    checksum,
    fixed_cells,
    kept_cells,
)
from pipeline.views.lookups import code_paths, in_tree_order
from pipeline.views.workbook import fit_cell

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDTHS = {"interview": 9, "speaker": 8, "question": 24, "text": 54, "memo": 22}
_WIDTHS |= {f"suggestion_{n}": 15 for n in (1, 2, 3)} | {f"score_{n}": 6 for n in (1, 2, 3)}
_WIDTHS |= {f"code_{n}": 18 for n in range(1, N_CODES + 1)}
_LINE, _MOST_LINES = 15, 27
_LIST = "gyeol_codes"


def to_review_sheet(
    passages: Sequence[SheetPassage],
    codes: Sequence[Code],
    coder: str,
    model: str,
    notice: str,
    lang: Lang,
) -> bytes:
    """Return the workbook; the same bytes for the same passages, codes and coder.

    ``coder`` may be empty. ``notice`` stands on the sheet of codes; empty for none. Text stays
    text whatever it looks like. Only the coder's columns are for typing, which no protection
    enforces: a protected sheet could not be sorted. Reading it back compares.
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"created": _CREATED})
    styles = _Styles(workbook)
    coding = workbook.add_worksheet(CODING)
    codebook = workbook.add_worksheet(CODEBOOK)
    original = workbook.add_worksheet(ORIGINAL)
    n_listed = _write_codes(codebook, codes, notice, styles, lang)
    workbook.define_name(_LIST, f"={CODEBOOK}!$A$2:$A${n_listed + 1}")
    _write_coding(coding, passages, styles, lang)
    _write_original(original, passages, coder, model, lang)
    original.very_hidden()
    workbook.close()
    return buffer.getvalue()


class _Styles:
    """The workbook's cell formats."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        top = {"valign": "top", "text_wrap": True}
        self.head = workbook.add_format({**top, "bold": True, "bg_color": "#E4EDEB", "bottom": 1})
        self.mine = workbook.add_format({**top, "bold": True, "bg_color": "#F6E7C8", "bottom": 1})
        self.text = workbook.add_format(top)
        self.free = workbook.add_format({**top, "bg_color": "#FFFBF2", "border": 1,
                                         "border_color": "#E3D5B5"})  # fmt: skip
        self.score = workbook.add_format({"valign": "top", "num_format": "0.00"})
        self.pale = workbook.add_format({**top, "font_color": "#666666"})


def _write_coding(
    sheet: Worksheet, passages: Sequence[SheetPassage], styles: _Styles, lang: Lang
) -> None:
    for at, (key, names) in enumerate(COLUMNS.items()):
        sheet.set_column(at, at, _WIDTHS.get(key, 9), None, {"hidden": key in HIDDEN})
        style = styles.mine if key in FREE else styles.head
        sheet.write_string(0, at, names[lang], style)
    for row, passage in enumerate(passages, 1):
        cells = fixed_cells(passage)
        lines = max(
            _lines(passage.text, _WIDTHS["text"]), _lines(passage.question, _WIDTHS["question"]), 2
        )
        sheet.set_row(row, _LINE * min(lines, _MOST_LINES))
        for at, key in enumerate(COLUMNS):
            if key in FREE:
                sheet.write_blank(row, at, None, styles.free)
            else:
                pale = key in ("question", "interview", "speaker")
                style = styles.pale if pale else styles.text
                _write(sheet, row, at, cells.get(key, ""), style, styles.score, lang)
    first = len(FIXED)
    if passages:
        sheet.data_validation(1, first, len(passages), first + N_CODES - 1, _validation(lang))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(passages), len(COLUMNS) - 1)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _validation(lang: Lang) -> dict[str, object]:
    ko = lang == "ko"
    return {
        "validate": "list",
        "source": f"={_LIST}",
        "error_title": "코드북에 없는 코드" if ko else "Not a code",
        "error_message": (
            f"목록에서 고르세요. 맞는 코드가 없으면 «{NOTHING_FITS}»를 고르고 메모에 적어 두세요."
            if ko
            else f"Choose from the list, or «{NOTHING_FITS}» and leave a memo."
        ),
    }


def _write_codes(
    sheet: Worksheet, codes: Sequence[Code], notice: str, styles: _Styles, lang: Lang
) -> int:
    """Write the codes in tree order; return how many lines the drop-down list has."""
    heads = ("코드", "자리", "정의", "포함", "제외") if lang == "ko" else (
        "code", "path", "definition", "include", "exclude")  # fmt: skip
    for at, (head, width) in enumerate(zip(heads, (26, 36, 60, 36, 36), strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, head, styles.head)
    sheet.write_string(1, 0, NOTHING_FITS, styles.text)
    paths, ordered = code_paths(codes), in_tree_order(codes)
    for row, code in enumerate(ordered, 2):
        cells = (
            code.name,
            " › ".join(paths[code.name]),
            code.definition,
            "\n".join(code.include),
            "\n".join(code.exclude),
        )
        for at, cell in enumerate(cells):
            _write(sheet, row, at, cell, styles.text, styles.score, lang)
    if notice:
        sheet.write_string(len(ordered) + 3, 0, fit_cell(notice, lang), styles.pale)
    sheet.freeze_panes(1, 1)
    return len(ordered) + 1


def _write_original(
    sheet: Worksheet, passages: Sequence[SheetPassage], coder: str, model: str, lang: Lang
) -> None:
    sheet_id = checksum(coder, model, *(fixed_cells(p)["check"] for p in passages))
    for at, text in enumerate((sheet_id, coder, model)):
        sheet.write_string(0, at, fit_cell(text, lang))
    for at, key in enumerate(KEPT):
        sheet.write_string(1, at, key)
    for row, passage in enumerate(passages, 2):
        cells = fixed_cells(passage) | kept_cells(passage)
        for at, key in enumerate(KEPT):
            _write(sheet, row, at, cells.get(key, ""), None, None, lang)


def _write(
    sheet: Worksheet,
    row: int,
    at: int,
    cell: str | float,
    style: Format | None,
    number: Format | None,
    lang: Lang,
) -> None:
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, at, fit_cell(cell, lang), style)
        else:
            sheet.write_blank(row, at, None, style)
    else:
        sheet.write_number(row, at, cell, number)


def _lines(text: str, width: int) -> int:
    """Return how many lines ``text`` takes in a column: Hangul is two columns wide."""
    return sum(1 + 2 * len(line) // max(width - 2, 1) for line in text.split("\n"))
