from __future__ import annotations

import numpy as np
import pytest
from tiny_study import random_vectors, terms_of

from pipeline.themes import passage_evidence
from pipeline.themes.passage_evidence import read_passages, topic_evidence

SAID = [
    "돈/NNG 집/NNG",
    "돈/NNG 수입/NNG",
    "길/NNG 버스/NNG",
    "",
    "버스/NNG 역/NNG",
    "길/NNG 집/NNG",
]
TERMS = terms_of(SAID)
TOPICS = np.array([[1, 0], [1, 0], [0, 1], [0, 0], [0, 1], [0.5, 0.5]], float)
INTERVIEWS = ["P1", "P1", "P2", "P2", "P3", "P3"]
WORDS = ("돈/NNG", "버스/NNG", "모르는말/NNG")
VECTORS = random_vectors([*TERMS.vocabulary, *WORDS], seed=2)


def test_what_is_said_is_counted_by_topic() -> None:
    found = topic_evidence(read_passages(TOPICS, TERMS, WORDS, VECTORS))
    assert found.said.tolist() == [[2, 0, 0], [0, 2, 0]]
    # Two of five segments that say anything say each; topic 1 has 2.5 of them.
    assert found.expected == pytest.approx(np.array([[1, 1, 0], [1, 1, 0]]))


def test_topics_are_near_to_the_words_their_passages_say() -> None:
    near = topic_evidence(read_passages(TOPICS, TERMS, WORDS, VECTORS)).near
    assert near[0, 0] > 0 > near[1, 0]
    assert near[1, 1] > 0 > near[0, 1]


@pytest.mark.parametrize("without", ["P1", "P2", "P3"])
def test_leaving_an_interview_out_is_never_having_read_it(without: str) -> None:
    passages = read_passages(TOPICS, TERMS, WORDS, VECTORS, INTERVIEWS, ["P1", "P2", "P3"])
    left = topic_evidence(passages, without)
    weights = TOPICS * np.array([name != without for name in INTERVIEWS])[:, None]
    again = topic_evidence(read_passages(weights, TERMS, WORDS, VECTORS))
    assert left.said == pytest.approx(again.said)
    bearing = weights.sum(axis=0) > 0
    usual = read_passages(TOPICS, TERMS, WORDS, VECTORS)
    # Measured by the whole corpus, so the two differ in nothing but the segments.
    total = read_passages(weights, TERMS, WORDS, VECTORS).total
    means = total.near[bearing] / total.weight[bearing, None]
    own = passages.total.plus(passages.by_interview[without], -1)
    assert own.near[bearing] / own.weight[bearing, None] == pytest.approx(means)
    assert usual.mean == pytest.approx(passages.mean)


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = topic_evidence(read_passages(TOPICS, TERMS, WORDS, VECTORS, INTERVIEWS, ["P1"]))
    monkeypatch.setattr(passage_evidence, "_BLOCK", 2)
    parts = topic_evidence(read_passages(TOPICS, TERMS, WORDS, VECTORS, INTERVIEWS, ["P1"]))
    assert parts.near == pytest.approx(whole.near)
    assert parts.said == pytest.approx(whole.said)


def test_nothing_to_read() -> None:
    silent = terms_of(["", ""])
    found = topic_evidence(read_passages(np.zeros((2, 1)), silent, WORDS, {}))
    assert found.near.tolist() == [[0, 0, 0]]
    assert found.said.tolist() == found.expected.tolist() == [[0, 0, 0]]
    assert topic_evidence(read_passages(TOPICS, TERMS, (), VECTORS)).near.shape == (2, 0)
