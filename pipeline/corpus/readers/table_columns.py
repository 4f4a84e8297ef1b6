"""What the columns of a table are for: by the config, else by their headings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.corpus.encoding import freeze
from pipeline.corpus.options import Column
from pipeline.corpus.workbooks import NumberedRow
from pipeline.errors import GyeolError, Problem

HEADINGS: Mapping[Column, tuple[str, ...]] = {
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

Columns = Mapping[Column, str | tuple[str, ...]]
_HEADING_WITHIN = 10
_SHOWN = 10
_SHOWN_CHARACTERS = 20


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose headings are known.

    ``places`` says where the column is, by what it is for; ``questions`` are the places of
    the columns that answer one question each, none where there is one column of text.
    ``asked`` are the headings as written.
    """

    headings: Sequence[str]
    asked: Sequence[str]
    places: Mapping[Column, int]
    questions: Sequence[int]
    rows: Sequence[NumberedRow]


def with_headings(rows: Sequence[NumberedRow], columns: Columns) -> Table | None:
    """Return the table in ``rows``, ``None`` where no row within the first ten has headings.

    That row has all of ``columns``; where these do not name the text, it has a known one.

    Raises:
        GyeolError: several columns could be the text, and none is called «text».
    """
    filled = [(line, cells) for line, cells in rows if any(cell.strip() for cell in cells)]
    for number, (line, cells) in enumerate(filled[:_HEADING_WITHIN]):
        places, questions = _places(cells, line, columns)
        if "text" in places or questions:
            asked = [" ".join(cell.split()) for cell in cells]
            headings = [cell.lower() for cell in asked]
            return Table(headings, asked, places, questions, filled[number + 1 :])
    return None


def no_such_columns(rows: Sequence[NumberedRow], columns: Columns) -> Problem:
    """Say which of ``columns`` the table ``rows`` lacks, which it has, and how to mend it."""
    wanted = [name for names in columns.values() for name in listed(names)]
    heads = [(n, cells) for n, cells in rows if any(c.strip() for c in cells)][:_HEADING_WITHIN]

    def missing(cells: Sequence[str]) -> list[str]:
        present = {plain_heading(cell) for cell in cells}
        return [name for name in wanted if plain_heading(name) not in present]

    line, cells = min(heads, key=lambda row: len(missing(row[1])), default=(1, []))
    there = {plain_heading(cell): " ".join(cell.split()) for cell in cells if cell.strip()}
    hints = [
        f"«{name}» → «{there[near[0]]}»?"
        for name in missing(cells)
        if (near := difflib.get_close_matches(plain_heading(name), there, n=1, cutoff=0.6))
    ]
    if not missing(cells):
        return no_text_column(rows)
    lacking = ", ".join(f"«{name}»" for name in missing(cells))
    hint = f" ({', '.join(hints)})" if hints else ""
    return Problem(
        f"설정의 reading.columns에 적은 열이 없습니다: {lacking}{hint}. 이 줄에 있는 열: "
        f"{_shown(cells)}. 파일의 열 이름 그대로 적으세요.",
        f"Columns named in `reading.columns` are missing: {lacking}{hint}. This row has: "
        f"{_shown(cells)}. Name them as the file does.",
        line=line,
    )


def no_text_column(rows: Sequence[NumberedRow]) -> Problem:
    """Say that no column of ``rows`` is known to hold the text, and how to mend it."""
    line, cells = next(((n, c) for n, c in rows if any(c)), (1, []))
    return Problem(
        f"말이 든 열을 알 수 없습니다. 첫 줄에 있는 열: {_shown(cells)}. 그 열의 이름을 설정에 적거나"
        "(reading: {columns: {text: 열, speaker: 열}}, 문항이 여럿이면 text: [열, 열]) 파일에서 "
        "«text», «내용», «답변» 가운데 하나로 고치세요(화자는 «화자», 면담은 «면담», 시각은 «시각»).",
        f"No column is known to hold the text. The first row has: {_shown(cells)}. Name it in the "
        "config (reading: {columns: {text: COLUMN}}; of several questions text: [COLUMN, COLUMN]), "
        "or call it «text» in the file (others: «speaker», «interview», «time»).",
        line=line,
    )


def has_some(rows: Sequence[NumberedRow], columns: Columns) -> bool:
    """Tell whether one of ``columns`` stands in the rows where headings may be."""
    wanted = {plain_heading(name) for names in columns.values() for name in listed(names)}
    heads = [cells for _, cells in rows if any(cell.strip() for cell in cells)]
    return any(plain_heading(cell) in wanted for cells in heads[:_HEADING_WITHIN] for cell in cells)


def listed(names: str | tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the columns for one purpose."""
    return (names,) if isinstance(names, str) else names


def plain_heading(heading: str) -> str:
    """Return a heading as it is compared."""
    return re.sub(r"[\s_-]+", "", freeze(heading)).casefold()


def _places(
    headings: Sequence[str], line: int, columns: Columns
) -> tuple[dict[Column, int], list[int]]:
    """Return the place of each column that is known, and those of several questions."""
    plain = [plain_heading(heading) for heading in headings]
    given: dict[Column, list[str]] = {
        use: [plain_heading(name) for name in listed(names)] for use, names in columns.items()
    }
    if any(name not in plain for names in given.values() for name in names):
        return {}, []
    several = isinstance(columns.get("text"), tuple)
    questions = [plain.index(name) for name in given["text"]] if several else []
    places: dict[Column, int] = {use: plain.index(names[0]) for use, names in given.items()}
    taken = {*places.values(), *questions}
    if several:
        del places["text"]
    for role, known in HEADINGS.items():
        if role in given:
            continue
        found = [name for name in known if name in plain and plain.index(name) not in taken]
        if role == "text" and len(found) > 1 and found[0] != known[0]:
            raise GyeolError(_several_texts(found, line))
        if found:
            places[role] = plain.index(found[0])
    return places, questions


def _shown(cells: Sequence[str]) -> str:
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    shown = ", ".join(f"«{cell[:_SHOWN_CHARACTERS]}»" for cell in filled[:_SHOWN])
    return shown + (", …" if len(filled) > _SHOWN else "")


def _several_texts(found: Sequence[str], line: int) -> Problem:
    shown = ", ".join(f"«{heading}»" for heading in found)
    return Problem(
        f"말이 든 열로 볼 수 있는 것이 여럿입니다: {shown}. 분석할 열을 설정에 적거나(reading: "
        "{columns: {text: 열}}) 그 열의 이름을 «text»로 고치세요.",
        f"Several columns could hold the text: {shown}. Name the one to analyse in the config "
        "(reading: {columns: {text: COLUMN}}), or call it «text».",
        line=line,
    )
