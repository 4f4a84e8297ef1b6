"""What the room ``mining`` gives: terms, keywords, topics, word vectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix


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
    ``frequency`` counts the term and ``n_segments`` its segments within the group. A term of
    several words has them parted by blanks, its tags by ``+``.

    ``field`` says what groups are made by, empty for the whole. ``effect`` is the log ratio
    against the other groups (0 alike, 1 twice as often), ``None`` where there is no rest.
    ``dispersion`` is Gries' DP over the group's interviews, normalised: 0 everywhere alike, 1
    in one alone; ``None`` in a group of one. ``largest_share`` (0 to 1) of its uses are
    ``speaker``'s, who says it most. ``segments`` are the ids of the segments that say it.
    """

    method: str
    group: str
    term: str
    tag: str
    score: float
    frequency: int
    n_segments: int
    field: str = ""
    effect: float | None = None
    dispersion: float | None = None
    n_interviews: int = 0
    largest_share: float | None = None
    speaker: str = ""
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ngram:
    """Terms said one after another in a sentence (N-gram): ``terms`` are ``"form/TAG"``.

    ``npmi`` (-1 to 1, 0 is chance) and ``t_score`` (any sign, 0 is chance) say how much more
    often than by chance. ``segments`` are the ids of the segments that say it.
    """

    terms: tuple[str, ...]
    count: int
    n_interviews: int
    npmi: float
    t_score: float
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordCount:
    """How often the corpus says a term: ``term`` is ``"form/TAG"``.

    ``percent`` is its share of all counted words, 0 to 100; ``tfidf`` is ``frequency ·
    ln(segments / n_segments)``, 0 where every segment says it. ``segments`` are ids.
    """

    term: str
    frequency: int
    percent: float
    n_interviews: int
    tfidf: float
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The most frequent words, and those of highest TF-IDF, the first of both first."""

    frequent: tuple[WordCount, ...]
    characteristic: tuple[WordCount, ...]
    methods_text: Mapping[str, str]


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
class TopicCount:
    """A number of topics that was tried, and how good topics come of it.

    ``npmi`` (-1 to 1) and ``c_v`` (0 to 1) are coherences, ``stability`` the overlap of topics
    between resamples and ``exclusivity`` the share of its words' weight that is a topic's own
    (0 to 1). ``score`` (0 to 1) is what the choice was made by.
    """

    count: int
    npmi: float
    c_v: float
    stability: float
    exclusivity: float
    score: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class TopicSeed:
    """Words that are to pull a topic: ``terms`` are ``"form/TAG"``, ``unknown`` are not said."""

    name: str
    terms: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeededTopic:
    """A seed, its topic (by number), and how far it was pulled.

    ``among_10`` and ``among_20`` are the shares of the seed's words among the topic's heaviest
    terms, ``mass`` their share of its weight (all 0 to 1); ``unseeded_…`` the same of the best
    topic found without seeds.
    """

    name: str
    topic: int
    words: tuple[str, ...]
    unknown: tuple[str, ...]
    among_10: float
    among_20: float
    mass: float
    unseeded_10: float
    unseeded_20: float
    unseeded_mass: float


@dataclass(frozen=True, slots=True)
class TopicModel:
    """The topics, and how much of each is in each segment.

    ``weights`` is segments × topics, rows summing to 1, or to 0 where no term is left or the
    topics make nothing of those that are.
    ``term_weights`` is topics × vocabulary, rows summing to 1. ``counts`` are the numbers of
    topics that were tried; empty where the number was given. ``seeds`` are the seeded topics.
    """

    topics: tuple[Topic, ...]
    weights: np.ndarray
    term_weights: np.ndarray
    vocabulary: tuple[str, ...]
    method: str
    methods_text: Mapping[str, str]
    counts: tuple[TopicCount, ...] = ()
    seeds: tuple[SeededTopic, ...] = ()


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


@dataclass(frozen=True, slots=True)
class NetworkTerm:
    """A node of the network of terms (의미연결망): ``term`` is ``"form/TAG"``.

    The centralities are between 0 and 1. ``community`` and ``block`` count from 1; 0 is none.
    ``segments`` are the ids of the segments that say it.
    """

    term: str
    frequency: int
    degree: float
    closeness: float
    betweenness: float
    eigenvector: float
    community: int
    block: int
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """Two terms said together in ``count`` units; ``weight`` is the measure of it.

    ``segments`` are ids of segments that say both, ``n_segments`` how many there are.
    """

    source: str
    target: str
    count: int
    weight: float
    n_segments: int
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Which terms go together: nodes by falling frequency, edges by falling weight.

    ``density`` and ``image`` are CONCOR's, blocks × blocks; ``None`` where a block of one has
    no ties within. ``threshold`` is the weight from which on a pair is an edge; ``alpha`` the
    density from which on the image is 1. ``n_parts`` counts the connected parts of two terms
    and more, ``n_alone`` the terms without an edge. ``together`` is terms × terms for the first
    hundred: in how many units both stand, tied or not; 0 on the diagonal.
    """

    terms: tuple[NetworkTerm, ...]
    edges: tuple[NetworkEdge, ...]
    density: tuple[tuple[float | None, ...], ...]
    image: tuple[tuple[int, ...], ...]
    alpha: float
    threshold: float
    modularity: float
    n_units: int
    n_pairs: int
    n_parts: int
    n_alone: int
    converged: bool
    methods_text: Mapping[str, str]
    together: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Prevalence:
    """How much of what a group says one topic or code takes up (비중), 0 to 1.

    ``item`` is the topic's number or the code's name. ``field`` and ``group`` are empty for
    the whole corpus. ``low`` to ``high`` is the 95% interval, ``None`` where too few
    participants spoke; ``lowest`` and ``highest`` are the shares of single participants.
    ``difference`` is that from all other groups of the field, ``None`` where there is none.
    ``segments`` are the ids of the group's segments whose main topic it is, or that bear it;
    ``n_segments`` counts those the share is of.
    """

    kind: Literal["topic", "code"]
    item: str
    field: str
    group: str
    value: float
    low: float | None
    high: float | None
    lowest: float
    highest: float
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    n_segments: int
    n_interviews: int
    n_participants: int
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Prevalence by group: the whole corpus first, then field by field, group by group."""

    rows: tuple[Prevalence, ...]
    n_resamples: int
    methods_text: Mapping[str, str]
