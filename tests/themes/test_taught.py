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
ROWS = range(6)
UNCODED = [6, 7]
MONEY_ROAD = np.array([[1, 0], [1, 0], [0, 1], [0, 1], [1, 0], [0, 1]], float)


def without(group: str, labels: np.ndarray, groups: list[str]) -> np.ndarray:
    """Return what is predicted when the interview ``group`` has not been coded."""
    rest = [row for row in ROWS if groups[row] != group]
    taught = learn(TERMS, TEXTS, TABLE, rest, labels[rest], [groups[row] for row in rest])
    return taught.predicted


def test_what_was_taught_is_predicted() -> None:
    taught = learn(TERMS, TEXTS, TABLE, ROWS, MONEY_ROAD, list("AABBCC"))
    assert taught.predicted.shape == (8, 2)
    assert taught.words.shape == (len(TERMS.vocabulary), 2)
    earning, driving = learn(
        terms_of([*SAID, "돈/NNG 벌/VV", "길/NNG 버스/NNG"]),
        [*TEXTS, "돈을 벌지", "길에 버스"],
        TABLE,
        ROWS,
        MONEY_ROAD,
        list("AABBCC"),
    ).predicted[8:]
    assert earning[0] > 0.2 > earning[1]
    assert driving[1] > 0.2 > driving[0]
    word = dict(zip(TERMS.vocabulary, taught.words, strict=True))
    assert word["돈/NNG"][0] > 0 > word["돈/NNG"][1]
    assert word["집/NNG"] == pytest.approx(0)


@pytest.mark.parametrize("groups", ["AABBCC", "ABCDEF", "ABBBBA", "AAAAAB"])
def test_coded_rows_are_predicted_as_if_their_interview_were_not(groups: str) -> None:
    taught = learn(TERMS, TEXTS, TABLE, ROWS, MONEY_ROAD, list(groups))
    for group in set(groups):
        own = [row for row in ROWS if groups[row] == group]
        again = without(group, MONEY_ROAD, list(groups))
        assert taught.predicted[own] == pytest.approx(again[own], abs=1e-8)


def test_an_interviews_own_codings_do_not_tell_on_it() -> None:
    other_way = MONEY_ROAD.copy()
    other_way[:2] = [[0, 1], [1, 1]]
    said, unsaid = (
        learn(TERMS, TEXTS, TABLE, ROWS, labels, list("AABBCC")).predicted
        for labels in (MONEY_ROAD, other_way)
    )
    assert said[:2] == pytest.approx(unsaid[:2])
    assert said[2:] != pytest.approx(unsaid[2:], abs=1e-3)


def test_it_is_ridge_regression() -> None:
    # Words alone (no letters, no meaning), so that scikit-learn can fit the same model.
    silent, nothing = [""] * 8, np.zeros((len(TERMS.vocabulary), 3))
    taught = learn(TERMS, silent, nothing, ROWS, MONEY_ROAD, list("AABBCC"))
    features = TfidfTransformer(sublinear_tf=True).fit_transform(TERMS.counts.astype(float))
    centre = MONEY_ROAD.sum(axis=0) / (6 + 40)
    model = KernelRidge(alpha=1, kernel="linear").fit(features[:6], MONEY_ROAD - centre)
    expected = centre + model.predict(features[UNCODED])
    assert taught.predicted[UNCODED] == pytest.approx(expected, abs=1e-8)


def test_the_only_interview_knows_nothing_of_itself() -> None:
    taught = learn(TERMS, TEXTS, TABLE, ROWS, MONEY_ROAD, ["A"] * 6)
    assert taught.predicted[:6] == pytest.approx(0)
    assert taught.predicted[6:].min() > 0


def test_contradictory_codings_are_averaged() -> None:
    terms = terms_of(["돈/NNG 벌/VV"] * 3 + ["길/NNG"])
    texts = ["돈을 벌어요"] * 3 + ["길"]
    table = look_up_table(terms.vocabulary, seed=1)
    agreed, contradicted = (
        learn(terms, texts, table, [0, 1], np.array(labels, float), ["A", "B"]).predicted[2, 0]
        for labels in ([[1], [1]], [[1], [0]])
    )
    assert contradicted == pytest.approx(agreed / 2)


def test_one_coded_row_teaches_the_rows_like_it() -> None:
    taught = learn(TERMS, TEXTS, TABLE, [2], np.array([[0.0, 1.0]]), ["A"])
    money, road = taught.predicted.T
    assert not money.any()
    assert road[3] > road[1]  # another bus
    assert road[7] == pytest.approx(1 / 41, abs=0.05)  # nothing alike


def test_rows_all_coded_alike_teach_which_are_like_them() -> None:
    taught = learn(TERMS, TEXTS, TABLE, [2, 3], np.ones((2, 1)), ["A", "B"])
    assert taught.predicted[5] > taught.predicted[7] + 0.01
    assert taught.words[TERMS.vocabulary.index("버스/NNG")] > 0


@pytest.mark.parametrize("segments", [["", "", ""], ["", "돈/NNG", "돈/NNG"]])
@pytest.mark.parametrize("texts", [["hello", "hello you", "you"], ["", " ", "\n"], ["a", "b", "c"]])
def test_segments_without_terms_or_letters_in_common(segments: list[str], texts: list[str]) -> None:
    terms = terms_of(segments)
    table = look_up_table(terms.vocabulary, seed=1)
    labels = np.array([[1, 0], [0, 1]], float)
    taught = learn(terms, texts, table, [0, 1], labels, ["A", "B"])
    assert taught.predicted.shape == (3, 2)
    assert np.isfinite(taught.predicted).all()


def test_the_same_bytes_twice() -> None:
    first, second = (learn(TERMS, TEXTS, TABLE, ROWS, MONEY_ROAD, list("AABBCC")) for _ in "12")
    assert first.predicted.tobytes() == second.predicted.tobytes()
