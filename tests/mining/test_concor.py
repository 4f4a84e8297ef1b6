from __future__ import annotations

import numpy as np
import pytest

from pipeline.mining.concor import concor, profile_correlations


def test_the_published_example_of_concor_r() -> None:
    # The README of the R package concorR (Suda et al.): a..e part into {b, c, d} and {a, e}.
    ties = np.array(
        [0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0]
    ).reshape(5, 5, order="F")  # fmt: skip
    assert concor(ties, 1).block_of.tolist() == [1, 2, 2, 2, 1]


def test_four_structurally_equivalent_groups_are_the_four_blocks() -> None:
    # A tie depends on the groups alone, so that profiles within a group are the same.
    between = np.array([[9.0, 1, 8, 0], [1, 0, 2, 7], [8, 2, 1, 9], [0, 7, 9, 3]])
    group = np.array([0, 1, 2, 3] * 5)
    ties = between[np.ix_(group, group)]
    np.fill_diagonal(ties, 99)
    found = concor(ties, 2)
    assert {tuple(group[found.block_of == block]) for block in range(1, 5)} == {
        (number,) * 5 for number in range(4)
    }
    order = [int(group[found.block_of == block][0]) for block in range(1, 5)]
    assert found.density.tolist() == between[np.ix_(order, order)].tolist()
    assert found.image.tolist() == (found.density >= found.alpha).astype(int).tolist()
    assert found.converged


def test_the_diagonal_says_nothing() -> None:
    ties = np.random.default_rng(1).integers(0, 5, (12, 12)).astype(float)
    other = ties.copy()
    np.fill_diagonal(other, 1000)
    assert profile_correlations(ties).tolist() == profile_correlations(other).tolist()
    assert concor(ties, 2).density.tolist() == concor(other, 2).density.tolist()


def test_profiles_are_rows_and_columns_with_the_pairs_own_cells_left_out() -> None:
    ties = np.random.default_rng(2).integers(0, 5, (7, 7)).astype(float)
    kept = [2, 3, 4, 5, 6]
    # What 0 says to 1 meets what 1 says to itself, which is missing: both cells go.
    one = np.concatenate([ties[0, kept], ties[kept, 0]])
    other = np.concatenate([ties[1, kept], ties[kept, 1]])
    assert profile_correlations(ties)[0, 1] == pytest.approx(np.corrcoef(one, other)[0, 1])


def test_what_is_alike_or_has_no_ties_is_not_split() -> None:
    assert concor(np.ones((5, 5)), 2).block_of.tolist() == [0] * 5
    assert concor(np.zeros((0, 0)), 2).density.shape == (0, 0)
    assert concor(np.zeros((1, 1)), 2).block_of.tolist() == [0]
    halves = np.kron(np.eye(2), np.ones((4, 4)))
    assert concor(halves, 3).block_of.tolist() == [1, 1, 1, 1, 2, 2, 2, 2]
    with pytest.raises(ValueError, match="square"):
        concor(np.zeros((2, 3)), 1)
