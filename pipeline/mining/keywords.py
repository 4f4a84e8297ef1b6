"""Keywords: the table of methods, and their application to the whole and to each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.mining import (
    ctfidf,
    dispersion,
    frequency,
    log_likelihood,
    log_odds,
    log_ratio,
    phrases,
    textrank,
    tfidf,
)
from pipeline.mining.groups import Comparison, Group, person_of
from pipeline.mining.phrases import Phrases
from pipeline.mining.spoken import Spoken, within
from pipeline.records import Keyword, Segment, Terms


@dataclass(frozen=True, slots=True)
class Compared:
    """What methods look at: the segments of one comparison, and their terms in every form.

    ``terms`` and ``spoken`` share a vocabulary; rows of all are the same segments.
    """

    terms: Terms
    spoken: Spoken
    phrases: Phrases
    n_groups: int


# Scores the terms of the group that a mask over the segments names; says which terms those are.
Method = Callable[[Compared, np.ndarray], tuple[Terms, np.ndarray]]

METHODS: Mapping[str, Method] = {
    "frequency": lambda c, group: (c.terms, frequency.score(c.terms, group)),
    "tfidf": lambda c, group: (c.terms, tfidf.score(c.terms, group)),
    "ctfidf": lambda c, group: (c.terms, ctfidf.score(c.terms, group, c.n_groups)),
    "log_likelihood": lambda c, group: (c.terms, log_likelihood.score(c.terms, group)),
    "log_odds": lambda c, group: (c.terms, log_odds.score(c.terms, group)),
    "textrank": lambda c, group: (c.terms, textrank.score(c.spoken, group)),
    "phrases": lambda c, group: (c.phrases.terms, phrases.score(c.phrases, group)),
}
METHODS_TEXTS: Mapping[str, Mapping[str, str]] = {
    "frequency": frequency.METHODS_TEXT,
    "tfidf": tfidf.METHODS_TEXT,
    "ctfidf": ctfidf.METHODS_TEXT,
    "log_likelihood": log_likelihood.METHODS_TEXT,
    "log_odds": log_odds.METHODS_TEXT,
    "textrank": textrank.METHODS_TEXT,
    "phrases": phrases.METHODS_TEXT,
}


def find_keywords(
    segments: Sequence[Segment],
    terms: Terms,
    spoken: Spoken,
    comparisons: Sequence[Comparison],
    methods: Sequence[str],
    top: int,
    min_segments: int,
) -> tuple[Keyword, ...]:
    """Return the ``top`` terms of each method, group and kind of word, best first.

    Nouns and the like are ranked apart from verbs and adjectives. Only terms with a positive
    score count; ties are broken by the term. ``spoken`` are ``terms`` in spoken order; terms of
    several words are those that ``min_segments`` segments say.
    """
    ready = [
        (_ready(terms, spoken, comparison, methods, min_segments), comparison)
        for comparison in comparisons
    ]
    heard = [_heard(segments, comparison.compared) for comparison in comparisons]
    return tuple(
        keyword
        for method in methods
        for (compared, comparison), listeners in zip(ready, heard, strict=True)
        for group in comparison.groups
        for keyword in _of_group(compared, comparison.field, group, listeners, method, top)
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """In which interview and by whom each of the compared segments was said, as numbers."""

    interview: np.ndarray
    person: np.ndarray
    people: tuple[str, ...]


def _ready(
    terms: Terms, spoken: Spoken, comparison: Comparison, methods: Sequence[str], min_segments: int
) -> Compared:
    rows = comparison.compared
    names = tuple(name for name, inside in zip(terms.segments, rows, strict=True) if inside)
    own = Terms(terms.vocabulary, names, csr_matrix(terms.counts[rows]))
    said = within(spoken, rows)
    # Neighbours are the costly part: nobody who does not ask for terms of several words pays.
    asked = said if "phrases" in methods else within(said, np.zeros(len(names), bool))
    found = phrases.find_phrases(asked, min_segments)
    return Compared(own, said, found, len(comparison.groups))


def _heard(segments: Sequence[Segment], rows: np.ndarray) -> _Heard:
    chosen = [segment for segment, inside in zip(segments, rows, strict=True) if inside]
    _, interview = np.unique([segment.interview for segment in chosen], return_inverse=True)
    people, person = np.unique([person_of(segment) for segment in chosen], return_inverse=True)
    return _Heard(interview, person, tuple(str(name) for name in people))


def _of_group(
    compared: Compared, field: str, group: Group, heard: _Heard, method: str, top: int
) -> list[Keyword]:
    terms, scores = METHODS[method](compared, group.members)
    best = _best(terms, scores, top)
    if not len(best):
        return []
    members = group.members
    inside = csr_matrix(terms.counts[members][:, best])
    count = np.asarray(inside.sum(axis=0)).ravel()
    sizes = np.asarray(compared.terms.counts.sum(axis=1), float).ravel()
    rest = np.asarray(terms.counts[:, best].sum(axis=0)).ravel() - count
    effect = log_ratio.compare(count, rest, sizes[members].sum(), sizes[~members].sum())
    by_interview, words = _by(heard.interview[members], inside, sizes[members])
    spread = dispersion.normalised(by_interview[words > 0], words[words > 0])
    by_person, _ = _by(heard.person[members], inside, sizes[members])
    loudest = by_person.argmax(axis=0)
    speakers = np.unique(heard.person[members])
    columns = inside.tocsc()
    names = [name for name, member in zip(terms.segments, members, strict=True) if member]
    keywords = []
    for place, index in enumerate(best):
        form, _, tag = terms.vocabulary[index].rpartition("/")
        rows = np.sort(columns.indices[columns.indptr[place] : columns.indptr[place + 1]])
        keywords.append(
            Keyword(
                method,
                group.name,
                form,
                tag,
                float(scores[index]),
                int(count[place]),
                len(rows),
                field,
                None if effect is None else float(effect[place]),
                None if spread is None else float(spread[place]),
                int(np.count_nonzero(by_interview[:, place])),
                float(by_person[loudest[place], place] / count[place]),
                heard.people[speakers[loudest[place]]],
                tuple(names[row] for row in rows),
            )
        )
    return keywords


def _best(terms: Terms, scores: np.ndarray, top: int) -> np.ndarray:
    """Return the indices of the best: nouns and the like, then verbs and adjectives."""
    verbal = np.array([term.endswith(("/VV", "/VA")) for term in terms.vocabulary], bool)
    # The vocabulary is sorted: a stable sort breaks ties by the term. Scores are rounded first,
    # so that noise in the last digits cannot decide.
    ranked = np.argsort(-np.round(scores, 9), kind="stable")
    ranked = ranked[np.round(scores[ranked], 9) > 0]
    return np.concatenate([ranked[~verbal[ranked]][:top], ranked[verbal[ranked]][:top]])


def _by(part: np.ndarray, counts: csr_matrix, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return parts × terms and the words of each part, parts in the order of their numbers."""
    different, number = np.unique(part, return_inverse=True)
    ones = np.ones(len(part))
    of_part = csr_matrix((ones, (number, np.arange(len(part)))), (len(different), len(part)))
    return csr_matrix(of_part @ counts).toarray(), np.asarray(of_part @ sizes)
