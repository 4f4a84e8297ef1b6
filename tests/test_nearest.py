from __future__ import annotations

from pipeline.nearest import MOST, nearest

NAMES = {"주민기술학교": 3, "학교": 9, "기술": 5, "고치다": 4, "돕다": 2, "집": 8}


def test_what_holds_it_and_what_it_holds() -> None:
    assert nearest("기술학교", NAMES)[:3] == ["학교", "기술", "주민기술학교"]


def test_spelled_alike_by_letters() -> None:
    # One letter (자모) apart, though no syllable is the same.
    assert nearest("돔다", NAMES)[0] == "돕다"
    assert nearest("고티다", NAMES)[0] == "고치다"


def test_nothing_near_and_no_more_than_a_handful() -> None:
    assert nearest("우주선", NAMES) == []
    assert nearest("우주선", {}) == []
    assert nearest("말", {f"말{n}": n for n in range(9)}) == [
        f"말{n}" for n in range(8, 8 - MOST, -1)
    ]
