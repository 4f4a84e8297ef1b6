"""The words names are told by."""

from __future__ import annotations

import pytest

from pipeline.corpus.personal import lexicon


def test_sections_are_what_they_are_called() -> None:
    assert {"김", "이", "박"} <= lexicon.COMMON_SURNAMES < lexicon.SURNAMES
    assert all(len(name) == 1 for name in lexicon.SURNAMES)
    assert all(len(name) == 2 for name in lexicon.LONG_SURNAMES | lexicon.COMMON_GIVEN_NAMES)
    assert {"철수", "영희", "지훈"} <= lexicon.COMMON_GIVEN_NAMES
    assert lexicon.AMBIGUOUS_SURNAMES <= lexicon.SURNAMES
    assert {"전주", "농협", "이순신"} <= lexicon.NOT_NAMES


def test_common_given_names_are_made_like_given_names() -> None:
    assert {name for name in lexicon.COMMON_GIVEN_NAMES if not lexicon.is_given_name(name)} == set()


@pytest.mark.parametrize("name", ["김철수", "남궁민아", "황보영", "이하늘", "김사랑"])
def test_full_names(name: str) -> None:
    assert lexicon.is_full_name(name)


@pytest.mark.parametrize(
    "word", ["철수", "김대리", "박과장", "서울시", "콩나물", "김치찌개", "정관장", "김", ""]
)
def test_other_words(word: str) -> None:
    assert not lexicon.is_full_name(word)


@pytest.mark.parametrize(
    ("syllable", "closed"), [("훈", True), ("수", False), ("a", False), ("", False)]
)
def test_final_consonants(syllable: str, closed: bool) -> None:
    assert lexicon.has_final_consonant(syllable) is closed
