"""Batches done side by side give what they give one after the other."""

from __future__ import annotations

import pytest

from pipeline.engine import batch_bounds, map_batches


def lengths(words: tuple[str, ...]) -> list[int]:
    return [len(word) for word in words]


def refuses(words: tuple[str, ...]) -> int:
    raise ValueError(words[0])


BATCHES = [("가", "나다"), ("라마바",), (), ("사", "아자차카")]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    assert list(map_batches(lengths, BATCHES, workers)) == [[1, 2], [3], [], [1, 4]]


def test_what_fails_in_a_process_fails_here() -> None:
    with pytest.raises(ValueError, match="가"):
        list(map_batches(refuses, BATCHES, 2))


def test_nothing_is_nothing() -> None:
    assert list(map_batches(lengths, [], 0)) == []


def test_batches_hold_every_interview_once() -> None:
    lengths = [100_000, 200_000, 1, 300_000, 5]
    assert batch_bounds(lengths) == [(0, 2), (2, 4), (4, 5)]
    assert batch_bounds([5, 6]) == [(0, 2)]
    assert batch_bounds([]) == []
