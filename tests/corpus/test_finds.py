"""Overlapping finds: the longer stays."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.personal.finds import KINDS, Find, longest_first, said_after, said_before


def test_the_longer_of_two_stays() -> None:
    short, long = Find(2, 5, "rrn", ""), Find(4, 9, "name", "")
    assert longest_first([short, long]) == (long,)


def test_of_equally_long_ones_the_weightier_kind_stays() -> None:
    assert longest_first([Find(0, 3, "account", ""), Find(0, 3, "phone", "")]) == (
        Find(0, 3, "phone", ""),
    )


def test_neighbours_do_not_overlap() -> None:
    finds = (Find(0, 3, "name", ""), Find(3, 6, "name", ""))
    assert longest_first(reversed(finds)) == finds


def test_only_the_same_line_is_context() -> None:
    words = re.compile("전화|번호")
    assert said_before("전화 번호는 7", 7, words, 10) == "번호"
    assert said_before("전화\n는 7", 5, words, 10) == ""
    assert said_before("전화는 아주 멀리 7", 10, words, 4) == ""
    assert said_after("7 번호 전화", 1, words, 10) == "번호"
    assert said_after("7\n번호", 1, words, 10) == ""


spans = st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from(KINDS))


@given(st.lists(spans, max_size=25))
@settings(max_examples=200, deadline=None)
def test_what_stays_is_in_order_and_what_goes_overlaps_it(
    drawn: list[tuple[int, int, str]],
) -> None:
    finds = [Find(start, start + length, kind, "") for start, length, kind in drawn]
    kept = longest_first(finds)
    assert list(kept) == sorted(kept, key=lambda find: find.start)
    assert all(one.end <= other.start for one, other in pairwise(kept))
    for find in finds:
        overlapping = [one for one in kept if one.start < find.end and find.start < one.end]
        assert overlapping
        assert max(one.end - one.start for one in overlapping) >= find.end - find.start
