from __future__ import annotations

import numpy as np
import pytest
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel

from pipeline.mining.coherence import coherences

HOUSE, MONEY = [0, 1, 2, 3], [4, 5, 6, 7]


def of(*texts: list[int]) -> list[np.ndarray]:
    return [np.array(text, int) for text in texts]


@pytest.mark.parametrize("length", [4, 30, 150])
def test_the_figures_are_gensims(length: int) -> None:
    # No word twice in a text: gensim forgets a word of which it drops one.
    rng = np.random.default_rng(length)
    texts = of(*(rng.permutation(length + 30)[:length].tolist() for _ in range(60)))
    topics = [HOUSE, MONEY, [8, 9, 10]]
    named = [[str(word) for word in text] for text in texts]
    dictionary = Dictionary(named)
    npmi, c_v = (
        CoherenceModel(
            topics=[[str(word) for word in topic] for topic in topics],
            texts=named,
            dictionary=dictionary,
            coherence=kind,
            processes=1,
        ).get_coherence()
        for kind in ("c_npmi", "c_v")
    )
    assert coherences([topics], texts) == [(pytest.approx(npmi), pytest.approx(c_v))]


def test_words_said_together_are_coherent() -> None:
    texts = of(*[HOUSE, MONEY] * 20)
    together, apart = coherences([[HOUSE, MONEY], [[0, 4], [1, 5]]], texts)
    assert together[0] == pytest.approx(1, abs=0.01)
    assert apart[0] < 0 < together[0]
    assert together[1] > apart[1]


def test_a_word_said_twice_is_in_the_window_until_both_have_left() -> None:
    # Of six windows of ten, 0 is in the first three and 1 in the first two.
    text = of([0, 1, 0, *range(2, 14)])
    ((npmi, _),) = coherences([[[0, 1]]], text)
    both, zero, one = 2 / 6, 3 / 6, 2 / 6
    assert npmi == pytest.approx(np.log(both / zero / one) / -np.log(both), abs=1e-6)


def test_words_that_no_text_says_are_left_out() -> None:
    texts = of(HOUSE, MONEY)
    assert coherences([[[0, 99]], [[]], []], texts) == [(0.0, 0.0)] * 3
    assert coherences([[HOUSE]], []) == [(0.0, 0.0)]
    with_unknown, without = coherences([[[0, 1, 99]], [[0, 1]]], texts)
    assert with_unknown == without
