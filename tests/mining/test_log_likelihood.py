from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from tiny_terms import terms_of

from pipeline.mining.log_likelihood import score
from pipeline.records import Terms

FIRST = np.array([True, False])


def two_corpora(counts: list[list[int]]) -> Terms:
    words = tuple(f"말{index}/NNG" for index in range(len(counts[0])))
    return Terms(words, ("a", "b"), csr_matrix(np.array(counts, np.int32)))


def test_rayson_and_garside_worked_by_hand() -> None:
    # 100 of 10,000 against 50 of 10,000: 75 expected in each.
    scores = score(two_corpora([[100, 9_900], [50, 9_950]]), FIRST)
    assert scores[0] == pytest.approx(2 * (100 * log(100 / 75) + 50 * log(50 / 75)))
    assert scores[0] == pytest.approx(16.99, abs=0.005)


def test_unequal_sizes() -> None:
    # 30 of 1,000 against 10 of 3,000: expected 10 and 30.
    scores = score(two_corpora([[30, 970], [10, 2_990]]), FIRST)
    assert scores[0] == pytest.approx(2 * (30 * log(3) + 10 * log(1 / 3)))


def test_the_sign_says_who_uses_it_more() -> None:
    terms = two_corpora([[100, 9_900], [50, 9_950]])
    more, less = score(terms, FIRST), score(terms, ~FIRST)
    assert more[0] > 0 > more[1]
    assert less == pytest.approx(-more)


def test_equal_use_scores_zero() -> None:
    assert score(two_corpora([[5, 10], [10, 20]]), FIRST) == pytest.approx([0, 0], abs=1e-9)


def test_zero_cells() -> None:
    # 0 · ln 0 counts as 0: one cell is left of the sum.
    scores = score(two_corpora([[4, 0, 6], [0, 5, 5]]), FIRST)
    assert scores[0] == pytest.approx(2 * 4 * log(4 / 2))
    assert scores[1] == pytest.approx(-2 * 5 * log(5 / 2.5))


def test_a_term_nobody_says_scores_zero() -> None:
    scores = score(terms_of(["가/NNG", "나/NNG"], vocabulary=["다/NNG"]), FIRST)
    assert scores[2] == 0


@pytest.mark.parametrize("members", [[True, True], [False, False]])
def test_with_no_rest_to_compare_with_all_is_zero(members: list[bool]) -> None:
    assert score(terms_of(["가/NNG", "나/NNG"]), np.array(members)).tolist() == [0, 0]


def test_a_rest_that_says_nothing_is_no_rest() -> None:
    assert score(terms_of(["가/NNG 나/NNG", ""]), FIRST).tolist() == [0, 0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=6))
def test_scores_are_finite_and_turn_with_the_sides(pairs: list[tuple[int, int]]) -> None:
    terms = two_corpora([[a for a, _ in pairs], [b for _, b in pairs]])
    scores = score(terms, FIRST)
    assert np.isfinite(scores).all()
    assert score(terms, ~FIRST) == pytest.approx(-scores, rel=1e-6, abs=1e-6)
