from __future__ import annotations

import math

import numpy as np
import pytest
from tiny_network import morphemes_of, segments_of, terms_of

from pipeline.mining.cooccurrence import (
    MEASURES,
    able_pairs,
    choose_threshold,
    choose_top,
    edges_from,
    find_pairs,
    unit_rows,
)

SAID = ["학교 집 학교", "학교 집", "학교 밥", "밥"]


def pairs_of(said: list[str], measure: str = "count", within: str = "segment", window: int = 2):  # noqa: ANN201
    segments, morphemes = segments_of(said), morphemes_of(said)
    terms = terms_of(said)
    top = choose_top(terms, ("NNG",), 10)
    rows, segment_of = unit_rows(segments, morphemes, top, terms.vocabulary, within, window)  # pyright: ignore[reportArgumentType]
    return find_pairs(top, rows, segment_of, measure)


def test_terms_are_the_most_frequent_with_the_tags_asked_for() -> None:
    terms = terms_of(SAID)
    assert choose_top(terms, ("NNG",), 2) == ("학교/NNG", "밥/NNG")
    assert choose_top(terms, ("VV",), 2) == ()


def test_a_term_counts_once_a_segment() -> None:
    pairs = pairs_of(SAID)
    found = {
        (pairs.vocabulary[a], pairs.vocabulary[b]): n
        for a, b, n in zip(pairs.source, pairs.target, pairs.count, strict=True)
    }
    assert found == {("학교/NNG", "밥/NNG"): 1, ("학교/NNG", "집/NNG"): 2}


def test_windows_reach_no_further_than_they_are_wide() -> None:
    near, far = pairs_of(["학교 집 밥"], within="window"), pairs_of(["학교 집 밥"])
    assert len(near.source) == 2
    assert len(far.source) == 3


def test_measures_by_hand() -> None:
    both, one, other = (np.array([value]) for value in (2.0, 3.0, 2.0))
    found = {name: float(measure(both, one, other, 4)[0]) for name, measure in MEASURES.items()}
    assert found["count"] == 2
    assert found["jaccard"] == pytest.approx(2 / 3)
    assert found["pmi"] == pytest.approx(math.log2(2 * 4 / 6))
    assert found["npmi"] == pytest.approx(math.log2(4 / 3))
    # Cells 2, 1, 0, 1; expected 1.5, 1.5, .5, .5.
    g2 = 2 * (2 * math.log(2 / 1.5) + math.log(1 / 1.5) + math.log(1 / 0.5))
    assert found["log_likelihood"] == pytest.approx(g2)


@pytest.mark.parametrize("measure", ["pmi", "npmi", "log_likelihood"])
def test_a_pair_in_every_unit_is_no_association(measure: str) -> None:
    pairs = pairs_of(["학교 집"] * 3, measure)
    assert pairs.weight.tolist() == [0]
    assert len(edges_from(pairs, choose_threshold(pairs, "auto"))) == 0


def test_the_automatic_threshold_leaves_three_ties_a_term() -> None:
    said = [
        f"말{a:02d} 말{b:02d}"
        for a in range(20)
        for b in range(a + 1, 20)
        for _ in range(2 + (a * b) % 7)
    ]
    pairs = pairs_of(said)
    kept = edges_from(pairs, choose_threshold(pairs, "auto"))
    weakest = pairs.weight[kept].min()
    assert len(kept) >= 30
    assert (pairs.weight[able_pairs(pairs)] > weakest).sum() < 30
    assert choose_threshold(pairs, 5) == 5
    assert (pairs.weight[edges_from(pairs, 5)] >= 5).all()
