"""The rows of a review sheet (검토 시트) as they come back.

Rows may be sorted, filtered, removed; what was changed outside the coder's cells is refused,
with what it was.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.corpus.workbooks import NumberedRow, open_workbook, sheet_rows
from pipeline.errors import GyeolError, Problem, placed
from pipeline.verdicts.sheet_columns import (
    BESIDE,
    CODING,
    COLUMNS,
    FIXED,
    FREE,
    KEPT,
    N_SUGGESTED,
    NOTHING_FITS,
    ORIGINAL,
    check,
    plain,
)

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row that came back with something in it; ``line`` is its row in the sheet, from 1.

    ``codes`` are as typed, ``NOTHING_FITS`` left out; ``done`` says that a code was put or
    nothing fits. ``suggested`` are those given out, code by score; ``hidden`` those that were
    kept from the coder.
    """

    line: int
    id: str
    start: int
    end: int
    codes: tuple[str, ...]
    memo: str
    done: bool
    suggested: tuple[tuple[str, float], ...]
    hidden: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnedSheet:
    """A review sheet read back: ``sheet`` is its own id, ``rows`` those that can be used.

    ``coder`` and ``model`` are what it was made for and with.
    """

    sheet: str
    coder: str
    model: str
    rows: tuple[FilledRow, ...]
    problems: tuple[Problem, ...]


def read_sheet(data: bytes, name: str) -> ReturnedSheet:
    """Read a review sheet back, called ``name`` in messages.

    Raises:
        GyeolError: the file is no review sheet, or its unseen sheet is gone or was changed.
    """
    with placed(name):
        workbook = open_workbook(data)
        names = list(workbook.sheet_names)
        if CODING not in names or ORIGINAL not in names:
            raise GyeolError(_no_review_sheet(names))
        original = sheet_rows(workbook, names.index(ORIGINAL))
        coding = sheet_rows(workbook, names.index(CODING))
    made = _made(original, name)
    given = _given(original[2:], name)
    columns = _columns(coding, name)
    rows: list[FilledRow] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line, cells in coding[1:]:
        if not any(cells):
            continue
        at = {key: cells[column] for key, column in columns.items() if column < len(cells)}
        found = _row(line, at, given, seen, name)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            rows.append(found)
    return ReturnedSheet(made[0], made[1], made[2], tuple(rows), tuple(problems))


def _row(
    line: int,
    cells: Mapping[str, str],
    given: Mapping[str, Mapping[str, str]],
    seen: dict[str, int],
    name: str,
) -> FilledRow | Problem | None:
    shown = cells.get("id", "")
    original = given.get(shown)
    if original is None:
        return _refused(line, "id", shown, None, name)
    if shown in seen:
        return Problem(
            f"{line}행과 {seen[shown]}행이 같은 대목입니다. 한 행만 남기세요. 나중 행은 쓰지 않았습니다.",
            f"Rows {line} and {seen[shown]} are the same passage; the later one was left out.",
            name,
            line,
        )
    seen[shown] = line
    for key in FIXED:
        if plain(key, cells.get(key, "")) != plain(key, original.get(key, "")):
            return _refused(line, key, cells.get(key, ""), original.get(key, ""), name)
    codes = [cells.get(key, "").strip() for key in FREE if key != "memo"]
    put = tuple(dict.fromkeys(code for code in codes if code and code != NOTHING_FITS))
    memo = cells.get("memo", "").strip()
    if put and NOTHING_FITS in codes:
        return Problem(
            f"«{NOTHING_FITS}»와 코드가 함께 있습니다. 하나만 남기세요.",
            f"«{NOTHING_FITS}» stands beside a code; keep one of them.",
            name,
            line,
        )
    suggested = tuple(
        (original[f"suggestion_{n}"], float(original[f"score_{n}"]))
        for n in range(1, N_SUGGESTED + 1)
        if original.get(f"score_{n}")
    )
    hidden = tuple((code, score) for code, score in json.loads(original["hidden"] or "[]"))
    span = int(original["start"]), int(original["end"])
    return FilledRow(line, shown, *span, put, memo, any(codes), suggested, hidden)


