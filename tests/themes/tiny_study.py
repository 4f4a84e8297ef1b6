"""Terms, codes and vectors written as literals, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.records import CodeTerms, Terms, Topic, TopicModel

Table = Mapping[str, np.ndarray]


def terms_of(segments: Sequence[str]) -> Terms:
    """Return the terms of segments written as "form/TAG form/TAG …"; ids are s00, s01, …"""
    words, counts = _counted(segments)
    ids = tuple(f"s{row:02d}" for row in range(len(segments)))
    return Terms(words, ids, csr_matrix(counts.astype(np.int32)))


def codes_of(described: Mapping[str, str]) -> CodeTerms:
    """Return codes described by the words "form/TAG form/TAG …", all standing in the name."""
    words, counts = _counted(list(described.values()))
    total = counts.sum(axis=1, keepdims=True)
    weights = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    places = csr_matrix((counts > 0).astype(float))
    return CodeTerms(tuple(described), words, csr_matrix(weights), places)


def topics_of(*topics: str) -> TopicModel:
    """Return topics of the words "form/TAG form/TAG …", the first the heaviest."""
    made = []
    for number, written in enumerate(topics, 1):
        words = written.split()
        heights = np.arange(len(words), 0, -1) / sum(range(1, len(words) + 1))
        pairs = tuple(zip(words, heights.tolist(), strict=True))
        made.append(Topic(number, words[0], pairs, 1 / len(topics), ()))
    nothing = np.zeros((0, len(topics)))
    return TopicModel(tuple(made), nothing, nothing.T, (), "nmf", {"ko": "", "en": ""})


def random_vectors(words: Iterable[str], seed: int) -> dict[str, np.ndarray]:
    """Return vectors of unit length that mean nothing."""
    rng = np.random.default_rng(seed)
    table = {word: rng.normal(size=32) for word in words}
    return {word: row / np.linalg.norm(row) for word, row in table.items()}


def _counted(rows: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
    said = [row.split() for row in rows]
    words = sorted({word for row in said for word in row})
    counts = np.array([[row.count(word) for word in words] for row in said], float)
    return tuple(words), counts.reshape(len(rows), len(words))


def look_up_table(words: Sequence[str], seed: int) -> np.ndarray:
    """Return words × dimensions: vectors of unit length that mean nothing."""
    return np.array(list(random_vectors(words, seed).values())).reshape(len(words), 32)
