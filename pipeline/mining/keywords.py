"""Keywords: the table of methods, and their application to the whole and to each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from pipeline.mining import log_likelihood, tfidf
from pipeline.mining.terms import presence
from pipeline.records import Keyword, Segment, Terms

Score = Callable[[Terms, np.ndarray], np.ndarray]

METHODS: Mapping[str, Score] = {"tfidf": tfidf.score, "log_likelihood": log_likelihood.score}
METHODS_TEXTS: Mapping[str, Mapping[str, str]] = {
    "tfidf": tfidf.METHODS_TEXT,
    "log_likelihood": log_likelihood.METHODS_TEXT,
}
WHOLE = "전체"
# Beyond this, comparing each interview with the rest is a table nobody reads.
_MOST_GROUPS = 40


def group_segments(segments: Sequence[Segment], field: str) -> dict[str, np.ndarray]:
    """Return a mask over ``segments`` for the whole corpus and for each group.

    Groups are the values of ``field``; where no segment has that field, the interviews.
    With one group, or more than 40, the whole corpus stands alone.
    """
    values = [segment.fields.get(field, "") for segment in segments]
    if not any(values):
        values = [segment.interview for segment in segments]
    masks = {WHOLE: np.ones(len(segments), bool)}
    names = sorted(set(values) - {""})
    if 1 < len(names) <= _MOST_GROUPS:
        said = np.array(values)
        masks |= {name: said == name for name in names}
    return masks


def find_keywords(
    terms: Terms, groups: Mapping[str, np.ndarray], methods: Sequence[str], top: int
) -> tuple[Keyword, ...]:
    """Return the ``top`` terms of each method, group and kind of word, best first.

    Nouns and the like are ranked apart from verbs and adjectives. Only terms with a positive
    score count; ties are broken by the term.
    """
    verbal = np.array([term.endswith(("/VV", "/VA")) for term in terms.vocabulary], bool)
    said = presence(terms)
    keywords: list[Keyword] = []
    for method in methods:
        for group, members in groups.items():
            scores = METHODS[method](terms, members)
            frequency = np.asarray(terms.counts[members].sum(axis=0)).ravel()
            n_segments = np.asarray(said[members].sum(axis=0)).ravel()
            for kind in (~verbal, verbal):
                # The vocabulary is sorted: a stable sort breaks ties by the term. Scores are
                # rounded first, so that noise in the last digits cannot decide.
                ranked = np.argsort(-np.round(scores, 9), kind="stable")
                best = [index for index in ranked if kind[index] and scores[index] > 0][:top]
                for index in best:
                    form, _, tag = terms.vocabulary[index].rpartition("/")
                    keywords.append(
                        Keyword(
                            method,
                            group,
                            form,
                            tag,
                            float(scores[index]),
                            int(frequency[index]),
                            int(n_segments[index]),
                        )
                    )
    return tuple(keywords)
