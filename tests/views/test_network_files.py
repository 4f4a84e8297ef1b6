from __future__ import annotations

import dataclasses
import io

import networkx as nx
from tiny_drawn import ODD, make_network

from pipeline.views.network_files import to_dl, to_graphml

NOTHING = dataclasses.replace(make_network(), terms=(), edges=())


def test_graphml_is_read_as_it_was_meant() -> None:
    graph = nx.read_graphml(io.BytesIO(to_graphml(make_network())))
    assert not graph.is_directed()
    assert [graph.nodes[node]["label"] for node in graph] == [
        "집수리", ODD, "강사(NNG)", "강사(NNP)",
    ]  # fmt: skip
    assert graph.nodes["n0"]["degree"] == 0.666667
    assert graph.edges["n0", "n1"]["weight"] == 0.5
    assert len(nx.read_graphml(io.BytesIO(to_graphml(NOTHING)))) == 0


def test_characters_xml_forbids_do_not_break_it() -> None:
    network = make_network()
    odd = dataclasses.replace(network.terms[3], term="a\x00\ud800b/NNP")
    graph = nx.read_graphml(
        io.BytesIO(to_graphml(dataclasses.replace(network, terms=(*network.terms[:3], odd))))
    )
    assert graph.nodes["n3"]["label"] == "a\ufffd\ufffdb"


def test_dl_quotes_labels_and_ties_both_ways() -> None:
    lines = to_dl(make_network()).decode().split("\r\n")
    assert lines == [
        "dl n=4 format=edgelist1", "labels:", '"집수리"', "\"=cmd|'a,b'<tag>&amp\"",
        '"강사(NNG)"', '"강사(NNP)"', "data:",
        "1 2 0.500000", "2 1 0.500000", "1 3 0.250000", "3 1 0.250000", "",
    ]  # fmt: skip
    assert to_dl(NOTHING).decode().startswith("dl n=0")
