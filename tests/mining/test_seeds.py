from __future__ import annotations

import numpy as np
import pytest
from tiny_terms import HOUSE, MONEY, terms_of

from pipeline.mining.consensus import draws, topic_vectors
from pipeline.mining.seeds import find_seeds, methods_text, with_seeds
from pipeline.mining.topics import METHODS, find_topics

# Both themes say a word or two of a third, which is nobody's topic by itself.
SCATTERED = terms_of(
    [f"{HOUSE} 물/NNG" if n % 4 == 0 else HOUSE for n in range(12)]
    + [f"{MONEY} 불/NNG" if n % 4 == 0 else MONEY for n in range(12)]
)
SEEDS = find_seeds({"재해": ["물", "불", "없는말"]}, SCATTERED)


def test_words_are_looked_up_and_unknown_ones_named() -> None:
    assert SEEDS[0].terms == ("물/NNG", "불/NNG")
    assert SEEDS[0].unknown == ("없는말",)
    verbs = terms_of(["팔/VV 팔/NNG"])
    assert find_seeds({"": ["팔다"]}, verbs)[0].terms == ("팔/VV",)
    assert find_seeds({"": ["팔/NNG"]}, verbs)[0].terms == ("팔/NNG",)


def test_a_seed_is_a_few_segments_more_and_unknown_words_are_none() -> None:
    sown = with_seeds(SCATTERED, SEEDS)
    added = sown.counts[len(SCATTERED.segments) :].toarray()
    assert sown.segments[: len(SCATTERED.segments)] == SCATTERED.segments
    assert added.shape[0] == 2
    assert (added.sum(axis=1) == 2).all()
    nothing = find_seeds({"없음": ["없는말"]}, SCATTERED)
    assert with_seeds(SCATTERED, nothing) is SCATTERED
    assert find_topics(SCATTERED, "nmf", 2, 1, seeds=nothing).seeds == ()


@pytest.mark.parametrize("method", list(METHODS))
def test_a_seed_pulls_a_topic_and_its_strength_is_told(method: str) -> None:
    sown = with_seeds(SCATTERED, SEEDS)
    runs = [topic_vectors(draw)[0] for draw in draws(sown, (3,), 1, sown.segments)]
    model = find_topics(SCATTERED, method, 3, 1, runs, SEEDS)
    assert model.weights.shape[0] == len(SCATTERED.segments)
    assert all("\0" not in name for topic in model.topics for name in topic.segments)
    (found,) = model.seeds
    assert found.words == ("물", "불")
    assert found.unknown == ("없는말",)
    assert found.among_10 == found.among_20 == 1.0
    pulled = next(topic for topic in model.topics if topic.id == found.topic)
    assert pulled.label.startswith("재해: ")
    own = [SCATTERED.vocabulary.index(word) for word in SEEDS[0].terms]
    assert found.mass == pytest.approx(
        float(model.term_weights[found.topic - 1, own].sum()), abs=1e-5
    )
    if method != "lda":  # of which so few segments make little
        assert found.mass > 0.8 > found.unseeded_mass
    assert "재해(물, 불)" in methods_text(model.seeds)["ko"]


def test_without_seeds_all_is_as_it_was() -> None:
    plain, none = (find_topics(SCATTERED, "nmf", 2, 1, seeds=seeds) for seeds in ((), []))
    assert np.array_equal(plain.weights, none.weights)
    assert plain.seeds == ()
