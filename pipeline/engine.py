"""Work that falls into independent batches, done side by side; results come in order.

Two engines do the same work and give the same bytes: ``Local`` on this machine's processes,
``Cluster`` on the workers of a Dask scheduler that already runs (the extra ``gyeol[cluster]``).
Python threads share one interpreter, so that work in Python goes to processes; Kiwi brings
threads of its own, so that on one machine it stays in this process.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice, pairwise
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Protocol, TypeVar, cast

from pipeline.errors import GyeolError, Problem
from pipeline.interrupt import ignore_ctrl_c, out_of_hearing
from pipeline.memory import library_version

if TYPE_CHECKING:
    from distributed import Client

Batch = TypeVar("Batch")
Result = TypeVar("Result")

# A study of ten interviews stays in this process. Beyond, a process works through so much at a
# time: small parts keep all of them busy to the end.
_FEW_CHARACTERS = 250_000
_BATCH_CHARACTERS = 100_000
# What a process has loaded before it is asked to work.
_LOADED = ["__main__", "pipeline.corpus.privacy"]
# Batches under way for each worker: the next is there when one is done, and no more of the
# corpus is on its way than that.
_AHEAD = 2
# Seconds to wait for a scheduler and for its first worker.
_PATIENCE = 30
# What must be of the same version on every worker, since results depend on it.
_SAME_EVERYWHERE = ("gyeol", "kiwipiepy", "kiwipiepy_model", "numpy")


class Engine(Protocol):
    """Does the work of a run. ``remote`` tells whether batches leave this process's machine."""

    @property
    def remote(self) -> bool:
        """Whether there are other machines' cores to use."""
        ...

    def map(self, work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
        """Yield ``work(batch)`` for each of ``batches``, in their order.

        ``work`` is a function of a module that depends on its argument alone; batches and
        results are records. What it raises is raised here. Batches are taken as they are worked
        on: made one after the other, few of them are in memory at a time.

        Raises:
            GyeolError: processes are killed again and again, as where memory runs out.
        """
        ...

    def prepare(self) -> None:
        """Begin what makes the first ``map`` start at once, and do not wait for it."""
        ...

    def close(self) -> None:
        """Let go of processes and connections."""
        ...


def batch_bounds(lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Divide interviews of so many characters into ranges of about 100,000 characters each.

    Up to 250,000 characters in all make one range.
    """
    if sum(lengths) <= _FEW_CHARACTERS:
        return [(0, len(lengths))] if lengths else []
    ends = [0]
    size = 0
    for index, length in enumerate(lengths, 1):
        size += length
        if size >= _BATCH_CHARACTERS or index == len(lengths):
            ends.append(index)
            size = 0
    return list(pairwise(ends))


class Local:
    """Processes of this machine, started when there is work for two and kept until the end."""

    remote = False

    def __init__(self, workers: int) -> None:
        """Use so many processes; 0 means one a core, 1 this process alone."""
        self._workers = workers or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def map(self, work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
        """Yield the results in order; a single batch, or a single worker, stays here."""
        waiting = iter(batches)
        first = list(islice(waiting, 2))
        if min(self._workers, len(first)) <= 1:
            return map(work, chain(first, waiting))
        return self._side_by_side(work, chain(first, waiting))

    def _side_by_side(
        self, work: Callable[[Batch], Result], waiting: Iterator[Batch]
    ) -> Iterator[Result]:
        """Yield the results; after a process was killed, half as many do what is left, once."""
        under_way: deque[Batch] = deque()
        for last_time in (False, True):
            try:
                self.prepare()
                if self._pool is None:
                    self._pool = ProcessPoolExecutor(
                        self._workers, mp_context=_context(), initializer=ignore_ctrl_c
                    )
                coming: deque[Future[Result]] = deque()
                while True:
                    room = max(0, _AHEAD * self._workers - len(under_way))
                    under_way += islice(waiting, room)
                    # In a new pool also what a killed process was at.
                    new = list(islice(under_way, len(coming), None))
                    with out_of_hearing():
                        coming += [self._pool.submit(work, batch) for batch in new]
                    if not under_way:
                        return
                    result = coming.popleft().result()
                    under_way.popleft()
                    yield result
            except BrokenProcessPool as error:
                self.close()
                self._pool = None
                if last_time:
                    raise GyeolError(_killed()) from error
                self._workers = max(1, self._workers // 2)

    def prepare(self) -> None:
        """Start the process that the others are copies of; it loads half a second."""
        if self._workers > 1 and _context().get_start_method() == "forkserver":
            from multiprocessing import forkserver, resource_tracker

            resource_tracker.ensure_running()  # which lets Ctrl-C in again when it starts
            with out_of_hearing():
                forkserver.ensure_running()

    def close(self) -> None:
        """Stop the processes; what has not begun is not done."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _context() -> BaseContext:
    """Return how processes are started.

    A fork of this process, whose libraries run threads, may hang. What can be copied is a
    process that has only loaded its modules; not so on macOS, whose own libraries do not bear
    it, nor on Windows, which copies none: there each is started anew.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_LOADED)
    return context


class Cluster:
    """The workers of a running Dask scheduler.

    A worker that dies costs what it was at: the scheduler hands its batches to another.
    """

    remote = True

    def __init__(self, client: Client) -> None:
        """Use the workers of ``client``'s scheduler."""
        self._client = client

    def map(self, work: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]:
        """Yield the results in order, a few batches for each worker under way."""
        waiting = iter(batches)
        under_way: deque = deque()
        while True:
            ahead = _AHEAD * max(1, len(cast("dict[str, int]", self._client.nthreads())))
            for batch in islice(waiting, max(0, ahead - len(under_way))):
                # Not «pure»: Dask would look for an earlier result by hashing the whole text.
                under_way.append(self._client.submit(work, batch, pure=False))
            if not under_way:
                return
            yield under_way.popleft().result()

    def prepare(self) -> None:
        """Do nothing: the workers run."""

    def close(self) -> None:
        """Leave the scheduler; it and its workers go on."""
        self._client.close()


def open_engine(engine: str, scheduler: str | None, workers: int) -> Engine:
    """Return the engine a config asks for: ``local``, or ``dask`` at the address ``scheduler``.

    Raises:
        GyeolError: no address is given, Dask is not installed, nobody answers there, there are
            no workers, or they have other versions of what results depend on.
    """
    if engine == "local":
        return Local(workers)
    if not scheduler:
        raise GyeolError(
            Problem(
                "engine: dask에는 스케줄러의 주소가 필요합니다. 설정에 scheduler: tcp://주소:8786 을 적으세요.",
                "engine: dask needs an address: scheduler: tcp://HOST:8786.",
            )
        )
    try:
        from distributed import Client
    except ImportError as error:
        raise GyeolError(
            Problem(
                "engine: dask에는 Dask가 있어야 합니다. pip install 'gyeol[cluster]' 로 설치하세요.",
                "engine: dask needs Dask: pip install 'gyeol[cluster]'.",
            )
        ) from error
    try:
        client = Client(scheduler, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise GyeolError(_nobody_there(scheduler)) from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
        _refuse_other_versions(cast("dict[str, dict[str, str]]", client.run(_versions)))
    except TimeoutError as error:
        client.close()
        raise GyeolError(_nobody_works(scheduler)) from error
    except GyeolError:
        client.close()
        raise
    return Cluster(client)


def _versions() -> dict[str, str]:
    return {name: library_version(name) for name in _SAME_EVERYWHERE}


def _refuse_other_versions(found: dict[str, dict[str, str]]) -> None:
    """Refuse workers whose results could differ from those made here."""
    here = _versions()
    for worker, there in sorted(found.items()):
        other = [name for name in _SAME_EVERYWHERE if there[name] != here[name]]
        if other:
            name = other[0]
            raise GyeolError(
                Problem(
                    f"클러스터 일꾼 {worker}의 {name} 판이 {there[name]}인데 여기는 {here[name]}입니다."
                    " 결과가 달라질 수 있으니 같은 판을 설치하세요.",
                    f"The worker {worker} has {name} {there[name]}, here it is {here[name]}: results "
                    "could differ. Install the same version.",
                )
            )


def _killed() -> Problem:
    return Problem(
        "나누어 일하던 프로세스가 거듭 강제로 끝났습니다. 메모리가 모자란 듯합니다. 다른 프로그램을 닫거나 설정에"
        " workers: 1을 적고 다시 실행하세요. 마친 단계에서 이어 합니다.",
        "Processes at work were killed again and again, most likely for want of memory. Close other "
        "programs or set workers: 1 and run again; it goes on from the last finished stage.",
    )


def _nobody_there(scheduler: str) -> Problem:
    return Problem(
        f"스케줄러에 닿지 못했습니다: {scheduler}. dask scheduler가 돌고 있는지, 주소가 맞는지 확인하세요.",
        f"No scheduler answers at {scheduler}. Is `dask scheduler` running there?",
    )


def _nobody_works(scheduler: str) -> Problem:
    return Problem(
        f"스케줄러 {scheduler}에 일꾼이 없습니다. dask worker {scheduler} 로 띄우세요.",
        f"The scheduler {scheduler} has no workers. Start some: dask worker {scheduler}.",
    )
