from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.themes.features import Features
from pipeline.views.review.order import by_code, by_uncertainty, following


def features_of(rows: list[list[float]]) -> Features:
    table = np.array(rows, float)
    nothing = csr_matrix((len(rows), 0))
    return Features(csr_matrix(table), nothing, np.zeros((len(rows), 1)))


def test_the_uncertain_come_first_and_near_duplicates_wait() -> None:
    score = np.array([[0.02, 0.01], [0.5, 0.4], [0.51, 0.4], [0.3, 0.2], [0.5, 0.5]])
    # Rows 1, 2 and 4 say the same; row 3 something else.
    told = features_of([[1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 1], [0, 1, 0]])
    order = by_uncertainty(score, told, frozenset())
    assert order[0] == 4
    assert order[1] == 3, "less uncertain, but no duplicate"
    assert sorted(order) == [0, 1, 2, 3, 4]


def test_what_is_coded_comes_last() -> None:
    score = np.array([[0.5], [0.9], [0.1]])
    order = by_uncertainty(score, features_of([[1], [1], [1]]), {0})
    assert order[-1] == 0


def test_by_code_best_first_ties_as_spoken() -> None:
    assert by_code(np.array([[0.1, 0.3], [0.5, 0.9], [0.1, 0.3]]), 1) == (1, 0, 2)


def test_what_follows_goes_round_and_leaves_out_what_is_done() -> None:
    assert following(range(5), 2, {4}, 9) == (3, 0, 1)
    assert following(range(5), 2, {4}, 2) == (3, 0)
    assert following(range(5), -1, set(), 3) == (0, 1, 2)
    assert following((3, 1, 0), 1, {0}, 9) == (3,)
    assert following((), 0, set(), 9) == ()
