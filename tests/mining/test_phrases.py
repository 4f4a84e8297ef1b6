from __future__ import annotations

from math import log2

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from tiny_spoken import spoken_of

from pipeline.mining.phrases import MOST_WORDS, find_phrases, nested, score
from pipeline.records import Terms

ONE = np.ones(1, bool)


def test_the_example_of_frantzi() -> None:
    # Terms of eye pathology with the frequencies Frantzi, Ananiadou and Mima (2000) work with:
    # log2(3) · (984 - 26/5) for the term inside all others.
    worked = {
        "adenoid cystic basal cell carcinoma": (5, 11.6096),
        "cystic basal cell carcinoma": (11, 12.0),
        "ulcerated basal cell carcinoma": (7, 14.0),
        "recurrent basal cell carcinoma": (5, 10.0),
        "circumscribed basal cell carcinoma": (3, 6.0),
        "basal cell carcinoma": (984, 1551.361),
    }
    words = sorted({word for term in worked for word in term.split()})
    terms = Terms(
        tuple(f"{term}/SL" for term in worked),
        ("s",),
        csr_matrix([[frequency for frequency, _ in worked.values()]]),
    )
    runs = [tuple(words.index(word) for word in term.split()) for term in worked]
    expected = [value for _, value in worked.values()]
    assert score(nested(terms, runs), ONE) == pytest.approx(expected, abs=0.001)


def test_runs_of_nouns_are_candidates() -> None:
    spoken = spoken_of(["마을 기술 학교", "마을 기술 학교 고치/VV 마을", "기술 학교"])
    found = find_phrases(spoken, 2)
    assert found.terms.vocabulary == (
        "기술 학교/NNG+NNG", "마을 기술 학교/NNG+NNG+NNG", "마을 기술/NNG+NNG",
    )  # fmt: skip
    assert found.terms.counts.toarray().tolist() == [[1, 1, 1], [1, 1, 1], [1, 0, 0]]
    # «마을 기술» is never said but in «마을 기술 학교».
    expected = [3 - 2, log2(3) * 2, 0]
    assert score(found, np.ones(3, bool)) == pytest.approx(expected)


def test_a_word_between_parts_and_so_does_rarity() -> None:
    spoken = spoken_of(["마을 학교", "마을 학교", "집 수리"])
    spoken.joined[1] = False
    assert find_phrases(spoken, 2).terms.vocabulary == ()
    assert find_phrases(spoken, 1).terms.vocabulary == ("마을 학교/NNG+NNG", "집 수리/NNG+NNG")


def test_once_is_no_term_of_a_group() -> None:
    found = find_phrases(spoken_of(["마을 학교", "마을 학교"]), 1)
    assert score(found, np.array([True, False])).tolist() == [0]
    assert score(found, np.array([True, True])).tolist() == [2]


def test_no_longer_than_said() -> None:
    found = find_phrases(spoken_of(["가 나 다 라 마 바"] * 2), 2)
    assert found.n_words.max() == MOST_WORDS


def test_nothing_said_nothing_found() -> None:
    for said in ([], ["집", "돈"]):
        found = find_phrases(spoken_of(said), 1)
        assert found.terms.vocabulary == ()
        assert score(found, np.ones(len(said), bool)).tolist() == []
