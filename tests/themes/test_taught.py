from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.kernel_ridge import KernelRidge
from tiny_study import look_up_table, terms_of

from pipeline.themes.taught import learn

SAID = [
    "돈/NNG 벌/VV",
    "돈/NNG 수입/NNG",
    "길/NNG 버스/NNG",
    "버스/NNG 타/VV",
    "수입/NNG 늘/VV",
    "길/NNG 멀/VA",
    "돈/NNG 길/NNG",
    "집/NNG",
]
TEXTS = [
    "돈을 벌어요",
    "돈과 수입",
    "길과 버스",
    "버스를 타요",
    "수입이 늘고",
    "길이 멀어",
    "돈과 길",
    "집",
]
TERMS = terms_of(SAID)
TABLE = look_up_table(TERMS.vocabulary, seed=1)
ROWS = np.arange(6)
MONEY_ROAD = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 0], [0, 1]], float)


def test_what_was_taught_is_predicted() -> None:
    taught = learn(TERMS, TEXTS, TABLE, ROWS, MONEY_ROAD, list("AABBCC"))
    assert taught.predicted.shape == (8, 2)
    assert taught.held_out.shape == (6, 2)
    assert taught.words.shape == (len(TERMS.vocabulary), 2)
    assert (taught.predicted[:6].argmax(axis=1) == MONEY_ROAD.argmax(axis=1)).all()
    word = dict(zip(TERMS.vocabulary, taught.words, strict=True))
    assert word["돈/NNG"][0] > 0 > word["버스/NNG"][0]
    assert word["집/NNG"] == pytest.approx(0)


def test_held_out_equals_fitting_again_without_the_interview() -> None:
    # Every interview has each code once: the mean is the same with and without it.
    labels = np.array([[1, 0], [0, 1]] * 3, float)
    groups = list("AABBCC")
    taught = learn(TERMS, TEXTS, TABLE, ROWS, labels, groups)
    for group in "ABC":
        own = np.flatnonzero(np.array(groups) == group)
        rest = np.setdiff1d(ROWS, own)
        again = learn(TERMS, TEXTS, TABLE, rest, labels[rest], [groups[row] for row in rest])
        assert taught.held_out[own] == pytest.approx(again.predicted[own], abs=1e-8)


def test_held_out_keeps_the_mean_of_all_coded_rows() -> None:
    # Words alone (no letters, no meaning), so that scikit-learn can fit the same model.
    silent, nothing = [""] * 8, np.zeros((len(TERMS.vocabulary), 3))
    groups = ["A", "B", "B", "C", "A", "A"]
    taught = learn(TERMS, silent, nothing, ROWS, MONEY_ROAD, groups)
    features = TfidfTransformer(sublinear_tf=True).fit_transform(TERMS.counts.astype(float))
    mean = MONEY_ROAD.mean(axis=0)
    model = KernelRidge(alpha=1, kernel="linear").fit(features[ROWS], MONEY_ROAD - mean)
    assert taught.predicted == pytest.approx(mean + model.predict(features), abs=1e-8)
    for group in "ABC":
        own = np.flatnonzero(np.array(groups) == group)
        rest = np.setdiff1d(ROWS, own)
        model.fit(features[rest], MONEY_ROAD[rest] - mean)
        assert taught.held_out[own] == pytest.approx(mean + model.predict(features[own]), abs=1e-8)


def test_one_interview_held_out_leaves_the_mean() -> None:
    taught = learn(TERMS, TEXTS, TABLE, ROWS, MONEY_ROAD, ["A"] * 6)
    assert taught.held_out == pytest.approx(np.tile(MONEY_ROAD.mean(axis=0), (6, 1)))


def test_contradictory_codings_are_averaged() -> None:
    terms = terms_of(["돈/NNG 벌/VV", "돈/NNG 벌/VV", "길/NNG"])
    labels = np.array([[1], [0]], float)
    texts = ["돈을 벌어요", "돈을 벌어요", "길"]
    table = look_up_table(terms.vocabulary, seed=1)
    taught = learn(terms, texts, table, np.arange(2), labels, ["A", "B"])
    assert taught.predicted[:2] == pytest.approx(0.5)
    assert taught.words == pytest.approx(0)


def test_one_coded_row_teaches_nothing_beyond_the_mean() -> None:
    taught = learn(TERMS, TEXTS, TABLE, np.array([2]), np.array([[1.0, 0.0]]), ["A"])
    assert taught.predicted == pytest.approx(np.tile([1.0, 0.0], (8, 1)))


@pytest.mark.parametrize("segments", [["", "", ""], ["", "돈/NNG", "돈/NNG"]])
def test_segments_without_terms(segments: list[str]) -> None:
    terms = terms_of(segments)
    table = look_up_table(terms.vocabulary, seed=1)
    labels = np.array([[1, 0], [0, 1]], float)
    taught = learn(terms, ["hello", "hello you", "you"], table, np.arange(2), labels, ["A", "B"])
    assert taught.predicted.shape == (3, 2)
    assert np.isfinite(taught.predicted).all()
    assert np.isfinite(taught.held_out).all()


def test_the_same_bytes_twice() -> None:
    first, second = (learn(TERMS, TEXTS, TABLE, ROWS, MONEY_ROAD, list("AABBCC")) for _ in "12")
    assert first.predicted.tobytes() == second.predicted.tobytes()
    assert first.held_out.tobytes() == second.held_out.tobytes()
