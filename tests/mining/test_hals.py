from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from scipy.sparse import csr_matrix, random_array
from sklearn.decomposition import NMF

from pipeline.mining.hals import QUICK, factorise, loadings


def test_the_error_is_no_more_than_scikit_learns() -> None:
    matrix = csr_matrix(random_array((80, 60), density=0.2, rng=np.random.default_rng(1)))
    ((rows, columns),) = factorise(matrix, (6,), seed=1)
    theirs = NMF(cast("Any", 6), init="nndsvda", max_iter=2000).fit(matrix).reconstruction_err_
    assert np.linalg.norm(matrix.toarray() - rows @ columns) <= 1.01 * theirs


def test_several_numbers_of_topics_from_one_decomposition() -> None:
    matrix = csr_matrix(random_array((40, 30), density=0.3, rng=np.random.default_rng(1)))
    found = factorise(matrix, (2, 5), 1, QUICK)
    assert [(rows.shape, columns.shape) for rows, columns in found] == [
        ((40, 2), (2, 30)),
        ((40, 5), (5, 30)),
    ]


def test_loadings_explain_rows_by_given_topics() -> None:
    topics = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 1.0]])
    mixed = np.array([[2.0, 0.0], [1.0, 3.0], [0.0, 0.0]])
    assert loadings(csr_matrix(mixed @ topics), topics) == pytest.approx(mixed, abs=1e-4)
