from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from tiny_terms import HOUSE, MONEY, terms_of, two_themes

from pipeline.engine import Local
from pipeline.errors import GyeolError
from pipeline.mining import consensus
from pipeline.mining.consensus import (
    RESAMPLES,
    agree,
    draws,
    first_columns,
    heaviest,
    jaccard,
    recurrence,
    resample,
    topic_vectors,
)
from pipeline.mining.terms import choose_terms
from pipeline.mining.topics import choose_count, find_topics
from pipeline.records import Terms, TopicModel

pytestmark = pytest.mark.filterwarnings("error")
HOUSE_AXIS, MONEY_AXIS = np.eye(2)


def runs_of(terms: Terms, count: int, workers: int = 1) -> list[np.ndarray]:
    """Factorise resamples of ``terms``, every segment an interview of its own."""
    drawn = draws(terms, (count,), 1, terms.segments)
    return [found[0] for found in Local(workers).map(topic_vectors, drawn)]


def consensus_of(terms: Terms, count: int, workers: int = 1) -> TopicModel:
    return find_topics(terms, "consensus", count, 1, runs_of(terms, count, workers))


def test_resamples_leave_out_whole_interviews() -> None:
    interviews = [f"P{number % 10}" for number in range(40)]
    masks = resample(interviews, seed=1)
    assert len(masks) == RESAMPLES
    for mask in masks:
        left_out = {name for name, kept in zip(interviews, mask, strict=True) if not kept}
        kept = {name for name, kept in zip(interviews, mask, strict=True) if kept}
        assert len(left_out) == 2
        assert not left_out & kept
    assert any((mask != masks[0]).any() for mask in masks)


@settings(max_examples=25, deadline=None)
@given(st.permutations([f"P{number:02d}" for number in range(12)]), st.integers(0, 9))
def test_draws_rest_on_ids_and_not_on_order(names: list[str], seed: int) -> None:
    sorted_masks = resample(sorted(names), seed)
    for mask, other in zip(resample(names, seed), sorted_masks, strict=True):
        assert {n for n, kept in zip(names, mask, strict=True) if kept} == {
            n for n, kept in zip(sorted(names), other, strict=True) if kept
        }


def test_two_interviews_are_not_resampled() -> None:
    assert resample(["P1", "P2", "P1"], seed=1) == []


def test_a_large_corpus_is_resampled_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consensus, "MOST_SEGMENTS", 7)
    interviews = [f"P{number // 3}" for number in range(60)]
    for mask in resample(interviews, seed=1):
        assert mask.sum() == 6
        assert len({name for name, kept in zip(interviews, mask, strict=True) if kept}) == 2


def test_the_methods_sentence_says_how_a_large_corpus_was_resampled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terms = two_themes()
    assert "면담의 20%를 덜어 낸" in consensus.methods_text(terms, 2)["ko"]
    monkeypatch.setattr(consensus, "MOST_SEGMENTS", 15)
    said = consensus.methods_text(terms, 2), consensus.recurrence_text(terms)
    assert all("15개를 넘지 않도록" in text["ko"] for text in said)
    assert all("20%" not in text["en"] for text in said)


def test_a_consensus_is_what_most_runs_hold() -> None:
    stray = np.array([[0.6, 0.8]])
    swapped = np.array([MONEY_AXIS, HOUSE_AXIS])
    agreed = agree(2, [swapped, np.eye(2), swapped, np.eye(2), stray], seed=1)
    assert heaviest(agreed)[0] | heaviest(agreed)[1] == {0, 1}
    assert np.sort(agreed.max(axis=1)) == pytest.approx([1, 1], abs=0.1)


def test_without_runs_nothing_is_measured() -> None:
    assert recurrence(np.eye(2), []) is None


def test_recurrence_is_the_share_of_runs_that_find_a_topic_again() -> None:
    assert recurrence(np.eye(2), [np.eye(2), np.eye(2)[:1], np.eye(2)[:1], np.eye(2)[:1]]) == [
        1.0,
        0.25,
    ]


def test_heaviest_terms_have_weight() -> None:
    assert heaviest(np.array([[0.0, 2.0, 1.0]])) == [frozenset({1, 2})]
    assert len(heaviest(np.ones((1, 30)))[0]) == 10
    assert jaccard(frozenset({1, 2, 3}), frozenset({2, 3, 4})) == 0.5
    assert jaccard(frozenset(), frozenset()) == 0.0


