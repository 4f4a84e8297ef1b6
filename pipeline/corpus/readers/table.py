"""Tables (.csv, .xlsx): a transcript, answers to an open question, or segments; a row each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers import Reading, interview_id
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

    sheet: str
    headings: Sequence[str]
    places: Mapping[str, int]
    rows: Sequence[NumberedRow]


@dataclass(frozen=True, slots=True)
class _Parsed:
    rows: tuple[SegmentRow, ...]
    problems: tuple[Problem, ...]


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
    parsed = _parsed(data, name)
    return Reading(to_interviews(parsed.rows, name), parsed.problems)


def read_codes(data: bytes, name: str) -> tuple[tuple[str, str, str], ...]:
    """Return ``(interview, segment, code)`` for every code (``|`` between two) of every row.

    Raises:
        GyeolError: as for ``read``.
    """
    return codes_of(_parsed(data, name).rows)


def _parsed(data: bytes, name: str) -> _Parsed:
    table, problems = _find_table(data)
    is_survey = not {"id", "interview", "speaker", "time"} & set(table.places)
    rows: list[SegmentRow] = []
    empty: list[int] = []
    carried: list[int] = []
    speakers: dict[str, str] = {}
    for line, cells in table.rows:
        row = _row(table, line, cells, interview_id(name), is_survey)
        if isinstance(row, Problem):
            problems.append(row)
            continue
        if not row.text:
            empty.append(line)
            continue
        if not row.speaker and speakers.get(row.interview):
            carried.append(line)
        speakers[row.interview] = row.speaker or speakers.get(row.interview, "")
        rows.append(_with_speaker(row, speakers[row.interview]))
    kept, repeated = without_repeated_ids(rows)
    problems += [*repeated, *([_empty(empty)] if empty else [])]
    problems += [_carried(carried)] if carried else []
    return _Parsed(kept, tuple(problems))
