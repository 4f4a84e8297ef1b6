from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from kiwipiepy import Kiwi

from pipeline.mining.vectors import DIMENSIONS, find_vectors, spread
from pipeline.records import Vectors

WORDS = [
    "돈/NNG",
    "수입/NNG",
    "소득/NNG",
    "자신감/NNG",
    "학교/NNG",
    "마을/NNG",
    "이웃/NNG",
    "강사/NNG",
    "선생/NNG",
    "건강/NNG",
    "병원/NNG",
    "버스/NNG",
    "집/NNG",
    "아이/NNG",
    "부모/NNG",
    "농사/NNG",
    "서울/NNP",
    "가/VV",
    "듣/VV",
    "돕/VV",
    "짓/VV",
    "먹/VV",
    "배우/VV",
    "예쁘/VA",
    "아름답/VA",
    "빠르/VA",
    "빨리/MAG",
    "함께/MAG",
]


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    kiwi = Kiwi(num_workers=1)
    for form in ("중간지원조직", "뀨뀨", "A/S"):
        kiwi.add_user_word(form, "NNG")  # pyright: ignore[reportArgumentType]
    return kiwi


@pytest.fixture(scope="module")
def found(kiwi: Kiwi) -> Vectors:
    return find_vectors(kiwi, WORDS, "kiwi")


def kiwis_cosine(kiwi: Kiwi, first: str, second: str) -> float:
    pairs = [tuple(term.rsplit("/", 1)) for term in (first, second)]
    return kiwi.morpheme_similarity(*pairs)  # pyright: ignore[reportArgumentType]


def vector(kiwi: Kiwi, term: str) -> np.ndarray:
    return find_vectors(kiwi, [term], "kiwi").table[0]


def test_cosines_are_kiwis_own(kiwi: Kiwi, found: Vectors) -> None:
    table = found.table.astype(float)
    for a, b in combinations(range(len(WORDS)), 2):
        expected = kiwis_cosine(kiwi, WORDS[a], WORDS[b])
        assert table[a] @ table[b] == pytest.approx(expected, abs=1e-6), (WORDS[a], WORDS[b])


def test_shape_and_length(found: Vectors) -> None:
    assert found.vocabulary == tuple(WORDS)
    assert found.table.shape == (len(WORDS), DIMENSIONS)
    assert found.table.dtype == np.float32
    # Kiwi's own vectors, kept in few bits, are of unit length to about 0.0003.
    assert np.linalg.norm(found.table, axis=1) == pytest.approx(1, abs=5e-4)


def test_meaning_is_in_them(found: Vectors) -> None:
    row = dict(zip(found.vocabulary, found.table, strict=True))
    assert row["돈/NNG"] @ row["소득/NNG"] > row["돈/NNG"] @ row["버스/NNG"]
    assert row["강사/NNG"] @ row["선생/NNG"] > row["강사/NNG"] @ row["병원/NNG"]


@pytest.mark.parametrize("term", ["쮊쒧/NNG", "뀨뀨/NNG", "zzzq/SL", "AI/SL", "/NNG"])
def test_a_word_the_model_lacks_has_no_vector(kiwi: Kiwi, term: str) -> None:
    # Kiwi lends all such nouns one vector: «쮊쒧» and «뀨뀨» would be the same thing.
    assert not vector(kiwi, term).any()


def test_a_word_of_the_dictionary_is_composed(kiwi: Kiwi) -> None:
    parts = find_vectors(kiwi, ["중간/NNG", "지원/NNG", "조직/NNG"], "kiwi").table
    mean = parts.mean(axis=0)
    composed = vector(kiwi, "중간지원조직/NNG")
    assert composed == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)
    assert np.linalg.norm(composed) == pytest.approx(1, abs=1e-6)


def test_a_compound_outside_the_model_is_composed(kiwi: Kiwi) -> None:
    # Kiwi lists 육아휴직 as a name, but its model has no vector of it.
    compound = vector(kiwi, "육아휴직/NNP")
    assert compound @ vector(kiwi, "육아/NNG") > 0.7
    assert compound @ vector(kiwi, "휴직/NNG") > 0.7


def test_a_form_with_a_slash(kiwi: Kiwi) -> None:
    assert np.isfinite(vector(kiwi, "A/S/NNG")).all()


def marked_vectors(made_with: str) -> Vectors:
    seven, three = (np.full((1, DIMENSIONS), number, np.float32) for number in (7, 3))
    return Vectors(("돈/NNG",), seven, three, made_with)


def test_known_vectors_are_taken_over(kiwi: Kiwi) -> None:
    marked = marked_vectors("kiwi")
    again = find_vectors(kiwi, ["수입/NNG", "돈/NNG"], "kiwi", marked)
    assert again.table[1] == pytest.approx(7)
    assert np.linalg.norm(again.table[0]) == pytest.approx(1, abs=5e-4)
    assert again.shared == pytest.approx(3)


