"""Tables (.csv, .xlsx): a transcript, answers to an open question, or segments; a row each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence, Set

from pipeline.corpus.archives import ZIP_MAGIC, part_names
from pipeline.corpus.options import AS_IT_IS, Column, Options
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.segments import (
    SegmentRow,
    codes_of,
    to_interviews,
    without_repeated_ids,
)
from pipeline.corpus.readers.table_columns import (
    Columns,
    Table,
    has_some,
    listed,
    no_such_columns,
    no_text_column,
    with_headings,
)
from pipeline.corpus.roles import role_of
from pipeline.corpus.sheets import delimited_rows
from pipeline.corpus.unread import OLE_MAGIC
from pipeline.corpus.workbooks import NumberedRow, open_workbook, sheet_rows
from pipeline.errors import GyeolError, Problem
from pipeline.sentences import particle

# These name a person, not only a voice: groups are compared by them.
_PERSONS = frozenset({"이름", "성명", "참여자", "participant", "name"})
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)|(\d{1,6}(?:\.\d+)?)")
# Files put together keep the byte order marks of each: they are no part of what was said.
_FRONT = re.compile(r"[\s\ufeff]+")
_SHOWN = 10
QUESTION = "질문"
"""Who asks the questions of a survey."""


def read(data: bytes, name: str, options: Options = AS_IT_IS) -> Reading:
    """Read the table ``data`` of the file ``name``: a turn a row.

    Columns are those ``options`` name, else known by ``HEADINGS``; the row of headings may come after up to ten others.
    Rows with an ``id`` are segments: rows of one ``interview`` form an interview, a row
    without is its own. Without ids, a table that names interviews, speakers or times is a
    transcript (of one interview, called as the file, where it names none); one that names
    none of them is a survey, each row an interview. Further columns become fields. Rows
    without text are left out and counted; a speaker is carried down to rows without.

    Where ``options`` name several columns of text, each is a question of a survey and a row
    an interview (rows with the same ``interview`` or ``id`` are one): each answer is a turn,
    and the question, its column's heading, the interviewer's turn before it.

    Raises:
        GyeolError: damaged, too large, the columns ``options`` name are not there, or no
            column is known to hold text.
    """
    rows, problems = _rows(data, name, options)
    return Reading(to_interviews(rows, name), problems)


def read_codes(data: bytes, name: str) -> tuple[tuple[str, str, str], ...]:
    """Return ``(interview, segment, code)`` for every code (``|`` between two) of every row.

    Raises:
        GyeolError: as for ``read``.
    """
    return codes_of(_rows(data, name, AS_IT_IS)[0])


def is_workbook(data: bytes) -> bool:
    """Tell whether ``data`` is an XLSX workbook."""
    return "xl/workbook.xml" in part_names(data)


def _rows(
    data: bytes, name: str, options: Options
) -> tuple[tuple[SegmentRow, ...], tuple[Problem, ...]]:
    table, problems = _table(data, options.columns)
    if table.questions:
        answers, unanswered = _answers(table, name)
        return answers, (*problems, *([_empty(unanswered)] if unanswered else []))
    empty: list[int] = []
    carried: list[int] = []
    strange: dict[str, int] = {}
    rows: list[SegmentRow] = []
    for line, cells in table.rows:
        row = _row(table, line, cells, interview_id(name))
        said = _cell(table, cells, "role")
        role = role_of(said, options.roles)
        if row.text and said and role is None:
            strange.setdefault(said, line)
        row = dataclasses.replace(row, role=role or "participant")
        if not row.text:
            empty.append(line)
        elif row.id == "":
            problems.append(_no_id(line))
        elif _goes_on(table, row, rows):
            carried.append(line)
            row = _spoken_by(table, row, rows[-1].speaker)
            rows.append(row if said else dataclasses.replace(row, role=rows[-1].role))
        else:
            rows.append(row)
    kept, repeated = without_repeated_ids(rows)
    said = [
        *repeated,
        *([_unknown_roles(strange)] if strange else []),
        *([_empty(empty)] if empty else []),
        *([_carried(carried)] if carried else []),
    ]
    return kept, (*problems, *said)


def _answers(table: Table, name: str) -> tuple[tuple[SegmentRow, ...], list[int]]:
    """Return a survey's questions and answers by row, and the lines nobody answered on."""
    stem = interview_id(name)
    rows: list[SegmentRow] = []
    empty: list[int] = []
    for line, cells in table.rows:
        who = _cell(table, cells, "interview") or _cell(table, cells, "id") or f"{stem}-{line}"
        used = {*table.places.values(), *table.questions}
        asked = SegmentRow(line, None, "", who, QUESTION, {}, (), role="interviewer")
        answer = SegmentRow(line, None, "", who, "", _fields(table, cells, used), ())
        answer = _spoken_by(table, answer, _cell(table, cells, "speaker"))
        said = {n: _plain(cells[n]) for n in table.questions if n < len(cells)}
        for place, text in ((place, text) for place, text in said.items() if text):
            rows.append(dataclasses.replace(asked, text=table.asked[place]))
            rows.append(dataclasses.replace(answer, text=text))
        if not any(said.values()):
            empty.append(line)
    return tuple(rows), empty


