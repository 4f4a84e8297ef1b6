from __future__ import annotations

import numpy as np
import pytest
from tiny_study import codes_of, random_vectors, terms_of

from pipeline.mining.tfidf import weigh
from pipeline.themes.nearness import (
    look_up,
    nearness,
    shared_by_meaning,
    standard,
    with_children,
    word_cosines,
)

TERMS = terms_of(["돈/NNG 집/NNG", "", "길/NNG", "돈/NNG 길/NNG 차/NNG", "집/NNG"])
CODES = codes_of({"소득": "소득/NNG 돈/NNG", "교통": "버스/NNG 길/NNG", "빈 코드": ""})
VECTORS = random_vectors([*TERMS.vocabulary, *CODES.vocabulary], seed=1)
COSINES = word_cosines(
    CODES.vocabulary, TERMS, look_up(CODES.vocabulary, VECTORS), look_up(TERMS.vocabulary, VECTORS)
)


def scores() -> np.ndarray:
    return nearness(TERMS, CODES, COSINES, weigh(TERMS), np.ones(len(CODES.vocabulary)))


def test_look_up() -> None:
    table = look_up(["나", "가"], {"가": np.array([1.0, 2.0])})
    assert table.tolist() == [[0, 0], [1, 2]]
    assert look_up([], {"가": np.ones(2)}).shape == (0, 2)
    assert look_up(["가"], {}).shape == (1, 0)


def test_word_cosines() -> None:
    assert COSINES.shape == (len(CODES.vocabulary), len(TERMS.vocabulary))
    for row, word in enumerate(CODES.vocabulary):
        for column, term in enumerate(TERMS.vocabulary):
            expected = 1 if word == term else VECTORS[word] @ VECTORS[term]
            assert COSINES[row, column] == pytest.approx(expected, abs=1e-6)


def test_a_word_without_a_vector_is_itself() -> None:
    nothing = look_up(CODES.vocabulary, {}), look_up(TERMS.vocabulary, {})
    cosines = word_cosines(CODES.vocabulary, TERMS, *nothing)
    assert cosines[CODES.vocabulary.index("돈/NNG"), TERMS.vocabulary.index("돈/NNG")] == 1
    assert cosines.sum() == 2  # 돈 and 길


def test_the_soft_maximum_lies_between_mean_and_maximum() -> None:
    # One code of one word, and a segment of two words with the cosines .2 and .8.
    terms = terms_of(["돈/NNG 집/NNG", "돈/NNG", "집/NNG"])
    code = codes_of({"소득": "소득/NNG"})
    cosines = np.array([[0.2, 0.8]])
    near = nearness(terms, code, cosines, np.ones(2), np.ones(1))[:, 0]
    low, high = near[1], near[2]
    place = (near[0] - low) / (high - low)
    expected = np.log((np.exp(4) + np.exp(16)) / 2) / 20
    assert place == pytest.approx((expected - 0.2) / 0.6)
    assert 0.5 < place < 1


def test_segments_of_like_meaning_share_what_they_score() -> None:
    rng = np.random.default_rng(1)
    meaning = np.vstack([rng.normal([3, 0, 0], 0.1, (40, 3)), rng.normal([0, 3, 0], 0.1, (40, 3))])
    scores = np.repeat([[1.0, 0.0], [0.0, 1.0]], 40, axis=0)
    scores[0] = scores[40] = 0  # these two meet no word of either code
    shared = shared_by_meaning(meaning, scores)
    assert shared[0, 0] > shared[0, 1]
    assert shared[40, 1] > shared[40, 0]
    assert shared.std(axis=0) == pytest.approx(1, abs=0.2)
    assert shared_by_meaning(np.zeros((0, 3)), np.zeros((0, 2))).shape == (0, 2)


def test_parents_gain_from_their_children() -> None:
    scores = standard(np.random.default_rng(1).normal(size=(50, 3)))
    gained = with_children(scores, (None, 0, 0))
    assert np.array_equal(gained[:, 1:], scores[:, 1:])
    best = scores[:, 1:].max(axis=1)
    assert np.corrcoef(gained[:, 0], best)[0, 1] > np.corrcoef(scores[:, 0], best)[0, 1] + 0.3
    assert np.array_equal(with_children(scores, (None, None, None)), scores)
    assert np.isfinite(with_children(scores, (1, 0, 2))).all()  # a circle, and one of its own


def test_nearness_puts_shared_words_first() -> None:
    near = scores()
    assert near.shape == (5, 3)
    assert near[0, 0] > near[0, 1]
    assert near[2, 1] > near[2, 0]


def test_a_code_without_words_is_near_to_nothing() -> None:
    assert not scores()[:, 2].any()


def test_nearness_without_terms_or_without_code_words() -> None:
    silent = terms_of(["", ""])
    cosines = np.zeros((len(CODES.vocabulary), 0))
    ones = np.ones(len(CODES.vocabulary))
    assert not nearness(silent, CODES, cosines, np.zeros(0), ones).any()
    wordless = codes_of({"하나": "", "둘": ""})
    near = nearness(TERMS, wordless, np.zeros((0, 4)), weigh(TERMS), np.zeros(0))
    assert near.tolist() == [[0, 0]] * 5


def test_standard_of_many_rows_is_by_column() -> None:
    many = standard(np.random.default_rng(1).normal([3, 5, 2, 4], [1, 1.5, 0.5, 2], (20_000, 4)))
    assert many.mean(axis=0) == pytest.approx(0, abs=0.01)
    assert many.std(axis=0) == pytest.approx(1, abs=0.01)


def test_standard_of_one_row_ranks_it() -> None:
    (one,) = standard(np.array([[7.0, 8.0, 9.0]]))
    assert one[1] == pytest.approx(0)
    assert one[2] == pytest.approx(-one[0])
    assert 1 < one[2] < 2


def test_standard_of_few_rows_leans_on_all_columns() -> None:
    # By hand: 2 of 12 parts each column's own, 10 of all four numbers together.
    made = standard(np.array([[1.0, 5.0], [3.0, 5.0]]))
    means, variances = np.array([2.0, 5.0]), np.array([1.0, 0.0])
    mean, variance = 3.5, 2.75
    spread = np.sqrt((2 * variances + 10 * variance) / 12)
    assert made[0] == pytest.approx((np.array([1.0, 5.0]) - (2 * means + 10 * mean) / 12) / spread)
    assert made[1] == pytest.approx((np.array([3.0, 5.0]) - (2 * means + 10 * mean) / 12) / spread)


def test_standard_leaves_columns_of_nothing_out() -> None:
    some = np.array([[1.0, 2.0], [3.0, 1.0]])
    with_nothing = np.array([[1.0, 0.0, 2.0], [3.0, 0.0, 1.0]])
    assert standard(with_nothing)[:, [0, 2]].tolist() == standard(some).tolist()
    assert not standard(with_nothing)[:, 1].any()


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (1, 1), (4, 2)])
def test_standard_of_what_does_not_differ_is_zero(shape: tuple[int, int]) -> None:
    made = standard(np.full(shape, 7.0))
    assert made.shape == shape
    assert not made.any()
