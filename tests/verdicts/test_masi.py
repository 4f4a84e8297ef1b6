"""MASI distances as published, and α with them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.verdicts.coefficients import KRIPPENDORFF
from pipeline.verdicts.intervals import Coefficient, draw, measure
from pipeline.verdicts.masi import SAME_SETS, alpha_masi, distances, masi_distance

SETS = st.frozensets(st.sampled_from("가나다라마"), max_size=4)
DISJOINT = (frozenset(), frozenset("가"), frozenset("나"), frozenset("다"))


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


@settings(deadline=None, max_examples=50)
@given(st.lists(SETS, min_size=1, max_size=8, unique=True))
def test_the_table_says_what_the_definition_says(sets: list[frozenset[str]]) -> None:
    table = np.vstack([rows for _, rows in distances(sets)])
    expected = [[masi_distance(one, other) for other in sets] for one in sets]
    assert table == pytest.approx(np.array(expected))


@pytest.mark.parametrize("n_groups", [2, 30])
def test_sets_that_share_nothing_give_nominal_alpha(n_groups: int) -> None:
    rng = np.random.default_rng(3)
    first = rng.integers(0, 4, 60)
    ratings = np.column_stack([first, np.where(rng.random(60) < 0.3, (first + 1) % 4, first)])
    ratings = np.column_stack([ratings, np.where(rng.random(60) < 0.5, -1, first)])
    # Few interviews: segments are drawn and sets are fewer; many: interviews are fewer or more.
    draws = draw([f"{n % n_groups:02d}" for n in range(60)], 1)
    found = alpha_masi(ratings, DISJOINT, draws)
    nominal = measure(KRIPPENDORFF, ratings, 4, draws)
    assert (found.value, found.low, found.high) == pytest.approx(
        (nominal.value, nominal.low, nominal.high)
    )


def test_by_groups_or_by_sets_the_interval_is_the_same() -> None:
    """The table that is kept is by groups where these are fewer, else by sets."""
    sets = (*DISJOINT, *(frozenset(f"가{n}") for n in range(20)))
    ratings = np.column_stack([np.arange(96) % 24, (np.arange(96) * 5) % 24])
    draws = draw([f"{n // 8:02d}" for n in range(96)], 1)
    by_groups = alpha_masi(ratings, sets, draws)
    assert draws.weights.shape[1] < len(sets)
    few = [n % 4 for n in range(24)]
    by_sets = alpha_masi(np.array(few)[ratings], sets[:4], draws)
    nominal = measure(KRIPPENDORFF, np.array(few)[ratings], 4, draws)
    assert by_sets.value == pytest.approx(nominal.value)
    assert by_groups.value is not None
    assert by_groups.low is not None
    assert by_groups.low < by_groups.value


def test_alpha_worked_by_hand() -> None:
    """Two units, sets {a},{a,b} and {a},{a}: Do = 2·(2/3)/4; De over the four values {a}×3, {a,b}."""
    sets = (frozenset("a"), frozenset("ab"))
    ratings = np.array([[0, 1], [0, 0]])
    apart = 1 - 1 / 2 * 2 / 3
    observed, expected = 2 * apart / 4, 2 * 3 * 1 * apart / (4 * 3)
    found = alpha_masi(ratings, sets, draw(["가", "나"], 1))
    assert found.value == pytest.approx(1 - observed / expected)


def test_what_is_not_defined_says_why() -> None:
    draws = draw(["가", "나"], 1)
    same = alpha_masi(np.zeros((2, 2), int), DISJOINT, draws)
    assert same == Coefficient(None, reason="one_value")
    alone = alpha_masi(np.array([[0, -1], [-1, 1]]), DISJOINT, draws)
    assert alone == Coefficient(None, reason="no_pair")
    assert measure(SAME_SETS, np.array([[0, -1]]), 4, draws).reason == "no_pair"


def test_the_share_of_equal_sets() -> None:
    ratings = np.array([[0, 0, 1], [2, 2, -1], [1, -1, -1]])
    assert measure(SAME_SETS, ratings, 4, draw(["가"] * 3, 1)).value == pytest.approx(4 / 6)
