"""Codings (코딩) a person made, read from CSV or XLSX and placed in the text.

Columns: ``interview``, then ``start,end`` or ``segment`` or ``quote`` (the first that is filled in),
then ``code, coder``, optional ``time, note``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.corpus.segments import turn_id
from pipeline.corpus.sheets import Row, known_as, read_rows, unguarded
from pipeline.errors import Problem
from pipeline.records import Code, Coding, Interview, Segment
from pipeline.sentences import particle

# Half: a coder's selection often leaves out the «네, 음» in front, and sometimes takes in
# the first words of the next answer.
COVERS = 0.5
"""The share of the shorter of a coding and a segment that makes one bear on the other."""
_QUOTED = 30
# Places named of a quote that stands several times.
_PLACES = 5
# Names listed where none is like the one written.
_LISTED = 5
UNNAMED = "이름 없음"
"""The coder of a comment that does not say whose it is."""


def read_codings(
    path: Path,
    name: str,
    interviews: Sequence[Interview],
    segments: Sequence[Segment],
    codes: Sequence[Code],
    former: Mapping[str, str] | None = None,
    pseudonyms: Mapping[str, str] | None = None,
) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
    """Read the codings at ``path``, called ``name`` in messages.

    A row that names an unknown interview, segment or code, or a quote that is not in the
    text or is there more than once, is a problem and left out; the rest is used. ``former``
    are names codes had once, with today's; ``pseudonyms`` are ids of interviews with those they
    go by in outputs, whose rows come back under these.

    Raises:
        GyeolError: the file cannot be read or lacks a column.
    """
    rows = read_rows(path, name, ["interview", "code", "coder"])
    known_interviews = {interview.id: interview for interview in interviews}
    names = {code.name for code in codes}
    old = {name: today for name, today in (former or {}).items() if today in names}
    known_codes = old | _known_codes(codes)
    spans = {
        turn_id(interview, turn): (interview.id, turn.start, turn.end)
        for interview in interviews
        for turn in interview.turns
    } | {s.id: (s.interview, s.start, s.end) for s in segments}
    by_pseudonym = {shown: own for own, shown in (pseudonyms or {}).items()}
    ids = known_interviews.keys() | by_pseudonym.keys()
    codings: list[Coding] = []
    problems: list[Problem] = []
    for row in rows:
        said = known_as(row.cells.get("interview", ""), ids)
        said = said if said in known_interviews else by_pseudonym.get(said, said)
        code = known_as(row.cells.get("code", ""), known_codes)
        if said not in known_interviews:
            problems.append(_unknown("면담", "interview", said, known_interviews, name, row))
        elif not code:
            problems.append(Problem("코드(code) 칸이 비어 있습니다.", "No code.", name, row.line))
        elif code not in known_codes:
            problems.append(_unknown("코드", "code", code, known_codes, name, row))
        elif "coder" not in row.cells:
            problems.append(Problem("코더(coder) 칸이 비어 있습니다.", "No coder.", name, row.line))
        else:
            span = _span(row, known_interviews[said], spans)
            if isinstance(span, Problem):
                problems.append(Problem(span.ko, span.en, name, row.line))
            else:
                cells = row.cells
                codings.append(
                    Coding(
                        said,
                        *span,
                        known_codes[code],
                        unguarded(cells["coder"]),
                        cells.get("time", ""),
                        unguarded(cells.get("note", "")),
                    )
                )
    return tuple(dict.fromkeys(codings)), tuple(problems)


def codings_in_comments(
    interviews: Sequence[Interview], codes: Sequence[Code]
) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
    """Return the comments in the margins of ``interviews`` as codings by their authors.

    A comment's text is a code's name or id, or one on each of its lines. What is none is a
    problem and left out.
    """
    known = _known_codes(codes)
    codings: list[Coding] = []
    problems: list[Problem] = []
    for interview in interviews:
        for comment in interview.comments:
            whole = comment.text.strip()
            said = [whole] if whole in known else [line.strip() for line in whole.split("\n")]
            coder = comment.author or UNNAMED
            for code in filter(None, said):
                if code in known:
                    span = comment.start, comment.end
                    time = comment.time
                    codings.append(Coding(interview.id, *span, known[code], coder, time))
                else:
                    quote = _short(" ".join(interview.text[comment.start : comment.end].split()))
                    problems.append(_unknown_comment(_short(code), quote, known, interview.source))
    return tuple(dict.fromkeys(codings)), tuple(problems)


def codes_of_segments(
    segments: Sequence[Segment], codings: Sequence[Coding]
) -> dict[str, dict[str, frozenset[str]]]:
    """Return, for each coded segment's id, its codes and who put each on it.

    A coding bears on a segment when the two share at least half of the shorter.
    """
    by_interview: dict[str, list[Coding]] = {}
    for coding in codings:
        by_interview.setdefault(coding.interview, []).append(coding)
    found: dict[str, dict[str, frozenset[str]]] = {}
    for segment in segments:
        for coding in by_interview.get(segment.interview, ()):
            shared = min(segment.end, coding.end) - max(segment.start, coding.start)
            shorter = min(segment.end - segment.start, coding.end - coding.start)
            if shared > 0 and shared >= COVERS * shorter:
                coders = found.setdefault(segment.id, {})
                coders[coding.code] = coders.get(coding.code, frozenset()) | {coding.coder}
    return found


def _known_codes(codes: Sequence[Code]) -> dict[str, str]:
    # Cells come without outer white space; a name in YAML or JSON may have some.
    return {c.id.strip(): c.name for c in codes} | {c.name.strip(): c.name for c in codes}


def _span(
    row: Row, interview: Interview, spans: Mapping[str, tuple[str, int, int]]
) -> tuple[int, int] | Problem:
    cells = row.cells
    if "start" in cells and "end" in cells:  # the most exact of what may be given
        return _counted(cells["start"], cells["end"], interview)
    if "segment" in cells:
        found = spans.get(known_as(cells["segment"], spans))
        if found is None or found[0] != interview.id:
            return Problem(
                f"면담 «{interview.id}»에 분석 단위 «{cells['segment']}»{particle(cells['segment'], '이')} 없습니다.",
                f"Interview «{interview.id}» has no segment «{cells['segment']}».",
            )
        return found[1:]
    if "quote" in cells:
        return _quoted(cells["quote"], interview)
    return Problem(
        "어디를 코딩했는지 없습니다. segment, start와 end, quote 가운데 하나를 채우세요.",
        "No place given: fill in segment, or start and end, or quote.",
    )


def _counted(first: str, last: str, interview: Interview) -> tuple[int, int] | Problem:
    if not (first.isdecimal() and last.isdecimal()):
        return Problem(
            f"start와 end는 0 이상의 수여야 합니다({first}, {last}).",
            f"start and end must be numbers from 0 on ({first}, {last}).",
        )
    start, end = int(first), int(last)
    if not start < end:
        return Problem(
            f"start({start})가 end({end})보다 작아야 합니다.",
            f"start ({start}) must be less than end ({end}).",
        )
    if end > len(interview.text):
        return Problem(
            f"구간 {start}–{end}{particle(str(end), '이')} 면담의 길이 {len(interview.text):,}자를 벗어납니다.",
            f"Span {start}–{end} is outside the interview's {len(interview.text)} characters.",
        )
    return start, end


def _quoted(quote: str, interview: Interview) -> tuple[int, int] | Problem:
    """Find ``quote``, its white space free: a quote out of Excel may be wrapped."""
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    found = [match.span() for match in re.finditer(pattern, interview.text)]
    if len(found) == 1:
        return found[0]
    short = _short(quote)
    if not found:
        return Problem(
            f"인용 «{short}»{particle(short, '이')} 면담 «{interview.id}»에 없습니다. 전사본 그대로 옮기세요.",
            f"The quote «{short}» is not in interview «{interview.id}».",
        )
    places = [_place(span, interview) for span in found[:_PLACES]]
    listed, more = "; ".join(places), len(found) - len(places)
    more_ko, more_en = (f" 외 {more}곳", f" and {more} more") if more else ("", "")
    return Problem(
        f"인용 «{short}»{particle(short, '이')} 면담 «{interview.id}»에 {len(found)}번 나옵니다: {listed}{more_ko}. "
        "어느 것인지 start와 end 열에 그 수를 적거나, 더 길게 옮기세요.",
        f"The quote «{short}» stands {len(found)} times in «{interview.id}»: {listed}{more_en}. "
        "Give start and end of the one meant, or quote more.",
    )


def _place(span: tuple[int, int], interview: Interview) -> str:
    """Return «장터:004 start 120, end 131»: the turn a span begins in, and what to type."""
    start, end = span
    turns = [turn for turn in interview.turns if turn.start <= start < turn.end]
    within = f"{turn_id(interview, turns[0])} " if turns else ""
    return f"{within}start {start}, end {end}"


def _short(quote: str) -> str:
    return quote if len(quote) <= _QUOTED else f"{quote[:_QUOTED]}…"


def _unknown_comment(code: str, quote: str, known: Mapping[str, object], path: str) -> Problem:
    near = difflib.get_close_matches(code, known, n=1, cutoff=0.6)
    hint_ko, hint_en = (f" 혹시 «{near[0]}»?", f" Did you mean «{near[0]}»?") if near else ("", "")
    return Problem(
        f"«{quote}»에 단 메모 «{code}»{particle(code, '은')} 코드북에 없는 코드입니다.{hint_ko} 메모에는 코드 이름만 "
        "적거나, 코드가 아니면 설정의 reading.comments를 memos로 두세요.",
        f"The comment «{code}» on «{quote}» names no code of the codebook.{hint_en} Write code "
        "names only, or set reading.comments to memos.",
        path,
    )


def _unknown(
    ko: str, en: str, value: str, known: Mapping[str, object], name: str, row: Row
) -> Problem:
    alike = (one for one in known if one.casefold() == value.casefold())
    near = [*alike, *difflib.get_close_matches(value, known, n=1, cutoff=0.6)]
    there = ", ".join(list(known)[:_LISTED]) + (", …" if len(known) > _LISTED else "")
    hint_ko, hint_en = (
        (f" 혹시 «{near[0]}»?", f" Did you mean «{near[0]}»?")
        if near
        else (f" 있는 {ko}: {there}", f" There are: {there}")
    )
    return Problem(
        f"모르는 {ko} «{value}».{hint_ko}", f"Unknown {en} «{value}».{hint_en}", name, row.line
    )
