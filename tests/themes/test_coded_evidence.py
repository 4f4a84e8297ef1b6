from __future__ import annotations

import itertools

import numpy as np
import pytest

from pipeline.themes.coded_evidence import count_coded, lift, rearranged

TOPICS = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 1.0], [0.5, 0.5]])
INTERVIEWS = ["P1", "P1", "P2", "P2", "P3"]
GOLD = {
    0: frozenset(["가"]),
    1: frozenset(["가", "모르는 코드"]),
    2: frozenset(["나"]),
    3: frozenset(["나"]),
}


def test_what_is_coded_stands_by_row() -> None:
    coded = count_coded(TOPICS, ["가", "나"], INTERVIEWS, GOLD)
    assert coded.codes.tolist() == [[1, 0], [1, 0], [0, 1], [0, 1]]
    assert coded.names == ("P1", "P2")
    assert coded.interviews.tolist() == [0, 0, 1, 1]


def test_lift_is_what_lies_beyond_what_is_expected() -> None:
    coded = count_coded(TOPICS, ["가", "나"], INTERVIEWS, GOLD)
    # Two codings where one was expected, in deviations of the root of one and one more.
    beyond = 1 / np.sqrt(2)
    assert lift(coded) == pytest.approx(np.array([[beyond, -beyond], [-beyond, beyond]]))


def test_an_interview_left_out_gives_nothing() -> None:
    coded = count_coded(TOPICS, ["가", "나"], INTERVIEWS, GOLD)
    assert lift(coded, "P2") == pytest.approx(np.zeros((2, 2)))
    assert lift(coded, "P3") == pytest.approx(lift(coded))


def test_nothing_coded() -> None:
    coded = count_coded(TOPICS, ["가"], INTERVIEWS, {})
    assert lift(coded).tolist() == [[0], [0]]
    assert rearranged(coded, np.random.default_rng(1)).codes.shape == (0, 1)
    alone = count_coded(TOPICS, ["가"], INTERVIEWS, {0: frozenset(["가"])})
    assert lift(alone).tolist() == [[0], [0]]
    assert lift(alone, "P1").tolist() == [[0], [0]]


def test_rearranged_codings_keep_their_neighbours() -> None:
    n = 30
    topics = np.ones((n, 1))
    gold = {row: frozenset([f"{row}"]) for row in range(n)}
    interviews = [f"P{row // 10}" for row in range(n)]
    coded = count_coded(topics, [f"{row}" for row in range(n)], interviews, gold)
    rng = np.random.default_rng(2)
    moved = [rearranged(coded, rng).codes.argmax(axis=1) for _ in range(20)]
    assert {tuple(sorted(order.tolist())) for order in moved} == {tuple(range(n))}
    for order in moved:
        # Only where an interview ends does another follow.
        assert sum(b != a + 1 for a, b in itertools.pairwise(order)) <= 3
    assert len({tuple(order.tolist()) for order in moved}) > 10
