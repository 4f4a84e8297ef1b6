"""Each coefficient against the figures its own literature prints."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.verdicts.coefficients import (
    BRENNAN_PREDIGER,
    COHEN,
    GWET,
    KRIPPENDORFF,
    METHODS,
    PERCENT,
    Method,
)
from pipeline.verdicts.ratings import MISSING


def value(method: Method, ratings: np.ndarray, n_values: int) -> float:
    sums = method.parts(ratings, n_values).sum(axis=0, keepdims=True)
    return float(method.value(sums, n_values)[0])


def units(table: list[list[int]]) -> np.ndarray:
    """Return two coders' ratings of as many units as the cross table counts."""
    return np.array(
        [
            [row, column]
            for row, cells in enumerate(table)
            for column, count in enumerate(cells)
            for _ in range(count)
        ]
    )


def lines(*coders: str) -> np.ndarray:
    """Return units × coders of one line a coder, values 1 to 5 or a to e, «*» missing."""
    signs = "12345" if set("".join(coders)) & set("12345") else "abcde"
    return np.array([[MISSING if v == "*" else signs.index(v) for v in c] for c in coders]).T


# Cohen (1960), A coefficient of agreement for nominal scales, table 2: 200 diagnoses.
COHEN_1960 = units([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
# Gwet (2014), Handbook of inter-rater reliability, 4th ed.: 100 pregnancies, two abstractors
# (also the data set cont3x3abstractors of his R package irrCAC).
GWET_ABSTRACTORS = units([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
# Krippendorff (2011), Computing Krippendorff's alpha-reliability: four observers, twelve units.
KRIPPENDORFF_C = lines("123321412***", "1233224125*3", "*3332342251*", "12332441251*")
# The same paper, B: two observers, nominal data, twelve units; and A: binary, ten units.
KRIPPENDORFF_B = lines("aabbdcccedda", "babbbcccedddd"[:12])
KRIPPENDORFF_A = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]).T


@pytest.mark.parametrize(
    ("method", "ratings", "n_values", "published"),
    [
        (PERCENT, COHEN_1960, 3, 0.70),
        (COHEN, COHEN_1960, 3, 0.492),
        # κₙ of Brennan and Prediger (1981), (p − 1/n) / (1 − 1/n), as Gwet's handbook prints it.
        (BRENNAN_PREDIGER, GWET_ABSTRACTORS, 3, 0.835),
        (COHEN, GWET_ABSTRACTORS, 3, 0.796409),
        (KRIPPENDORFF, GWET_ABSTRACTORS, 3, 0.797258),
        (GWET, GWET_ABSTRACTORS, 3, 0.849331),
        # Gwet's handbook takes Krippendorff's four observers for his own coefficients too.
        (PERCENT, KRIPPENDORFF_C, 5, 0.818182),
        (BRENNAN_PREDIGER, KRIPPENDORFF_C, 5, 0.772727),
        (GWET, KRIPPENDORFF_C, 5, 0.775444),
        (KRIPPENDORFF, KRIPPENDORFF_C, 5, 0.743),
        (KRIPPENDORFF, KRIPPENDORFF_B, 5, 0.692),
        (KRIPPENDORFF, KRIPPENDORFF_A, 2, 0.095),
    ],
)
def test_published_examples(
    method: Method, ratings: np.ndarray, n_values: int, published: float
) -> None:
    digits = len(str(published).split(".")[1])
    assert value(method, ratings, n_values) == pytest.approx(published, abs=0.6 * 10**-digits)


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.name)
def test_perfect_agreement_is_one_whoever_is_first(method: Method) -> None:
    same = np.array([[0, 0], [1, 1], [2, 2], [2, 2]])
    assert value(method, same, 3) == pytest.approx(1)
    apart = np.array([[0, 1], [1, 1], [2, 0], [2, 2]])
    assert value(method, apart, 3) == pytest.approx(value(method, apart[:, ::-1], 3))


@pytest.mark.parametrize("method", [COHEN, KRIPPENDORFF], ids=lambda m: m.name)
def test_one_value_only_is_not_defined(method: Method) -> None:
    assert np.isnan(value(method, np.zeros((5, 2), int), 2))


@pytest.mark.parametrize("method", METHODS, ids=lambda m: m.name)
def test_a_unit_only_one_coder_saw_says_nothing_on_agreement(method: Method) -> None:
    ratings = np.array([[0, 0], [1, 1], [1, 0], [0, 0]])
    more = np.vstack([ratings, [[1, MISSING]]])
    if method is not GWET:  # where it still says how often values are used (Gwet 2014, 2.3)
        assert value(method, more, 2) == pytest.approx(value(method, ratings, 2))
    assert value(method, np.array([[1, MISSING], [MISSING, 0]]), 2) != 1


def test_missing_is_not_absent() -> None:
    seen = np.array([[1, 1, MISSING], [0, 0, MISSING], [1, 1, MISSING]])
    assert value(KRIPPENDORFF, seen, 2) == 1
    assert value(KRIPPENDORFF, np.where(seen == MISSING, 0, seen), 2) < 0.5


def test_uncoded_units_count() -> None:
    """κ on coded units only is below chance where coders in truth agree well."""
    coded_only = np.array([[1, 0], [0, 1], [1, 1], [1, 1]])
    every = np.vstack([coded_only, np.zeros((16, 2), int)])
    assert value(COHEN, coded_only, 2) < 0
    assert value(COHEN, every, 2) > 0.6


def test_kappa_is_for_two() -> None:
    with pytest.raises(ValueError, match="two coders"):
        value(COHEN, np.zeros((3, 3), int), 2)
