"""The ranked list of disagreements."""

from __future__ import annotations

from pipeline.verdicts.disagreements import disagreements, disputes
from pipeline.verdicts.ratings import looked_where_coded, rate
from tests.verdicts.tiny_codings import coded, segments_of

SEGMENTS = segments_of("장터", 4)
CODINGS = [
    *coded("가", "돈", SEGMENTS[:3]),
    *coded("나", "돈", SEGMENTS[:2]),
    *coded("나", "힘", SEGMENTS[1:3]),
]
FOUND = disagreements(rate(SEGMENTS, CODINGS, looked_where_coded(SEGMENTS, CODINGS)))


def test_the_dearest_first_with_what_each_put() -> None:
    assert [one.segment for one in FOUND] == ["장터:2", "장터:1"]
    assert FOUND[0].cost == 1
    assert FOUND[0].codes == {"가": ("돈",), "나": ("힘",)}
    assert FOUND[1].codes == {"가": ("돈",), "나": ("돈", "힘")}
    assert FOUND[1].disputed == ("힘",)
    assert 0 < FOUND[1].cost < 1


def test_codes_and_what_was_put_instead() -> None:
    money, strength = sorted(disputes(FOUND), key=lambda one: one.code)
    assert (money.n_segments, money.instead) == (1, (("힘", 1),))
    assert (strength.n_segments, strength.instead) == (2, (("돈", 1),))
