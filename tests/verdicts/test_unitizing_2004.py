"""α_U against the example of the book that explains it."""

from __future__ import annotations

import pytest

from pipeline.verdicts.unitizing import Unitized
from pipeline.verdicts.unitizing_2004 import (
    alpha_u_2004,
    end_to_end,
    expected_disagreement,
    observed_disagreement,
)

# Krippendorff (2004), Content analysis, 2nd ed., figure 11.4 and p. 254: a continuum from 150 to
# 450, two observers, categories c and k; here counted from its beginning.
C = Unitized(300, {"i": ((75, 145), (220, 250)), "j": ((70, 150), (205, 225), (250, 270))})
K = Unitized(300, {"i": ((30, 90), (150, 200)), "j": ((30, 90), (150, 200))})


def test_the_example_of_krippendorff_2004() -> None:
    assert observed_disagreement(C) == pytest.approx(0.0144, abs=0.00005)
    assert expected_disagreement(C) == pytest.approx(0.0532, abs=0.00005)
    assert alpha_u_2004([C]) == pytest.approx(0.7286, abs=0.0005)
    assert observed_disagreement(K) == 0
    assert expected_disagreement(K) == pytest.approx(0.0490, abs=0.00005)
    assert alpha_u_2004([K]) == 1
    assert alpha_u_2004([C, K]) == pytest.approx(0.8591, abs=0.0005)


def test_distances_of_the_same_book() -> None:
    """Units that overlap: 5² + 5²; one in a gap: its length squared (p. 253)."""
    overlapping = Unitized(100, {"i": ((25, 95),), "j": ((20, 100),)})
    assert observed_disagreement(overlapping) * 2 * 100**2 == pytest.approx(2 * 50)
    alone = Unitized(100, {"i": (), "j": ((40, 60),)})
    assert observed_disagreement(alone) * 2 * 100**2 == pytest.approx(2 * 400)


def test_undefined_where_nobody_put_anything() -> None:
    assert alpha_u_2004([Unitized(100, {"i": (), "j": ()})]) is None
    assert alpha_u_2004([Unitized(100, {"i": ((0, 9),)})]) is None


def test_interviews_all_looked_at_are_laid_end_to_end() -> None:
    one = Unitized(10, {"i": ((2, 4),), "j": ()})
    half = Unitized(10, {"i": ((0, 9),)})
    other = Unitized(20, {"i": (), "j": ((5, 9),)})
    (found,) = end_to_end({"c": {"1": one, "2": half, "3": other}}, ["i", "j"])
    assert found == Unitized(30, {"i": ((2, 4),), "j": ((15, 19),)})
