"""The network of terms for other programs: GraphML (Gephi) and DL (UCINET)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pipeline.records import Network
from pipeline.views.characters import legal
from pipeline.views.network_tables import shown_labels

_NODE_KEYS = (
    ("label", "string"), ("tag", "string"), ("frequency", "int"), ("degree", "double"),
    ("closeness", "double"), ("betweenness", "double"), ("eigenvector", "double"),
    ("community", "int"), ("block", "int"),
)  # fmt: skip
_EDGE_KEYS = (("weight", "double"), ("count", "int"))


def to_graphml(network: Network) -> bytes:
    """Return GraphML, UTF-8: undirected, nodes ``n0`` … in the order of ``network.terms``."""
    shown = shown_labels(network)
    place = {one.term: f"n{index}" for index, one in enumerate(network.terms)}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *(_key("node", name, kind) for name, kind in _NODE_KEYS),
        *(_key("edge", name, kind) for name, kind in _EDGE_KEYS),
        '<graph id="terms" edgedefault="undirected">',
    ]
    for one in network.terms:
        values = {"label": shown[one.term], "tag": one.term.rpartition("/")[2]}
        data = "".join(
            _data("node", name, values[name] if name in values else getattr(one, name))
            for name, _ in _NODE_KEYS
        )
        lines.append(f'<node id="{place[one.term]}">{data}</node>')
    for number, tie in enumerate(network.edges):
        data = "".join(_data("edge", name, getattr(tie, name)) for name, _ in _EDGE_KEYS)
        ends = f'source="{place[tie.source]}" target="{place[tie.target]}"'
        lines.append(f'<edge id="e{number}" {ends}>{data}</edge>')
    return "\n".join([*lines, "</graph>", "</graphml>", ""]).encode()


def to_dl(network: Network) -> bytes:
    """Return UCINET's DL, an edge list by number, each tie both ways, labels quoted.

    Labels stand in a list of their own, so that terms without a tie are there, too. A label
    cannot hold a double quote: it becomes a single one. Without a term it says ``n=0``.
    """
    place = {one.term: index for index, one in enumerate(network.terms, 1)}
    labels = (_quoted(text) for text in shown_labels(network).values())
    ties = (
        f"{a} {b} {tie.weight:.6f}"
        for tie in network.edges
        for a, b in (
            (place[tie.source], place[tie.target]),
            (place[tie.target], place[tie.source]),
        )
    )
    head = f"dl n={len(place)} format=edgelist1"
    return "\r\n".join([head, "labels:", *labels, "data:", *ties, ""]).encode("utf-8", "replace")


def _quoted(text: str) -> str:
    return '"' + " ".join(legal(text).replace('"', "'").split()) + '"'


def _key(domain: str, name: str, kind: str) -> str:
    return f'<key id="{domain}_{name}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>'


def _data(domain: str, name: str, value: object) -> str:
    text = f"{value:.6f}" if isinstance(value, float) else escape(legal(str(value)))
    return f'<data key="{domain}_{name}">{text}</data>'
