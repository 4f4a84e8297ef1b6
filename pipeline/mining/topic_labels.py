"""Labels of topics: the words and phrases that mark one off from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.mining.adjacent_pairs import Pair, Phrase
from pipeline.mining.terms import presence, shown_term
from pipeline.records import Terms, TopicModel

PARTS = 3
# The heaviest terms of a topic among which its label is sought.
_AMONG = 20
# A phrase is a topic's when so many of its places are in the topic's segments; two words are a
# phrase when they stand together in so large a share of their places (Dice's coefficient).
_FEWEST_PLACES = 3
_OWN_SHARE = 0.5
_TOGETHER = 0.1


def name_topics(
    model: TopicModel, terms: Terms, phrases: Mapping[Pair, Phrase] | None = None
) -> TopicModel:
    """Return ``model`` with labels of at most three parts, words or ``phrases``.

    A word stands in a label for its weight, times the share of that weight that is the
    topic's own (among all topics), times its idf: what every topic says names none (cf. the
    class-based TF-IDF of Grootendorst 2022, and Bischof and Airoldi 2012). Where the word
    mostly stands in a phrase of the topic, the phrase is given. A seeded topic has its seed's
    name before them.
    """
    marks = characteristic(model.term_weights, terms)
    main = {name: topic.id - 1 for topic in model.topics for name in topic.segments}
    topic_of = np.array([main.get(name, -1) for name in terms.segments], int)
    frequency = np.asarray(terms.counts.sum(axis=0)).ravel()
    column = {term: index for index, term in enumerate(terms.vocabulary)}
    named = []
    for number, topic in enumerate(model.topics):
        own = {
            pair: phrase
            for pair, phrase in (phrases or {}).items()
            if _is_own(pair, phrase, topic_of == number, frequency, column)
        }
        best = [term for term, _ in topic.terms[:_AMONG]]
        best.sort(key=lambda term: (-round(float(marks[number, column[term]]), 9), term))
        said = "·".join(_parts(best, own))
        sown = [seed.name for seed in model.seeds if seed.topic == topic.id]
        named.append(replace(topic, label=": ".join([*sown, said])))
    return replace(model, topics=tuple(named))


def characteristic(term_weights: np.ndarray, terms: Terms) -> np.ndarray:
    """Return how much each term marks each topic off, as topics × terms: 0 or more."""
    total = term_weights.sum(axis=0)
    share = np.divide(term_weights, total, out=np.zeros_like(term_weights), where=total > 0)
    n_with = np.asarray(presence(terms).sum(axis=0)).ravel()
    idf = np.log((1 + len(terms.segments)) / (1 + n_with)) + 0.01
    return term_weights * share * idf


def _is_own(
    pair: Pair,
    phrase: Phrase,
    members: np.ndarray,
    frequency: np.ndarray,
    column: Mapping[str, int],
) -> bool:
    n_places = len(phrase.rows)
    n_own = np.count_nonzero(members[phrase.rows])
    n_words = sum(int(frequency[column[term]]) for term in pair)
    return bool(
        n_own >= _FEWEST_PLACES
        and n_own >= _OWN_SHARE * n_places
        and 2 * n_places >= _TOGETHER * n_words
    )


def _parts(best: Sequence[str], phrases: Mapping[Pair, Phrase]) -> list[str]:
    """Return the first words, each within its most frequent phrase of two of ``best``."""
    parts: list[str] = []
    used: set[str] = set()
    for term in best:
        if len(parts) == PARTS:
            break
        if term in used:
            continue
        within = [
            (len(phrase.rows), pair)
            for pair, phrase in phrases.items()
            if term in pair
            and len(set(pair)) > 1
            and used.isdisjoint(pair)
            and set(pair) <= set(best)
        ]
        if within:
            _, pair = max(within, key=lambda one: (one[0], one[1]))
            parts.append(phrases[pair].shown)
            used |= set(pair)
        else:
            parts.append(shown_term(term))
            used.add(term)
    return parts
