from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from tiny_spoken import spoken_of

from pipeline.mining.textrank import WINDOW, score

SPOKEN = spoken_of(["집 수리 기술 집 지붕", "집 기술 학교", "돈 집 돈", "학교"])
ALL = np.ones(4, bool)


def test_it_is_the_pagerank_of_the_graph_of_neighbours() -> None:
    graph = nx.Graph()
    for row in range(4):
        said = [SPOKEN.vocabulary[t] for t in SPOKEN.term[SPOKEN.row == row]]
        for place, word in enumerate(said):
            for other in said[place + 1 : place + WINDOW]:
                if word != other:
                    before = graph.get_edge_data(word, other, {"weight": 0})["weight"]
                    graph.add_edge(word, other, weight=before + 1)
    expected = nx.pagerank(graph, alpha=0.85, tol=1e-12, max_iter=1_000)
    scores = dict(zip(SPOKEN.vocabulary, score(SPOKEN, ALL), strict=True))
    assert scores == pytest.approx(expected, abs=1e-9)
    assert max(scores, key=scores.__getitem__) == "집/NNG"
    assert sum(scores.values()) == pytest.approx(1)


def test_only_what_the_group_says() -> None:
    scores = score(SPOKEN, np.array([False, True, False, False]))
    said = {word for word, one in zip(SPOKEN.vocabulary, scores, strict=True) if one > 0}
    assert said == {"집/NNG", "기술/NNG", "학교/NNG"}
    # Each of three words within a window of three is tied to both others.
    assert scores[scores > 0] == pytest.approx([1 / 3] * 3)


def test_words_without_neighbours_score_nothing() -> None:
    assert score(spoken_of(["집", "돈 돈"]), np.ones(2, bool)).tolist() == [0, 0]
    assert score(spoken_of([]), np.ones(0, bool)).tolist() == []
