from __future__ import annotations

import numpy as np
from tiny_spoken import spoken_of
from tiny_terms import morphemes_of, segment

from pipeline.mining.spoken import count_runs, in_order, runs, within
from pipeline.mining.terms import count_terms

# «마을 학교가 집이다» and «마을, 학교»: a particle and a comma stand between.
SAID = morphemes_of(
    {
        "P01": [
            ("마을/NNG", 0, 2), ("학교/NNG", 3, 5), ("가/JKS", 5, 6), ("집/NNG", 7, 8),
            ("이/VCP", 8, 9), ("다/EF", 9, 10),
        ],
        "P02": [("마을/NNG", 0, 2), (",/SP", 2, 3), ("학교/NNG", 4, 6)],
    }
)  # fmt: skip
SEGMENTS = [segment("a", "P01", 0, 10), segment("b", "P02", 0, 6)]
TERMS = count_terms(SEGMENTS, SAID, ["NNG"], [])


def test_terms_stand_in_spoken_order() -> None:
    spoken = in_order(SEGMENTS, SAID, TERMS)
    words = [spoken.vocabulary[term] for term in spoken.term]
    assert words == ["마을/NNG", "학교/NNG", "집/NNG", "마을/NNG", "학교/NNG"]
    assert spoken.row.tolist() == [0, 0, 0, 1, 1]
    assert spoken.sentence.tolist() == [0, 0, 0, 1, 1]


def test_joined_is_what_nothing_stands_between() -> None:
    # Over one blank; not over a particle, a comma or the border of a segment.
    assert in_order(SEGMENTS, SAID, TERMS).joined.tolist() == [False, True, False, False, False]


def test_what_was_masked_out_parts() -> None:
    # «마을 철수네 학교», the name left out of the counted morphemes: a gap of more than a blank.
    gap = morphemes_of({"P01": [("마을/NNG", 0, 2), ("학교/NNG", 7, 9)]})
    one = [segment("a", "P01", 0, 9)]
    assert not in_order(one, gap, count_terms(one, gap, ["NNG"], [])).joined.any()


def test_only_some_segments() -> None:
    half = within(in_order(SEGMENTS, SAID, TERMS), np.array([False, True]))
    assert half.segments == ("b",)
    assert half.row.tolist() == [0, 0]
    assert [half.vocabulary[term] for term in half.term] == ["마을/NNG", "학교/NNG"]


def test_runs_are_counted_by_segment() -> None:
    spoken = spoken_of(["가 나 가 나", "가 나"])
    linked = np.array([False, True, True, True, False, True])
    starts = runs(spoken, 2, linked)
    assert starts.tolist() == [0, 1, 2, 4]
    different, counts = count_runs(spoken, starts, 2)
    assert different.tolist() == [[0, 1], [1, 0]]
    assert counts.toarray().tolist() == [[2, 1], [1, 0]]
    assert runs(spoken, 7, linked).tolist() == []


def test_nothing_said() -> None:
    empty = morphemes_of({"P01": []})
    spoken = in_order([segment("a", "P01", 0, 0)], empty, TERMS)
    assert len(spoken.term) == len(spoken.joined) == 0
