from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from tiny_terms import terms_of

from pipeline.mining.log_odds import PRIOR, score
from pipeline.records import Terms

FIRST = np.array([True, False])


def two_corpora(counts: list[list[int]]) -> Terms:
    words = tuple(f"말{index}/NNG" for index in range(len(counts[0])))
    return Terms(words, ("a", "b"), csr_matrix(np.array(counts, np.int32)))


def test_worked_by_hand() -> None:
    # 100 of 10,000 against 50 of 10,000: the prior says the word 500 · 150/20,000 = 3.75 times.
    z = score(two_corpora([[100, 9_900], [50, 9_950]]), FIRST)
    assert PRIOR == 500
    odds = log(103.75 / (10_500 - 103.75)) - log(53.75 / (10_500 - 53.75))
    assert z[0] == pytest.approx(odds / sqrt(1 / 103.75 + 1 / 53.75))


def test_the_rare_do_not_lead() -> None:
    # Said 2 times and never elsewhere, against a word said 60 times and 20 elsewhere.
    z = score(two_corpora([[2, 60, 938], [0, 20, 980]]), FIRST)
    assert z[1] > z[0] > 0


def test_it_turns_with_the_sides() -> None:
    terms = two_corpora([[9, 1, 40], [2, 30, 8]])
    assert score(terms, ~FIRST) == pytest.approx(-score(terms, FIRST))


def test_said_alike_by_both_is_zero() -> None:
    assert score(two_corpora([[5, 10], [10, 20]]), FIRST) == pytest.approx([0, 0], abs=1e-12)


@pytest.mark.parametrize("members", [[True, True], [False, False]])
def test_with_no_rest_all_is_zero(members: list[bool]) -> None:
    assert score(terms_of(["가/NNG", "나/NNG"]), np.array(members)).tolist() == [0, 0]


def test_a_corpus_of_one_term_and_a_term_nobody_says() -> None:
    terms = terms_of(["가/NNG", "가/NNG 가/NNG"], vocabulary=["나/NNG"])
    assert score(terms, FIRST).tolist() == [0, 0]
