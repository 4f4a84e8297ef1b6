from __future__ import annotations

import numpy as np
from tiny_terms import HOUSE, MONEY, terms_of

from pipeline.mining.adjacent_pairs import Phrase
from pipeline.mining.topic_labels import PARTS, characteristic, name_topics
from pipeline.mining.topics import find_topics

WITH_PEOPLE = terms_of(
    [f"사람/NNG 사람/NNG 사람/NNG {HOUSE}"] * 6 + [f"사람/NNG 사람/NNG 사람/NNG {MONEY}"] * 5
)


def test_what_every_topic_says_names_none() -> None:
    model = find_topics(WITH_PEOPLE, "nmf", 2, seed=1)
    for topic, theme in zip(model.topics, (HOUSE, MONEY), strict=True):
        parts = topic.label.split("·")
        assert len(parts) == PARTS
        assert set(parts) <= {word.partition("/")[0] for word in theme.split()}


def test_a_word_marks_off_the_topic_that_has_it_alone() -> None:
    terms = terms_of(["가/NNG 나/NNG", "가/NNG 다/NNG", "라/NNG"])
    marks = characteristic(np.array([[0.5, 0.5, 0, 0], [0.5, 0, 0.5, 0]]), terms)
    assert (marks >= 0).all()
    assert marks[0, 1] > marks[0, 0]
    assert marks[0, 2] == 0


def test_a_phrase_of_the_topic_stands_for_its_words() -> None:
    model = find_topics(WITH_PEOPLE, "nmf", 2, seed=1)
    pair = ("집/NNG", "수리/NNG")
    here = name_topics(model, WITH_PEOPLE, {pair: Phrase("집수리", np.arange(6))})
    parts = here.topics[0].label.split("·")
    assert "집수리" in parts
    assert not {"집", "수리"} & set(parts)
    assert "집수리" not in here.topics[1].label


def test_a_phrase_said_elsewhere_or_seldom_is_not_the_topics() -> None:
    model = find_topics(WITH_PEOPLE, "nmf", 2, seed=1)
    pair = ("집/NNG", "수리/NNG")
    for rows in (np.array([0, 1]), np.array([0, 1, 2, *range(6, 11)])):
        named = name_topics(model, WITH_PEOPLE, {pair: Phrase("집수리", rows)})
        assert all("집수리" not in topic.label for topic in named.topics)