def test_when_all_are_known_the_model_is_not_asked() -> None:
    nobody: Any = None
    again = find_vectors(nobody, ["돈/NNG", "돈/NNG"], "kiwi", marked_vectors("kiwi"))
    assert again.vocabulary == ("돈/NNG", "돈/NNG")
    assert again.table == pytest.approx(7)
    assert again.shared == pytest.approx(3)


def test_known_vectors_of_another_model_are_not(kiwi: Kiwi) -> None:
    again = find_vectors(kiwi, ["돈/NNG"], "kiwi", marked_vectors("an older kiwi"))
    assert np.linalg.norm(again.table[0]) == pytest.approx(1, abs=5e-4)
    assert again.made_with == "kiwi"
    assert (again.shared < 1).all()


def test_the_same_bytes_twice_and_in_any_company(kiwi: Kiwi, found: Vectors) -> None:
    assert find_vectors(kiwi, WORDS, "kiwi").table.tobytes() == found.table.tobytes()
    assert vector(kiwi, WORDS[5]).tobytes() == found.table[5].tobytes()


def test_no_words(kiwi: Kiwi) -> None:
    assert find_vectors(kiwi, [], "kiwi").table.shape == (0, DIMENSIONS)


def test_progress_is_told(kiwi: Kiwi) -> None:
    told: list[int] = []
    find_vectors(kiwi, ["/NNG"] * 1100, "kiwi", done=told.append)
    assert told == [500, 1000]


def crowd(seed: int, rows: int = 400) -> Vectors:
    """Return vectors with much in common: cosines of about .5, as Kiwi's have."""
    rng = np.random.default_rng(seed)
    in_common = rng.normal(size=DIMENSIONS)
    table = rng.normal(size=(rows, DIMENSIONS)) + in_common
    length = np.linalg.norm(table, axis=1, keepdims=True)
    table /= length
    table[3] = 0
    shared = np.vstack([in_common / length.mean(), np.eye(DIMENSIONS)[:3]])
    return Vectors(
        tuple(f"{n}/NNG" for n in range(rows)), table.astype(np.float32), shared, "made up"
    )


def test_spread_takes_out_what_is_shared() -> None:
    before, after = crowd(1).table, spread(crowd(1))
    apart = ~np.eye(len(before), dtype=bool)
    assert (before @ before.T)[apart].mean() > 0.4
    assert (after @ after.T)[apart].mean() == pytest.approx(0, abs=0.01)
    assert after[:, :3] == pytest.approx(0)


def test_spread_rows_have_unit_length_and_zero_rows_stay() -> None:
    after = spread(crowd(2))
    assert not after[3].any()
    assert np.linalg.norm(np.delete(after, 3, axis=0), axis=1) == pytest.approx(1)


def test_spread_leaves_its_input_alone() -> None:
    vectors = crowd(3)
    before = vectors.table.copy()
    spread(vectors)
    assert (vectors.table == before).all()


def test_spread_of_words_that_have_nothing_of_their_own_is_nothing() -> None:
    axes = np.eye(DIMENSIONS)
    shared = np.vstack([axes[0], axes[1:4]])
    table = (axes[0] + np.array([[0.0], [0.5], [-2.0]]) * axes[2]).astype(np.float32)
    assert not spread(Vectors(("가/NNG", "나/NNG", "다/NNG"), table, shared, "x")).any()


def test_what_is_shared_is_a_mean_and_axes_at_right_angles(found: Vectors) -> None:
    axes = found.shared[1:]
    assert found.shared.shape == (4, DIMENSIONS)
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-9)


def test_two_words_are_as_near_in_any_vocabulary(kiwi: Kiwi, found: Vectors) -> None:
    few = spread(find_vectors(kiwi, ["수입/NNG", "소득/NNG"], "kiwi"))
    many = dict(zip(found.vocabulary, spread(found), strict=True))
    assert few[0] @ few[1] == pytest.approx(many["수입/NNG"] @ many["소득/NNG"], abs=1e-9)
    assert few[0] @ few[1] > 0.25


def test_kiwis_words_are_spread(kiwi: Kiwi) -> None:
    words = {
        f"{token.form}/{token.tag.partition('-')[0]}"
        for token in (kiwi.morpheme(number) for number in range(500, 40_000, 97))
        if token.tag in {"NNG", "NNP", "VV", "VA"}
    }
    raw = find_vectors(kiwi, sorted(words), "kiwi")
    after = spread(raw)
    apart = ~np.eye(len(words), dtype=bool)
    assert len(words) > 200
    assert (raw.table @ raw.table.T)[apart].mean() > 0.2
    assert (after @ after.T)[apart].mean() == pytest.approx(0, abs=0.02)
