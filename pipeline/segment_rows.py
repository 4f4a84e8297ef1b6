"""The rows of a file of segments exactly as given: in order, with repeated ids and blank text.

A study's readers leave out what cannot be coded. Here each row that can be read gets an
answer, so each is kept.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.corpus.encoding import decode
from pipeline.corpus.readers.segments import looks_like_segments
from pipeline.corpus.readers.table import is_workbook
from pipeline.corpus.readers.table_columns import Table, with_headings
from pipeline.corpus.sheets import delimited_rows
from pipeline.corpus.workbooks import NumberedRow, open_workbook, sheet_rows
from pipeline.errors import GyeolError, Problem, placed
from pipeline.prepared import answers, read_rows_as_interviews
from pipeline.sentences import why_not

_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_TABLES = frozenset({".csv", ".tsv"})
_NEWLINES = re.compile("[\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\0-\x08\x0e-\x1f\ufeff]")
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A row as the file gives it.

    ``id`` is ``None`` where the file has none that is text or a whole number. ``text`` is
    NFC and otherwise as given, perhaps empty. ``codes`` are names, or the one text that a
    cell holds for them. ``interview`` and ``speaker`` are empty where not given.
    """

    line: int
    id: str | int | None
    text: str
    codes: tuple[str, ...] | str = ()
    interview: str = ""
    speaker: str = ""


def read_segment_rows(path: Path) -> tuple[tuple[SegmentRow, ...], tuple[Problem, ...]]:
    """Read JSONL, CSV or XLSX with ids a row each, or a transcript's answers.

    What cannot be read is a problem that names its line; the rest is returned.

    Raises:
        GyeolError: the file cannot be opened or decoded, or no row of it can be read.
    """
    name = path.as_posix()
    with placed(name):
        rows, problems = _rows(path)
        if not rows:
            raise GyeolError(*(problems or [_empty_file()]))
    said = [*problems, *_missing_ids(rows), *_blank(rows), *_repeated_ids(rows)]
    return rows, tuple(replace(problem, path=name) for problem in said)


def analysable(text: str) -> str:
    """Return ``text`` (NFC) as the analysis can take it, every sign where it was.

    Controls become blanks, all ends of line LF: sign by sign, so that spans into the result
    are spans into ``text``.
    """
    text = _CONTROLS.sub(" ", _NEWLINES.sub("\n", text))
    return _UNWRITABLE.sub("\ufffd", text)


