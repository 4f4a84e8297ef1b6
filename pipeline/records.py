"""Every record that passes from one room to another, in the order of the flow.

All spans are code points into an interview's frozen text, half open:
``interview.text[start:end]``. Records are frozen; arrays inside them are not written to
after they are made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipeline.errors import Lang, Problem

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

Role = Literal["interviewer", "participant"]


# ── corpus ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch (발화). ``text[start:end]`` is what was said, label left out.

    ``index`` counts the interview's turns from 1. ``speaker`` is the label as written,
    empty where the file names none. ``time`` is seconds from the start of the recording.
    ``id`` is the id the file itself gave (a row of a segments file), else ``None``;
    ``fields`` are that row's further columns.
    """

    index: int
    speaker: str
    role: Role
    start: int
    end: int
    time: float | None = None
    id: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Interview:
    """One transcript (면담): its frozen text (NFC, LF), its turns in order, its source file.

    ``source`` is the file's name inside the study's ``interviews`` folder; ``fields`` holds
    what is known of the interview as a whole (participant, role, district, …).
    """

    id: str
    text: str
    turns: tuple[Turn, ...]
    source: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Morphemes:
    """Kiwi's morphemes of a whole corpus, as columns: a row is one morpheme.

    ``vocabulary[code]`` is ``"form/TAG"``. ``start`` and ``end`` are spans into the
    interview's text; ``sentence`` counts the sentences of an interview from 0. Morphemes of
    interview ``i`` are the rows ``bounds[i]:bounds[i + 1]``; ``interviews`` are their ids.
    Spans may overlap (가/VV and 었/EP can share a syllable) and do not cover the text.
    ``guessed`` are the terms Kiwi's dictionary does not have, sorted.
    """

    vocabulary: tuple[str, ...]
    code: np.ndarray
    start: np.ndarray
    end: np.ndarray
    sentence: np.ndarray
    interviews: tuple[str, ...]
    bounds: np.ndarray
    guessed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """The unit a code is put on (의미단위): a span of one speaker's answer.

    ``turn`` is the index of the turn it lies in; ``fields`` joins what is known of the
    interview, of the speaker and of the row, the nearer overriding the wider.
    """

    id: str
    interview: str
    turn: int
    speaker: str
    start: int
    end: int
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of one or more files: interviews in order, and what was wrong."""

    interviews: tuple[Interview, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where a study's frozen texts are: the names of files in its private part, in order.

    ``participants`` is a hash of what joined the interviews from the list of participants.
    """

    texts: tuple[str, ...]
    participants: str


@dataclass(frozen=True, slots=True)
class Shard:
    """Morphemes of some interviews, each under the key of what it was made of."""

    keys: tuple[str, ...]
    made_with: str
    morphemes: Morphemes


@dataclass(frozen=True, slots=True)
class MorphologyIndex:
    """Which interview's morphemes are where: (shard, place in it), in the corpus's order.

    ``made_with`` counts interviews by the version of Kiwi that read them.
    """

    shards: tuple[str, ...]
    order: tuple[tuple[int, int], ...]
    made_with: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Mask:
    """A span of a frozen text, not empty, and what stands there in every output."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is masked in each interview, by its id; no original text.

    ``found`` counts what was found by kind; ``open`` counts what no person has judged yet.
    """

    masks: Mapping[str, tuple[Mask, ...]]
    found: Mapping[str, int]
    open: int


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the codebook (코드). ``name`` is opaque; ``parent`` is a code's name.

    ``depth`` is 0 for a code without parent. ``fields`` keeps any further keys, such as
    ``source``.
    """

    name: str
    id: str
    parent: str | None = None
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    name_en: str = ""
    color: str = ""
    depth: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coding:
    """One code put on one span of an interview by one coder (코딩)."""

    interview: str
    start: int
    end: int
    code: str
    coder: str
    time: str = ""
    note: str = ""


# ── mining ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Terms:
    """How often each term stands in each segment.

    ``counts`` is segments × terms, whole numbers; ``vocabulary[j]`` is ``"form/TAG"``.
    """

    vocabulary: tuple[str, ...]
    segments: tuple[str, ...]
    counts: csr_matrix


@dataclass(frozen=True, slots=True)
class Keyword:
    """A term that stands out in a group of segments, by one method.

    ``score`` is the method's own (see its docstring for range and direction);
    ``frequency`` counts the term and ``n_segments`` its segments within the group.
    """

    method: str
    group: str
    term: str
    tag: str
    score: float
    frequency: int
    n_segments: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic mining found (토픽), numbered from 1 by falling prevalence.

    ``terms`` are ``("form/TAG", weight)``, weights summing to 1 over the whole vocabulary,
    heaviest first, 20 at most. ``prevalence`` is the topic's share of all segments' weight,
    0 to 1. ``segments`` are the ids whose main topic it is, most typical first.
    ``recurrence`` is the share of resamples that found it again, ``None`` where not measured.
    """

    id: int
    label: str
    terms: tuple[tuple[str, float], ...]
    prevalence: float
    segments: tuple[str, ...]
    recurrence: float | None = None


