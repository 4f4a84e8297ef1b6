from __future__ import annotations

from math import log

import numpy as np
import pytest
from tiny_terms import terms_of

from pipeline.mining.tfidf import score, weigh

TERMS = terms_of(["가/NNG 가/NNG 가/NNG 나/NNG", "가/NNG", "다/NNG 다/NNG", ""])
FIRST_TWO = np.array([True, True, False, False])


def test_weigh_is_smoothed_idf() -> None:
    # Four segments; 가 stands in two of them, 나 and 다 in one.
    assert weigh(TERMS) == pytest.approx([log(5 / 3) + 1, log(5 / 2) + 1, log(5 / 2) + 1])


def test_a_term_everywhere_weighs_one() -> None:
    assert weigh(terms_of(["가/NNG", "가/NNG"])) == pytest.approx([1.0])


def test_score_by_hand() -> None:
    scores = score(TERMS, FIRST_TWO)
    assert scores[0] == pytest.approx(((1 + log(3)) + 1) / 2 * (log(5 / 3) + 1))
    assert scores[1] == pytest.approx(1 / 2 * (log(5 / 2) + 1))
    assert scores[2] == 0


def test_score_leaves_the_counts_alone() -> None:
    before = TERMS.counts.toarray()
    score(TERMS, FIRST_TWO)
    assert (TERMS.counts.toarray() == before).all()
    assert TERMS.counts.dtype == np.int32


def test_a_group_that_says_nothing_and_a_group_of_nobody_score_zero() -> None:
    assert not score(TERMS, np.array([False, False, False, True])).any()
    assert not score(TERMS, np.zeros(4, bool)).any()
