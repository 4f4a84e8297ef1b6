"""영역–범주–코드–인용문: the codebook with who said it, and in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import Lang
from pipeline.mining.groups import person_of
from pipeline.records import Analysis, Coding, Segment
from pipeline.views.columns import Cell, Column, Table, level_column
from pipeline.views.lookups import code_paths, in_tree_order, segment_codes

_JOINED_BY = "|"
MOST_QUOTES = 3
# A quote of about this many characters says enough and is read; a longer one is cut here.
_TYPICAL, _LONGEST = 120, 200
# What the name of a sheet may not be.
_LONGEST_TITLE, _NOT_IN_TITLES = 31, frozenset("[]:*?/\\'") | frozenset(map(chr, range(32)))

_COUNTS = (
    Column("n_codings", "코딩 수", "codings", "이 코드와 하위 코드를 붙인 횟수(코더마다 셈)", "of the code and those below it, each coder's counted"),
    Column("n_segments", "단위 수", "segments", "이 코드나 하위 코드가 붙은 분석 단위", "that bear it or a code below it"),
    Column("n_participants", "참여자 수", "participants", "이 코드나 하위 코드가 붙은 말을 한 참여자", "whose words bear it or a code below it"),
    Column("percent_participants", "참여자 비율(%)", "percent of participants", "참여자 모두에서 차지하는 백분율", "of all participants"),
)  # fmt: skip
_QUOTES = Column("quotes", "인용문", "quotes", "이 코드를 바로 붙인 대목과 말한 이, 단위 id, 한 줄에 하나. 되도록 서로 다른 참여자의 것", "passages that bear the code itself, a line each, with speaker and segment; of different participants where there are")  # fmt: skip
_IDS = Column("segment_ids", "단위 id", "segment ids", "그 단위들, | 로 구분", "those segments, parted by |")  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Quote:
    """A passage one code was put on, by how many coders, and whose words it is."""

    interview: str
    start: int
    text: str
    person: str
    segment: str
    n_coders: int


def themes(analysis: Analysis) -> Table:
    """Return a row a code, in the codebook's order; those above count what is below them."""
    codes = in_tree_order(analysis.codes)
    paths = code_paths(analysis.codes)
    depth = max(map(len, paths.values()), default=0)
    names = [*analysis.levels, *(str(n) for n in range(len(analysis.levels) + 1, depth + 1))]
    below: dict[str, set[str]] = defaultdict(set)
    for name, path in paths.items():
        for above in path:
            below[above].add(name)
    codings: dict[str, list[Coding]] = defaultdict(list)
    for coding in analysis.codings:
        codings[coding.code].append(coding)
    bearing = _bearing(analysis)
    people = {segment.id: person_of(segment) for segment in analysis.segments}
    everyone = set(people.values())
    quotes = _quotes(analysis)
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        path, own = paths[code.name], below[code.name]
        rows_of = sorted({row for name in own for row in bearing.get(name, ())})
        segments = [analysis.segments[row].id for row in rows_of]
        persons = {people[segment] for segment in segments}
        said = [_shown(quote) for quote in _chosen(quotes.get(code.name, ()))]
        rows.append(
            (
                *path,
                *("" for _ in range(depth - len(path))),
                sum(len(codings[name]) for name in own),
                len(segments),
                len(persons),
                100 * len(persons) / max(1, len(everyone)),
                "\n".join(said),
                _JOINED_BY.join(segments),
            )
        )
    columns = (
        *(level_column(n, name) for n, name in enumerate(names[:depth], 1)),
        *_COUNTS,
        _QUOTES,
        _IDS,
    )
    title: dict[Lang, str] = {"ko": _title(names[:depth]), "en": "Codes and quotes"}
    return Table("themes", title, columns, tuple(rows))


def _title(levels: Sequence[str]) -> str:
    """Return the levels' names, where a sheet can be called so."""
    title = "–".join([*levels, "인용문"])
    fits = len(title) <= _LONGEST_TITLE and not _NOT_IN_TITLES & set(title)
    return title if levels and fits else "코드–인용문"


def _bearing(analysis: Analysis) -> Mapping[str, list[int]]:
    """Return the rows of the segments that bear each code."""
    codes_on = segment_codes(analysis)
    rows: dict[str, list[int]] = defaultdict(list)
    for row, segment in enumerate(analysis.segments):
        for code in codes_on.get(segment.id, ()):
            rows[code].append(row)
    return rows


def _quotes(analysis: Analysis) -> Mapping[str, list[_Quote]]:
    """Return each code's passages; those that lie in no segment are nobody's words."""
    texts = {interview.id: interview.text for interview in analysis.interviews}
    by_interview: dict[str, list[Segment]] = defaultdict(list)
    for segment in analysis.segments:
        by_interview[segment.interview].append(segment)
    coders: dict[tuple[str, str, int, int], set[str]] = defaultdict(set)
    for one in analysis.codings:
        coders[one.code, one.interview, one.start, one.end].add(one.coder)
    quotes: dict[str, list[_Quote]] = defaultdict(list)
    for (code, interview, start, end), who in coders.items():
        holding = _holding(by_interview[interview], start, end)
        if holding:
            text = " ".join(texts[interview][start:end].split())
            person = person_of(holding)
            quotes[code].append(_Quote(interview, start, text, person, holding.id, len(who)))
    return quotes


def _holding(segments: Iterable[Segment], start: int, end: int) -> Segment | None:
    """Return the segment that holds most of a span, the first of equals."""
    best, most = None, 0
    for segment in segments:
        shared = min(end, segment.end) - max(start, segment.start)
        if shared > most:
            best, most = segment, shared
    return best


def _chosen(quotes: Iterable[_Quote]) -> list[_Quote]:
    """Return three quotes: those most coders agree on, of a readable length, by different people."""
    ranked = sorted(
        quotes, key=lambda q: (-q.n_coders, abs(len(q.text) - _TYPICAL), q.interview, q.start)
    )
    firsts = list({quote.person: quote for quote in reversed(ranked)}.values())
    different = [quote for quote in ranked if quote in firsts]
    others = [quote for quote in ranked if quote not in firsts]
    return [*different, *others][:MOST_QUOTES]


def _shown(quote: _Quote) -> str:
    text = quote.text if len(quote.text) <= _LONGEST else f"{quote.text[: _LONGEST - 1]}…"
    return f"«{text}» ({quote.person}, {quote.segment})"