def _row(table: Table, line: int, cells: Sequence[str], stem: str) -> SegmentRow:
    name = _cell(table, cells, "id") if "id" in table.places else None
    if name is None and not {"interview", "speaker", "time"} & set(table.places):
        # A survey: whoever answered on this line.
        name = f"{stem}-{line}"
    alone = stem if name is None else name
    time = _seconds(_cell(table, cells, "time"))
    used = {place for role, place in table.places.items() if role != "time" or time is not None}
    listed = map(str.strip, _cell(table, cells, "codes").split("|"))
    row = SegmentRow(
        line,
        name,
        _cell(table, cells, "text"),
        _cell(table, cells, "interview") or alone,
        "",
        _fields(table, cells, used),
        tuple(dict.fromkeys(filter(None, listed))),
        time,
    )
    return _spoken_by(table, row, _cell(table, cells, "speaker"))


def _cell(table: Table, cells: Sequence[str], role: Column) -> str:
    place = table.places.get(role, len(cells))
    return _plain(cells[place]) if place < len(cells) else ""


def _plain(cell: str) -> str:
    """Return a cell without blanks around it, and without byte order marks of a file within."""
    cell = cell.strip()
    front = _FRONT.match(cell)
    return cell[front.end() :] if front else cell


def _fields(table: Table, cells: Sequence[str], used: Set[int]) -> dict[str, str]:
    """Return the cells of the columns that are for nothing else, by their headings."""
    return {
        heading: cell.strip()
        for place, (heading, cell) in enumerate(zip(table.headings, cells, strict=False))
        if place not in used and heading and cell.strip()
    }


def _goes_on(table: Table, row: SegmentRow, rows: Sequence[SegmentRow]) -> bool:
    """Tell whether a row without speaker goes on with the one above, as merged cells do."""
    return (
        "speaker" in table.places
        and row.id is None
        and not row.speaker
        and bool(rows)
        and bool(rows[-1].speaker)
        and rows[-1].interview == row.interview
    )


def _spoken_by(table: Table, row: SegmentRow, speaker: str) -> SegmentRow:
    if not speaker:
        return row
    heading = table.headings[table.places["speaker"]]
    fields = {**row.fields, heading: speaker} if heading in _PERSONS else row.fields
    return dataclasses.replace(row, speaker=speaker, fields=fields)


def _seconds(time: str) -> float | None:
    """Return «00:12:33», «12:33» or «753» in seconds, ``None`` where it is no such time."""
    match = _TIME.fullmatch(time)
    if match is None:
        return None
    hours, minutes, seconds, plain = match.groups()
    if plain:
        return float(plain)
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))


