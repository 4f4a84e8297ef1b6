from __future__ import annotations

import numpy as np
import pytest
from tiny_study import codes_of, terms_of

from pipeline.themes.baseline import linear_scores, overlap_scores, word_features

SAID = ["돈/NNG 벌/VV", "버스/NNG 타/VV", "돈/NNG 쓰/VV", "버스/NNG 내리/VV", ""]
TERMS = terms_of(SAID)
CODES = codes_of({"소득": "돈/NNG 수입/NNG", "교통": "버스/NNG", "교육": "학교/NNG"})


def test_features_have_unit_length_but_for_segments_without_words() -> None:
    lengths = np.sqrt(word_features(TERMS).multiply(word_features(TERMS)).sum(axis=1))
    assert np.asarray(lengths).ravel().tolist() == pytest.approx([1, 1, 1, 1, 0])
    assert word_features(terms_of(["", ""])).get_shape() == (2, 0)


def test_the_linear_model_learns_words_from_examples() -> None:
    gold = {0: frozenset({"소득"}), 1: frozenset({"교통"})}
    scores = linear_scores(word_features(TERMS), CODES.codes, gold)
    assert scores.shape == (5, 3)
    assert scores[2, 0] > scores[2, 1]
    assert scores[3, 1] > scores[3, 0]
    assert scores[:, 2] == pytest.approx(0)  # a code without an example
    assert scores[4, 0] == pytest.approx(scores[4, 1])  # nothing said, nothing known


def test_the_linear_model_needs_examples_but_no_words() -> None:
    with pytest.raises(ValueError, match="examples"):
        linear_scores(word_features(TERMS), CODES.codes, {})
    silent = linear_scores(word_features(terms_of(["", ""])), CODES.codes, {0: frozenset({"교통"})})
    assert silent.tolist() == [[0, 1, 0], [0, 1, 0]]


def test_overlap_counts_words_shared_with_the_codebook() -> None:
    scores = overlap_scores(word_features(TERMS), TERMS, CODES, seed=1)
    assert scores.argmax(axis=1)[:4].tolist() == [0, 1, 0, 1]
    # Half of what describes 소득 is said; the other half is said by nobody.
    share = word_features(TERMS)[0, TERMS.vocabulary.index("돈/NNG")]
    assert scores[0, 0] == pytest.approx(share / 2, abs=1e-5)
    assert scores[0, 1] == pytest.approx(0, abs=1e-5)


def test_equal_overlap_is_ranked_by_lot() -> None:
    nothing = terms_of(["말/NNG"] * 300)
    scores = overlap_scores(word_features(nothing), nothing, CODES, seed=1)
    assert scores.max() < 1e-5
    firsts = np.bincount(scores.argmax(axis=1), minlength=3)
    assert firsts.min() > 60
    assert (scores == overlap_scores(word_features(nothing), nothing, CODES, seed=1)).all()
