from __future__ import annotations

import networkx as nx
import pytest

from pipeline.mining.centrality import Centrality, centralities


def test_a_star_by_hand() -> None:
    found = centralities(nx.star_graph(4))
    assert found[0] == Centrality(1.0, 1.0, 1.0, 1.0)
    # One step to the middle, two to each of three others; the eigenvector's leaves have 1/2.
    assert found[1] == Centrality(0.25, pytest.approx(4 / 7), 0.0, pytest.approx(0.5))


def test_figures_are_those_of_networkx() -> None:
    graph = nx.karate_club_graph()
    graph.add_edge(50, 51, weight=2)
    graph.add_node(60)
    found = centralities(graph)
    for name, known in (
        ("degree", nx.degree_centrality(graph)),
        ("closeness", nx.closeness_centrality(graph)),
        ("betweenness", nx.betweenness_centrality(graph)),
    ):
        assert {node: getattr(own, name) for node, own in found.items()} == pytest.approx(
            known, abs=1e-8
        )


def test_two_halves_and_one_alone_all_have_figures() -> None:
    graph = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(2))
    graph.add_node(5)
    found = centralities(graph)
    assert [round(found[node].eigenvector, 6) for node in (0, 3, 5)] == [0.5, 0.333333, 0]
    assert found[0].closeness == pytest.approx(2 / 5)
    assert found[5] == Centrality(0, 0, 0, 0)


def test_one_node_or_none() -> None:
    assert centralities(nx.empty_graph(0)) == {}
    assert centralities(nx.empty_graph(1)) == {0: Centrality(0, 0, 0, 0)}


def test_betweenness_is_that_of_networkx_on_any_graph() -> None:
    for graph in (nx.path_graph(30), nx.gnm_random_graph(40, 50, seed=3), nx.cycle_graph(9)):
        known = nx.betweenness_centrality(graph)
        found = {node: own.betweenness for node, own in centralities(graph).items()}
        assert found == pytest.approx(known, abs=1e-8)
