"""Who is in the middle of a network: four centralities, each between 0 and 1."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import shortest_path


@dataclass(frozen=True, slots=True)
class Centrality:
    """A node's four centralities, 0 to 1, higher more central."""

    degree: float
    closeness: float
    betweenness: float
    eigenvector: float


def centralities(graph: nx.Graph) -> dict[int, Centrality]:
    """Return the centralities of every node of ``graph`` (undirected, edges with ``weight``).

    Degree, closeness and betweenness are of the graph without weights, as UCINET prints them
    (Freeman, 1979, Social Networks 1): degree is the share of the other nodes a node touches;
    betweenness the share of shortest paths through it; closeness the reciprocal of the mean
    distance. In a graph that falls into parts closeness is within the part, times the share of
    the others that can be reached (Wasserman and Faust, 1994, p. 200 f.).

    Eigenvector centrality (Bonacich, 1972, J. Math. Sociology 2) uses the weights, each part's
    largest value 1 times the part's share of nodes: without that, all parts but one would
    have 0. A node without edges has 0 throughout.
    """
    if not graph:
        return {}
    degree = nx.degree_centrality(graph) if len(graph) > 1 else dict.fromkeys(graph, 0.0)
    nodes = sorted(graph)
    ties = csr_matrix(nx.to_numpy_array(graph, nodelist=nodes) > 0, dtype=float)
    steps = shortest_path(ties, directed=False, unweighted=True)
    closeness = dict(zip(nodes, _closeness(steps).tolist(), strict=True))
    between = dict(zip(nodes, _betweenness(ties, steps).tolist(), strict=True))
    eigen = _eigenvector(graph)
    return {
        node: Centrality(
            *(float(round(v[node], 9)) + 0.0 for v in (degree, closeness, between, eigen))
        )
        for node in sorted(graph)
    }


def _closeness(steps: np.ndarray) -> np.ndarray:
    """Return what ``nx.closeness_centrality`` does, of the matrix of distances."""
    within = np.isfinite(steps)
    reached = within.sum(axis=1) - 1
    far = np.where(within, steps, 0).sum(axis=1)
    return np.divide(reached**2, far * (len(steps) - 1), out=np.zeros(len(steps)), where=far > 0)


def _betweenness(ties: csr_matrix, steps: np.ndarray) -> np.ndarray:
    """Return what ``nx.betweenness_centrality`` does, all sources at once.

    Brandes (2001, J. Math. Sociology 25): paths are counted a step further at a time, then
    each node's share is handed back a step at a time.
    """
    n = len(steps)
    if n < 3:
        return np.zeros(n)
    paths = [csr_matrix(np.eye(n))]
    while paths[-1].nnz:
        paths.append(_at(csr_matrix(paths[-1] @ ties), steps, len(paths)))
    through = np.zeros(n)
    handed = csr_matrix((n, n))
    for step in range(len(paths) - 2, 0, -1):
        counted = paths[step]
        handed = handed.multiply(counted).tocsr()
        through += np.asarray(handed.sum(axis=0)).ravel()
        ones = counted.copy()
        ones.data[:] = 1
        inverse = counted.copy()
        inverse.data = 1 / inverse.data
        share = (ones + handed).multiply(inverse)
        handed = _at(csr_matrix(share @ ties), steps, step - 1)
    return through / ((n - 1) * (n - 2))


def _at(found: csr_matrix, steps: np.ndarray, step: int) -> csr_matrix:
    """Return what ``found`` has ``step`` steps from its row's node, and nothing else."""
    cells = found.tocoo()
    kept = steps[cells.row, cells.col] == step
    return csr_matrix((cells.data[kept], (cells.row[kept], cells.col[kept])), shape=found.shape)


def _eigenvector(graph: nx.Graph) -> dict[int, float]:
    found = dict.fromkeys(graph, 0.0)
    for part in nx.connected_components(graph):
        nodes = sorted(part)
        if len(nodes) < 2:
            continue
        matrix = nx.to_numpy_array(graph, nodelist=nodes, weight="weight")
        # The largest eigenvalue's vector has one sign throughout (Perron and Frobenius).
        vector = np.abs(np.linalg.eigh(matrix)[1][:, -1])
        share = len(nodes) / len(graph)
        found |= dict(zip(nodes, (vector / vector.max() * share).tolist(), strict=True))
    return found
