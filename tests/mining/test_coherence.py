from __future__ import annotations

import numpy as np
import pytest
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel

from pipeline.mining.coherence import Measure, coherences

HOUSE, MONEY = [0, 1, 2, 3], [4, 5, 6, 7]


def of(*texts: list[int]) -> list[np.ndarray]:
    return [np.array(text, int) for text in texts]


@pytest.mark.parametrize("measure", ["c_npmi", "c_v"])
def test_sets_measured_together_are_as_gensim_finds_each_alone(measure: Measure) -> None:
    rng = np.random.default_rng(1)
    texts = of(*(rng.integers(0, 30, 40).tolist() for _ in range(60)))
    sets = [[HOUSE, MONEY], [[8, 9, 10]]]
    named = [[str(word) for word in text] for text in texts]
    alone = [
        CoherenceModel(
            topics=[[str(word) for word in topic] for topic in topics],
            texts=named,
            dictionary=Dictionary(named),
            coherence=measure,
            processes=1,
        ).get_coherence()
        for topics in sets
    ]
    assert coherences((measure, sets, texts)) == pytest.approx(alone)


@pytest.mark.parametrize("measure", ["c_npmi", "c_v"])
def test_words_said_together_are_coherent(measure: Measure) -> None:
    texts = of(*[HOUSE, MONEY] * 20)
    together, apart = coherences((measure, [[HOUSE, MONEY], [[0, 4], [1, 5]]], texts))
    assert together == pytest.approx(1, abs=0.01)
    assert apart < together


def test_words_that_no_text_says_are_left_out() -> None:
    texts = of(HOUSE, MONEY)
    assert coherences(("c_npmi", [[[0, 99]], [[]], []], texts)) == [0.0, 0.0, 0.0]
    assert coherences(("c_v", [[HOUSE]], [])) == [0.0]
    with_unknown, without = coherences(("c_npmi", [[[0, 1, 99]], [[0, 1]]], texts))
    assert with_unknown == without