@dataclass(frozen=True, slots=True)
class TopicModel:
    """The topics, and how much of each is in each segment.

    ``weights`` is segments × topics, rows summing to 1, or to 0 where no term is left or the
    topics make nothing of those that are.
    ``term_weights`` is topics × vocabulary, rows summing to 1.
    """

    topics: tuple[Topic, ...]
    weights: np.ndarray
    term_weights: np.ndarray
    vocabulary: tuple[str, ...]
    method: str
    methods_text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vectors:
    """Kiwi's own morpheme vectors for a vocabulary: ``table`` is terms × dimensions.

    Rows have unit length, or are zero where the model has no vector for the term. ``shared``
    is what all words of the language share, whatever the vocabulary: their mean in its first
    row, below it unit axes at right angles. ``made_with`` names the model and dictionary:
    vectors of two models do not compare.
    """

    vocabulary: tuple[str, ...]
    table: np.ndarray
    shared: np.ndarray
    made_with: str


# ── themes ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class CodeTerms:
    """The words each code is described with.

    ``weights`` is codes × vocabulary: how much of a code's description the word is, rows
    summing to 1 (or 0 for a code without words). ``places`` names, for each such pair, where
    the word stands: an index into ``PLACES`` plus 1, the weightiest place first.
    """

    codes: tuple[str, ...]
    vocabulary: tuple[str, ...]
    weights: csr_matrix
    places: csr_matrix


@dataclass(frozen=True, slots=True)
class Match:
    """A topic laid on a code (대응). ``rank`` 1 is the topic's best code."""

    topic: int
    code: str
    score: float
    p_value: float
    rank: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span that speaks for a suggestion, and why. Spans count into the interview's text."""

    text: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code proposed for a segment (제안); ``score`` is 0 to 1."""

    code: str
    score: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentSuggestions:
    """Every suggestion for one segment, best first; ``fits`` is false where no code seems to."""

    segment: str
    interview: str
    fits: bool
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggested:
    """The suggestions for every uncoded segment, in spoken order.

    ``calibrated`` says whether scores are probabilities; else they only rank, either because
    nothing is coded or because too little is.
    """

    segments: tuple[SegmentSuggestions, ...]
    calibrated: bool
    methods_text: Mapping[str, str]


# ── views ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Written:
    """The files a run wrote into the outputs folder, each with the SHA-256 of its bytes."""

    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything a run found, handed to the writers of tables, workbook and report.

    ``uncoded`` are the ids of segments without a coding (those ``suggestions`` is about, in
    the same order). ``methods`` are the sentences of the methods paragraph in the order of
    the flow, each a mapping of language to text; ``problems`` are what a person should know.
    ``score_only_ranks`` is true where no coded segment stood behind the suggestions;
    ``privacy_confirmed`` where a person has judged all that was found to be personal.
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
