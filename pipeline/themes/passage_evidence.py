"""What a topic's passages say of the codebook's words: how near in meaning, how often said.

Everything is kept as sums over segments, so that memory does not grow with the corpus and an
interview is left out by taking its share away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from pipeline.mining.terms import presence
from pipeline.mining.tfidf import weigh
from pipeline.records import Terms
from pipeline.themes.features import sublinear_tfidf
from pipeline.themes.nearness import look_up, pool_cosines, word_cosines

_BLOCK = 10_000
# Segments that must agree before what like segments share is believed as much as own words.
_AGREEING = 60
# A few segments know little of the spread of a word: it leans on that of all words.
_LEANS_LIKE = 10


@dataclass(frozen=True, slots=True)
class Sums:
    """What segments add up to, each weighed by how much of it is about a topic.

    ``weight`` is by topic, ``near`` and ``said`` topics × code words, ``meaning`` topics ×
    dimensions; ``said_by_all`` (by code word) and ``n_segments`` are not weighed.
    """

    weight: np.ndarray
    near: np.ndarray
    meaning: np.ndarray
    said: np.ndarray
    said_by_all: np.ndarray
    n_segments: int

    def plus(self, other: Sums, sign: int = 1) -> Sums:
        """Return the sums with those of ``other`` added, or with ``sign`` -1 taken away."""
        return Sums(
            self.weight + sign * other.weight,
            self.near + sign * other.near,
            self.meaning + sign * other.meaning,
            self.said + sign * other.said,
            self.said_by_all + sign * other.said_by_all,
            self.n_segments + sign * other.n_segments,
        )


@dataclass(frozen=True, slots=True)
class Passages:
    """The sums over all segments, those of single interviews, and what they are measured by.

    ``by_interview`` holds the interviews asked for. ``mean`` and ``spread`` are the nearness
    of segments to each code word; ``shared`` (dimensions × code words) foretells it, as a
    standard score, from what a segment means; ``centre`` is the mean meaning.
    """

    total: Sums
    by_interview: Mapping[str, Sums]
    mean: np.ndarray
    spread: np.ndarray
    centre: np.ndarray
    shared: np.ndarray
    spread_of_both: np.ndarray


@dataclass(frozen=True, slots=True)
class TopicEvidence:
    """What a topic's passages say of each code word, as topics × code words.

    ``near`` counts deviations from what segments are on average; ``said`` is in how many
    of the topic's segments the word stands, ``expected`` in how many it would if they were
    like all others.
    """

    near: np.ndarray
    said: np.ndarray
    expected: np.ndarray


def read_passages(
    topic_weights: np.ndarray,
    terms: Terms,
    words: Sequence[str],
    vectors: Mapping[str, np.ndarray],
    interviews: Sequence[str] = (),
    wanted: Sequence[str] = (),
) -> Passages:
    """Sum up what the segments of ``terms`` say of ``words``, by topic.

    ``topic_weights`` is segments × topics. ``interviews`` are the segments', ``wanted`` those
    that will be left out in turn.
    """
    term_table = look_up(terms.vocabulary, vectors)
    table = look_up(words, vectors)
    cosines = word_cosines(words, terms, table, term_table)
    share = presence(terms).multiply(weigh(terms)).tocsr()
    place = {term: index for index, term in enumerate(terms.vocabulary)}
    columns = [place.get(word, -1) for word in words]
    rows = _read(terms, topic_weights, csr_matrix(share), term_table, cosines, columns)
    n_words, n_dimensions = cosines.shape[0], term_table.shape[1]
    total = _no_sums(topic_weights.shape[1], n_words, n_dimensions)
    own = dict.fromkeys(wanted, total)
    near, squares = np.zeros(n_words), np.zeros(n_words)
    meaning, gram = np.zeros(n_dimensions), np.zeros((n_dimensions, n_dimensions))
    cross = np.zeros((n_dimensions, n_words))
    with threadpool_limits(1, "blas"):
        for block in rows:
            total = total.plus(_sum(block, np.arange(len(block.rows))))
            near, squares = near + block.near.sum(0), squares + (block.near**2).sum(0)
            meaning, gram = meaning + block.meaning.sum(0), gram + block.meaning.T @ block.meaning
            cross = cross + block.meaning.T @ block.near
            for interview, members in _members(block.rows, interviews, own).items():
                own[interview] = own[interview].plus(_sum(block, members))
        n = max(1, total.n_segments)
        mean, centre = near / n, meaning / n
        spread = _root(squares / n - mean**2, n)
        gram -= n * np.outer(centre, centre)
        cross = (cross - n * np.outer(centre, mean)) * _inverse(spread)
        shared = np.linalg.solve(gram + _AGREEING * np.eye(n_dimensions), cross)
        explained = np.einsum("dw,de,ew->w", shared, gram, shared) / n
        scale = _inverse(_root(explained, n))
        shared = shared * scale
        # The variance of the sum of two standard scores.
        together = (
            (spread > 0).astype(float) + explained * scale**2 + 2 * (shared * cross).sum(0) / n
        )
    return Passages(total, own, mean, spread, centre, shared, np.sqrt(np.maximum(together, 0)))


def topic_evidence(passages: Passages, without: str | None = None) -> TopicEvidence:
    """Return what the topics' passages say, all of them or ``without`` one interview's.

    Standard scores stay those of the whole corpus.
    """
    sums = passages.total
    if without is not None:
        sums = sums.plus(passages.by_interview[without], -1)
    weight = np.maximum(sums.weight, 0)[:, None]
    bearing = weight > 1e-9
    one = np.where(bearing, weight, 1)
    with threadpool_limits(1, "blas"):
        own = (sums.near / one - passages.mean) * _inverse(passages.spread)
        alike = (sums.meaning / one - passages.centre) @ passages.shared
    near = np.where(bearing, (own + alike) * _inverse(passages.spread_of_both), 0)
    expected = weight * (sums.said_by_all / max(1, sums.n_segments))
    return TopicEvidence(near, np.maximum(sums.said, 0), expected)


@dataclass(frozen=True, slots=True)
class _Block:
    """Segments with words: their rows, and by segment topics, nearness, meaning, what is said."""

    rows: np.ndarray
    topics: np.ndarray
    near: np.ndarray
    meaning: np.ndarray
    said: np.ndarray


def _read(
    terms: Terms,
    topic_weights: np.ndarray,
    share: csr_matrix,
    term_table: np.ndarray,
    cosines: np.ndarray,
    columns: Sequence[int],
) -> Iterator[_Block]:
    weighted = sublinear_tfidf(terms.counts)
    speaking = np.flatnonzero(np.diff(terms.counts.indptr) > 0)
    known = np.array([column >= 0 for column in columns], bool)
    wanted = np.array(columns, int)[known]
    for start in range(0, len(speaking), _BLOCK):
        rows = speaking[start : start + _BLOCK]
        said = np.zeros((len(rows), len(columns)))
        said[:, known] = (terms.counts[rows][:, wanted] > 0).toarray()
        meaning = weighted[rows] @ term_table
        yield _Block(
            rows,
            topic_weights[rows],
            pool_cosines(csr_matrix(share[rows]), cosines),
            np.asarray(normalize(meaning)) if meaning.size else np.asarray(meaning),
            said,
        )


def _sum(block: _Block, members: np.ndarray) -> Sums:
    topics = block.topics[members].T
    said = block.said[members]
    return Sums(
        topics.sum(axis=1),
        topics @ block.near[members],
        topics @ block.meaning[members],
        topics @ said,
        said.sum(axis=0),
        len(members),
    )


def _no_sums(n_topics: int, n_words: int, n_dimensions: int) -> Sums:
    words = np.zeros((n_topics, n_words))
    return Sums(
        np.zeros(n_topics), words, np.zeros((n_topics, n_dimensions)), words, np.zeros(n_words), 0
    )


def _members(
    rows: np.ndarray, interviews: Sequence[str], wanted: Mapping[str, Sums]
) -> dict[str, np.ndarray]:
    if not wanted:
        return {}
    found: dict[str, list[int]] = {interview: [] for interview in wanted}
    for place, row in enumerate(rows.tolist()):
        interview = str(interviews[row])
        if interview in found:
            found[interview].append(place)
    return {interview: np.array(places) for interview, places in found.items() if places}


def _root(variance: np.ndarray, n: int) -> np.ndarray:
    """Return deviations that lean on all words' where there are few segments; 0 stays 0."""
    variance = np.maximum(variance, 0)
    varying = variance > 1e-12
    usual = variance[varying].mean() if varying.any() else 0.0
    return np.where(varying, np.sqrt((n * variance + _LEANS_LIKE * usual) / (n + _LEANS_LIKE)), 0)


def _inverse(spread: np.ndarray) -> np.ndarray:
    return np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 1e-9)
