"""Sheets of an XLSX workbook as rows of text, with guards that the library lacks.

calamine makes room for every cell between the first and the last one filled, and unpacks
whatever it is given: a file of one kilobyte could otherwise take all of the memory.
"""

from __future__ import annotations

import io
import string
from collections.abc import Mapping, Sequence

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types
from python_calamine import CalamineError, CalamineWorkbook

from pipeline.corpus.archives import ZIP_ERRORS, open_archive
from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers.packed_xml import refuse_bomb
from pipeline.errors import GyeolError, Problem

_WORKBOOK_PART = "xl/workbook.xml"
_STRINGS_PART = "xl/sharedstrings.xml"
_SHEETS = "xl/worksheets/"
_LETTERS = string.ascii_letters
_MOST_CELLS = 3_000_000
_MOST_ROWS = 500_000
_MOST_STRINGS = 2_000_000
_MOST_CHARACTERS = 25_000_000
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
        found = workbook.get_sheet_by_index(index).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError) as error:
        raise GyeolError(_unreadable(error)) from error
    rows: list[NumberedRow] = []
    for number, row in enumerate(found, 1):
        rows.append((number, [_cell(value) for value in row]))
        # The values are not needed twice, and there may be millions.
        row.clear()
    return rows


def _guard(data: bytes) -> None:
    total = 0
    sheets: list[bytes] = []
    strings: list[int] = []
    try:
        with open_archive(data) as archive:
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
    strings = _Strings()
    _walk(xml, strings)
    if strings.is_beyond_measure():
        raise GyeolError(
            _too_large(f"글 {_MOST_STRINGS:,}개 이상", f"over {_MOST_STRINGS:,} texts")
        )
    return strings.lengths


def _refuse_large_sheet(xml: bytes, strings: Sequence[int]) -> None:
    """Refuse a sheet with too many cells, between its first and last one or one upon another.

    ``strings`` are the lengths of the workbook's texts: a cell names one by its number.
    """
    extent = _Extent(strings)
    _walk(xml, extent)
    if extent.is_beyond_measure():
        raise GyeolError(
            _too_large(
                f"{extent.rows:,}행 × {extent.columns:,}열, {extent.characters:,}자",
                f"{extent.rows:,} rows × {extent.columns:,} columns, "
                f"{extent.characters:,} characters",
            )
        )


def _walk(xml: bytes, target: _Strings | _Extent) -> None:
    """Tell ``target`` what is in ``xml``, and build nothing."""
    parser = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        # What stops the parser may be an end of its input to it.
        if not target.is_beyond_measure():
            raise


class _Strings:
    """Gathers the lengths of a workbook's texts."""

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self._inside = False

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        if tag.endswith("}si"):
            self.lengths.append(0)
            self._inside = True
            if self.is_beyond_measure():
                raise ValueError

    def end(self, tag: str) -> None:
        if tag.endswith("}si"):
            self._inside = False

    def data(self, text: str) -> None:
        if self._inside:
            self.lengths[-1] += len(text)

    def close(self) -> None:
        """Nothing is built."""

    def is_beyond_measure(self) -> bool:
        """Tell whether there are far too many texts."""
        return len(self.lengths) > _MOST_STRINGS


class _Extent:
    """Measures a sheet: its last row and column with a filled cell, its cells and characters."""

    def __init__(self, strings: Sequence[int]) -> None:
        self.rows = self.columns = self.cells = self.characters = 0
        self._strings = strings
        self._row = self._column = 0
        self._place = 0, 0
        self._in_cell = self._in_string = False
        self._is_string = False
        self._value: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "row":
            self._row, self._column = _number(attributes.get("r", "")) or self._row + 1, 0
        elif name == "c":
            place = attributes.get("r", "")
            self._column = _column(place) or self._column + 1
            self._place = _number(place.lstrip(_LETTERS)) or self._row, self._column
            self._in_cell, self._is_string = True, attributes.get("t") == "s"
        elif self._in_cell:
            self.rows = max(self.rows, self._place[0])
            self.columns = max(self.columns, self._place[1])
            self._in_string = name == "v" and self._is_string
            self._value.clear()

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if name == "c":
            self._in_cell = False
            self.cells += 1
            if self.is_beyond_measure():
                raise ValueError
        elif name == "v" and self._in_string:
            number = _number("".join(self._value))
            self.characters += self._strings[number] if number < len(self._strings) else 0
            self._in_string = False

    def data(self, text: str) -> None:
        if self._in_string:
            self._value.append(text)

    def close(self) -> None:
        """Nothing is built."""

    def is_beyond_measure(self) -> bool:
        """Tell whether the sheet would take far too much memory."""
        return (
            max(self.cells, self.rows * self.columns) > _MOST_CELLS
            or self.rows > _MOST_ROWS
            or self.characters > _MOST_CHARACTERS
        )


def _column(place: str) -> int:
    """Return the number of the column in «AB12», 0 where it names none."""
    column = 0
    for sign in place[:4].upper():
        if "A" <= sign <= "Z":
            column = column * 26 + ord(sign) - ord("A") + 1
    return column


def _number(digits: str) -> int:
    # More digits than any row has are no number, and would take their time.
    return int(digits) if digits.isdecimal() and len(digits) < 12 else 0


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
