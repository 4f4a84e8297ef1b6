"""What stands in the report's parts: an ``Analysis`` boiled down to what a page can hold.

Everything a large study has too much of is limited here; each part knows how much there was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.errors import Lang
from pipeline.mining.terms import shown_term
from pipeline.records import (
    Analysis,
    Code,
    Interview,
    Keyword,
    Match,
    Segment,
    Topic,
)
from pipeline.views.group_tables import shown_group
from pipeline.views.lookups import UNUSED, Usage, code_paths, code_usage, in_tree_order
from pipeline.views.passages import Passage, make_passage
from pipeline.views.typical import choose_passages

_TERMS_WITH_BARS = 10
_NEAREST_CODES = 5
_TYPICAL_PASSAGES = 3
_KEYWORDS_A_TABLE = 8
_KEYNESS = ("log_likelihood", "log_odds")
# From here on the spread over interviews (DP, 0 to 1) is nearer to one alone than to all alike.
_UNEVEN = 0.5
_MOST_GROUPS = 12
_LONGEST_ABOUT = 80


@dataclass(frozen=True, slots=True)
class TopicPart:
    """A topic with the words, codes and passages that show what it is about.

    ``bar`` is its prevalence as a share of the most prevalent topic's. ``terms`` are
    ``(term, weight, share of the heaviest)``; ``codes`` are ``(match, share of the best)``.
    """

    topic: Topic
    bar: float
    terms: tuple[tuple[str, float, float], ...]
    more_terms: tuple[str, ...]
    codes: tuple[tuple[Match, float], ...]
    passages: tuple[Passage, ...]


def topic_parts(
    analysis: Analysis, segments: Mapping[str, Segment], texts: Mapping[str, str]
) -> list[TopicPart]:
    """Return the topics by number."""
    by_topic: dict[int, list[Match]] = defaultdict(list)
    for match in sorted(analysis.matches, key=lambda m: (m.topic, m.rank, m.code)):
        by_topic[match.topic].append(match)
    most = max((topic.prevalence for topic in analysis.model.topics), default=0.0)
    best = max((match.score for match in analysis.matches), default=0.0)
    parts = []
    for topic in sorted(analysis.model.topics, key=lambda topic: topic.id):
        terms = [(shown_term(term), weight) for term, weight in topic.terms]
        heaviest = max((weight for _, weight in terms), default=0.0)
        parts.append(
            TopicPart(
                topic=topic,
                bar=_share(topic.prevalence, most),
                terms=tuple((t, w, _share(w, heaviest)) for t, w in terms[:_TERMS_WITH_BARS]),
                more_terms=tuple(term for term, _ in terms[_TERMS_WITH_BARS:]),
                codes=tuple(
                    (match, _share(match.score, best))
                    for match in by_topic[topic.id][:_NEAREST_CODES]
                ),
                passages=tuple(
                    make_passage(segments[name], texts[name])
                    for name in choose_passages(topic.segments, segments, texts, _TYPICAL_PASSAGES)
                ),
            )
        )
    return parts


@dataclass(frozen=True, slots=True)
class KeywordList:
    """The best keywords of one group.

    ``rows`` are ``(term, keyword, share of the best score, one person says most of it)``.
    """

    group: str
    rows: tuple[tuple[str, Keyword, float, bool], ...]


@dataclass(frozen=True, slots=True)
class KeywordPart:
    """One method's keywords; ``verbs`` are verbs and adjectives, ``nouns`` all else.

    ``compares`` is true of keyness, which says what a group says more than the others do.
    """

    method: str
    nouns: tuple[KeywordList, ...]
    verbs: tuple[KeywordList, ...]
    n_groups: int
    n_shown: int
    compares: bool


def keyword_parts(keywords: Sequence[Keyword], lang: Lang) -> list[KeywordPart]:
    """Return the keywords by method and group, in the order they were found in."""
    # A role and a code may have the same name.
    by_method: dict[str, dict[tuple[str, str], list[Keyword]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for keyword in keywords:
        by_method[keyword.method][keyword.field, keyword.group].append(keyword)
    parts = []
    for method, groups in by_method.items():
        shown = list(groups.items())[:_MOST_GROUPS]
        nouns = [
            _keyword_list(shown_group(found[0], lang), [k for k in found if not _is_verbal(k)])
            for _, found in shown
        ]
        verbs = [
            _keyword_list(shown_group(found[0], lang), [k for k in found if _is_verbal(k)])
            for _, found in shown
        ]
        parts.append(
            KeywordPart(
                method,
                tuple(part for part in nouns if part.rows),
                tuple(part for part in verbs if part.rows),
                len(groups),
                len(shown),
                method in _KEYNESS,
            )
        )
    return parts


def _keyword_list(group: str, keywords: Sequence[Keyword]) -> KeywordList:
    best = max((keyword.score for keyword in keywords), default=0.0)
    return KeywordList(
        group,
        tuple(
            (shown_term(f"{k.term}/{k.tag}"), k, _share(k.score, best), mostly_one(k))
            for k in keywords[:_KEYWORDS_A_TABLE]
        ),
    )


def mostly_one(keyword: Keyword) -> bool:
    """Tell whether one person says most of it, in a group where others speak and hardly say it."""
    if keyword.largest_share is None or keyword.dispersion is None:
        return False
    return keyword.largest_share > 1 / 2 and keyword.dispersion >= _UNEVEN


def _is_verbal(keyword: Keyword) -> bool:
    return keyword.tag.startswith("V")


@dataclass(frozen=True, slots=True)
class CodePart:
    """A code in the tree; ``below`` counts codings of it and of its descendants."""

    code: Code
    usage: Usage
    below: int
    bar: float


def code_parts(analysis: Analysis) -> list[CodePart]:
    """Return the codebook in tree order."""
    usage, paths = code_usage(analysis), code_paths(analysis.codes)
    below: dict[str, int] = defaultdict(int)
    for name, path in paths.items():
        for above in path:
            below[above] += usage.get(name, UNUSED).n_codings
    most = max((used.n_codings for used in usage.values()), default=0)
    return [
        CodePart(code, used, below[code.name], _share(used.n_codings, most))
        for code in in_tree_order(analysis.codes)
        for used in (usage.get(code.name, UNUSED),)
    ]


def coded_share(analysis: Analysis) -> dict[str, tuple[int, int]]:
    """Return each interview's number of segments, and of those among them that are coded."""
    uncoded = set(analysis.uncoded)
    counts = {interview.id: (0, 0) for interview in analysis.interviews}
    for name, group in groupby(analysis.segments, key=lambda segment: segment.interview):
        ids = [segment.id for segment in group]
        n_segments, n_coded = counts[name]
        coded = sum(segment not in uncoded for segment in ids)
        counts[name] = (n_segments + len(ids), n_coded + coded)
    return counts


def about(interview: Interview) -> str:
    """Return what is known of an interview in one short line."""
    line = " · ".join(value for value in interview.fields.values() if value)
    return line if len(line) <= _LONGEST_ABOUT else line[: _LONGEST_ABOUT - 1] + "…"


def _share(part: float, whole: float) -> float:
    """Return ``part / whole`` held within 0 and 1, rounded: the length of a bar."""
    return round(min(1.0, max(0.0, part / whole)), 4) if whole > 0 else 0.0
