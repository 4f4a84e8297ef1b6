"""Agreement on free spans."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Coding
from pipeline.verdicts.coefficients import KRIPPENDORFF
from pipeline.verdicts.unitizing import (
    Continuum,
    Unitized,
    alpha_u,
    alpha_u_of_all,
    merge,
    parts,
    unitize,
)
from tests.verdicts.tiny_codings import segments_of


def found(length: int, **spans: tuple[tuple[int, int], ...]) -> float:
    return float(alpha_u(parts(Unitized(length, spans))[None])[0])


def test_the_same_spans_are_one_and_worse_ones_less() -> None:
    same = found(100, 가=((10, 30), (50, 60)), 나=((10, 30), (50, 60)))
    near = found(100, 가=((10, 30), (50, 60)), 나=((12, 30), (50, 63)))
    far = found(100, 가=((10, 30), (50, 60)), 나=((70, 90), (30, 40)))
    assert same == pytest.approx(1)
    assert 0.7 < near < 1
    assert far < 0


def test_worked_by_hand() -> None:
    """Krippendorff et al. 2016, eq. for uα, with a unit of 4 and one of 2 in 10 characters.

    Coincidences of unit and gap: 2 characters, counted both ways: 4. Lengths: 6 in units, 14
    in gaps, 20 in all. Expected: 2·6·14·20 / (20² − (4² + 2²) − 14).
    """
    expected = 2 * 6 * 14 * 20 / (400 - 20 - 14)
    assert found(10, 가=((2, 6),), 나=((2, 4),)) == pytest.approx(1 - 4 / expected)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(*[st.booleans()] * 3), min_size=2, max_size=12))
def test_with_units_of_one_character_it_is_nominal_alpha(rows: list[tuple[bool, ...]]) -> None:
    spans = {
        str(coder): tuple((at, at + 1) for at, row in enumerate(rows) if row[coder])
        for coder in range(3)
    }
    ratings = np.array(rows, dtype=int)
    nominal = KRIPPENDORFF.value(KRIPPENDORFF.parts(ratings, 2).sum(axis=0, keepdims=True), 2)[0]
    assert found(len(rows), **spans) == pytest.approx(nominal, nan_ok=True)


def test_undefined_where_nobody_used_the_code() -> None:
    assert np.isnan(found(10, 가=(), 나=()))
    assert np.isnan(found(10, 가=((0, 10),)))


def test_all_codes_add_up() -> None:
    one = parts(Unitized(50, {"가": ((0, 10),), "나": ((0, 10),)}))
    other = parts(Unitized(50, {"가": ((20, 30),), "나": ((30, 40),)}))
    together = alpha_u_of_all(np.array([[one, other]]))[0]
    assert alpha_u(other[None])[0] < together < alpha_u(one[None])[0]


def test_questions_are_no_part_of_the_continuum() -> None:
    continuum = Continuum(segments_of("장터", 3))
    assert continuum.length == 30
    assert continuum.span(0, 10) == (0, 10)
    assert continuum.span(5, 16) == (5, 15)
    assert continuum.span(10, 11) is None
    assert continuum.span(25, 99) == (23, 30)


def test_overlapping_spans_of_one_code_are_one_and_touching_ones_two() -> None:
    assert merge([(5, 9), (0, 3), (2, 4), (9, 12)]) == ((0, 4), (5, 9), (9, 12))


def test_who_has_not_looked_is_left_out() -> None:
    segments = segments_of("장터", 2)
    codings = [Coding("장터", 0, 5, "돈", "가"), Coding("장터", 0, 5, "돈", "나")]
    units = unitize({"장터": Continuum(segments)}, codings, {"장터": ["가"]}, ["돈"])
    assert units["돈"]["장터"].spans == {"가": ((0, 5),)}
    assert not parts(units["돈"]["장터"]).any()
