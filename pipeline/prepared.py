"""What suggestions rest on when there is no study: rows of files, and all that no coding changes.

All is done as in a study with every setting at its default, but for what is personal:
nothing is masked, the text is the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.corpus.dictionary import default_stopwords
from pipeline.corpus.encoding import decode
from pipeline.corpus.morphology import analyse, keep_rows
from pipeline.corpus.readers import segments as json_lines
from pipeline.corpus.readers import table
from pipeline.corpus.reading import read_file
from pipeline.corpus.segments import turn_id
from pipeline.errors import GyeolError, Problem
from pipeline.mining.disfluencies import disfluent_rows
from pipeline.mining.terms import choose_terms, count_terms
from pipeline.mining.topics import choose_count, find_topics
from pipeline.mining.vectors import find_vectors, spread
from pipeline.records import Code, CodeTerms, Interview, Segment, Terms
from pipeline.settings import StudyConfig
from pipeline.themes.alignment import Laid, align, find_ground
from pipeline.themes.code_terms import describe_codes
from pipeline.themes.suggester import Given

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

_DEFAULTS = StudyConfig()
# Fewer segments have no topics to speak of.
_ENOUGH_FOR_TOPICS = 50
# A label that no speaker has: in a segments file it does not matter who speaks.
_NOBODY = ("\0",)
_TABLES = frozenset({".csv", ".tsv", ".xlsx"})


def prepare(
    interviews: Sequence[Interview],
    segments: Sequence[Segment],
    codes: Sequence[Code],
    kiwi: Kiwi,
) -> Given:
    """Take the ``segments`` of ``interviews`` and the ``codes`` apart: the costly part, once."""
    said = analyse(kiwi, interviews)
    morphemes = keep_rows(said, ~disfluent_rows(said))
    tags, stopwords = _DEFAULTS.morphology.tags, default_stopwords()
    terms = count_terms(segments, morphemes, tags, stopwords)
    code_terms = describe_codes(kiwi, codes, tags, stopwords)
    words = sorted({*terms.vocabulary, *code_terms.vocabulary})
    vectors = dict(zip(words, spread(find_vectors(kiwi, words, made_with="")), strict=True))
    return Given(
        tuple(segments),
        {interview.id: interview.text for interview in interviews},
        morphemes,
        terms,
        code_terms,
        vectors,
        _topics(segments, terms, code_terms, vectors),
        parents_of(codes),
    )


def parents_of(codes: Sequence[Code]) -> dict[str, str]:
    """Return the parent of each code that has one."""
    return {code.name: code.parent for code in codes if code.parent is not None}


def _topics(
    segments: Sequence[Segment],
    terms: Terms,
    code_terms: CodeTerms,
    vectors: Mapping[str, np.ndarray],
) -> Laid | None:
    if np.count_nonzero(np.diff(terms.counts.indptr)) < _ENOUGH_FOR_TOPICS:
        return None
    settings, limits = _DEFAULTS.topics, _DEFAULTS.terms
    try:
        chosen = choose_terms(terms, settings.tags, limits.min_segments, limits.max_share)
    except GyeolError:  # no noun is said often enough
        return None
    count = choose_count(settings.count, chosen)
    model = find_topics(chosen, settings.method, count, _DEFAULTS.seed)
    interviews = [segment.interview for segment in segments]
    ground = find_ground(model, code_terms, terms, vectors, interviews, {})
    return Laid(model, align(model, ground, _DEFAULTS.seed))


def read_rows_as_interviews(path: Path) -> tuple[tuple[Interview, ...], tuple[Problem, ...]]:
    """Read a segments file or a transcript; every turn gets an id.

    Of a segments file every row counts, whoever speaks; of a transcript it matters who asks.

    Raises:
        GyeolError: nothing in the file can be used.
    """
    name = path.as_posix()
    reading = read_file(path, name, _NOBODY)
    if any(turn.id is None for interview in reading.interviews for turn in interview.turns):
        reading = read_file(path, name, ())
    if not reading.interviews:
        raise GyeolError(*reading.problems)
    interviews = tuple(
        replace(i, turns=tuple(replace(turn, id=turn_id(i, turn)) for turn in i.turns))
        for i in reading.interviews
    )
    return interviews, reading.problems


def answers(interviews: Sequence[Interview]) -> tuple[Segment, ...]:
    """Return the participants' turns as segments, with what the file says of each."""
    return tuple(
        Segment(
            turn.id or turn_id(i, turn),
            i.id,
            turn.index,
            turn.speaker,
            turn.start,
            turn.end,
            {**i.fields, **turn.fields},
        )
        for i in interviews
        for turn in i.turns
        if turn.role == "participant"
    )


def codes_in_file(path: Path) -> tuple[tuple[str, str], ...]:
    """Return (segment, code as written) for every code of every row that can be read."""
    data = path.read_bytes()
    if path.suffix.lower() in _TABLES:
        triples = table.read_codes(data, path.as_posix())
    elif json_lines.looks_like_segments(decode(data)):
        triples = json_lines.read_codes(data)
    else:
        triples = ()
    return tuple((segment, code) for _, segment, code in triples)
