"""What a review sheet that came back decides, beside what is in the log already.

Ids are made of what was decided and of the sheet's own id, so a sheet read twice adds nothing.
A code taken out of the sheet since it was last read is taken back; what the coder took back
elsewhere meanwhile stays taken back.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import Problem
from pipeline.records import Code, Decision, Segment
from pipeline.sentences import particle
from pipeline.verdicts.sheet_rows import FilledRow, ReturnedSheet

_PREFIX = 12
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """The decisions a sheet adds, in order, how many rows were filled in, and what is wrong."""

    decisions: tuple[Decision, ...]
    n_rows: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a sheet is read against.

    ``segments`` and ``texts`` are the study's: segments by the id the sheet shows, frozen texts
    by interview. ``log`` is everything decided so far, ``standing`` the ids of what of it stands.
    """

    segments: Mapping[str, Segment]
    texts: Mapping[str, str]
    codes: Sequence[Code]
    log: Sequence[Decision]
    standing: Collection[str]
    codebook: int


def answers(
    sheet: ReturnedSheet, coder: str, desk: Desk, now: Callable[[], str], name: str
) -> Answered:
    """Return what ``coder`` decided in ``sheet``, called ``name`` in messages.

    ``now`` gives the time of each decision. A code the codebook lacks, and a passage the study
    no longer has, are problems; the rest of the sheet counts.
    """
    prefix = sheet.sheet[:_PREFIX]
    earlier = [d for d in desk.log if d.coder == coder and d.id.startswith(prefix)]
    known = {c.id.strip(): c.name for c in desk.codes} | {
        c.name.strip(): c.name for c in desk.codes
    }
    # Of what was finished once, the desk shows suggestions.
    finished = {_span(d) for d in desk.log if d.action == "done" and d.coder == coder}
    decisions: list[Decision] = []
    problems = list(sheet.problems)
    for row in sheet.rows:
        segment = desk.segments.get(row.id)
        if segment is None or (segment.start, segment.end) != (row.start, row.end):
            problems.append(_gone(row, name))
            continue
        unknown = [code for code in row.codes if code not in known]
        problems += [_unknown(code, known, row.line, name) for code in unknown]
        blank = Decision("", coder, "", "done", segment.interview, row.start, row.end)
        quote = desk.texts[segment.interview][row.start : row.end]
        blank = replace(blank, quote=quote, codebook=desk.codebook, model=sheet.model)
        if not row.suggested and _span(blank) not in finished:
            blank = replace(blank, aided=False, offered=row.hidden)
        wanted = _wanted(row, [known[code] for code in row.codes if code in known], blank)
        if unknown:
            wanted = [one for one in wanted if one.action != "done"]
        before = [d for d in earlier if _span(d) == _span(blank)]
        found = _news(wanted, before, desk.standing, prefix, aided=blank.aided)
        found += _note(row.memo, blank, before, prefix)
        decisions += [replace(decision, time=now()) for decision in found]
    n_filled = sum(bool(row.codes or row.done or row.memo) for row in sheet.rows)
    return Answered(tuple(decisions), n_filled, tuple(problems))


def _wanted(row: FilledRow, codes: Sequence[str], blank: Decision) -> list[Decision]:
    """Return the codes a row puts and whether it is done, as decisions without id and time."""
    rank = {code: (n, score) for n, (code, score) in enumerate(row.suggested or row.hidden, 1)}
    found: list[Decision] = []
    for code in codes:
        place, score = rank.get(code, (None, None))
        found.append(replace(blank, action="put", code=code, rank=place, score=score))
    if row.done:
        found.append(blank)
    return found


def _news(
    wanted: Sequence[Decision],
    before: Sequence[Decision],
    standing: Collection[str],
    prefix: str,
    *,
    aided: bool,
) -> list[Decision]:
    """Return what is new in ``wanted`` against ``before``, what this sheet said of the passage.

    A code is put again only where the sheet itself took it back: what the coder took back at the
    desk stays so.
    """
    undone = {d.of for d in before if d.action == "undo"}
    said = [d for d in before if d.action in ("put", "done")]
    news: list[Decision] = []
    for old in said:
        if old.id in standing and not any(_same(old, one) for one in wanted):
            blank = replace(old, code=None, score=None, rank=None, offered=())
            undo = replace(blank, action="undo", of=old.id, aided=aided)
            news.append(replace(undo, id=_id(prefix, undo, 0)))
    for one in wanted:
        alike = [d for d in said if _same(d, one)]
        if not alike or alike[-1].id in undone:
            news.append(replace(one, id=_id(prefix, one, len(alike))))
    return news


def _note(
    memo: str, blank: Decision, before: Sequence[Decision], prefix: str
) -> tuple[Decision, ...]:
    """Return ``memo`` as a note where it is not what the sheet said last; empty takes it away."""
    notes = [d for d in before if d.action == "note"]
    if memo == (notes[-1].text if notes else ""):
        return ()
    note = replace(blank, action="note", text=memo, offered=())
    return (replace(note, id=_id(prefix, note, len(notes))),)


def _same(one: Decision, other: Decision) -> bool:
    return (one.action, one.code) == (other.action, other.code)


def _span(decision: Decision) -> tuple[str, int, int]:
    return decision.interview, decision.start, decision.end


def _id(prefix: str, decision: Decision, generation: int) -> str:
    """Return 32 hexadecimal digits, the same for the same decision out of the same sheet."""
    parts = (
        decision.coder,
        decision.action,
        decision.interview,
        decision.start,
        decision.end,
        decision.code,
        decision.of,
        decision.text,
        generation,
    )
    made = hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()
    return prefix + made[: 32 - len(prefix)]


def _unknown(code: str, known: Mapping[str, str], line: int, name: str) -> Problem:
    near = difflib.get_close_matches(code, known, n=_NEAR, cutoff=0.4)
    listed = ", ".join(f"«{one}»" for one in near)
    hint_ko, hint_en = (f" 비슷한 코드: {listed}.", f" Near ones: {listed}.") if near else ("", "")
    return Problem(
        f"{line}행의 코드 «{code}»{particle(code, '은')} 코드북에 없습니다.{hint_ko} 고쳐서 다시 읽으세요. "
        "이 칸만 빼고 나머지는 받았습니다.",
        f"Row {line}: the code «{code}» is not in the codebook.{hint_en} Only this cell was left out.",
        name,
        line,
    )


def _gone(row: FilledRow, name: str) -> Problem:
    return Problem(
        f"{row.line}행의 대목 «{row.id}»{particle(row.id, '이')} 지금 연구에는 그 자리에 없습니다. 시트를 만든 뒤 전사본이나 분석 단위가 "
        "바뀌었습니다. 시트를 새로 만들어 옮겨 적으세요.",
        f"Row {row.line}: passage «{row.id}» is no longer where it was; transcripts or segments have "
        "changed since. Make the sheet anew.",
        name,
        row.line,
    )
