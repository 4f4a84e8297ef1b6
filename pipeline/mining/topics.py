"""Topics: the table of methods, and what makes of a factorisation topics one can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from threadpoolctl import threadpool_limits

from pipeline.mining import consensus, lda, nmf
from pipeline.mining.seeds import pulled, with_seeds
from pipeline.mining.topic_labels import name_topics
from pipeline.records import Terms, Topic, TopicModel, TopicSeed

TOP_TERMS = 20
# Terms at which a segment's loading counts half.
_SHRINK = 8


@dataclass(frozen=True, slots=True)
class TopicMethod:
    """A way to find topics: ``fit(terms, count, seed, runs)`` and its methods sentence.

    ``resampled`` tells whether it is of the kind that ``consensus`` fits to resamples, so that
    its topics can be looked for there.
    """

    fit: Callable[[Terms, int, int, Sequence[np.ndarray]], tuple[np.ndarray, np.ndarray]]
    methods_text: Callable[[Terms, int], Mapping[str, str]]
    resampled: bool


METHODS: Mapping[str, TopicMethod] = {
    "nmf": TopicMethod(lambda t, n, seed, _: nmf.fit(t, n, seed), nmf.methods_text, resampled=True),
    "lda": TopicMethod(
        lambda t, n, seed, _: lda.fit(t, n, seed), lda.methods_text, resampled=False
    ),
    "consensus": TopicMethod(consensus.fit, consensus.methods_text, resampled=True),
}


def choose_count(wanted: int | Literal["auto"], terms: Terms) -> int:
    """Return how many topics to look for: ``wanted``, but no more than there is text for.

    ``auto``, where nothing is measured (``topic_count``), is the square root of half the number
    of segments, between 5 and 30: about as many topics as a person can hold apart.
    """
    n_segments = int((np.diff(terms.counts.indptr) > 0).sum())
    count = int(np.clip(round((n_segments / 2) ** 0.5), 5, 30)) if wanted == "auto" else wanted
    return max(1, min(count, n_segments, len(terms.vocabulary)))


def find_topics(
    terms: Terms,
    method: str,
    count: int,
    seed: int,
    runs: Sequence[np.ndarray] = (),
    seeds: Sequence[TopicSeed] = (),
) -> TopicModel:
    """Find ``count`` topics in ``terms`` by ``method`` (a key of ``METHODS``).

    ``runs`` are the topics of resamples (``consensus.topic_vectors``), in which each topic's
    recurrence is measured and on which a consensus rests; without them there is neither.
    ``seeds`` pull topics of their own (``seeds.with_seeds``); so must they have in the runs.
    Topics that no segment bears are dropped. The rest are numbered by falling prevalence,
    ties broken by their first term.
    """
    # Sums of several threads differ in the last digit; one thread gives the same file twice.
    with threadpool_limits(1, "blas"):
        sown = with_seeds(terms, seeds)
        segment_topics, topic_terms = METHODS[method].fit(sown, count, seed, runs)
    segment_topics = segment_topics[: len(terms.segments)]
    mass = topic_terms.sum(axis=1)
    alive = (mass > 0) & (segment_topics.sum(axis=0) > 0)
    term_weights = topic_terms[alive] / mass[alive, None]
    loading = segment_topics[:, alive] * mass[alive]
    total = loading.sum(axis=1, keepdims=True)
    weights = np.divide(loading, total, out=np.zeros_like(loading), where=total > 0)
    prevalence = weights.sum(axis=0) / max(1, int((total > 0).sum()))
    ranked = _ranked_terms(term_weights, terms)
    recurring = consensus.recurrence(term_weights, runs if METHODS[method].resampled else ())
    order = sorted(range(len(prevalence)), key=lambda t: (-round(prevalence[t], 9), ranked[t]))
    weights, loading, term_weights = weights[:, order], loading[:, order], term_weights[order]
    main = np.where(weights.sum(axis=1) > 0, np.argmax(np.round(weights, 9), axis=1), -1)
    topics = tuple(
        Topic(
            id=number,
            label="",
            terms=ranked[old],
            prevalence=float(prevalence[old]),
            segments=_typical_segments(loading[:, number - 1], main == number - 1, terms),
            recurrence=recurring[old] if recurring else None,
        )
        for number, old in enumerate(order, 1)
    )
    model = TopicModel(
        topics=topics,
        weights=weights,
        term_weights=term_weights,
        vocabulary=terms.vocabulary,
        method=method,
        methods_text=_methods_text(method, terms, count, runs),
    )
    model = replace(model, seeds=pulled(seeds, topics, term_weights, terms))
    return name_topics(model, terms)


def _methods_text(
    method: str, terms: Terms, count: int, runs: Sequence[np.ndarray]
) -> dict[str, str]:
    """Return the methods paragraph's sentences, of nothing that was not done."""
    if not runs or not METHODS[method].resampled:
        plain = "nmf" if METHODS[method].resampled else method
        return dict(METHODS[plain].methods_text(terms, count))
    how, measured = METHODS[method].methods_text(terms, count), consensus.recurrence_text(terms)
    return {lang: f"{how[lang]} {measured[lang]}" for lang in how}


def _ranked_terms(term_weights: np.ndarray, terms: Terms) -> list[tuple[tuple[str, float], ...]]:
    """Return each topic's heaviest terms, at most ``TOP_TERMS``, none of no weight."""
    ranked = []
    for row in term_weights:
        best = consensus.first_columns(row, TOP_TERMS)
        ranked.append(tuple((terms.vocabulary[index], float(row[index])) for index in best))
    return ranked


def _typical_segments(loading: np.ndarray, members: np.ndarray, terms: Terms) -> tuple[str, ...]:
    """Return the topic's segments, most typical first.

    A segment of one word is wholly about its topic and yet shows little of it: loadings are
    shrunk by the number of different terms the segment has.
    """
    n_terms = np.diff(terms.counts.indptr)
    typical = np.round(loading * n_terms / (n_terms + _SHRINK), 9)
    ordered = sorted(np.flatnonzero(members), key=lambda i: (-typical[i], terms.segments[i]))
    return tuple(terms.segments[index] for index in ordered)
