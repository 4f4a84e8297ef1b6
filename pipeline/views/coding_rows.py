"""Codings as rows with their context, to read, to hand on, and to read in again."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter

from pipeline.corpus.codings import codes_of_segments
from pipeline.errors import Lang
from pipeline.records import Code, Coding, Interview, Segment
from pipeline.views.columns import Column
from pipeline.views.lookups import code_paths
from pipeline.views.questions import Questions
from pipeline.views.tables import JOINED_BY, Table
from pipeline.views.workbook import fit_cell

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDTHS = {"interview": 12, "code": 24, "path": 34, "note": 24, "text": 50, "question": 34}
_WIDTHS |= {"context": 60}
_PATH = " › "

COLUMNS = (
    Column("interview", "면담", "interview", "면담 id", "the interview's id"),
    Column("start", "시작", "start", "가리지 않은 원문에서 세어 몇째 글자부터", "into the unmasked text"),
    Column("end", "끝", "end", "몇째 글자 앞까지", "end, not included"),
    Column("code", "코드", "code", "코드북에 적힌 이름 그대로", "as named in the codebook"),
    Column("coder", "코더", "coder", "붙인 사람", "who put it"),
    Column("time", "시각", "time", "붙인 때", "when it was put"),
    Column("note", "메모", "note", "코더의 메모", "the coder's note"),
    Column("path", "자리", "path", "코드북에서의 자리", "where the code stands"),
    Column("segments", "단위", "segments", "걸친 분석 단위, | 로 구분", "segments it bears on, parted by |"),
    Column("question", "앞의 질문", "question", "면담자의 마지막 말", "the interviewer's last words"),
    Column("text", "대목", "text", "코드가 붙은 글(가림 적용)", "what was coded (masked)"),
    Column("context", "단위의 글", "context", "걸친 분석 단위의 글(가림 적용)", "text of the segments (masked)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MaskedCorpus:
    """Interviews, segments and codings as they may be shown; codings in the order of the rows."""

    interviews: tuple[Interview, ...]
    segments: tuple[Segment, ...]
    codings: tuple[Coding, ...]


def coding_table(
    codings: Sequence[Coding], masked: MaskedCorpus, codes: Sequence[Code], coders: Sequence[str]
) -> Table:
    """Return a row for each of ``codings``, by interview and place.

    ``start`` and ``end`` are those of ``codings``, so that the file can be read in again; all
    text is that of ``masked``. ``coders`` gives the names to show, one for each coding.
    """
    paths = code_paths(codes)
    texts = {interview.id: interview.text for interview in masked.interviews}
    questions = {interview.id: Questions(interview) for interview in masked.interviews}
    beneath = _segments_of(masked)
    rows = []
    for at in sorted(range(len(codings)), key=lambda at: _order(codings[at])):
        own, shown = codings[at], masked.codings[at]
        text, segments = texts[shown.interview], beneath[at]
        rows.append(
            (
                shown.interview,
                own.start,
                own.end,
                own.code,
                coders[at],
                own.time,
                shown.note,
                _PATH.join(paths.get(own.code, (own.code,))),
                JOINED_BY.join(segment.id for segment in segments),
                questions[shown.interview].before(shown.start),
                text[shown.start : shown.end],
                "\n".join(text[segment.start : segment.end] for segment in segments),
            )
        )
    title: Mapping[Lang, str] = {"ko": "코딩", "en": "Codings"}
    return Table("codings", title, COLUMNS, tuple(rows))


def to_coding_workbook(table: Table, lang: Lang) -> bytes:
    """Return ``table`` as the first sheet of a workbook, headed by keys as the CSV is."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(out, options)
    workbook.set_properties({"created": _CREATED})
    style = workbook.add_format({"valign": "top", "text_wrap": True})
    head = workbook.add_format({"valign": "top", "bold": True, "bg_color": "#E4EDEB", "bottom": 1})
    sheet = workbook.add_worksheet(table.title[lang])
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, _WIDTHS.get(column.key, 10))
        sheet.write_string(0, at, column.key, head)
    for number, row in enumerate(table.rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, at, cell, style)
            elif cell:
                sheet.write_string(number, at, fit_cell(str(cell), lang), style)
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    workbook.close()
    return out.getvalue()


def _segments_of(masked: MaskedCorpus) -> list[list[Segment]]:
    """Return, for each coding, the segments it bears on."""
    by_interview: dict[str, list[Segment]] = {}
    for segment in masked.segments:
        by_interview.setdefault(segment.interview, []).append(segment)
    return [
        [
            segment
            for segment in by_interview.get(coding.interview, ())
            if segment.start < coding.end
            and coding.start < segment.end
            and codes_of_segments([segment], [coding])
        ]
        for coding in masked.codings
    ]


def _order(coding: Coding) -> tuple[str, int, int, str, str]:
    return coding.interview, coding.start, coding.end, coding.code, coding.coder
