from __future__ import annotations

import numpy as np
import pytest
from tiny_terms import HOUSE, MONEY, morphemes_of, segment, terms_of, two_themes

from pipeline.mining.coherence import coherences
from pipeline.mining.consensus import agree, heaviest, topic_vectors
from pipeline.mining.topic_count import (
    CANDIDATES,
    TRIALS,
    candidates,
    choose,
    exclusivity,
    measurable,
    methods_text,
    sample_texts,
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


def test_texts_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {
        f"P{n:02d}": [(f"가{n}/NNG", 0, 1), ("논/NNG", 1, 2), ("이/JKS", 2, 3)] for n in range(30)
    }
    morphemes = morphemes_of(said)
    segments = [segment(f"{name}-1", name, 0, 3) for name in said]
    terms = terms_of([f"가{n}/NNG 논/NNG" for n in range(30)])
    names = [[terms.vocabulary[c] for c in t] for t in sample_texts(segments, morphemes, terms, 1)]
    assert names == [[f"가{n}/NNG", "논/NNG"] for n in range(30)]
    monkeypatch.setattr("pipeline.mining.topic_count.MOST_TOKENS", 11)
    drawn = [text.tolist() for text in sample_texts(segments, morphemes, terms, 1)]
    assert len(drawn) == 5
    everything = [[terms.vocabulary.index(word) for word in text] for text in names]
    assert [text for text in everything if text in drawn] == drawn


def test_two_themes_are_two_topics() -> None:
    themes = [HOUSE, MONEY] * 30
    terms = terms_of(themes)
    numbers = (2, 4)
    found = [topic_vectors(draw) for draw in trials(terms, numbers, 1, terms.segments)]
    assert len(found) == TRIALS
    runs = {number: [trial[place] for trial in found] for place, number in enumerate(numbers)}
    agreed = [agree(number, runs[number], 1) for number in numbers]
    texts = [np.flatnonzero(row) for row in terms.counts.toarray()]
    sets = [heaviest(topics) for topics in agreed]
    npmi, c_v = (coherences((measure, sets, texts)) for measure in ("c_npmi", "c_v"))
    counts = choose(runs, agreed, list(zip(npmi, c_v, strict=True)))
    assert [(one.count, one.chosen) for one in counts] == [(2, True), (4, False)]
    assert counts[0].stability == 1.0
    assert counts[0].score >= counts[1].score
    assert "2개로 정했다" in methods_text(counts)["ko"]


def test_the_smaller_number_wins_a_tie() -> None:
    runs = {2: [TWO, TWO], 3: [TWO, TWO]}
    counts = choose(runs, [TWO, TWO], [(0.1, 0.5), (0.1, 0.5)])
    assert [one.chosen for one in counts] == [True, False]
    assert {one.score for one in counts} == {0.5}
