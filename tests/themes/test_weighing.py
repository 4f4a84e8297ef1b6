"""Weights of a score's parts: fixed where little is coded, learned where much is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from pipeline.themes import weighing
from pipeline.themes.weighing import BEFORE_LEARNING, Weights, learn_weights, telling_pairs


def parts(n: int, weights: Weights, seed: int = 0) -> tuple[np.ndarray, ...]:
    """Return nearness, topics, taught and labels of ``n`` segments for eight codes."""
    rng = np.random.default_rng(seed)
    near, topics = rng.normal(size=(2, n, 8))
    taught = rng.normal(0, 0.1, size=(n, 8))
    total = weights.nearness * near + weights.topics * topics + weights.taught * taught
    return near, topics, taught, (rng.random((n, 8)) < expit(total - 2)).astype(float)


def test_few_codings_a_code_teach_nothing_about_weights() -> None:
    near, topics, taught, labels = parts(10, Weights(0.1, 0.1, 40.0))
    labels[:] = np.eye(8)[np.arange(10) % 8]
    assert learn_weights(near, topics, taught, labels) == BEFORE_LEARNING


def test_all_coded_alike_teaches_nothing() -> None:
    near, topics, taught, _ = parts(100, BEFORE_LEARNING)
    assert learn_weights(near, topics, taught, np.ones((100, 8))) == BEFORE_LEARNING


def test_weights_move_toward_the_part_that_tells() -> None:
    for few, many in ((100, 3000),):
        little = learn_weights(*parts(few, Weights(0.3, 0.0, 30.0)))
        much = learn_weights(*parts(many, Weights(0.3, 0.0, 30.0)))
        assert BEFORE_LEARNING.taught < little.taught < much.taught
        assert much.topics < BEFORE_LEARNING.topics
        assert much.nearness == 1


def test_right_weights_stay() -> None:
    learned = learn_weights(*parts(2000, BEFORE_LEARNING))
    assert 9 < learned.taught < 16
    assert 0.1 < learned.topics < 0.45


def test_a_part_against_the_labels_leaves_the_weights_as_they_were() -> None:
    near, topics, taught, labels = parts(2000, Weights(-2.0, 0.0, 30.0))
    assert learn_weights(near, topics, taught, labels) == BEFORE_LEARNING


def test_few_pairs_all_stand_for_themselves() -> None:
    near, _, _, labels = parts(300, BEFORE_LEARNING)
    assert (telling_pairs(near, labels) == 1).all()


def test_of_many_pairs_some_stand_for_those_far_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "_ENOUGH", 1000)
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(400, 20))
    labels = (rng.random(scores.shape) < 0.05).astype(float)
    stands_for = telling_pairs(scores, labels)
    ranks = (-scores).argsort(axis=1).argsort(axis=1)
    assert (stands_for[(ranks < 5) | (labels > 0)] == 1).all()
    rest = stands_for[(ranks >= 5) & (labels == 0)]
    assert set(rest.tolist()) == {0, 8}
    assert rest.mean() == pytest.approx(1, abs=0.1)


def test_thinning_hardly_changes_what_is_learned(monkeypatch: pytest.MonkeyPatch) -> None:
    made = parts(4000, Weights(0.5, 0.1, 30.0))
    whole = learn_weights(*made)
    monkeypatch.setattr(weighing, "_ENOUGH", 4000)
    assert learn_weights(*made) == pytest.approx(whole, rel=0.05, abs=0.02)
