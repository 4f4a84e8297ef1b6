"""What coded segments are compared by: words, letters, meaning."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from tiny_study import look_up_table, terms_of

from pipeline.themes import features as module
from pipeline.themes.features import Features, find_features

SAID = ["돈/NNG 벌/VV", "돈/NNG 벌/VV 많이/MAG", "버스/NNG 타/VV", ""]
TEXTS = ["돈을 벌어요", "돈을 많이 벌어요", "버스를 타요", ""]
TERMS = terms_of(SAID)
TABLE = look_up_table(TERMS.vocabulary, seed=1)


@pytest.fixture(scope="module")
def features() -> Features:
    return find_features(TERMS, TEXTS, TABLE)


def lengths(view: np.ndarray) -> list[float]:
    return np.linalg.norm(view, axis=1).round(6).tolist()


def test_rows_have_the_length_of_their_view_or_none(features: Features) -> None:
    assert lengths(features.words.toarray()) == [1, 1, 1, 0]
    assert lengths(features.letters.toarray())[:2] == [1.4, 1.4]
    assert lengths(features.meaning) == [0.7, 0.7, 0.7, 0]


def test_likeness_adds_up_the_views(features: Features) -> None:
    alike = features.likeness([0, 3], [0, 1, 2])
    assert alike.shape == (2, 3)
    assert alike[0, 0] == pytest.approx(1 + 1.4**2 + 0.7**2)
    assert alike[0, 0] > alike[0, 1] > alike[0, 2]
    assert not alike[1].any()


def test_likeness_is_the_same_both_ways(features: Features) -> None:
    rows = [0, 1, 2, 3]
    assert np.allclose(features.likeness(rows, rows), features.likeness(rows, rows).T)


def test_endings_count_by_their_letters() -> None:
    texts = ["좋았거든요", "싫었거든요", "좋습니다"]
    found = find_features(terms_of(["", "", ""]), texts, np.zeros((0, 32)))
    alike = found.likeness([0], [1, 2])[0]
    assert alike[0] > alike[1]


def test_texts_without_a_letter() -> None:
    found = find_features(terms_of(["", ""]), ["", " "], np.zeros((0, 32)))
    assert found.letters.shape == (2, 0)
    assert not found.likeness([0, 1], [0, 1]).any()


def test_a_sentence_model_takes_the_place_of_the_words_vectors() -> None:
    asked: list[Sequence[str]] = []

    def encode(texts: Sequence[str], /) -> np.ndarray:
        asked.append(texts)
        return np.array([[float("버스" in text), float("돈" in text)] for text in texts])

    found = find_features(TERMS, TEXTS, TABLE, encode)
    assert asked == [TEXTS]
    assert np.allclose(found.meaning, [[0, 0.7], [0, 0.7], [0.7, 0], [0, 0]])


def test_blocks_do_not_change_likeness(monkeypatch: pytest.MonkeyPatch, features: Features) -> None:
    whole = features.likeness([3, 0, 2, 1], [1, 2])
    monkeypatch.setattr(module, "_BLOCK", 3)
    assert np.array_equal(features.likeness([3, 0, 2, 1], [1, 2]), whole)
    assert features.likeness([], [1]).shape == (0, 1)
