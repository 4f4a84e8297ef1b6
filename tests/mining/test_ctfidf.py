from __future__ import annotations

from math import log

import numpy as np
import pytest
from tiny_terms import terms_of

from pipeline.mining.ctfidf import score

TERMS = terms_of(["집/NNG 집/NNG 돈/NNG", "돈/NNG 차/NNG 차/NNG 차/NNG 차/NNG"])
FIRST = np.array([True, False])


def test_worked_by_hand() -> None:
    # Eight words in two groups: A = 4. 집: 2 of 3 words, 2 in all; 돈: 1 of 3, 2 in all.
    assert TERMS.vocabulary == ("돈/NNG", "집/NNG", "차/NNG")
    assert score(TERMS, FIRST, 2) == pytest.approx([1 / 3 * log(3), 2 / 3 * log(3), 0])
    assert score(TERMS, ~FIRST, 2) == pytest.approx([1 / 5 * log(3), 0, 4 / 5 * log(2)])


def test_more_groups_make_fewer_words_a_group() -> None:
    assert score(TERMS, FIRST, 4) == pytest.approx([1 / 3 * log(2), 2 / 3 * log(2), 0])


def test_a_group_that_says_nothing() -> None:
    assert score(TERMS, np.array([False, False]), 2).tolist() == [0, 0, 0]
