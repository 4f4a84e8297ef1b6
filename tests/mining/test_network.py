from __future__ import annotations

from tiny_network import network_of

from pipeline.memory import pack, unpack
from pipeline.mining.network import MOST_EDGE_SEGMENTS, MOST_TOGETHER, NetworkOptions
from pipeline.records import Network
from pipeline.sentences import short

HALVES = ["가 나", "나 다", "가 다"] * 3 + ["라 마", "마 바", "라 바"] * 3


def test_two_disconnected_halves() -> None:
    found = network_of(HALVES)
    assert (found.n_parts, found.n_alone, len(found.edges)) == (2, 0, 6)
    community = {one.term[0]: one.community for one in found.terms}
    assert community["가"] == community["나"] == community["다"] != community["라"]
    block = {one.term[0]: one.block for one in found.terms}
    assert block["가"] == block["나"] == block["다"] != block["라"]
    assert found.terms[0].segments == ("S0000", "S0002", "S0003", "S0005", "S0006", "S0008")
    assert found.edges[0].segments == ("S0000", "S0003", "S0006")
    assert "덩어리는 2개" in found.methods_text["ko"]
    assert short(found.threshold, 3) in found.methods_text["en"]


def test_it_is_kept_as_it_is_and_comes_out_the_same_twice() -> None:
    found = network_of(HALVES)
    assert unpack(pack(found, Network), Network) == found == network_of(HALVES)


def test_too_little_to_tie_is_a_network_without_ties() -> None:
    for said in ([], ["가"], ["가"] * 3, ["가 나"] * 3, ["가", "나", "다"]):
        found = network_of(said)
        assert found.edges == ()
        assert all(one.community == one.degree == 0 for one in found.terms)


def test_ids_of_a_tie_are_bounded_and_counted() -> None:
    said = ["가 나"] * (MOST_EDGE_SEGMENTS + 5) + ["다"]
    (tie,) = network_of(said, NetworkOptions(measure="count")).edges
    assert (len(tie.segments), tie.n_segments) == (MOST_EDGE_SEGMENTS, MOST_EDGE_SEGMENTS + 5)


def test_how_often_words_are_said_together_is_kept_of_all_pairs_tied_or_not() -> None:
    found = network_of(["집 돈", "집 돈", "집 말", "말"])
    words = [one.term for one in found.terms]
    assert words == ["집/NNG", "돈/NNG", "말/NNG"]
    assert found.together == ((0, 2, 1), (2, 0, 0), (1, 0, 0))
    many = network_of([" ".join(f"말{n}" for n in range(MOST_TOGETHER + 5))] * 2)
    assert len(many.together) == MOST_TOGETHER