def _table(data: bytes, columns: Columns) -> tuple[Table, list[Problem]]:
    """Return the first sheet in ``data`` that has a column of text, and what else there is.

    Of a study's tables some may have other columns than the config names: one that has none
    of them is known by its headings, with a warning.
    """
    names: list[str] = []
    sheets: list[Sequence[NumberedRow]] = []
    found: Table | None = None
    for name, rows in _sheets(data):
        names.append(name)
        if found is None:
            sheets.append(rows)
            found = with_headings(rows, columns)
    read_sheet, problems = len(sheets) - 1, []
    if found is None and columns and not any(has_some(rows, columns) for rows in sheets):
        tables = (with_headings(rows, {}) for rows in sheets)
        read_sheet, found = next(((n, t) for n, t in enumerate(tables) if t), (0, None))
        problems = [_by_headings(columns)]
    if found is None:
        rows = next((rows for rows in sheets if any(any(cells) for _, cells in rows)), [])
        raise GyeolError(no_such_columns(rows, columns) if columns else no_text_column(rows))
    others = [name for number, name in enumerate(names) if number != read_sheet]
    return found, [*problems, *([_one_sheet(names[read_sheet], others)] if others else [])]


def _sheets(data: bytes) -> Iterator[tuple[str, Sequence[NumberedRow]]]:
    if not data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        yield "", delimited_rows(data)
        return
    workbook = open_workbook(data)
    for index, name in enumerate(workbook.sheet_names):
        yield name, sheet_rows(workbook, index)


def _no_id(line: int) -> Problem:
    return Problem("id가 비어 있습니다.", "The id is missing.", line=line)


def _by_headings(columns: Columns) -> Problem:
    shown = ", ".join(f"«{name}»" for names in columns.values() for name in listed(names))
    return Problem(
        f"설정의 reading.columns에 적은 열({shown})이 이 파일에는 하나도 없어, 이름으로 알아본 열로 "
        "읽었습니다. gyeol convert --config로 확인하세요.",
        f"The file has none of the columns in `reading.columns` ({shown}) and was read by its "
        "headings. See gyeol convert --config.",
        level="warning",
    )


def _unknown_roles(values: Mapping[str, int]) -> Problem:
    shown = ", ".join(f"«{value}»" for value in list(values)[:_SHOWN])
    first = next(iter(values))
    return Problem(
        f"역할 열의 값 {shown}{particle(shown, '을')} 몰라 답하는 사람으로 읽었습니다. interviewer나 participant로 "
        f"고치거나 설정에 적으세요. 예: reading: {{roles: {{{first}: interviewer}}}}",
        f"Roles {shown} are not known and were read as participants. Write interviewer or "
        f"participant, or say in the config reading: {{roles: {{{first}: interviewer}}}}",
        line=values[first],
        level="warning",
    )


def _one_sheet(read_sheet: str, others: Sequence[str]) -> Problem:
    shown = ", ".join(f"«{name}»" for name in others[:_SHOWN])
    return Problem(
        f"시트 «{read_sheet}»만 읽었습니다. 읽지 않은 시트: {shown}.",
        f"Only the sheet «{read_sheet}» was read, not: {shown}.",
        level="warning",
    )


def _empty(lines: Sequence[int]) -> Problem:
    return Problem(
        f"말이 비어 있는 행 {len(lines)}개를 뺐습니다: {_listed(lines)}행.",
        f"{len(lines)} rows without text were left out: {_listed(lines)}.",
        level="warning",
    )


def _carried(lines: Sequence[int]) -> Problem:
    return Problem(
        f"화자가 비어 있는 행 {len(lines)}개는 바로 위 화자의 말로 읽었습니다: {_listed(lines)}행.",
        f"{len(lines)} rows without speaker were read as the speaker's above: {_listed(lines)}.",
        level="warning",
    )


def _listed(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines[:_SHOWN])) + (", …" if len(lines) > _SHOWN else "")
