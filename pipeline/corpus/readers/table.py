"""Tables (.csv, .xlsx): a transcript, answers to an open question, or segments; a row each."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.packed_xml import part_names
from pipeline.corpus.readers.segments import (
    SegmentRow,
    codes_of,
    to_interviews,
    without_repeated_ids,
)
from pipeline.corpus.sheets import delimited_rows
from pipeline.corpus.unread import OLE_MAGIC, ZIP_MAGIC
from pipeline.corpus.workbooks import NumberedRow, open_workbook, sheet_rows
from pipeline.errors import GyeolError, Problem

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "text", "내용", "발화", "발화내용", "답변", "답변내용", "응답", "응답내용", "말", "전사",
        "전사내용", "content", "utterance", "answer", "response", "transcript",
    ),
    "speaker": ("speaker", "화자", "발화자", "이름", "성명", "참여자", "participant", "name"),
    "interview": ("interview", "면담", "면담id", "면담번호", "면담명", "interviewid"),
    "id": ("id",),
    "time": ("time", "시각", "시간", "start", "시작", "시작시각", "시작시간", "starttime"),
    "codes": ("codes", "코드"),
}  # fmt: skip
"""What a column is for, by its heading: case, blanks, «_» and «-» in it do not count."""

# These name a person, not only a voice: groups are compared by them.
_PERSONS = frozenset({"이름", "성명", "참여자", "participant", "name"})
_HEADING_WITHIN = 10
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)|(\d{1,6}(?:\.\d+)?)")
_SHOWN = 10
_SHOWN_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet whose headings are known: the place of each column by what it is for."""

    headings: Sequence[str]
    places: Mapping[str, int]
    rows: Sequence[NumberedRow]


def read(data: bytes, name: str) -> Reading:
    """Read the table ``data`` of the file ``name``: a turn a row.

    Columns are known by ``HEADINGS``; the row of headings may come after up to ten others.
    Rows with an ``id`` are segments: rows of one ``interview`` form an interview, a row
    without is its own. Without ids, a table that names interviews, speakers or times is a
    transcript (of one interview, called as the file, where it names none); one that names
    none of them is a survey, each row an interview. Further columns become fields. Rows
    without text are left out and counted; a speaker is carried down to rows without.

    Raises:
        GyeolError: damaged, too large, or no column is known to hold text.
    """
    rows, problems = _rows(data, name)
    return Reading(to_interviews(rows, name), problems)


def read_codes(data: bytes, name: str) -> tuple[tuple[str, str, str], ...]:
    """Return ``(interview, segment, code)`` for every code (``|`` between two) of every row.

    Raises:
        GyeolError: as for ``read``.
    """
    return codes_of(_rows(data, name)[0])


def is_workbook(data: bytes) -> bool:
    """Tell whether ``data`` is an XLSX workbook."""
    return "xl/workbook.xml" in part_names(data)


def _rows(data: bytes, name: str) -> tuple[tuple[SegmentRow, ...], tuple[Problem, ...]]:
    table, problems = _table(data)
    empty: list[int] = []
    carried: list[int] = []
    rows: list[SegmentRow] = []
    for line, cells in table.rows:
        row = _row(table, line, cells, interview_id(name))
        if not row.text:
            empty.append(line)
        elif row.id == "":
            problems.append(_no_id(line))
        elif _goes_on(table, row, rows):
            carried.append(line)
            rows.append(_spoken_by(table, row, rows[-1].speaker))
        else:
            rows.append(row)
    kept, repeated = without_repeated_ids(rows)
    said = [
        *repeated,
        *([_empty(empty)] if empty else []),
        *([_carried(carried)] if carried else []),
    ]
    return kept, (*problems, *said)


def _row(table: _Table, line: int, cells: Sequence[str], stem: str) -> SegmentRow:
    given = {
        role: cells[place].strip() if place < len(cells) else ""
        for role, place in table.places.items()
    }
    name = given.get("id")
    if name is None and not {"interview", "speaker", "time"} & set(table.places):
        # A survey: whoever answered on this line.
        name = f"{stem}-{line}"
    alone = stem if name is None else name
    time = _seconds(given.get("time", ""))
    own = {place for role, place in table.places.items() if role != "time" or time is not None}
    fields = {
        table.headings[place]: cell.strip()
        for place, cell in enumerate(cells[: len(table.headings)])
        if place not in own and table.headings[place] and cell.strip()
    }
    codes = tuple(dict.fromkeys(filter(None, map(str.strip, given.get("codes", "").split("|")))))
    row = SegmentRow(
        line, name, given["text"], given.get("interview") or alone, "", fields, codes, time
    )
    return _spoken_by(table, row, given.get("speaker", ""))


