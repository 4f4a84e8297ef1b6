from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfTransformer
from tiny_terms import terms_of, two_themes

from pipeline.mining import nmf
from pipeline.mining.consensus import heaviest, jaccard
from pipeline.mining.nmf import fit, methods_text


def test_shapes_and_signs() -> None:
    terms = two_themes()
    segment_topics, topic_terms = fit(terms, 2, seed=1)
    assert segment_topics.shape == (20, 2)
    assert topic_terms.shape == (2, 8)
    assert (segment_topics >= 0).all()
    assert (topic_terms >= 0).all()


def test_the_product_approximates_tfidf() -> None:
    # A term said three times counts 1 + ln 3 times, not three times.
    terms = terms_of(["가/NNG 가/NNG 가/NNG 나/NNG", "나/NNG 다/NNG", "다/NNG 다/NNG 가/NNG"])
    segment_topics, topic_terms = fit(terms, 3, seed=1)
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(terms.counts.astype(float))
    assert np.abs(segment_topics @ topic_terms - weighted.toarray()).max() < 0.05


def test_a_segment_without_terms_has_no_topic() -> None:
    segment_topics, _ = fit(terms_of(["가/NNG", "나/NNG", ""]), 2, seed=1)
    assert not segment_topics[2].any()


def test_methods_text_gives_what_was_used() -> None:
    text = methods_text(two_themes(), 2)
    assert "20개" in text["ko"]
    assert "토픽 2개" in text["ko"]
    assert "2 topics" in text["en"]
    assert "8 terms" in text["en"]


def test_batches_find_the_topics_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nmf, "_BATCH", 50)
    rng = np.random.default_rng(1)
    words = [[f"{theme}{n}/NNG" for n in range(12)] for theme in "가나다"]
    terms = terms_of([" ".join(rng.choice(words[n % 3], 5)) for n in range(300)])
    whole, part = fit(terms, 3, 1), fit(terms, 3, 1, most_at_once=100)
    assert [side.shape for side in part] == [side.shape for side in whole]
    for own in heaviest(whole[1]):
        assert max(jaccard(own, other) for other in heaviest(part[1])) > 0.6
    for own in part[1]:
        others = whole[1] / np.linalg.norm(whole[1], axis=1, keepdims=True)
        assert (others @ own / np.linalg.norm(own)).max() > 0.95


def test_methods_text_says_when_batches_were_used() -> None:
    assert "미니배치" not in methods_text(two_themes(), 2)["ko"]
    assert "미니배치" in methods_text(two_themes(), 2, most_at_once=10)["ko"]
    assert "mini-batches" in methods_text(two_themes(), 2, most_at_once=10)["en"]
