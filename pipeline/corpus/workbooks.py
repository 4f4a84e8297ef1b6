"""Sheets of an XLSX workbook as rows of text, with guards that the library lacks.

calamine makes room for every cell between the first and the last one filled, and unpacks
whatever it is given: a file of one kilobyte could otherwise take all of the memory.
"""

from __future__ import annotations

import io
import string
import zipfile
from collections.abc import Iterator, Sequence

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types
from python_calamine import CalamineError, CalamineWorkbook

from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers.packed_xml import ZIP_ERRORS, refuse_bomb
from pipeline.errors import GyeolError, Problem

_WORKBOOK_PART = "xl/workbook.xml"
_STRINGS_PART = "xl/sharedstrings.xml"
_SHEETS = "xl/worksheets/"
_LETTERS = string.ascii_letters
_MOST_CELLS = 5_000_000
_MOST_CHARACTERS = 200_000_000
_MOST_BYTES = 128 * 2**20

NumberedRow = tuple[int, list[str]]


def open_workbook(data: bytes) -> CalamineWorkbook:
    """Return the workbook in ``data``, once it is known to be harmless.

    Raises:
        GyeolError: no workbook, damaged, encrypted, or far too large.
    """
    _guard(data)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, ValueError, IndexError) as error:
        raise GyeolError(_unreadable(error)) from error


def sheet_rows(workbook: CalamineWorkbook, index: int) -> list[NumberedRow]:
    """Return the rows of the sheet at ``index`` with their numbers, every cell as text.

    Raises:
        GyeolError: the sheet cannot be read.
    """
    try:
        rows = workbook.get_sheet_by_index(index).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError) as error:
        raise GyeolError(_unreadable(error)) from error
    return [(number, [_cell(value) for value in row]) for number, row in enumerate(rows, 1)]


def _guard(data: bytes) -> None:
    total = 0
    sheets: list[bytes] = []
    strings: list[int] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if _WORKBOOK_PART not in archive.namelist():
                raise ValueError("no workbook")
            for part in archive.infolist():
                refuse_bomb(part.file_size, part.compress_size)
                total += part.file_size
                if total > _MOST_BYTES:
                    raise GyeolError(_too_large(f"{total // 2**20}MB", f"{total // 2**20} MB"))
                # Read to the end: a declared size that lies does not pass the checksum.
                content = archive.read(part)
                if part.filename.lower() == _STRINGS_PART:
                    strings += _string_lengths(content)
                elif part.filename.startswith(_SHEETS) and part.filename.endswith(".xml"):
                    sheets.append(content)
        for content in sheets:
            _refuse_large_sheet(content, strings)
    except (*ZIP_ERRORS, etree.XMLSyntaxError) as error:
        raise GyeolError(_unreadable(error)) from error


def _string_lengths(xml: bytes) -> list[int]:
    lengths: list[int] = []
    for _, element in _walk(xml, ("end",), "si"):
        lengths.append(sum(len(text) for text in element.itertext()))
        element.clear()
    return lengths


def _refuse_large_sheet(xml: bytes, strings: Sequence[int]) -> None:
    """Refuse a sheet whose cells lie far apart, or repeat long texts, beyond all measure.

    ``strings`` are the lengths of the workbook's texts: a cell names one by its number.
    """
    last_row = last_column = row = column = characters = 0
    # No cell takes fewer bytes than this; mostly, counting is not needed.
    may_repeat = max(strings, default=0) * (len(xml) // 20) > _MOST_CHARACTERS
    for event, element in _walk(xml, ("start", "end"), "row", "c"):
        if element.tag.endswith("row"):
            if event == "start":
                row, column = _number(element.get("r", "")) or row + 1, 0
            else:
                element.clear()
        elif event == "end":
            place = element.get("r", "")
            column = _column(place) or column + 1
            if len(element):
                last_row = max(last_row, _number(place.lstrip(_LETTERS)) or row)
                last_column = max(last_column, column)
                if may_repeat and element.get("t") == "s":
                    number = _number(element.findtext("{*}v") or "")
                    characters += strings[number] if number < len(strings) else 0
    if last_row * last_column > _MOST_CELLS or characters > _MOST_CHARACTERS:
        raise GyeolError(
            _too_large(
                f"{last_row:,}행 × {last_column:,}열, {characters:,}자",
                f"{last_row:,} rows × {last_column:,} columns, {characters:,} characters",
            )
        )


def _walk(xml: bytes, events: Sequence[str], *names: str) -> Iterator[tuple[str, etree._Element]]:
    return etree.iterparse(
        io.BytesIO(xml), events=events, tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
    )  # fmt: skip


def _column(place: str) -> int:
    """Return the number of the column in «AB12», 0 where it names none."""
    column = 0
    for sign in place[:4].upper():
        if "A" <= sign <= "Z":
            column = column * 26 + ord(sign) - ord("A") + 1
    return column


def _number(digits: str) -> int:
    return int(digits) if digits.isdecimal() else 0


def _cell(value: object) -> str:
    # Excel keeps every number as a float: 12.0 was written as 12.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return freeze(str(value))


def _unreadable(error: Exception) -> Problem:
    return Problem(
        "엑셀 파일로 읽을 수 없습니다. 암호를 풀고 .xlsx로 다시 저장하세요.",
        f"Not readable as a workbook ({error}). Save it as .xlsx without a password.",
    )


def _too_large(size_ko: str, size_en: str) -> Problem:
    return Problem(
        f"엑셀 파일이 너무 큽니다({size_ko}). 쓰는 행과 열만 남겨 새 파일로 저장하세요.",
        f"The workbook is too large ({size_en}). Keep only the rows and columns in use.",
    )