def _goes_on(table: _Table, row: SegmentRow, rows: Sequence[SegmentRow]) -> bool:
    """Tell whether a row without speaker goes on with the one above, as merged cells do."""
    return (
        "speaker" in table.places
        and row.id is None
        and not row.speaker
        and bool(rows)
        and bool(rows[-1].speaker)
        and rows[-1].interview == row.interview
    )


def _spoken_by(table: _Table, row: SegmentRow, speaker: str) -> SegmentRow:
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


def _table(data: bytes) -> tuple[_Table, list[Problem]]:
    """Return the first sheet in ``data`` that has a column of text, and what else there is."""
    if not data.startswith((ZIP_MAGIC, OLE_MAGIC)):
        rows = delimited_rows(data)
        found = _with_headings(rows)
        if found is None:
            raise GyeolError(_no_text_column(rows))
        return found, []
    workbook = open_workbook(data)
    names = workbook.sheet_names
    first: list[NumberedRow] = []
    for index in range(len(names)):
        rows = sheet_rows(workbook, index)
        first = first or [row for row in rows if any(row[1])]
        if found := _with_headings(rows):
            others = [name for place, name in enumerate(names) if place != index]
            return found, [_one_sheet(names[index], others)] if others else []
    raise GyeolError(_no_text_column(first))


def _with_headings(rows: Sequence[NumberedRow]) -> _Table | None:
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    for number, (line, cells) in enumerate(filled[:_HEADING_WITHIN]):
        places = _places(cells, line)
        if "text" in places:
            headings = [" ".join(cell.split()).lower() for cell in cells]
            return _Table(headings, places, filled[number + 1 :])
    return None


def _places(headings: Sequence[str], line: int) -> dict[str, int]:
    """Return the place of each column that is known by its heading.

    Raises:
        GyeolError: several columns could be the text, and none is called «text».
    """
    plain = [_plain_heading(heading) for heading in headings]
    places: dict[str, int] = {}
    for role, known in HEADINGS.items():
        found = [heading for heading in known if heading in plain]
        if role == "text" and len(found) > 1 and found[0] != known[0]:
            raise GyeolError(_several_texts(found, line))
        if found:
            places[role] = plain.index(found[0])
    return places


def _plain_heading(heading: str) -> str:
    return re.sub(r"[\s_-]+", "", freeze(heading)).casefold()


def _no_text_column(rows: Sequence[NumberedRow]) -> Problem:
    line, cells = next(((n, c) for n, c in rows if any(c)), (1, []))
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    shown = ", ".join(f"«{cell[:_SHOWN_CHARACTERS]}»" for cell in filled[:_SHOWN])
    shown += ", …" if len(filled) > _SHOWN else ""
    return Problem(
        f"말이 든 열을 알 수 없습니다. 첫 줄에 있는 열: {shown}. 그 열의 이름을 «text», «내용», "
        "«답변» 가운데 하나로 고치세요(화자는 «화자», 면담은 «면담», 시각은 «시각»). 질문이 여러 "
        "열이면 한 질문씩 따로 넣으세요.",
        f"No column is known to hold the text. The first row has: {shown}. Call that column "
        "«text» (others: «speaker», «interview», «time»). Of several questions, give each its file.",
        line=line,
    )


def _several_texts(found: Sequence[str], line: int) -> Problem:
    shown = ", ".join(f"«{heading}»" for heading in found)
    return Problem(
        f"말이 든 열로 볼 수 있는 것이 여럿입니다: {shown}. 분석할 열의 이름을 «text»로 고치세요.",
        f"Several columns could hold the text: {shown}. Call the one to analyse «text».",
        line=line,
    )


def _no_id(line: int) -> Problem:
    return Problem("id가 비어 있습니다.", "The id is missing.", line=line)


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
