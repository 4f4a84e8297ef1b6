"""What the report and the tables say of gaps, and of how topics and codes meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import Lang
from pipeline.records import Analysis, Gap, GapKind, Match, Segment, Topic
from pipeline.sentences import short, short_p
from pipeline.themes.laying import STABLE, is_stable
from pipeline.views.columns import Cell
from pipeline.views.gap_wording import gap_words
from pipeline.views.lookups import leaves
from pipeline.views.passages import Passage, make_passage

_KINDS: tuple[GapKind, ...] = ("uncovered", "unsupported", "unread", "shared", "split")
_MOST_A_KIND = 12
_MOST_INTERVIEWS = 8
_MOST_NAMES = 60
_JOINED_BY = "|"
_TIED = 0.01
_SURE = 0.1

Pair = tuple[int, str]


@dataclass(frozen=True, slots=True)
class GapPart:
    """A finding: what to look at, the figures behind it, passages to read."""

    title: str
    said: str
    figures: str
    stands: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class GapKindPart:
    """The findings of one kind that are shown, of ``n_found``."""

    kind: str
    title: str
    found: tuple[GapPart, ...]
    n_found: int


@dataclass(frozen=True, slots=True)
class GapReport:
    """All findings by kind; ``basis`` says which topics count as support."""

    basis: str
    kinds: tuple[GapKindPart, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A topic or code with what it is tied to: ``(name, whether it remains when corrected)``."""

    name: str
    others: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Meetings:
    """How topics and codes meet: pairs by shape, and what meets nothing."""

    lead: str
    one_to_one: tuple[Meeting, ...]
    one_to_many: tuple[Meeting, ...]
    many_to_one: tuple[Meeting, ...]
    no_code: tuple[str, ...]
    no_topic: tuple[str, ...]


def relations(matches: Sequence[Match]) -> dict[Pair, str]:
    """Return the shape of each tie (p < .01): ``1:1``, ``1:n``, ``n:1`` or ``n:n``.

    The first is the number of topics, the second that of codes.
    """
    tied = [match for match in matches if match.p_value < _TIED]
    codes_of = Counter(match.topic for match in tied)
    topics_of = Counter(match.code for match in tied)
    return {
        (
            m.topic,
            m.code,
        ): f"{'n' if topics_of[m.code] > 1 else 1}:{'n' if codes_of[m.topic] > 1 else 1}"
        for m in tied
    }


def gap_rows(analysis: Analysis) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of the table of gaps."""
    labels = _labels(analysis)
    return tuple(
        (
            gap.kind,
            _JOINED_BY.join(map(str, gap.topics)),
            _JOINED_BY.join(gap.codes),
            _said(gap, labels, analysis.lang),
            gap.score,
            gap.p_value,
            gap.n_segments,
            gap.n_coded,
            gap.n_left_out,
            gap.n_standing,
            gap.lowest,
            gap.highest,
            _JOINED_BY.join(gap.hangs_on),
            _JOINED_BY.join(gap.segments),
        )
        for gap in analysis.gaps
    )


def gap_report(
    analysis: Analysis, segments: Mapping[str, Segment], texts: Mapping[str, str]
) -> GapReport:
    """Return what the report says of the gaps, by kind, what hangs on least interviews first."""
    w, labels = gap_words(analysis.lang), _labels(analysis)
    kinds = []
    for kind in _KINDS:
        # What stands without any interview comes first.
        own = (gap for gap in analysis.gaps if gap.kind == kind)
        found = sorted(own, key=lambda gap: gap.n_standing - gap.n_left_out, reverse=True)
        shown = tuple(
            GapPart(
                _title(gap, labels),
                _said(gap, labels, analysis.lang),
                _figures(gap, analysis.lang),
                "" if kind == "unread" else _stands(gap, analysis.lang),
                tuple(make_passage(segments[name], texts[name]) for name in gap.segments),
            )
            for gap in found[:_MOST_A_KIND]
        )
        if found:
            kinds.append(GapKindPart(kind, w[kind], shown, len(found)))
    return GapReport(_basis(analysis.model.topics, analysis.lang), tuple(kinds))


def meetings(analysis: Analysis) -> Meetings:
    """Return how topics meet the codes at the ends of the codebook's tree."""
    ends = [code.name for code in leaves(analysis.codes)]
    among = set(ends)
    compared = [match for match in analysis.matches if match.code in among]
    tied = sorted(
        (match for match in compared if match.p_value < _TIED),
        key=lambda m: (m.topic, -m.score, m.code),
    )
    labels = _labels(analysis)
    by_topic: dict[int, list[Match]] = {}
    by_code: dict[str, list[Match]] = {}
    for match in tied:
        by_topic.setdefault(match.topic, []).append(match)
        by_code.setdefault(match.code, []).append(match)
    lead = gap_words(analysis.lang)["relations_lead"].format(
        n=len(compared),
        chance=round(len(compared) * _TIED),
        found=len(tied),
        sure=sum(match.q_value < _SURE for match in tied),
    )
    return Meetings(
        lead,
        tuple(
            Meeting(labels[t], ((own[0].code, own[0].q_value < _SURE),))
            for t, own in by_topic.items()
            if len(own) == 1 and len(by_code[own[0].code]) == 1
        ),
        tuple(
            Meeting(labels[t], tuple((m.code, m.q_value < _SURE) for m in own))
            for t, own in by_topic.items()
            if len(own) > 1
        ),
        tuple(
            Meeting(code, tuple((labels[m.topic], m.q_value < _SURE) for m in by_code[code]))
            for code in ends
            if len(by_code.get(code, ())) > 1
        ),
        _first([label for t, label in labels.items() if t not in by_topic], analysis.lang),
        _first([code for code in ends if code not in by_code], analysis.lang),
    )


