"""The network of terms as a picture: places for nodes, labels that do not overlap."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np

from pipeline.records import Network
from pipeline.views.network_tables import shown_labels

WIDTH, HEIGHT = 900, 680
MOST_TERMS = 60
COLOURS = 8
_MARGIN = 14
_LETTER = 7.2
_LABEL_HEIGHT = 17
_LONGEST_LABEL = 14
# Overlaps too small to see.
_TOUCHING = 0.05
_ROUNDS = 400
# The picture is the same whatever the study's seed.
_SEED = 7


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A circle with its label below: ``colour`` is 1 to ``COLOURS``, 0 for no community."""

    x: float
    y: float
    radius: float
    label: str
    label_y: float
    colour: int
    said: str


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """A line from node to node, ``width`` in pixels by weight."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn, in pixels of a ``width`` × ``height`` picture."""

    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]
    n_tied: int
    width: int = WIDTH
    height: int = HEIGHT


def draw_network(network: Network) -> Drawing:
    """Return the terms that have ties, the ``MOST_TERMS`` with most of them, and their ties."""
    tied = [one for one in network.terms if one.degree > 0]
    chosen = sorted(tied, key=lambda one: (-one.degree, -one.frequency, one.term))[:MOST_TERMS]
    place = {one.term: index for index, one in enumerate(chosen)}
    ties = [tie for tie in network.edges if tie.source in place and tie.target in place]
    graph = nx.Graph()
    graph.add_nodes_from(range(len(chosen)))
    graph.add_edges_from((place[tie.source], place[tie.target]) for tie in ties)
    shown = shown_labels(network)
    labels = [_shortened(shown[one.term]) for one in chosen]
    most = max((one.degree for one in chosen), default=1.0)
    radii = [round(5 + 13 * (one.degree / most) ** 0.5, 1) for one in chosen]
    boxes = np.array(
        [
            (max(2 * radius, _width(label)) + 8, 2 * radius + _LABEL_HEIGHT + 6)
            for radius, label in zip(radii, labels, strict=True)
        ]
    ).reshape(-1, 2)
    places = _apart(_laid_out(graph), boxes)
    nodes = tuple(
        DrawnNode(
            round(float(x), 1),
            round(float(y) - _LABEL_HEIGHT / 2, 1),
            radius,
            label,
            round(float(y) - _LABEL_HEIGHT / 2 + radius + 13, 1),
            0 if not one.community else (one.community - 1) % COLOURS + 1,
            shown[one.term],
        )
        for one, label, radius, (x, y) in zip(chosen, labels, radii, places, strict=True)
    )
    heaviest = max((tie.weight for tie in ties), default=1.0)
    lightest = min((tie.weight for tie in ties), default=0.0)
    spread = heaviest - lightest or 1.0
    return Drawing(
        nodes,
        tuple(
            DrawnEdge(
                nodes[place[tie.source]].x,
                nodes[place[tie.source]].y,
                nodes[place[tie.target]].x,
                nodes[place[tie.target]].y,
                round(0.6 + 2.4 * (tie.weight - lightest) / spread, 2),
            )
            for tie in ties
        ),
        len(tied),
    )


def _laid_out(graph: nx.Graph) -> np.ndarray:
    """Return places in the picture's pixels, from a layout by springs (seeded).

    Ranks beside the springs' own places: one node far off would press all others together.
    """
    if not graph:
        return np.zeros((0, 2))
    found = nx.spring_layout(graph, seed=_SEED, iterations=120, k=1.6 / max(1, len(graph)) ** 0.5)
    places = np.array([found[node] for node in sorted(graph)])
    size = np.array([WIDTH, HEIGHT]) - 2 * _MARGIN
    spread = np.ptp(places, axis=0)
    own = np.divide(
        places - places.min(axis=0), spread, out=np.full_like(places, 0.5), where=spread > 0
    )
    ranks = np.argsort(np.argsort(places, axis=0, kind="stable"), axis=0, kind="stable")
    even = (ranks + 0.5) / len(places)
    return _MARGIN + (0.5 * own + 0.5 * even) * size


def _apart(places: np.ndarray, boxes: np.ndarray) -> np.ndarray:
    """Move nodes with their labels apart until none stands on another, or rounds are over.

    On plain numbers: arrays of two would cost more than the sums done with them.
    """
    low = boxes / 2 + _MARGIN / 2
    high = np.array([WIDTH, HEIGHT]) - low
    spots, sizes = places.tolist(), (boxes / 2).tolist()
    for _ in range(_ROUNDS):
        if not _pushed(spots, sizes):
            break
        spots = np.clip(spots, low, high).tolist()
    return np.clip(np.array(spots).reshape(-1, 2), low, high)


def _pushed(spots: list[list[float]], sizes: list[list[float]]) -> bool:
    """Push every two that overlap apart, along the way that is shorter; tell whether any did."""
    moved = False
    for a, (one, size) in enumerate(zip(spots, sizes, strict=True)):
        for other, other_size in zip(spots[a + 1 :], sizes[a + 1 :], strict=True):
            apart = (other[0] - one[0], other[1] - one[1])
            over = (
                size[0] + other_size[0] - abs(apart[0]),
                size[1] + other_size[1] - abs(apart[1]),
            )
            if min(over) <= _TOUCHING:
                continue
            axis = int(over[1] < over[0])
            push = (over[axis] / 2 + 0.1) * (1 if apart[axis] >= 0 else -1)
            one[axis] -= push
            other[axis] += push
            moved = True
    return moved


def _shortened(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else label[: _LONGEST_LABEL - 1] + "…"


def _width(label: Sequence[str]) -> float:
    return _LETTER * sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in label)
