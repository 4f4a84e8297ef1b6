from __future__ import annotations

import pytest
from tiny_terms import terms_of, two_themes

from pipeline.mining.lda import fit, methods_text


def test_proportions_and_probabilities() -> None:
    segment_topics, topic_terms = fit(two_themes(), 2, seed=1)
    assert segment_topics.shape == (20, 2)
    assert topic_terms.shape == (2, 8)
    assert (segment_topics >= 0).all()
    assert (topic_terms >= 0).all()
    assert segment_topics.sum(axis=1) == pytest.approx(1)
    assert topic_terms.sum(axis=1) == pytest.approx(1, abs=1e-6)


def test_a_segment_without_terms_has_no_topic() -> None:
    segment_topics, _ = fit(terms_of(["가/NNG", "", "나/NNG"]), 2, seed=1)
    assert segment_topics.sum(axis=1) == pytest.approx([1, 0, 1])


def test_methods_text_gives_what_was_used() -> None:
    text = methods_text(two_themes(), 2)
    assert "토픽 2개" in text["ko"]
    assert "10 passes" in text["en"]
    assert "20 segments and 8 terms" in text["en"]