def _made(original: Sequence[NumberedRow], name: str) -> tuple[str, str, str]:
    """Return what the first row of the unseen sheet says: the sheet's id, coder and model."""
    cells = original[0][1] if original else []
    if len(cells) < 3 or not cells[0]:
        raise GyeolError(_changed(name))
    return cells[0], cells[1], cells[2]


def _given(rows: Sequence[NumberedRow], name: str) -> dict[str, dict[str, str]]:
    """Return the rows as they were given out, by id, once it is sure nobody changed them."""
    given: dict[str, dict[str, str]] = {}
    for _, cells in rows:
        if not any(cells):
            continue
        row = dict.fromkeys(KEPT, "") | dict(zip(KEPT, cells, strict=False))
        if row.get("check") != check(row, *(row.get(key, "") for key in BESIDE)):
            raise GyeolError(_changed(name))
        if not _are_pairs(row["hidden"]):
            raise GyeolError(_changed(name))
        given[row["id"]] = row
    return given


def _are_pairs(hidden: str) -> bool:
    """Tell whether a cell holds codes with scores, or nothing."""
    try:
        pairs = json.loads(hidden or "[]")
        return all(list(map(type, pair)) == [str, float] and 0 <= pair[1] <= 1 for pair in pairs)
    except (ValueError, TypeError, RecursionError):
        return False


def _columns(coding: Sequence[NumberedRow], name: str) -> dict[str, int]:
    """Return where each column stands: people move columns, which does no harm."""
    headings = [cell.strip() for cell in coding[0][1]] if coding else []
    found: dict[str, int] = {}
    for key, names in COLUMNS.items():
        for heading in names.values():
            if heading in headings:
                found[key] = headings.index(heading)
    missing = [names["ko"] for key, names in COLUMNS.items() if key not in found]
    if missing:
        raise GyeolError(
            Problem(
                f"첫 줄에 열이 없습니다: {', '.join(missing)}. 열 이름은 고치지 마세요.",
                f"The first row lacks columns: {', '.join(missing)}. Keep the headings.",
                name,
                1,
            )
        )
    return found


def _refused(line: int, key: str, now: str, was: str | None, name: str) -> Problem:
    column = FIXED[key]["ko"]
    if was is None:
        return Problem(
            f"{line}행: 이 시트에서 나간 대목이 아닙니다(숨은 열 id «{_short(now)}»). 행을 새로 만들거나 붙여 넣지 "
            "말고, 시트에 있던 행에만 코드를 적으세요.",
            f"Row {line} was not given out in this sheet (hidden column id «{_short(now)}»).",
            name,
            line,
        )
    return Problem(
        f"{line}행의 «{column}» 열이 바뀌어 이 행은 쓰지 않았습니다. 지금 «{_short(now)}», 처음 «{_short(was)}». "
        "처음대로 되돌리고 다시 읽으세요. 코드와 메모 열만 고칠 수 있습니다.",
        f"Row {line}, column «{FIXED[key]['en']}» was changed: «{_short(now)}», it was "
        f"«{_short(was)}». Only codes and memo may be edited; the row was left out.",
        name,
        line,
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _no_review_sheet(names: Sequence[str]) -> Problem:
    return Problem(
        f"검토 시트가 아닙니다(«{CODING}»과 숨은 «{ORIGINAL}» 시트가 있어야 합니다). 있는 시트: {', '.join(names)}. "
        "gyeol sheet로 만든 파일을 xlsx로 저장해 주세요.",
        f"Not a review sheet (it needs «{CODING}» and a hidden «{ORIGINAL}»). Give the file made by "
        "gyeol sheet, saved as xlsx.",
    )


def _changed(name: str) -> Problem:
    return Problem(
        f"숨은 «{ORIGINAL}» 시트가 바뀌어 읽을 수 없습니다. 처음 받은 파일에 코드를 옮겨 적으세요.",
        f"The hidden sheet «{ORIGINAL}» was changed. Copy the codes into the file as it was made.",
        name,
    )
