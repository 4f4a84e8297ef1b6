from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.mining.dispersion import deviations, normalised

# Gries (2008): five parts of 9, 10, 10, 10 and 11 words that say «a» 1, 2, 3, 4 and 5 times.
SIZES = np.array([9.0, 10, 10, 10, 11])
SAID = np.array([[1], [2], [3], [4], [5]])


def test_the_example_of_gries() -> None:
    assert deviations(SAID, SIZES) == pytest.approx([0.18], abs=0.0005)


def test_normalised_by_the_largest_there_can_be() -> None:
    spread = normalised(SAID, SIZES)
    assert spread is not None
    assert spread == pytest.approx([0.18 / (1 - 0.18)], abs=0.0005)


def test_even_and_in_one_alone() -> None:
    counts = np.array([[9, 7], [10, 0], [10, 0], [10, 0], [11, 0]])
    assert normalised(counts, SIZES) == pytest.approx([0, 1], abs=1e-12)


def test_nobody_says_it_and_nothing_to_spread_over() -> None:
    assert deviations(np.zeros((2, 1)), np.array([1.0, 1.0])).tolist() == [0]
    assert normalised(np.ones((1, 2)), np.array([4.0])) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 500)), min_size=2, max_size=8))
def test_between_zero_and_one(parts: list[tuple[int, int]]) -> None:
    counts = np.array([[said] for said, _ in parts])
    spread = normalised(counts, np.array([float(max(size, said)) for said, size in parts]))
    assert spread is not None
    assert 0 <= spread[0] <= 1 + 1e-9
