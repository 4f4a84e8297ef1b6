"""What coders decided, as numbers: coded, rejected, contradicted, and what parents gain."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.themes.labels import find_labels, lowest_first, with_parents

CODES = ("살림", "소득", "교통")


def test_a_coded_segment_is_known_for_every_code() -> None:
    labels = find_labels({4: frozenset({"소득"}), 2: frozenset()}, {}, CODES)
    assert labels.rows == (2, 4)
    assert labels.values.tolist() == [[0, 0, 0], [0, 1, 0]]
    assert labels.known.all()


def test_of_a_segment_never_coded_only_what_was_rejected_is_known() -> None:
    labels = find_labels({}, {1: frozenset({"교통"}), 3: frozenset()}, CODES)
    assert labels.rows == (1,)
    assert labels.values.tolist() == [[0, 0, 0]]
    assert labels.known.tolist() == [[False, False, True]]


def test_contradicting_coders_count_as_half() -> None:
    labels = find_labels({0: frozenset({"소득", "교통"})}, {0: frozenset({"소득"})}, CODES)
    assert labels.values.tolist() == [[0, 0.5, 1]]


def test_codes_the_codebook_lacks_are_passed_over() -> None:
    labels = find_labels({0: frozenset({"딴것"})}, {0: frozenset({"딴것"})}, CODES)
    assert labels.values.tolist() == [[0, 0, 0]]


def test_a_parent_gains_as_often_as_coders_named_it_too() -> None:
    parents = (None, 0, 0)
    values = np.array([[1, 1, 0], [0, 1, 0], [0, 0, 1]], float)
    # Of three segments of children one names the parent: (1 + 1) of (3 + 2).
    assert with_parents(values, parents)[:, 0].tolist() == [1, 0.4, 0.4]
    assert np.array_equal(with_parents(values, parents)[:, 1:], values[:, 1:])


def test_a_parent_nobody_ever_names_gains_little() -> None:
    values = np.tile([0.0, 1.0], (98, 1))
    assert with_parents(values, (None, 0))[0, 0] == 0.01


def test_a_grandparent_gains_what_its_child_gained() -> None:
    gained = with_parents(np.array([[0, 0, 1.0]]), (None, 0, 1))
    assert gained[0, 1] == 1 / 3
    assert 0 < gained[0, 0] < gained[0, 1]


@given(st.lists(st.one_of(st.none(), st.integers(0, 7)), min_size=8, max_size=8))
def test_any_parents_even_in_a_circle(parents: list[int | None]) -> None:
    values = np.eye(8)
    gained = with_parents(values, parents)
    assert sorted(lowest_first(parents)) == list(range(8))
    assert (gained >= values).all()
    assert gained.max() <= 1


def test_a_rejected_code_the_codebook_lacks_makes_no_row() -> None:
    assert find_labels({}, {3: frozenset({"딴것"})}, CODES).rows == ()
