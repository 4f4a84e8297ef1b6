from __future__ import annotations

import dataclasses

from tiny_drawn import make_network

from pipeline.records import Network, NetworkEdge, NetworkTerm
from pipeline.views.network_drawing import (
    HEIGHT,
    MOST_TERMS,
    WIDTH,
    draw_network,
)


def ring(n: int) -> Network:
    terms = tuple(
        NetworkTerm(f"중간지원조직{i:03d}/NNG", n - i, 0.1, 0.1, 0.1, 0.1, 1, 1, ())
        for i in range(n)
    )
    edges = tuple(
        NetworkEdge(terms[i].term, terms[(i + 1) % n].term, 2, 0.5, 0, ()) for i in range(n)
    )
    return dataclasses.replace(make_network(), terms=terms, edges=edges)


def test_labels_do_not_overlap_and_stay_within_the_picture() -> None:
    drawn = draw_network(ring(50))
    assert len(drawn.nodes) == 50
    for a, node in enumerate(drawn.nodes):
        assert 0 < node.x < WIDTH
        assert 0 < node.y < node.label_y < HEIGHT
        for other in drawn.nodes[a + 1 :]:
            apart = abs(node.label_y - other.label_y)
            assert apart >= 14 or abs(node.x - other.x) > 60


def test_terms_without_ties_are_not_drawn_nor_more_than_an_eye_can_follow() -> None:
    assert [node.label for node in draw_network(make_network()).nodes] == [
        "집수리", '=cmd|"a,b"<ta…', "강사(NNG)",
    ]  # fmt: skip
    many = draw_network(ring(MOST_TERMS + 20))
    assert (len(many.nodes), many.n_tied) == (MOST_TERMS, MOST_TERMS + 20)


def test_the_same_network_is_drawn_the_same_and_none_is_no_fault() -> None:
    assert draw_network(ring(12)) == draw_network(ring(12))
    empty = draw_network(dataclasses.replace(make_network(), terms=(), edges=()))
    assert (empty.nodes, empty.edges) == ((), ())
