"""What the room ``views`` takes and gives: everything a run found, the files it wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import Lang, Problem
from pipeline.records.corpus import Code, Coding, Interview, Segment
from pipeline.records.mining import Comparison, Keyword, Network, Ngram, TopicModel, WordCounts
from pipeline.records.themes import Gap, Match, SegmentSuggestions, Thresholds, Uncovered


@dataclass(frozen=True, slots=True)
class Written:
    """The files a run wrote into the outputs folder, each with the SHA-256 of its bytes."""

    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an interview as they are shown, masked, with the segment they belong to.

    ``marked`` are spans of ``text``, in order, none overlapping. ``person`` is who speaks, over
    all interviews; ``time`` is seconds into the recording, ``None`` where not known.
    """

    segment: str
    interview: str
    speaker: str
    person: str
    time: float | None
    text: str
    marked: tuple[tuple[int, int], ...] = ()


# A figure with the bounds of its 95% interval, ``None`` where there is no interval.
Bounded = tuple[float, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Measured:
    """What an earlier evaluation of the study found, as far as the report shows it.

    ``recall`` is R@3 by number of coded examples a code, then by method. ``split`` says what
    was held out; ``outdated`` that codings, codebook or program have changed since.
    """

    recall: Mapping[int, Mapping[str, Bounded]]
    n_segments: int
    n_interviews: int
    n_codings: int
    n_codes: int
    rounds: int
    split: str
    synthetic: bool
    outdated: bool


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything a run found, handed to the writers of tables, workbook and report.

    ``uncoded`` are the ids of segments without a coding (those ``suggestions`` is about, in
    the same order). ``methods`` are the sentences of the methods paragraph in the order of
    the flow, each a mapping of language to text; ``problems`` are what a person should know.
    ``score_only_ranks`` is true where no coded segment stood behind the suggestions;
    ``privacy_confirmed`` where a person has judged all that was found to be personal.
    ``uncovered`` and ``thresholds`` are those of the suggestions; ``measured`` is ``None``
    where nobody has evaluated the study.
    """

    study: str
    title: str
    lang: Lang
    levels: tuple[str, ...]
    interviews: tuple[Interview, ...]
    segments: tuple[Segment, ...]
    codes: tuple[Code, ...]
    codings: tuple[Coding, ...]
    keywords: tuple[Keyword, ...]
    model: TopicModel
    matches: tuple[Match, ...]
    uncoded: tuple[str, ...]
    suggestions: tuple[SegmentSuggestions, ...]
    score_only_ranks: bool
    methods: tuple[Mapping[str, str], ...]
    problems: tuple[Problem, ...]
    privacy_confirmed: bool = False
    uncovered: tuple[Uncovered, ...] = ()
    thresholds: Thresholds | None = None
    measured: Measured | None = None
    network: Network | None = None
    ngrams: tuple[Ngram, ...] = ()
    gaps: tuple[Gap, ...] = ()
    comparison: Comparison | None = None
    word_counts: WordCounts | None = None
