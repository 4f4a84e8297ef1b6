"""Suggested codes (제안) with their evidence. Codings are handed in: nothing here opens a store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.errors import Lang
from pipeline.records import (
    CodeTerms,
    Morphemes,
    Segment,
    SegmentSuggestions,
    Suggested,
    Suggestion,
    Terms,
)
from pipeline.themes.alignment import Laid
from pipeline.themes.encoders import Encoder
from pipeline.themes.evidence import (
    Reason,
    find_evidence,
    find_reasons,
    find_seen_reasons,
    find_topic_reasons,
    first_said,
    strongest,
    where_seen,
)
from pipeline.themes.features import Features
from pipeline.themes.scoring import METHODS_TEXTS, Scored, Untaught, read_untaught, score_codes
from pipeline.themes.thresholds import choose_thresholds, is_above
from pipeline.themes.uncovered import group_uncovered

# Rows compared with the coded segments at a time, so that memory does not grow with the corpus.
_BLOCK = 500


@dataclass(frozen=True, slots=True)
class Given:
    """All that suggestions are made from before anybody codes.

    ``texts`` are the interviews' by id; ``terms`` has a row a segment; ``vectors`` maps terms
    to unit vectors; ``laid`` are the topics, if there are any; ``parents`` names the parent
    of each code that has one; ``encode`` is a sentence model of the user's own, if any.
    """

    segments: Sequence[Segment]
    texts: Mapping[str, str]
    morphemes: Morphemes
    terms: Terms
    code_terms: CodeTerms
    vectors: Mapping[str, np.ndarray]
    laid: Laid | None
    parents: Mapping[str, str]
    encode: Encoder | None = None

    def untaught(self) -> Untaught:
        """Compare segments with codes and with each other: the costly part of scoring."""
        return read_untaught(
            self.terms,
            [self.texts[s.interview][s.start : s.end] for s in self.segments],
            self.code_terms,
            self.vectors,
            None if self.laid is None else self.laid.scores(self.code_terms.codes),
            self.parents,
            self.encode,
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What reasons rest on whoever codes: of a :class:`Given`, made once.

    ``place`` is an interview's index in the morphemes, ``term_of`` the term of each morpheme by
    its code, or -1. ``inherited`` gives, by topic, the code it fits best with its words.
    ``described`` are, by code, the reasons the codebook gives, found when first asked for.
    """

    place: Mapping[str, int]
    term_of: Sequence[int]
    inherited: Sequence[Mapping[int, Mapping[int, Reason]]]
    described: dict[int, dict[int, Reason]]


@dataclass(frozen=True, slots=True)
class Learned:
    """Scores at one moment, with what tells the reasons for them.

    ``seen_in`` gives, by code and term, coded segments that say the term under the code.
    """

    given: Given
    untaught: Untaught
    scored: Scored
    gold: Mapping[int, frozenset[str]]
    lang: Lang
    ground: Ground
    seen_in: Sequence[Mapping[int, Sequence[str]]]


def learn_from(
    given: Given,
    untaught: Untaught,
    gold: Mapping[int, frozenset[str]],
    rejected: Mapping[int, frozenset[str]],
    lang: Lang,
    before: Learned | None = None,
) -> Learned:
    """Score every segment from what is coded so far; ``untaught`` is that of ``given``.

    ``before`` is what was learned of the same ``given`` when few rows were other: with it, one
    more coded segment costs a fraction of a second.
    """
    interviews = [segment.interview for segment in given.segments]
    gram = None if before is None else before.scored.gram
    return Learned(
        given,
        untaught,
        score_codes(untaught, interviews, gold, rejected, gram),
        gold,
        lang,
        _ground(given, lang) if before is None else before.ground,
        where_seen(gold, given.segments, given.terms, given.code_terms.codes),
    )


def _ground(given: Given, lang: Lang) -> Ground:
    column = {term: index for index, term in enumerate(given.terms.vocabulary)}
    return Ground(
        {interview: place for place, interview in enumerate(given.morphemes.interviews)},
        [column.get(term, -1) for term in given.morphemes.vocabulary],
        _of_topics(given, column, lang),
        {},
    )


def suggest(
    given: Given,
    gold: Mapping[int, frozenset[str]],
    rejected: Mapping[int, frozenset[str]],
    rows: Sequence[int],
    top: int,
    lang: Lang,
    precision: float | None = None,
) -> Suggested:
    """Suggest ``min(top, codes)`` codes for each of the segments ``rows``, best first.

    ``gold`` gives the codes of coded rows, ``rejected`` those a person refused for a row.
    Equal scores are ranked by the codebook's order. With ``precision``, a threshold is sought
    from which suggestions are right as often.
    """
    if not rows or not given.code_terms.codes:
        return Suggested((), calibrated=False, methods_text=METHODS_TEXTS["codebook"])
    rows = list(rows)
    learned = learn_from(given, given.untaught(), gold, rejected, lang)
    scored, codes = learned.scored, given.code_terms.codes
    thresholds = None
    if precision is not None:
        held_out = {} if scored.sure is None else gold
        thresholds = choose_thresholds(scored.score, held_out, codes, precision)
    nearest = _nearest_coded(learned.untaught.features, codes, gold, rows)
    number = {code: index for index, code in enumerate(codes)}
    suggested = tuple(
        replace(
            found,
            suggestions=tuple(
                replace(
                    one,
                    like=given.segments[like].id if (like := own[number[one.code]]) >= 0 else None,
                    above=is_above(thresholds, one.code, one.score),
                )
                for one in found.suggestions
            ),
        )
        for found, own in zip(suggestions_for(learned, rows, top), nearest, strict=True)
    )
    unfit = [row for row, found in zip(rows, suggested, strict=True) if not found.fits]
    return Suggested(
        suggested,
        scored.sure is not None,
        METHODS_TEXTS[scored.basis],
        group_uncovered(learned.untaught.features, given.terms, unfit),
        thresholds,
    )