def _rows(path: Path) -> tuple[tuple[SegmentRow, ...], list[Problem]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GyeolError(_not_opened(error)) from error
    suffix = path.suffix.lower()
    if is_workbook(data) or suffix in _TABLES:
        table = _table_with_ids(data)
        if table is not None:
            return tuple(_row_of_table(table, line, cells) for line, cells in table.rows), []
    elif suffix in _JSON_LINES or _holds_objects(data):
        return _json_rows(decode(data))
    interviews, problems = read_rows_as_interviews(path)
    texts = {interview.id: interview.text for interview in interviews}
    rows = (
        SegmentRow(0, s.id, texts[s.interview][s.start : s.end], (), s.interview, s.speaker)
        for s in answers(interviews)
    )
    return tuple(rows), list(problems)


def _holds_objects(data: bytes) -> bool:
    try:
        return looks_like_segments(decode(data))
    except GyeolError:  # no text: a document
        return False


def _json_rows(text: str) -> tuple[tuple[SegmentRow, ...], list[Problem]]:
    rows: list[SegmentRow] = []
    problems: list[Problem] = []
    # Nothing else ends a line: JSON may hold U+2028 in a string.
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line, written in enumerate(lines, 1):
        if not written.strip():
            continue
        try:
            value = json.loads(written, parse_constant=_no_number)
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            rows.append(_row_of_object(value, line))
            problems += _faults(value, line)
        else:
            problems.append(_no_object(line))
    return tuple(rows), problems


def _no_number(name: str) -> None:
    raise ValueError(name)


def _row_of_object(value: dict[str, Any], line: int) -> SegmentRow:
    name, text, codes = value.get("id"), value.get("text"), value.get("codes")
    return SegmentRow(
        line,
        name if isinstance(name, str | int) and not isinstance(name, bool) else None,
        unicodedata.normalize("NFC", text) if isinstance(text, str) else "",
        codes if isinstance(codes, str) else tuple(_texts(codes)),
        _label(value.get("interview")),
        _label(value.get("speaker")),
    )


def _texts(value: object) -> Iterator[str]:
    return (part for part in (value if isinstance(value, list) else ()) if isinstance(part, str))


def _label(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _faults(value: dict[str, Any], line: int) -> Iterator[Problem]:
    text, codes = value.get("text"), value.get("codes")
    if not isinstance(text, str):
        yield Problem(
            "text가 없거나 문자열이 아니어서 빈 글로 다룹니다.",
            "The text is missing or not a string: taken as empty.",
            line=line,
        )
    listed = isinstance(codes, list) and all(isinstance(code, str) for code in codes)
    if not (codes is None or isinstance(codes, str) or listed):
        yield Problem(
            "codes는 코드 이름의 목록이어야 합니다. 이름이 아닌 것은 뺐습니다.",
            "The codes must be a list of names; what is none was left out.",
            line=line,
        )


def _table_with_ids(data: bytes) -> Table | None:
    for rows in _sheets(data):
        table = with_headings(rows, {})
        if table is not None and "id" in table.places:
            return table
    return None


def _sheets(data: bytes) -> Iterator[Sequence[NumberedRow]]:
    if not is_workbook(data):
        yield delimited_rows(data)
        return
    workbook = open_workbook(data)
    for index in range(len(workbook.sheet_names)):
        yield sheet_rows(workbook, index)


def _row_of_table(table: Table, line: int, cells: Sequence[str]) -> SegmentRow:
    given = {use: cells[place] if place < len(cells) else "" for use, place in table.places.items()}
    return SegmentRow(
        line,
        given["id"] if given["id"].strip() else None,
        given["text"],
        given.get("codes", ""),
        given.get("interview", "").strip(),
        given.get("speaker", "").strip(),
    )


def _missing_ids(rows: Sequence[SegmentRow]) -> list[Problem]:
    lines = [row.line for row in rows if row.id is None]
    if not lines:
        return []
    ko = f"id가 없거나 글자가 아닌 행 {len(lines):,}개는 결과에서도 id가 null입니다: {_listed(lines)}행."
    en = f"{len(lines):,} rows without an id that is text have null for it: {_listed(lines)}."
    return [Problem(ko, en, level="warning")]


def _blank(rows: Sequence[SegmentRow]) -> list[Problem]:
    lines = [row.line for row in rows if not row.text.strip()]
    if not lines:
        return []
    ko = f"말이 비어 있는 행 {len(lines):,}개에는 맞는 코드가 없다고 적습니다: {_listed(lines)}행."
    en = f"{len(lines):,} rows without text fit no code: {_listed(lines)}."
    return [Problem(ko, en, level="warning")]


def _repeated_ids(rows: Sequence[SegmentRow]) -> list[Problem]:
    seen: set[str | int] = set()
    lines: list[int] = []
    for row in rows:
        if row.id in seen:
            lines.append(row.line)
        elif row.id is not None:
            seen.add(row.id)
    if not lines:
        return []
    ko = f"앞에 나온 id를 다시 쓴 행이 {len(lines):,}개 있습니다: {_listed(lines)}행. 모두 그대로 읽었습니다."
    en = f"{len(lines):,} rows repeat an earlier id: {_listed(lines)}. All of them were read."
    return [Problem(ko, en, level="warning")]


def _listed(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines[:_SHOWN])) + (", …" if len(lines) > _SHOWN else "")


def _no_object(line: int) -> Problem:
    return Problem(
        'JSON 객체가 아니어서 이 줄은 뺐습니다. 한 줄에 {"id": …, "text": …} 하나가 있어야 합니다.',
        'Not a JSON object: the line was left out. A line holds one {"id": …, "text": …}.',
        line=line,
    )


def _empty_file() -> Problem:
    return Problem("읽을 행이 없습니다.", "There is no row to read.")


def _not_opened(error: OSError) -> Problem:
    return Problem(
        f"파일을 열 수 없습니다({why_not(error)}). 경로와 권한을 확인하세요.",
        f"The file cannot be opened ({error.strerror}). Check its path and permissions.",
    )
