"""Work that falls into independent batches, done side by side; results come in order.

Python threads share one interpreter, so batches go to processes: for work in Python itself.
(Kiwi brings threads of its own.)
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from typing import TypeVar

Batch = TypeVar("Batch")
Result = TypeVar("Result")

# What one process works through at a time: a study of ten interviews stays in this one.
_BATCH_CHARACTERS = 250_000


def batch_bounds(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Divide interviews of so many characters into ranges of about 250,000 characters each."""
    ends = [0]
    size = 0
    for index, length in enumerate(lengths, 1):
        size += length
        if size >= _BATCH_CHARACTERS or index == len(lengths):
            ends.append(index)
            size = 0
    return list(pairwise(ends))


def map_batches(
    work: Callable[[Batch], Result], batches: Sequence[Batch], workers: int
) -> Iterator[Result]:
    """Yield ``work(batch)`` for each of ``batches``, in their order, by ``workers`` processes.

    ``workers`` 0 means one a core; 1, or a single batch, stays in this process. ``work`` is a
    function of a module, and batches and results can be pickled.
    """
    count = min(workers or os.cpu_count() or 1, len(batches))
    if count <= 1:
        yield from map(work, batches)
        return
    # A fork of a process whose libraries run threads may hang; a new one cannot.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context)
    try:
        yield from pool.map(work, batches)
    finally:
        pool.shutdown(cancel_futures=True)