def _first(names: Sequence[str], lang: Lang) -> tuple[str, ...]:
    if len(names) <= _MOST_NAMES:
        return tuple(names)
    more = gap_words(lang)["more_names"].format(n=len(names) - _MOST_NAMES)
    return (*names[:_MOST_NAMES], more)


def _labels(analysis: Analysis) -> dict[int, str]:
    topics = sorted(analysis.model.topics, key=lambda topic: topic.id)
    return {topic.id: f"{topic.id} {topic.label}" for topic in topics}


def _title(gap: Gap, labels: Mapping[int, str]) -> str:
    if gap.kind in {"uncovered", "shared"}:
        return " · ".join(labels[topic] for topic in gap.topics)
    return " · ".join(gap.codes)


def _said(gap: Gap, labels: Mapping[int, str], lang: Lang) -> str:
    topics = ", ".join(f"«{labels[topic]}»" for topic in gap.topics)
    return gap_words(lang)[f"say_{gap.kind}"].format(topics=topics, codes="», «".join(gap.codes))


def _figures(gap: Gap, lang: Lang) -> str:
    w = gap_words(lang)
    if gap.kind == "unread":
        return ""
    count = w[f"count_{gap.kind}"].format(n=gap.n_segments, coded=gap.n_coded)
    p = short_p(gap.p_value)
    figure = w["figure"].format(score=short(gap.score), p=p if p.startswith("<") else f"= {p}")
    return f"{figure} {count}"


def _stands(gap: Gap, lang: Lang) -> str:
    w = gap_words(lang)
    if not gap.n_left_out:
        return w["one_interview"]
    named = ", ".join(gap.hangs_on[:_MOST_INTERVIEWS])
    if len(gap.hangs_on) > _MOST_INTERVIEWS:
        named = f"{named} {w['more'].format(n=len(gap.hangs_on) - _MOST_INTERVIEWS)}"
    return w["stands_mostly" if gap.hangs_on else "stands_always"].format(
        n=gap.n_left_out,
        standing=gap.n_standing,
        low=short(gap.lowest),
        high=short(gap.highest),
        interviews=named,
    )


def _basis(topics: Sequence[Topic], lang: Lang) -> str:
    w = gap_words(lang)
    if all(topic.recurrence is None for topic in topics):
        return w["stable_all"]
    n_stable = sum(map(is_stable, topics))
    if not n_stable:
        most = max(topic.recurrence or 0.0 for topic in topics)
        return w["stable_none"].format(share=f"{STABLE:.0%}", most=f"{most:.0%}")
    return w["stable_some"].format(share=f"{STABLE:.0%}", n=n_stable)
