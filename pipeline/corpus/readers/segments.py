"""Segments files (JSONL): one segment a line, cut by someone else, perhaps coded already."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.corpus.encoding import decode, freeze, refuse_many_lines
from pipeline.corpus.readers import Reading
from pipeline.errors import Problem
from pipeline.records import Interview, Role, Turn
from pipeline.sentences import particle

_LONGEST_LINE = 1_000_000
_OWN_KEYS = frozenset({"id", "text", "codes", "interview", "speaker"})
_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A row that can be used: its text frozen, its id ``None`` where the file gives none."""

    line: int
    id: str | None
    text: str
    interview: str
    speaker: str
    fields: Mapping[str, str]
    codes: tuple[str, ...]
    time: float | None = None
    role: Role = "participant"


def read(data: bytes, name: str) -> Reading:
    """Read the segments ``data`` of the file ``name``: a turn a row, with the row's id.

    Rows of one ``interview`` form an interview in file order, a blank line between them; a
    row without ``interview`` is an interview of its own, called as the segment. Further
    keys become the turn's fields (values that are no strings as compact JSON, null left
    out), and the interview's too where it has one row. A row that cannot be used is a
    problem and left out.

    Raises:
        GyeolError: the bytes cannot be decoded.
    """
    rows, problems = _rows(data)
    return Reading(to_interviews(rows, name), problems)


def read_codes(data: bytes) -> tuple[tuple[str, str, str], ...]:
    """Return ``(interview, segment, code)`` for every code of every row ``read`` uses.

    ``codes`` is a list of names, or one name. Rows without codes give nothing.

    Raises:
        GyeolError: the bytes cannot be decoded.
    """
    return codes_of(_rows(data)[0])


def codes_of(rows: Sequence[SegmentRow]) -> tuple[tuple[str, str, str], ...]:
    """Return ``(interview, segment, code)`` for every code of the rows that have an id."""
    return tuple((row.interview, row.id, code) for row in rows if row.id for code in row.codes)


def to_interviews(rows: Sequence[SegmentRow], name: str) -> tuple[Interview, ...]:
    """Return the interviews that ``rows`` of the file ``name`` form: a turn a row, in order."""
    grouped: dict[str, list[SegmentRow]] = {}
    for row in rows:
        grouped.setdefault(row.interview, []).append(row)
    return tuple(_interview(key, group, name) for key, group in grouped.items())


def without_repeated_ids(
    rows: Iterable[SegmentRow],
) -> tuple[tuple[SegmentRow, ...], tuple[Problem, ...]]:
    """Return ``rows`` without those whose id an earlier one has, and a problem for each."""
    kept: list[SegmentRow] = []
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for row in rows:
        if row.id is None or row.id not in lines:
            kept.append(row)
            lines.update({row.id: row.line} if row.id is not None else {})
            continue
        problems.append(
            Problem(
                f"id «{row.id}»{particle(row.id, '이')} {lines[row.id]}번째 줄에도 있습니다. "
                "id는 한 파일에서 한 번만 쓸 수 있습니다.",
                f"The id «{row.id}» was used on line {lines[row.id]} already.",
                line=row.line,
            )
        )
    return tuple(kept), tuple(problems)


def looks_like_segments(head: str) -> bool:
    """Tell whether the first line that is not blank in a file's ``head`` is a JSON object."""
    line, newline, _ = head.lstrip("\ufeff \t\r\n").partition("\n")
    if not newline and line.startswith('{"'):
        # The head may end before the line does.
        return True
    return isinstance(_json(line), dict)


def _rows(data: bytes) -> tuple[tuple[SegmentRow, ...], tuple[Problem, ...]]:
    read_lines = [_row(line, number) for number, line in _numbered_lines(data)]
    faults = [row for row in read_lines if isinstance(row, Problem)]
    rows, repeated = without_repeated_ids(r for r in read_lines if isinstance(r, SegmentRow))
    problems = sorted([*faults, *repeated], key=lambda problem: problem.line or 0)
    return rows, tuple(problems)


def _numbered_lines(data: bytes) -> Iterator[tuple[int, str]]:
    # Not frozen as a whole: JSON may hold U+2028 in a string, which is no end of line.
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    refuse_many_lines(text)
    lines = enumerate(text.split("\n"), 1)
    return ((number, line) for number, line in lines if line.strip())


def _row(line: str, number: int) -> SegmentRow | Problem:
    if len(line) > _LONGEST_LINE:
        return Problem(
            f"한 줄이 {len(line):,}자입니다(한도 {_LONGEST_LINE:,}자). 더 작은 단위로 나누세요.",
            f"The line has {len(line):,} characters (limit {_LONGEST_LINE:,}). Cut it smaller.",
            line=number,
        )
    row = _json(line)
    if not isinstance(row, dict):
        return Problem(
            'JSON 객체가 아닙니다. 한 줄에 {"id": …, "text": …} 하나가 있어야 합니다.',
            'Not a JSON object. A line holds one {"id": …, "text": …}.',
            line=number,
        )
    fault = _fault(row)
    if fault:
        return Problem(*fault, line=number)
    name = _text(row["id"])
    return SegmentRow(
        number,
        name,
        freeze(row["text"]),
        _text(row.get("interview")) or name,
        _text(row.get("speaker")),
        {_text(key): _text(value) for key, value in row.items() if _is_further(key, value)},
        _codes(row.get("codes")),
    )


def _fault(row: Mapping[str, Any]) -> tuple[str, str] | None:
    name, text = row.get("id"), row.get("text")
    if not isinstance(name, str | int) or isinstance(name, bool) or not _text(name).strip():
        return "id가 없거나 문자열이 아닙니다.", "The id is missing or not a string."
    if not isinstance(text, str):
        return "text가 없거나 문자열이 아닙니다.", "The text is missing or not a string."
    if not freeze(text).strip():
        return "text가 비어 있습니다.", "The text is empty."
    codes = row.get("codes")
    listed = isinstance(codes, list) and all(isinstance(code, str) for code in codes)
    if not (codes is None or isinstance(codes, str) or listed):
        return "codes는 코드 이름의 목록이어야 합니다.", "The codes must be a list of names."
    return None


def _json(line: str) -> object:
    """Return the value on ``line``, or ``None`` where it is no JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _is_further(key: str, value: object) -> bool:
    return key not in _OWN_KEYS and value is not None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return freeze(value)
    return freeze(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def _codes(value: object) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(dict.fromkeys(freeze(name) for name in names if name.strip()))


def _interview(key: str, rows: Sequence[SegmentRow], name: str) -> Interview:
    turns: list[Turn] = []
    start = 0
    for index, row in enumerate(rows, 1):
        end = start + len(row.text)
        turns.append(Turn(index, row.speaker, row.role, start, end, row.time, row.id, row.fields))
        start = end + len(_BETWEEN)
    # Joining could let a combining mark in front of a row meet no base: LF composes with
    # nothing, so the joined text is as frozen as its rows.
    text = _BETWEEN.join(row.text for row in rows)
    # All on one line of the file: what is known of that line is known of the interview.
    fields = rows[-1].fields if len({row.line for row in rows}) == 1 else {}
    return Interview(key, text, tuple(turns), name, fields)
