from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.kernel_ridge import KernelRidge
from tiny_study import look_up_table, terms_of

from pipeline.records import Terms
from pipeline.themes.features import find_features
from pipeline.themes.labels import Labels
from pipeline.themes.taught import Taught, compare
from pipeline.themes.taught import learn as learn_from

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


def learn(
    terms: Terms,
    texts: Sequence[str],
    table: np.ndarray,
    rows: Sequence[int],
    values: np.ndarray,
    groups: Sequence[str],
    known: np.ndarray | None = None,
) -> Taught:
    """Learn from ``values``, all of them known unless said; ``groups`` are those of ``rows``."""
    features = find_features(terms, texts, table)
    labels = Labels(tuple(rows), values, np.ones(values.shape, bool) if known is None else known)
    said_by = ["-"] * len(texts)
    for row, group in zip(rows, groups, strict=True):
        said_by[row] = group
    return learn_from(features, labels, said_by, compare(features, rows))


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
    centre = MONEY_ROAD.sum(axis=0) / (6 + 400)
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


def test_a_rejection_teaches_about_its_own_code_and_nothing_else() -> None:
    rows = [*ROWS, 6]
    groups = list("AABBCCD")
    values = np.vstack([MONEY_ROAD, [0, 0]])
    known = np.ones(values.shape, bool)
    known[6] = [False, True]  # of «돈과 길» only the road was judged, and refused
    terms = terms_of([*SAID[:7], SAID[6]])
    texts = [*TEXTS[:7], TEXTS[6]]
    table = look_up_table(terms.vocabulary, seed=1)
    before = learn(terms, texts, table, ROWS, MONEY_ROAD, list("AABBCC")).predicted
    after = learn(terms, texts, table, rows, values, groups, known).predicted
    assert after[7, 1] < before[7, 1] / 2
    assert after[7, 0] == pytest.approx(before[7, 0], abs=0.05)
    # A segment that is not coded is told by all, the refusal of itself included.
    assert after[6, 1] < before[6, 1] / 2
    assert after[6, 0] == pytest.approx(before[6, 0], abs=0.01)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(8)), st.integers(1, 7))
def test_a_grown_inverse_is_that_made_anew(order: list[int], first: int) -> None:
    features = find_features(TERMS, TEXTS, TABLE)
    grown = compare(features, order, compare(features, order[:first]))
    assert set(grown.rows) == set(order)
    anew = compare(features, grown.rows)
    assert np.allclose(grown.inverse, anew.inverse, atol=1e-10)


def test_an_inverse_of_other_rows_is_not_used() -> None:
    features = find_features(TERMS, TEXTS, TABLE)
    made = compare(features, [0, 1], compare(features, [2, 3]))
    assert made.rows == (0, 1)
    assert np.allclose(made.inverse, compare(features, [0, 1]).inverse)


def test_one_coded_row_teaches_the_rows_like_it() -> None:
    taught = learn(TERMS, TEXTS, TABLE, [2], np.array([[0.0, 1.0]]), ["A"])
    money, road = taught.predicted.T
    assert not money.any()
    assert road[3] > road[1]  # another bus
    assert road[7] == pytest.approx(1 / 401, abs=0.05)  # nothing alike


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


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(8)), st.integers(1, 7))
def test_an_inverse_with_rows_taken_back_is_that_made_anew(order: list[int], kept: int) -> None:
    features = find_features(TERMS, TEXTS, TABLE)
    fewer = compare(features, order[:kept], compare(features, range(8)))
    assert set(fewer.rows) == set(order[:kept])
    anew = compare(features, fewer.rows)
    assert np.allclose(fewer.inverse, anew.inverse, atol=1e-10)


def test_a_few_of_many_rows_may_change_places() -> None:
    features = find_features(TERMS, TEXTS, TABLE)
    changed = compare(features, [0, 2, 7, 5], compare(features, [0, 1, 2, 3, 5]))
    assert changed.rows == (0, 2, 5, 7)
    assert np.allclose(changed.inverse, compare(features, [0, 2, 5, 7]).inverse, atol=1e-10)


def test_rejections_leave_all_but_their_code_nearly_as_they_were() -> None:
    # How frequent codes are taken to be counts the segments, by which predictions move a little.
    values, known = np.vstack([MONEY_ROAD, np.zeros((2, 2))]), np.ones((8, 2), bool)
    known[6:] = [[False, True], [False, True]]
    without_any = learn(TERMS, TEXTS, TABLE, ROWS, MONEY_ROAD, list("AABBCC")).predicted
    refused = learn(TERMS, TEXTS, TABLE, range(8), values, list("AABBCCAD"), known).predicted
    assert refused[6:, 0] == pytest.approx(without_any[6:, 0], abs=1e-3)
    assert refused[6, 1] < without_any[6, 1] - 0.05


def test_an_interview_of_one_beside_one_of_hundreds() -> None:
    rng = np.random.default_rng(1)
    said = [" ".join(rng.choice(TERMS.vocabulary, 3)) for _ in range(205)]
    terms, texts = terms_of(said), [row.replace("/", "") for row in said]
    table = look_up_table(terms.vocabulary, seed=1)
    groups = [*["A"] * 200, *"BCDEF"]
    labels = rng.integers(0, 2, (205, 3)).astype(float)
    taught = learn(terms, texts, table, range(205), labels, groups).predicted
    for group in "AC":
        rest = [row for row in range(205) if groups[row] != group]
        own = [row for row in range(205) if groups[row] == group]
        again = learn(terms, texts, table, rest, labels[rest], [groups[row] for row in rest])
        assert taught[own] == pytest.approx(again.predicted[own], abs=1e-8)
