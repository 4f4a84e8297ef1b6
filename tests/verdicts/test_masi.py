"""MASI distances as published, and α with them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.verdicts.coefficients import KRIPPENDORFF
from pipeline.verdicts.masi import alpha_with, distances, masi_distance

SETS = st.frozensets(st.sampled_from("가나다라마"), max_size=4)


def test_distances_of_passonneau_2006() -> None:
    """1 − J·M with M = 1, 2/3, 1/3, 0 (Passonneau 2006, section 3)."""
    one = frozenset("ab")
    assert masi_distance(one, frozenset("ab")) == 0
    # The example NLTK's reference gives for the same paper, there with 0.67 for 2/3: .665.
    assert masi_distance(frozenset("ab"), frozenset("abcd")) == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert masi_distance(one, frozenset("bc")) == pytest.approx(1 - 1 / 3 * 1 / 3)
    assert masi_distance(one, frozenset("cd")) == 1


def test_two_empty_sets_agree_and_an_empty_one_shares_nothing() -> None:
    assert masi_distance(frozenset(), frozenset()) == 0
    assert masi_distance(frozenset(), frozenset("a")) == 1


@given(SETS, SETS)
def test_it_is_a_distance(one: frozenset[str], other: frozenset[str]) -> None:
    apart = masi_distance(one, other)
    assert 0 <= apart <= 1
    assert apart == masi_distance(other, one)
    assert (apart == 0) == (one == other)


def test_with_distances_of_zero_and_one_it_is_nominal_alpha() -> None:
    ratings = np.array([[0, 0, 1], [1, 1, -1], [2, 2, 2], [-1, 0, 2], [0, 0, 0], [1, -1, -1]])
    nominal = 1 - np.eye(3)
    weighed = alpha_with("nominal", nominal)
    found = [
        method.value(method.parts(ratings, 3).sum(axis=0, keepdims=True), 3)[0]
        for method in (weighed, KRIPPENDORFF)
    ]
    assert found[0] == pytest.approx(found[1])


def test_alpha_worked_by_hand() -> None:
    """Two units, sets {a},{a,b} and {a},{a}: Do = 2·(2/3)/4; De over the four values {a}×3, {a,b}."""
    sets = (frozenset("a"), frozenset("ab"))
    method = alpha_with("masi", distances(sets))
    ratings = np.array([[0, 1], [0, 0]])
    apart = 1 - 1 / 2 * 2 / 3
    observed, expected = 2 * apart / 4, 2 * 3 * 1 * apart / (4 * 3)
    found = method.value(method.parts(ratings, 2).sum(axis=0, keepdims=True), 2)[0]
    assert found == pytest.approx(1 - observed / expected)
