"""How much words are made like Korean names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.personal.lexicon import (
    COMMON_GIVEN_NAMES,
    GIVEN_SYLLABLES,
    LONG_SURNAMES,
    NOT_NAMES,
    NOUN_NAMES,
    SURNAMES,
)
from pipeline.corpus.personal.likeness import (
    NAME_HEADS,
    Likeness,
    likeness,
    may_follow,
    names_at_the_head,
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("김미숙", Likeness.CERTAIN),
        ("이하늘", Likeness.CERTAIN),
        ("제갈민수", Likeness.CERTAIN),
        ("탁미숙", Likeness.LIKELY),  # a rare surname tells less
        ("선우진", Likeness.LIKELY),
        ("미숙", Likeness.LIKELY),
        ("한심정", Likeness.POSSIBLE),
        ("하나", Likeness.POSSIBLE),  # a name, and more often a numeral
        ("당나라", Likeness.NONE),
        ("김팀장", Likeness.NONE),
        ("박사장", Likeness.NONE),
        ("천만원", Likeness.NONE),
        ("세종", Likeness.NONE),
        ("책상", Likeness.NONE),
        ("", Likeness.NONE),
    ],
)
def test_likeness(word: str, expected: Likeness) -> None:
    assert likeness(word) == expected


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("지훈", "이가"),
        ("지훈", "이네"),
        ("지훈", ""),
        ("민지", "가"),
        ("민지", "라고"),
        ("민지", "였는데"),
    ],
)
def test_what_may_follow_a_name(name: str, rest: str) -> None:
    assert may_follow(name, rest)


@pytest.mark.parametrize(
    ("name", "rest"), [("지훈", "가"), ("민지", "은"), ("민지", "방"), ("민지", "이가")]
)
def test_what_may_not(name: str, rest: str) -> None:
    assert not may_follow(name, rest)


def test_the_likeliest_stands_first() -> None:
    assert [length for length, _ in names_at_the_head("김미숙이라고")] == [3]
    # «서준» with the 이 of given names, hardly Seo Jun-i.
    assert [length for length, _ in names_at_the_head("서준이도")] == [2]
    assert next(iter(names_at_the_head("태민아")))[0] == 2
    assert names_at_the_head("책상이") == ()


@given(st.text("김이박미숙지훈가는이라고도", max_size=9))
def test_heads_are_names_that_something_may_follow(word: str) -> None:
    for length, alike in names_at_the_head(word):
        assert likeness(word[:length]) == alike > 0
        assert may_follow(word[:length], word[length:])


NAME_PARTS = [
    sorted(words)
    for words in (
        SURNAMES,
        LONG_SURNAMES,
        GIVEN_SYLLABLES,
        COMMON_GIVEN_NAMES,
        NOUN_NAMES,
        NOT_NAMES,
    )
]
PARTS = st.sampled_from([*NAME_PARTS, ["이", "가", "이가", "한테", "라고", "였어요"]])


@given(st.lists(PARTS.flatmap(st.sampled_from), min_size=1, max_size=4).map("".join))
@settings(max_examples=1000, deadline=None)
def test_no_name_begins_otherwise_than_the_heads(word: str) -> None:
    assert word[:2] in NAME_HEADS or names_at_the_head(word) == ()


def test_every_pair_of_given_syllables_that_looks_like_a_name_is_a_head() -> None:
    pairs = [a + b for a in GIVEN_SYLLABLES for b in GIVEN_SYLLABLES]
    assert [pair for pair in pairs if likeness(pair) and pair not in NAME_HEADS] == []
