from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.mining.log_ratio import compare


def test_a_doubling_is_one() -> None:
    ratio = compare(np.array([20, 5, 10]), np.array([20, 20, 20]), 1_000, 2_000)
    assert ratio is not None
    assert ratio == pytest.approx([1, -1, 0])


def test_a_zero_counts_as_a_half() -> None:
    ratio = compare(np.array([8, 0]), np.array([0, 4]), 100, 100)
    assert ratio is not None
    assert ratio == pytest.approx([4, -3])


@pytest.mark.parametrize("sizes", [(0.0, 10.0), (10.0, 0.0)])
def test_nothing_to_compare_with(sizes: tuple[float, float]) -> None:
    assert compare(np.array([0]), np.array([0]), *sizes) is None


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_it_turns_with_the_sides(one: int, other: int) -> None:
    here = compare(np.array([one]), np.array([other]), 2e6, 3e6)
    there = compare(np.array([other]), np.array([one]), 3e6, 2e6)
    assert here is not None
    assert there is not None
    assert here == pytest.approx(-there)
