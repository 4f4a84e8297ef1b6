from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_study import codes_of, random_vectors, terms_of

from pipeline.mining.tfidf import weigh
from pipeline.themes import nearness as module
from pipeline.themes.nearness import look_up, nearest_words, nearness, standard, word_cosines

TERMS = terms_of(["돈/NNG 집/NNG", "", "길/NNG", "돈/NNG 길/NNG 차/NNG", "집/NNG"])
CODES = codes_of({"소득": "소득/NNG 돈/NNG", "교통": "버스/NNG 길/NNG", "빈 코드": ""})
VECTORS = random_vectors([*TERMS.vocabulary, *CODES.vocabulary], seed=1)
COSINES = word_cosines(
    CODES, TERMS, look_up(CODES.vocabulary, VECTORS), look_up(TERMS.vocabulary, VECTORS)
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
    cosines = word_cosines(CODES, TERMS, *nothing)
    assert cosines[CODES.vocabulary.index("돈/NNG"), TERMS.vocabulary.index("돈/NNG")] == 1
    assert cosines.sum() == 2  # 돈 and 길


def test_nearest_words_by_hand() -> None:
    nearest = nearest_words(TERMS, CODES, COSINES)
    counts = TERMS.counts.toarray()
    for row in range(len(counts)):
        said = np.flatnonzero(counts[row])
        expected = COSINES[:, said].max(axis=1) if len(said) else np.zeros(len(COSINES))
        assert nearest[row] == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from("돈길집차물"), max_size=4), min_size=1, max_size=12),
    st.integers(1, 9),
)
def test_blocks_do_not_change_results(said: list[list[str]], block: int) -> None:
    terms = terms_of([" ".join(f"{word}/NNG" for word in row) for row in said])
    cosines = np.random.default_rng(1).normal(size=(len(CODES.vocabulary), len(terms.vocabulary)))
    whole = nearest_words(terms, CODES, cosines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BLOCK_WORDS", block)
        assert (nearest_words(terms, CODES, cosines) == whole).all()


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
