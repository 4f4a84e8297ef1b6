from __future__ import annotations

import networkx as nx
import pytest

from pipeline.mining.communities import find_communities


def weighted(graph: nx.Graph) -> nx.Graph:
    nx.set_edge_attributes(graph, 1.0, "weight")
    return graph


def test_two_halves_are_two_communities_and_who_is_alone_has_none() -> None:
    graph = weighted(nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(3)))
    graph.add_node(7)
    groups, modularity = find_communities(graph, 1)
    assert groups == {0: 1, 1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 0}
    # 1 - (12/18)² - (6/18)²
    assert modularity == pytest.approx(4 / 9)


def test_the_order_of_ties_does_not_matter() -> None:
    graph = weighted(nx.karate_club_graph())
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((b, a, {"weight": 1.0}) for a, b in reversed(list(graph.edges)))
    assert find_communities(graph, 3) == find_communities(turned, 3)


def test_nothing_tied_is_nothing_found() -> None:
    assert find_communities(nx.empty_graph(2), 0) == ({0: 0, 1: 0}, 0.0)
