"""The job as it is started: once, in advance, or staying to watch."""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from pipeline.config import Study
from pipeline.errors import GyeolError, Problem
from pipeline.job import refusals
from pipeline.job.health import note_health
from pipeline.job.hook import run_hook, without_passages
from pipeline.job.inbox import Seen, look, settled, wait_until_settled
from pipeline.job.intent import unfinished
from pipeline.job.known import read_known
from pipeline.job.lock import BusyError, FaultError, only_job
from pipeline.job.one_pass import Analyse, Analysed, Pass, finish_killed, run_pass
from pipeline.job.planning import Planned, plan_files
from pipeline.runner import Watcher

_UNKNOWN = 70
# Seconds between two looks, after a fault, and between two signs of life.
_LOOK_EVERY = 0.5
_PAUSE = 60.0
_ALIVE_EVERY = 600.0


def work(study: Study, watcher: Watcher) -> tuple[Pass, ...]:
    """Finish what was interrupted and make one pass over the inbox.

    Raises:
        BusyError: another job or run is at work on the study.
        FaultError: the study cannot be analysed, or the disk cannot be written.

    """
    analysis = functools.partial(_analyse, study, watcher)
    with only_job(study), _noted(study):
        before = _hooked(study, finish_killed(study, analysis))
        ready, unsettled = wait_until_settled(study.folder / "inbox", study.config.job.settle)
        told = [refusals.not_settled(study.shown(path)) for path in unsettled]
        passes = (*before, *_hooked(study, run_pass(study, ready, analysis, told)))
        note_health(study, exit_code(passes))
        return passes


def would_do(study: Study) -> tuple[tuple[Planned, ...], tuple[Problem, ...]]:
    """Return what a pass would do now, and what there is to say; nothing is changed."""
    ready, unsettled = wait_until_settled(study.folder / "inbox", study.config.job.settle)
    plans, left = plan_files(study, ready, read_known(study) if ready else {})
    killed = unfinished(study)
    first = [refusals.interrupted(len(killed.plans))] if killed else []
    waiting = (refusals.not_settled(study.shown(path)) for path in unsettled)
    return plans, (*first, *waiting, *left)


def watch(
    study: Study,
    watcher: Watcher,
    stop: Event,
    tell: Callable[[Sequence[Pass], Sequence[Problem]], None],
) -> None:
    """Stay, and make a pass whenever a file has settled, until ``stop`` is set.

    The pass at work is finished first. A fault is told and tried again a minute later.

    Raises:
        BusyError: another job is at work on the study.

    """
    analysis = functools.partial(_analyse, study, watcher)
    seen: dict[Path, Seen] = {}
    tried: dict[Path, Seen] = {}
    alive = -_ALIVE_EVERY
    with only_job(study):
        while not stop.is_set():
            now = time.monotonic()
            seen = look(study.folder / "inbox", seen, now)
            still = settled(seen, study.config.job.settle, now)
            # What a pass left in the inbox is tried again when it has changed.
            ready = [path for path in still if tried.get(path) != seen[path]]
            tried |= {path: seen[path] for path in ready}
            try:
                with _noted(study):
                    if passes := _watched(study, ready, analysis):
                        tell(passes, ())
                    if passes or now - alive >= _ALIVE_EVERY:
                        note_health(study, exit_code(passes))
                        alive = now
            except GyeolError as error:
                tell((), error.problems)
                tried.clear()
                stop.wait(_PAUSE)
            stop.wait(_LOOK_EVERY)


def _analyse(study: Study, watcher: Watcher, plans: Sequence[Planned]) -> Analysed:
    """Analyse, and load what that takes: most nights there is nothing to analyse."""
    from pipeline.job.analysing import analyse

    return analyse(study, watcher, plans)


def _watched(study: Study, ready: Sequence[Path], analysis: Analyse) -> tuple[Pass, ...]:
    before = _hooked(study, finish_killed(study, analysis))
    return (*before, *_hooked(study, run_pass(study, ready, analysis) if ready else ()))


def _hooked(study: Study, passes: Sequence[Pass]) -> tuple[Pass, ...]:
    """Run the study's hook where files came in; what it has to say goes with the last pass.

    A kill between a pass and its hook leaves the hook out: it is run once at most.
    """
    if not passes or not any(done.plans for done in passes):
        return tuple(passes)
    from pipeline.job.analysing import LATEST

    said = run_hook(study, without_passages((study.outputs / "job" / LATEST[0]).read_bytes()))
    return (*passes[:-1], replace(passes[-1], problems=(*passes[-1].problems, *said)))


def exit_code(passes: Sequence[Pass]) -> int:
    """Return 1 if something was set aside, else 0."""
    return int(any(done.count("aside") for done in passes))


@contextlib.contextmanager
def _noted(study: Study) -> Iterator[None]:
    """Note a fault in the health file; another run at work is none."""
    try:
        yield
    except BusyError:
        raise
    except Exception as error:
        code = FaultError.exit_code if isinstance(error, GyeolError) else _UNKNOWN
        with contextlib.suppress(GyeolError):  # what is wrong with the disk is told already
            note_health(study, code)
        raise
