"""Groups of terms more tied to each other than to the rest: communities."""

from __future__ import annotations

import networkx as nx


def find_communities(graph: nx.Graph, seed: int) -> tuple[dict[int, int], float]:
    """Return each node's community, numbered from 1, and the modularity (-0.5 to 1).

    Louvain on the weights (Blondel et al., 2008, J. Stat. Mech. P10008), the order in which
    nodes are looked at seeded. Communities are numbered by falling size, ties by their first
    node. Nodes without edges are in none: they have 0. Without edges modularity is 0.
    """
    tied = nx.Graph()
    tied.add_nodes_from(node for node in sorted(graph) if graph.degree(node))
    tied.add_edges_from(
        (*sorted((a, b)), {"weight": graph[a][b]["weight"]}) for a, b in sorted(graph.edges)
    )
    groups = dict.fromkeys(graph, 0)
    if not tied:
        return groups, 0.0
    found = [sorted(group) for group in nx.community.louvain_communities(tied, seed=seed)]
    found.sort(key=lambda group: (-len(group), group))
    for number, group in enumerate(found, 1):
        groups |= dict.fromkeys(group, number)
    return groups, round(float(nx.community.modularity(tied, found)), 9)
