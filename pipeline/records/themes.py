"""What the room ``themes`` gives: topics on codes, suggestions with their evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


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
    """A topic laid on a code (대응). ``rank`` 1 is the topic's best code.

    ``q_value`` is ``p_value`` corrected for everything compared. ``score`` is the sum of
    ``near`` (in meaning), ``said`` (in so many words) and ``coded`` (by people). ``seldom``
    and ``hardly`` are the scores that chance reaches one time in twenty, and in a hundred.
    """

    topic: int
    code: str
    score: float
    p_value: float
    rank: int
    q_value: float = 1.0
    near: float = 0.0
    said: float = 0.0
    coded: float = 0.0
    seldom: float = 0.0
    hardly: float = 0.0


GapKind = Literal["unsupported", "unread", "uncovered", "shared", "split"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where topics and codebook do not lie on each other: something to look at.

    ``kind`` is a code that no stable topic supports (``unsupported``), or that has neither
    words nor codings to tell by (``unread``); a topic that no code covers (``uncovered``);
    codes that share a topic (``shared``); a code that falls into two topics (``split``).

    ``score`` and ``p_value`` are those of the match it rests on: the best there is of a code
    or topic without one, the weaker of the two surest where there are several. ``n_segments``
    counts the segments that bear the code, or two of the codes, of ``n_coded`` that bear any;
    of a topic, its segments, of which ``n_coded`` bear some code. ``segments`` are passages to
    read, ids. Of ``n_left_out`` interviews left out in turn the
    finding stands without ``n_standing``; it does not without those it ``hangs_on``.
    ``lowest`` and ``highest`` are the ends of the score meanwhile.
    """

    kind: GapKind
    topics: tuple[int, ...]
    codes: tuple[str, ...]
    score: float
    p_value: float
    n_segments: int
    n_coded: int
    segments: tuple[str, ...]
    n_left_out: int
    n_standing: int
    lowest: float
    highest: float
    hangs_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span that speaks for a suggestion, and why. Spans count into the interview's text."""

    text: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code proposed for a segment (제안); ``score`` is 0 to 1.

    ``like`` is the id of the coded segment most like this one among those that carry the
    code, ``None`` where none does or none is like it at all. ``above`` says whether the score
    reaches the chosen threshold, ``None`` where none could be chosen or none was asked for.
    """

    code: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    like: str | None = None
    above: bool | None = None


@dataclass(frozen=True, slots=True)
class SegmentSuggestions:
    """Every suggestion for one segment, best first; ``fits`` is false where no code seems to.

    ``likely`` are the codes that together hold a right one for nine segments in ten, best
    first; ``None`` where too few segments are coded to tell.
    """

    segment: str
    interview: str
    fits: bool
    suggestions: tuple[Suggestion, ...] = ()
    likely: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Threshold:
    """The lowest score from which held-out suggestions were right as often as asked.

    ``code`` is ``None`` for all codes together, ``score`` ``None`` where no score reaches it.
    It was sought among ``n_tried`` suggestions, of which ``n_above`` have that score or more.
    """

    code: str | None
    score: float | None
    n_tried: int
    n_above: int


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds for a target ``precision`` (0 to 1), chosen on ``n_segments`` held out.

    ``n_segments`` is 0 where too few are coded to choose any. A code in ``by_code`` has one
    of its own.
    """

    precision: float
    n_segments: int
    overall: Threshold
    by_code: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Segments that no code seems to fit and that have something in common.

    ``terms`` ("form/TAG") are said in several of them and mark them off from the rest, the
    most characteristic first; ``segments`` are ids, the most typical first.
    """

    terms: tuple[str, ...]
    segments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggested:
    """The suggestions for every uncoded segment, in spoken order.

    ``calibrated`` says whether scores are probabilities; else they only rank, either because
    nothing is coded or because too little is. ``uncovered`` are groups of segments that no
    code seems to fit, the largest first; ``thresholds`` are ``None`` where none was asked for.
    """

    segments: tuple[SegmentSuggestions, ...]
    calibrated: bool
    methods_text: Mapping[str, str]
    uncovered: tuple[Uncovered, ...] = ()
    thresholds: Thresholds | None = None
