"""Saturation against the worked example of Guest, Namey and Chen (2020)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import CodebookVersion, CodeChange, Coding, Decision
from pipeline.verdicts.saturation import (
    bands,
    coded_in_order,
    made_codes,
    new_codes,
    saturation,
)

# 37 codes in the first four interviews; then 4, 3, 1 and 0 new ones.
PAPER = (20, 9, 5, 3, 4, 3, 1, 0)


def test_the_example_of_the_paper() -> None:
    found = saturation(PAPER, base=4, run=2, threshold=0.05)
    assert found.n_base == 37
    assert [round(ratio, 2) for ratio in found.ratios] == [0.19, 0.11, 0.03]
    assert found.at == 6  # written 6+2: eight interviews were held


def test_no_new_information_at_all_takes_longer() -> None:
    assert saturation(PAPER, threshold=0).at is None
    assert saturation((*PAPER, 0), threshold=0).at == 7
    assert saturation((*PAPER, 0, 0), run=3, threshold=0).at == 7


def test_too_few_interviews_and_an_empty_base_reach_nothing() -> None:
    assert saturation((5, 3, 1, 0, 0)).ratios == ()
    assert saturation((5, 3, 1, 0, 0)).at is None
    assert saturation((0, 0, 0, 0, 0, 0)).at is None


def test_a_code_is_new_once() -> None:
    interviews = [frozenset("가나"), frozenset("나다"), frozenset(), frozenset("가다라")]
    assert new_codes(interviews) == (2, 1, 0, 1)


def test_bands_hold_the_order_given_and_end_where_it_ends() -> None:
    interviews = [frozenset("가나다라"), frozenset("가"), frozenset("나"), frozenset("마")]
    found = bands(interviews, seed=1)
    assert found.given == (4, 4, 4, 5)
    assert found.low[-1] == found.middle[-1] == found.high[-1] == 5
    assert found.low[0] == 1
    assert found.high[0] == 4
    assert bands(interviews, seed=1) == found


@settings(max_examples=40, deadline=None)
@given(st.lists(st.frozensets(st.sampled_from("가나다라마")), min_size=1, max_size=6))
def test_what_holds_of_all_curves(interviews: list[frozenset[str]]) -> None:
    found = bands(interviews, seed=0)
    counts = new_codes(interviews)
    assert found.given == tuple(sum(counts[: n + 1]) for n in range(len(counts)))
    for low, middle, high in zip(found.low, found.middle, found.high, strict=True):
        assert low <= middle <= high
    assert list(found.middle) == sorted(found.middle)


@pytest.mark.parametrize("threshold", [0.05, 0.0])
@settings(max_examples=60, deadline=None)
@given(new=st.lists(st.integers(0, 9), max_size=12))
def test_what_is_reached_brought_no_more(new: list[int], threshold: float) -> None:
    found = saturation(new, threshold=threshold)
    if found.at is not None:
        assert sum(new[found.at : found.at + 2]) / sum(new[:4]) <= threshold
        assert all(ratio > threshold for ratio in found.ratios[:-1])


def version(number: int, *changes: CodeChange, aside: bool = False) -> CodebookVersion:
    return CodebookVersion(number, "", "", "", "", changes, aside)


def test_which_codes_people_made() -> None:
    versions = [
        version(1, CodeChange("add", (), ("처음부터",))),
        version(2, CodeChange("add", (), ("새것", "합칠 것"))),
        version(3, CodeChange("rename", ("새것",), ("새 이름",))),
        version(4, CodeChange("merge", ("합칠 것", "처음부터"), ("처음부터",))),
        version(5, CodeChange("split", ("처음부터",), ("왼쪽", "오른쪽"))),
        version(6, CodeChange("add", (), ("치워 둔 것",)), aside=True),
    ]
    assert made_codes(versions) == {"새 이름", "왼쪽", "오른쪽"}
    assert made_codes([]) == frozenset()


def test_interviews_come_in_the_order_they_were_coded() -> None:
    def decision(interview: str, time: str, action: str) -> Decision:
        return Decision(time, "가", time, action, interview)  # type: ignore[arg-type]

    log = [
        decision("P02", "3", "put"),
        decision("P01", "2", "put"),
        decision("P03", "1", "done"),
        decision("P02", "0", "note"),
    ]
    codings = [Coding("P01", 0, 1, "새", "가"), Coding("P02", 0, 1, "옛", "가")]
    found = coded_in_order(log, codings, frozenset({"새"}))
    assert found == (frozenset(), frozenset({"새"}), frozenset())
