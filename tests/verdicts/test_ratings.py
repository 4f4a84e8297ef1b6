"""What each coder put on each segment."""

from __future__ import annotations

from pipeline.records import Code
from pipeline.verdicts.ratings import (
    MISSING,
    Presence,
    lifted,
    looked_where_coded,
    rate,
    sets_as_values,
)
from tests.verdicts.tiny_codings import coded, segments_of

MARKET, REPAIR = segments_of("장터", 3), segments_of("집수리", 2)
SEGMENTS = [*MARKET, *REPAIR]
CODINGS = [
    *coded("가", "돈", MARKET[:2]),
    *coded("나", "돈", MARKET[:1]),
    *coded("나", "힘", MARKET[2:]),
    *coded("가", "힘", REPAIR[:1]),
]


def test_who_looked_and_put_nothing_says_absent_and_who_did_not_look_says_nothing() -> None:
    looked = looked_where_coded(SEGMENTS, CODINGS)
    assert looked["나"] == {"장터:0", "장터:1", "장터:2"}
    ratings = rate(SEGMENTS, CODINGS, looked)
    assert ratings.segments == ("장터:0", "장터:1", "장터:2")
    assert Presence(ratings).of("돈").tolist() == [[1, 1], [1, 0], [0, 0]]
    looked["나"] |= {"집수리:0"}
    ratings = rate(SEGMENTS, CODINGS, {**looked, "다": frozenset({"장터:0"})})
    assert ratings.segments[-1] == "집수리:0"
    assert Presence(ratings).of("힘").tolist() == [
        [0, 0, 0],
        [0, 0, MISSING],
        [0, 1, MISSING],
        [1, 0, MISSING],
    ]


def test_sets_are_numbered_alike_for_all() -> None:
    ratings = rate(SEGMENTS, CODINGS, looked_where_coded(SEGMENTS, CODINGS))
    values, sets = sets_as_values(ratings)
    assert sets == (frozenset(), frozenset({"돈"}), frozenset({"힘"}))
    assert values.tolist() == [[1, 1], [1, 0], [0, 2]]


def test_codes_are_raised_to_a_level() -> None:
    codes = [
        Code("경제", "1"),
        Code("돈", "2", parent="경제", depth=1),
        Code("벌이", "3", parent="돈", depth=2),
    ]
    raised = lifted(coded("가", "벌이", MARKET[:1]) + coded("가", "경제", MARKET[1:2]), codes, 1)
    assert [coding.code for coding in raised] == ["돈", "경제"]
