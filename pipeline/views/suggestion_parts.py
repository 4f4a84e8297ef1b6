"""What the report says of suggestions: the best of them, how far they reach, what they miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from pipeline.errors import Lang
from pipeline.mining.terms import shown_term
from pipeline.records import (
    Analysis,
    Interview,
    Measured,
    Segment,
    SegmentSuggestions,
    Suggestion,
    Uncovered,
)
from pipeline.themes.measures import Figure
from pipeline.views.evaluation_wording import evaluation_words
from pipeline.views.learning_curve import LearningCurve, make_curve
from pipeline.views.passages import Passage, Span, make_passage
from pipeline.views.report_parts import about

# So many passages make a page that can be read; no interview has more than its share.
_MOST_PASSAGES = 60
_MOST_AN_INTERVIEW = 12
_MOST_INTERVIEWS = 20
_SUGGESTED_CODES = 5
_LIKELY_CODES = 6
_LIKE_CHARACTERS = 110
_MOST_GROUPS = 8
_PASSAGES_A_GROUP = 2


@dataclass(frozen=True, slots=True)
class Like:
    """The coded passage most like another: its id and how it begins."""

    segment: str
    text: str


@dataclass(frozen=True, slots=True)
class SuggestedPassage:
    """A passage with its evidence marked, and the codes suggested for it.

    ``like`` belongs to the first suggestion. ``likely`` are the first codes of the set that
    holds a right one, ``n_likely`` all of them; ``None`` where there is no such set.
    """

    passage: Passage
    fits: bool
    suggestions: tuple[Suggestion, ...]
    like: Like | None
    likely: tuple[str, ...]
    n_likely: int | None


@dataclass(frozen=True, slots=True)
class SuggestedInterview:
    """The passages of one interview that are shown, of ``n_segments`` with suggestions."""

    interview: Interview
    about: str
    passages: tuple[SuggestedPassage, ...]
    n_segments: int
    n_fits: int


def suggestion_parts(
    analysis: Analysis, segments: Mapping[str, Segment], texts: Mapping[str, str]
) -> tuple[list[SuggestedInterview], int]:
    """Return the interviews to show, and how many have suggestions.

    Those nobody has coded at all are shown; where there is none, those with passages left. Of
    many, the ones with the highest scores; of each its best passages, the highest first.
    """
    n_segments: dict[str, int] = defaultdict(int)
    for segment in analysis.segments:
        n_segments[segment.interview] += 1
    by_interview: dict[str, list[SegmentSuggestions]] = defaultdict(list)
    for found in sorted(analysis.suggestions, key=_rank):
        by_interview[found.interview].append(found)
    untouched = [name for name, found in by_interview.items() if len(found) == n_segments[name]]
    # Those with the best passages come first, as they were met first.
    wanted = set((untouched or list(by_interview))[:_MOST_INTERVIEWS])
    share = min(_MOST_AN_INTERVIEW, max(1, _MOST_PASSAGES // max(1, len(wanted))))
    parts = [
        SuggestedInterview(
            interview=interview,
            about=about(interview),
            passages=tuple(
                _suggested(found, segments[found.segment], texts)
                for found in by_interview[interview.id][:share]
            ),
            n_segments=len(by_interview[interview.id]),
            n_fits=sum(found.fits for found in by_interview[interview.id]),
        )
        for interview in analysis.interviews
        if interview.id in wanted
    ]
    return parts, len(by_interview)


def _rank(found: SegmentSuggestions) -> tuple[bool, float]:
    best = max((suggestion.score for suggestion in found.suggestions), default=0.0)
    return not found.fits, -round(best, 9)


def _suggested(
    found: SegmentSuggestions, segment: Segment, texts: Mapping[str, str]
) -> SuggestedPassage:
    shown = found.suggestions[:_SUGGESTED_CODES]
    strong, weak = _spans(shown[:1], segment), _spans(shown[1:], segment)
    like = shown[0].like if shown else None
    return SuggestedPassage(
        make_passage(segment, texts[segment.id], strong, weak),
        found.fits,
        shown,
        None if like is None else Like(like, shortened(texts[like])),
        (found.likely or ())[:_LIKELY_CODES],
        None if found.likely is None else len(found.likely),
    )


def _spans(suggestions: Sequence[Suggestion], segment: Segment) -> list[Span]:
    return [
        (evidence.start - segment.start, evidence.end - segment.start)
        for suggestion in suggestions
        for evidence in suggestion.evidence
    ]


def shortened(text: str) -> str:
    """Return how ``text`` begins, in one line, ending in «…» where it goes on."""
    line = " ".join(text.split())
    if len(line) <= _LIKE_CHARACTERS:
        return line
    seen = line[:_LIKE_CHARACTERS]
    blank = seen.rfind(" ")
    return f"{seen[:blank] if blank > _LIKE_CHARACTERS // 2 else seen}…"


@dataclass(frozen=True, slots=True)
class LikelySets:
    """How large the sets of likely codes are, and what they rest on.

    ``mean_size`` is over ``n_sets`` uncoded segments; ``n_interviews`` have coded segments,
    ``n_segments`` in all.
    """

    mean_size: float
    n_sets: int
    n_interviews: int
    n_segments: int


def likely_sets(analysis: Analysis) -> LikelySets | None:
    """Return what is to be said of the sets of likely codes, ``None`` where there are none."""
    sizes = [len(found.likely) for found in analysis.suggestions if found.likely is not None]
    if not sizes:
        return None
    uncoded = set(analysis.uncoded)
    coded = [segment for segment in analysis.segments if segment.id not in uncoded]
    n_interviews = len({segment.interview for segment in coded})
    return LikelySets(fmean(sizes), len(sizes), n_interviews, len(coded))


@dataclass(frozen=True, slots=True)
class UncoveredPart:
    """A group of segments that no code seems to fit, as its words and first passages."""

    terms: tuple[str, ...]
    n_segments: int
    n_interviews: int
    passages: tuple[Passage, ...]


def uncovered_parts(
    analysis: Analysis, segments: Mapping[str, Segment], texts: Mapping[str, str]
) -> list[UncoveredPart]:
    """Return the largest groups that no code seems to fit."""

    def part(group: Uncovered) -> UncoveredPart:
        return UncoveredPart(
            tuple(shown_term(term) for term in group.terms),
            len(group.segments),
            len({segments[name].interview for name in group.segments}),
            tuple(
                make_passage(segments[name], texts[name])
                for name in group.segments[:_PASSAGES_A_GROUP]
            ),
        )

    return [part(group) for group in analysis.uncovered[:_MOST_GROUPS]]


@dataclass(frozen=True, slots=True)
class MeasuredPart:
    """The learning curve, what it rests on, and what must be read before it."""

    curve: LearningCurve
    rests_on: str
    notices: tuple[str, ...]


def measured_part(measured: Measured | None, lang: Lang) -> MeasuredPart | None:
    """Return the learning curve of the study's evaluation, ``None`` where there is none."""
    if measured is None:
        return None
    w = evaluation_words(lang)
    recall = {
        examples: {name: Figure(*bounded) for name, bounded in own.items()}
        for examples, own in measured.recall.items()
    }
    said = (
        ("outdated", measured.outdated),
        ("synthetic", measured.synthetic),
        ("random", measured.split == "random"),
    )
    rests_on = w["rests_on"].format(
        segments=measured.n_segments,
        interviews=measured.n_interviews,
        codings=measured.n_codings,
        codes=measured.n_codes,
        rounds=measured.rounds,
    )
    return MeasuredPart(make_curve(recall), rests_on, tuple(w[key] for key, holds in said if holds))