def suggestions_for(
    learned: Learned, rows: Sequence[int], top: int
) -> tuple[SegmentSuggestions, ...]:
    """Return ``min(top, codes)`` suggestions for each of ``rows``, best first, with reasons.

    Equal scores are ranked by the codebook's order.
    """
    given, scored = learned.given, learned.scored
    rows, codes = list(rows), given.code_terms.codes
    order = np.argsort(-np.round(scored.score[rows], 9), axis=1, kind="stable")
    inherited = _inherited(learned, rows)
    suggested = []
    for place, row in enumerate(rows):
        segment = given.segments[row]
        text = given.texts[segment.interview]
        said = first_said(segment, given.morphemes, learned.ground.place, learned.ground.term_of)
        suggestions = []
        for code in order[place, :top].tolist():
            speaking = _reasons(learned, code, segment.id, said)
            # What a person wrote or coded says more than what a topic leads to.
            speaking = {**inherited[place].get(code, {}), **speaking}
            evidence = find_evidence(text, said, speaking)
            suggestions.append(Suggestion(codes[code], float(scored.score[row, code]), evidence))
        # Where nothing tells how sure is sure enough, a word has to speak for the best code.
        # That holds for one segment as for many, and whatever the number of codes.
        fits = bool(suggestions[0].evidence if scored.sure is None else scored.sure[row])
        likely = _likely(scored, row, order[place], codes)
        suggested.append(
            SegmentSuggestions(segment.id, segment.interview, fits, tuple(suggestions), likely)
        )
    return tuple(suggested)


def _likely(
    scored: Scored, row: int, order: np.ndarray, codes: Sequence[str]
) -> tuple[str, ...] | None:
    if scored.set_from is None:
        return None
    return tuple(codes[int(c)] for c in order if scored.score[row, c] >= scored.set_from)


def _reasons(learned: Learned, code: int, segment: str, said: Iterable[int]) -> dict[int, Reason]:
    """Return the terms that speak for ``code`` in a segment that says the terms ``said``."""
    given, scored, described = learned.given, learned.scored, learned.ground.described
    if code not in described:
        described[code] = find_reasons(
            code, given.terms, given.code_terms, scored.cosines, learned.lang
        )
    seen_in, force = learned.seen_in[code], scored.words[:, code]
    return strongest(
        described[code], find_seen_reasons(said, segment, seen_in, force, learned.lang)
    )


def _of_topics(
    given: Given, column: Mapping[str, int], lang: Lang
) -> list[dict[int, dict[int, Reason]]]:
    """Return, by topic, the code it fits best with the topic's words as reasons."""
    if given.laid is None:
        return []
    best = given.laid.best_codes()
    number = {code: index for index, code in enumerate(given.code_terms.codes)}
    return [
        {number[best[topic.id]]: find_topic_reasons(topic, column, lang)}
        if topic.id in best
        else {}
        for topic in given.laid.model.topics
    ]


def _inherited(
    learned: Learned, rows: Sequence[int]
) -> Sequence[Mapping[int, Mapping[int, Reason]]]:
    """Return, by row, what it has from its main topic."""
    laid, by_topic = learned.given.laid, learned.ground.inherited
    if laid is None or not by_topic:
        return [{} for _ in rows]
    weights = laid.model.weights[list(rows)]
    return [by_topic[int(own.argmax())] if own.any() else {} for own in weights]


def _nearest_coded(
    features: Features,
    codes: Sequence[str],
    gold: Mapping[int, frozenset[str]],
    rows: Sequence[int],
) -> np.ndarray:
    """Return, as rows × codes, the other coded row most like each that has the code, or -1."""
    nearest = np.full((len(rows), len(codes)), -1)
    coded = sorted(gold)
    carrying = [[place for place, row in enumerate(coded) if code in gold[row]] for code in codes]
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        alike = features.likeness(block, coded) if coded else np.zeros((len(block), 0))
        alike = np.where(np.equal.outer(block, coded), 0, alike)
        for code, having in enumerate(carrying):
            if having:
                best = alike[:, having].argmax(axis=1)
                some = alike[np.arange(len(block)), np.array(having)[best]] > 0
                found = np.array(coded)[np.array(having)[best]]
                nearest[start : start + len(block), code] = np.where(some, found, -1)
    return nearest
