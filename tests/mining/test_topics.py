from __future__ import annotations

import pickle
from itertools import pairwise
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from tiny_terms import HOUSE, MONEY, terms_of, two_themes

from pipeline.mining.topics import METHODS, TOP_TERMS, choose_count, find_topics
from pipeline.records import Terms, TopicModel

pytestmark = pytest.mark.filterwarnings("error")  # of which none may reach the user
both_methods = pytest.mark.parametrize("method", list(METHODS))


def check(model: TopicModel, terms: Terms) -> None:
    """Assert what holds of every topic model."""
    n_topics = len(model.topics)
    assert model.weights.shape == (len(terms.segments), n_topics)
    assert model.term_weights.shape == (n_topics, len(terms.vocabulary))
    assert (model.weights >= 0).all()
    assert (model.term_weights >= 0).all()
    assert model.term_weights.sum(axis=1) == pytest.approx(1)
    sums = model.weights.sum(axis=1)
    assert np.minimum(np.abs(sums), np.abs(sums - 1)) == pytest.approx(0, abs=1e-9)
    assert [topic.id for topic in model.topics] == list(range(1, n_topics + 1))
    prevalences = [topic.prevalence for topic in model.topics]
    assert sum(prevalences) == pytest.approx(1)
    assert all(a >= b - 1e-9 for a, b in pairwise(prevalences))
    assert all(prevalence > 0 for prevalence in prevalences)
    listed = [name for topic in model.topics for name in topic.segments]
    with_terms = np.diff(terms.counts.indptr) > 0
    assert len(listed) == len(set(listed))
    assert set(listed) <= {terms.segments[row] for row in np.flatnonzero(with_terms)}
    assert not model.weights[~with_terms].any()
    for row, topic in enumerate(model.topics):
        assert 1 <= len(topic.terms) <= TOP_TERMS
        assert all(weight > 0 for _, weight in topic.terms)
        heaviest = [weight for _, weight in topic.terms]
        assert all(a >= b - 1e-9 for a, b in pairwise(heaviest))
        for name in topic.segments:
            own = model.weights[terms.segments.index(name)]
            assert own[row] == pytest.approx(own.max())


@both_methods
def test_two_clear_themes_are_found(method: str) -> None:
    terms = two_themes()
    model = find_topics(terms, method, 2, seed=1)
    check(model, terms)
    houses, money = model.topics
    assert {term for term, _ in houses.terms[:4]} == set(HOUSE.split())
    assert {term for term, _ in money.terms[:4]} == set(MONEY.split())
    assert set(houses.segments) == {f"s{row:02d}" for row in range(12)}
    assert set(money.segments) == {f"s{row:02d}" for row in range(12, 20)}
    assert houses.prevalence == pytest.approx(0.6, abs=0.05)
    assert model.method == method
    assert len(houses.label.split("·")) == 3


@both_methods
def test_same_seed_same_bytes(method: str) -> None:
    first, second = (pickle.dumps(find_topics(two_themes(), method, 3, seed=7)) for _ in "12")
    assert first == second


@both_methods
def test_a_segment_without_terms_is_in_no_topic(method: str) -> None:
    terms = terms_of([HOUSE, "", MONEY, HOUSE, "", MONEY])
    model = find_topics(terms, method, 2, seed=1)
    check(model, terms)
    assert not model.weights[[1, 4]].any()
    assert sorted(name for topic in model.topics for name in topic.segments) == [
        "s00",
        "s02",
        "s03",
        "s05",
    ]


@both_methods
@pytest.mark.parametrize(
    "segments",
    [
        [HOUSE, MONEY, "물/NNG 논/NNG"],
        [HOUSE] * 6,
        ["집/NNG"] * 5,
        ["집/NNG"],
        ["집/NNG 집/NNG 돈/NNG", ""],
        ["가/NNG", "나/NNG", "다/NNG", "라/NNG", "마/NNG", "바/NNG", "사/NNG"],
    ],
    ids=["three", "alike", "one term", "one segment", "one with terms", "nothing shared"],
)
def test_odd_corpora(method: str, segments: list[str]) -> None:
    terms = terms_of(segments)
    model = find_topics(terms, method, choose_count("auto", terms), seed=1)
    check(model, terms)
    assert model.topics


def test_topics_that_no_segment_bears_are_dropped() -> None:
    terms = terms_of(["가/NNG 나/NNG 다/NNG"] * 4)
    model = find_topics(terms, "nmf", 3, seed=1)
    check(model, terms)
    assert len(model.topics) < 3


segments_drawn = st.lists(
    st.lists(st.sampled_from(["가/NNG", "나/NNG", "다/NNG", "라/NNG"]), max_size=5).map(" ".join),
    min_size=2,
    max_size=9,
).filter(any)


@settings(max_examples=25, deadline=None)
@given(segments_drawn, st.integers(1, 6))
def test_whatever_is_said_the_model_holds_together(segments: list[str], wanted: int) -> None:
    terms = terms_of(segments)
    check(find_topics(terms, "nmf", choose_count(wanted, terms), seed=1), terms)


@pytest.mark.parametrize(
    ("n_segments", "n_terms", "wanted", "count"),
    [
        (50, 100, "auto", 5),
        (200, 300, "auto", 10),
        (5_000, 6_000, "auto", 30),
        (50, 100, 12, 12),
        (3, 100, 12, 3),
        (3, 100, "auto", 3),
        (50, 4, 12, 4),
        (1, 1, "auto", 1),
    ],
)
def test_choose_count(
    n_segments: int, n_terms: int, wanted: int | Literal["auto"], count: int
) -> None:
    assert choose_count(wanted, _in_turn(n_segments, n_terms)) == count


def _in_turn(n_segments: int, n_terms: int) -> Terms:
    """Return segments of one word each, the words taken in turn."""
    rows = np.arange(n_segments)
    cells = (np.ones(n_segments, np.int32), (rows, rows % n_terms))
    return Terms(
        tuple(f"말{number}/NNG" for number in range(n_terms)),
        tuple(f"s{number}" for number in range(n_segments)),
        csr_matrix(cells, shape=(n_segments, n_terms)),
    )


def test_choose_count_counts_only_segments_with_terms() -> None:
    assert choose_count(5, terms_of(["가/NNG 나/NNG 다/NNG", "라/NNG", "", ""])) == 2
    assert choose_count("auto", terms_of(["", ""])) == 1
