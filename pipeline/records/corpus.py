"""What the room ``corpus`` gives: interviews, morphemes, segments, codes, codings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pipeline.errors import Problem

if TYPE_CHECKING:
    import numpy as np

Role = Literal["interviewer", "participant"]


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
class Comment:
    """What somebody wrote in the margin of a span, such as a comment in Word: as written."""

    start: int
    end: int
    text: str
    author: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """One transcript (면담): its frozen text (NFC, LF), its turns in order, its source file.

    ``source`` is the file's name inside the study's ``interviews`` folder; ``fields`` holds
    what is known of the interview as a whole (participant, role, district, …). ``comments``
    are unmasked and stay in the private part.
    """

    id: str
    text: str
    turns: tuple[Turn, ...]
    source: str
    fields: Mapping[str, str] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()


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
    # By interview id, 0 to 1: how surely speakers were told apart, where nobody said who speaks.
    certainty: Mapping[str, float] = field(default_factory=dict)


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