def test_clear_themes_recur_in_every_resample() -> None:
    model = consensus_of(two_themes(), 2)
    assert [topic.recurrence for topic in model.topics] == [1.0, 1.0]
    assert {term for term, _ in model.topics[0].terms} == set(HOUSE.split())
    assert {term for term, _ in model.topics[1].terms} == set(MONEY.split())
    assert "재현율" in model.methods_text["ko"]


def test_plain_nmf_is_measured_and_lda_is_not() -> None:
    terms = two_themes()
    runs = runs_of(terms, 2)
    assert [t.recurrence for t in find_topics(terms, "nmf", 2, 1, runs).topics] == [1.0, 1.0]
    lda = find_topics(terms, "lda", 2, 1, runs)
    assert {topic.recurrence for topic in lda.topics} == {None}
    assert "재현율" not in lda.methods_text["ko"]


def test_a_topic_of_one_interview_does_not_recur_in_all() -> None:
    # Ten segments, but one person: a resample of segments would find the topic every time.
    terms = terms_of([HOUSE] * 10 + [MONEY] * 10)
    interviews = ["P0"] * 10 + [f"P{number}" for number in range(1, 11)]
    runs = [topic_vectors(draw)[0] for draw in draws(terms, (2,), 1, interviews)]
    houses, money = sorted(
        find_topics(terms, "nmf", 2, 1, runs).topics, key=lambda topic: topic.terms[0][0] in MONEY
    )
    assert money.recurrence == 1.0
    assert houses.recurrence is not None
    n_without = sum(not mask[0] for mask in resample(interviews, 1))
    assert 0 < n_without < RESAMPLES
    assert houses.recurrence == 1 - n_without / RESAMPLES


def test_one_worker_or_four_the_same_numbers() -> None:
    here, there = consensus_of(two_themes(), 3), consensus_of(two_themes(), 3, workers=4)
    assert here.topics == there.topics
    assert (here.weights == there.weights).all()
    assert (here.term_weights == there.term_weights).all()


@pytest.mark.parametrize(
    "segments",
    [
        [HOUSE, MONEY, "물/NNG 논/NNG"],
        [HOUSE] * 6,
        ["집/NNG"] * 5,
        ["집/NNG 지붕/NNG", "집/NNG 돈/NNG", "집/NNG 논/NNG", "집/NNG"],
        ["", "집/NNG", "", "돈/NNG", "논/NNG"],
    ],
    ids=["three", "alike", "one term", "a term in every segment", "empty ones between"],
)
def test_odd_corpora_have_a_consensus(segments: list[str]) -> None:
    terms = terms_of(segments)
    model = consensus_of(terms, choose_count(2, terms))
    assert model.topics
    for topic in model.topics:
        assert topic.terms
        assert topic.recurrence is not None
        assert 0 <= topic.recurrence <= 1
    sums = model.weights.sum(axis=1)
    assert np.minimum(np.abs(sums), np.abs(sums - 1)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("tags", "min_segments", "max_share", "setting"),
    [
        (["VV"], 1, 1.0, "topics.tags"),
        (["NNG"], 4, 1.0, "terms.min_segments"),
        (["NNG"], 1, 0.5, "terms.max_share"),
    ],
)
def test_an_emptied_vocabulary_names_the_filter(
    tags: list[str], min_segments: int, max_share: float, setting: str
) -> None:
    everywhere = ["집/NNG"] * 10
    rare = ["집/NNG", "논/NNG", "돈/NNG", "물/NNG", "밭/NNG", "산/NNG", "들/NNG", "강/NNG"]
    terms = terms_of(rare if setting == "terms.min_segments" else everywhere)
    with pytest.raises(GyeolError, match=setting):
        choose_terms(terms, tags, min_segments, max_share)


def test_a_resample_is_unit_vectors() -> None:
    one, two = topic_vectors((csr_matrix(np.array([[1.0, 0.0], [0.0, 3.0]])), (1, 2), 1))
    assert (one.shape, two.shape) == ((1, 2), (2, 2))
    assert np.linalg.norm(two, axis=1) == pytest.approx(1)


def test_a_small_resample_has_as_many_topics_as_segments() -> None:
    drawn = draws(terms_of([HOUSE, MONEY, "물/NNG 논/NNG"]), (1, 3), 1, ("P1", "P2", "P3"))
    assert {counts for _, counts, _ in drawn} == {(1, 2)}


def test_the_first_columns_are_those_of_a_whole_sort() -> None:
    weights = np.array([0.2, 0.0, 0.7, 0.2, 0.5, 0.2, 0.0])
    assert first_columns(weights, 3).tolist() == [2, 4, 0]
    assert first_columns(weights, 20).tolist() == [2, 4, 0, 3, 5]
