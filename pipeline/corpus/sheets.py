"""Rows of a CSV or XLSX file a person made, each with its line number."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.encoding import decode, freeze, refuse_many_lines
from pipeline.corpus.workbooks import NumberedRow, open_workbook, sheet_rows
from pipeline.errors import GyeolError, Problem, placed

_MOST_CELLS = 3_000_000
# What a spreadsheet would run, or what ``guarded`` made of it.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``cells`` by lower-cased heading, empty cells left out; ``line`` from 1."""

    line: int
    cells: dict[str, str]


def read_rows(path: Path, name: str, required: Sequence[str]) -> tuple[Row, ...]:
    """Read the rows of the sheet at ``path``, called ``name`` in messages.

    Headings are matched without regard to case and surrounding white space; rows with no
    filled cell are left out. Of a workbook the first sheet is read.

    Raises:
        GyeolError: the file cannot be read, is empty, or lacks a ``required`` column.
    """
    numbered = [(n, cells) for n, cells in _table(path, name) if any(cells)]
    if not numbered:
        raise GyeolError(Problem("빈 파일입니다.", "The file is empty.", name))
    (heading_line, headings), *rows = numbered
    as_written = [heading.strip() for heading in headings]
    headings = [heading.lower() for heading in as_written]
    missing = [column for column in required if column not in headings]
    if missing:
        raise GyeolError(
            Problem(
                f"열이 없습니다: {', '.join(missing)}. 첫 줄에 있는 열: {', '.join(filter(None, as_written))}",
                f"Missing columns: {', '.join(missing)}. The first row has: "
                f"{', '.join(filter(None, as_written))}",
                name,
                heading_line,
            )
        )
    return tuple(
        Row(line, {h: c.strip() for h, c in zip(headings, cells, strict=False) if h and c.strip()})
        for line, cells in rows
    )


def guarded(text: str) -> str:
    """Return ``text`` for a cell of CSV, so that no spreadsheet runs it as a formula.

    What begins with ``= + - @``, tab or carriage return gets an apostrophe in front, and what
    looks like that already another one, so that ``unguarded`` gives back any text exactly.
    Numbers written as text (``-5``) stay as they are.
    """
    return f"'{text}" if _FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text) else text


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that ``guarded`` put in front."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def known_as(cell: str, known: Container[str]) -> str:
    """Return a cell as the name it is in ``known``: as it stands, or else without its guard."""
    return cell if cell in known else unguarded(cell)


def delimited_rows(data: bytes) -> list[NumberedRow]:
    """Return the rows of the CSV ``data``, each with the line it begins on.

    Raises:
        GyeolError: the bytes cannot be decoded, or are no CSV.
    """
    text = freeze(decode(data))
    refuse_many_lines(text)
    # Excel in some locales saves «CSV» with semicolons or tabs.
    first = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    if text.count(delimiter) > _MOST_CELLS:
        raise GyeolError(
            Problem(
                f"칸이 너무 많습니다(한도 {_MOST_CELLS:,}칸). 쓰는 행과 열만 남겨 저장하세요.",
                f"There are over {_MOST_CELLS:,} cells. Keep only the rows and columns in use.",
            )
        )
    # Strict: a quotation mark left open would swallow the rows after it without a word.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[NumberedRow] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise GyeolError(
            Problem(
                f"CSV로 읽을 수 없습니다({error}). 이 줄에서 연 따옴표가 닫혔는지 확인하세요.",
                f"Not readable as CSV ({error}). Check that quotes opened here are closed.",
                line=line,
            )
        ) from error
    return rows


def _table(path: Path, name: str) -> list[NumberedRow]:
    data = path.read_bytes()
    with placed(name):
        if path.suffix.lower() == ".xlsx":
            return sheet_rows(open_workbook(data), 0)
        return delimited_rows(data)
