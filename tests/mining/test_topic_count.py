from __future__ import annotations

import numpy as np
import pytest
from tiny_terms import HOUSE, MONEY, terms_of, two_themes

from pipeline.mining.consensus import agree, topic_vectors
from pipeline.mining.topic_count import (
    CANDIDATES,
    TRIALS,
    candidates,
    choose,
    coherence,
    exclusivity,
    measurable,
    methods_text,
    sample_texts,
    samples,
    stability,
    trials,
)

TWO = np.array([[1.0, 0.0], [0.0, 1.0]])


def test_candidates_stay_within_range_and_text() -> None:
    many = terms_of([f"가{n}/NNG 나{n}/NNG" for n in range(300)])
    assert candidates(5, 30, many) == (5, 7, 9, 12, 17, 22, 30)
    assert candidates(8, 8, many) == (8,)
    few = terms_of([HOUSE] * 30)
    assert max(candidates(5, 30, few)) == 4
    assert len(candidates(2, 200, many)) <= CANDIDATES


def test_too_little_text_is_not_measured() -> None:
    enough = terms_of([HOUSE, MONEY] * 30)
    assert measurable(enough, enough.segments)
    assert not measurable(enough, ["P1", "P2"] * 30)
    assert not measurable(two_themes(), two_themes().segments)
    assert not measurable(terms_of([HOUSE] * 20 + [""] * 60), [str(n) for n in range(80)])


def test_runs_that_find_the_same_are_stable() -> None:
    assert stability([TWO, TWO[::-1], TWO]) == 1.0
    assert stability([TWO, np.array([[1.0, 1.0], [1.0, 1.0]])]) == pytest.approx(0.5)
    assert stability([TWO]) == 0.0


def test_topics_of_their_own_words_are_exclusive() -> None:
    assert exclusivity(TWO) == 1.0
    assert exclusivity(np.ones((2, 2))) == pytest.approx(0.5)
    assert exclusivity(np.zeros((2, 2))) == 0.0


def test_words_said_together_are_coherent() -> None:
    texts = [HOUSE.split(), MONEY.split()] * 20
    mixed = [["집/NNG", "돈/NNG"], ["수리/NNG", "수입/NNG"]]
    together, apart = (
        coherence((topics, texts)) for topics in ([HOUSE.split(), MONEY.split()], mixed)
    )
    assert together[0] == pytest.approx(1, abs=0.01)
    assert apart[0] < 0 < together[0]
    assert together[1] > apart[1]
    assert coherence(([["없다/VV", "또/NNG"]], texts)) == (0.0, 0.0)


def test_texts_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [[f"가{n}/NNG"] * 10 for n in range(30)]
    assert sample_texts(texts, seed=1) == texts
    monkeypatch.setattr("pipeline.mining.topic_count.MOST_TOKENS", 55)
    drawn = sample_texts(texts, seed=1)
    assert len(drawn) == 5
    assert drawn == sample_texts(texts, seed=1)
    assert [text for text in texts if text in drawn] == drawn


def test_two_themes_are_two_topics() -> None:
    themes = [HOUSE, MONEY] * 30
    terms = terms_of(themes)
    numbers = (2, 4)
    found = iter([topic_vectors(draw) for draw in trials(terms, numbers, 1, terms.segments)])
    runs = {number: [next(found) for _ in range(TRIALS)] for number in numbers}
    agreed = [agree(number, runs[number], 1) for number in numbers]
    texts = [theme.split() for theme in themes]
    coherent = [coherence(sample) for sample in samples(agreed, terms, texts, 1)]
    counts = choose(runs, agreed, coherent)
    assert [(one.count, one.chosen) for one in counts] == [(2, True), (4, False)]
    assert counts[0].stability == 1.0
    assert counts[0].score >= counts[1].score
    assert "2개로 정했다" in methods_text(counts)["ko"]


def test_the_smaller_number_wins_a_tie() -> None:
    runs = {2: [TWO, TWO], 3: [TWO, TWO]}
    counts = choose(runs, [TWO, TWO], [(0.1, 0.5), (0.1, 0.5)])
    assert [one.chosen for one in counts] == [True, False]
    assert {one.score for one in counts} == {0.5}
