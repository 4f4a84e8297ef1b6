"""One pass over the inbox, from the plan to its line in the log."""

from __future__ import annotations

import contextlib
import json
import os
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import Timeout

from pipeline import __version__
from pipeline.config import Study
from pipeline.errors import GyeolError, Problem
from pipeline.job import files, intent, refusals
from pipeline.job.intent import Intent
from pipeline.job.known import Content, read_known, read_some, remember_known
from pipeline.job.lock import BusyError, FaultError
from pipeline.job.outside import shown_problems
from pipeline.job.planning import Planned, aside, plan_files
from pipeline.memory import library_version, not_writable

LOG = "job.log.jsonl"
_VERSIONS = ("kiwipiepy", "kiwipiepy_model")


@dataclass(frozen=True, slots=True)
class Analysed:
    """What an analysis has to say to a person, and the seconds each of its stages took."""

    problems: tuple[Problem, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


# Analyses the study as its files now are and tells what is new of the files handled. Called
# again after a crash with the same files.
Analyse = Callable[[Sequence[Planned]], Analysed]


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass did: ``plans`` in order, problems, seconds in all and ``stages`` of them.

    ``recovered`` says that a pass killed before was finished.
    """

    id: str
    plans: tuple[Planned, ...]
    problems: tuple[Problem, ...]
    seconds: float
    stages: Mapping[str, float] = field(default_factory=dict)
    recovered: bool = False

    def count(self, outcome: str) -> int:
        """Return how many files came to ``outcome``."""
        return sum(plan.outcome == outcome for plan in self.plans)


def finish_killed(study: Study, analyse: Analyse) -> tuple[Pass, ...]:
    """Finish the pass that a kill or a power cut interrupted, if there was one.

    Raises:
        GyeolError: as ``run_pass``.

    """
    begun = time.perf_counter()
    killed = intent.unfinished(study)
    if killed:
        with _on_disk(study):
            for name in ("inbox", "interviews", "quarantine"):
                files.clear_partial_copies(study.folder / name)
    return (_finished(study, killed, analyse, (), begun, recovered=True),) if killed else ()


def run_pass(
    study: Study, ready: Sequence[Path], analyse: Analyse, told: Sequence[Problem] = ()
) -> tuple[Pass, ...]:
    """Take the files ``ready`` of the inbox; returns one pass, more where one file broke it.

    ``told`` is what was noticed before. If the analysis stops with the new files and not
    without them, they are taken one by one, and the one that stops it is set aside.

    Raises:
        FaultError: the study cannot be analysed whatever is new, or the disk cannot be written;
            the files are back in the inbox.
        BusyError: another Gyeol is running the study; the files are back in the inbox.

    """
    begun = time.perf_counter()
    known = read_known(study) if ready else {}
    plans, left = plan_files(study, ready, known)
    said = (*told, *left)
    if not plans:
        done = Pass(_new_id(), (), said, time.perf_counter() - begun)
        _log(study, done)
        return (done,)
    try:
        done = _finished(study, Intent(_new_id(), plans), analyse, said, begun)
    except _StoppedError as stopped:
        return _one_by_one(study, plans, analyse, stopped)
    with contextlib.suppress(GyeolError):  # only a memory: the next job reads the files again
        remember_known(study, _known_after(study, known, plans))
    return (done,)


class _StoppedError(FaultError):
    """The analysis stopped, for another reason than the disk; the files are back."""

    def __init__(self, error: Exception) -> None:
        problems = error.problems if isinstance(error, GyeolError) else (_fault(error),)
        super().__init__(*problems)
        self.error = error


def _finished(
    study: Study,
    wanted: Intent,
    analyse: Analyse,
    told: Sequence[Problem],
    begun: float,
    *,
    recovered: bool = False,
) -> Pass:
    """Do all that the intent says; what a killed pass did already is not done again.

    ``begun`` is when the pass began (``time.perf_counter``).
    """
    if not recovered:
        with _on_disk(study):
            intent.begin(study, wanted)
    try:
        with _on_disk(study):
            for plan in wanted.plans:
                intent.carry_out(study, plan)
        done = tuple(plan for plan in wanted.plans if intent.arrived(study, plan))
        lost = tuple(
            refusals.changed_meanwhile(f"inbox/{plan.file}")
            for plan in wanted.plans
            if plan not in done
        )
        analysed = analyse(done) if done else Analysed()
    except Exception as error:
        _taken_back(study, wanted)
        raise _explained(error) from error
    finished = Pass(
        wanted.id,
        done,
        (*told, *lost, *analysed.problems),
        time.perf_counter() - begun,
        analysed.seconds,
        recovered,
    )
    with _on_disk(study):
        _log(study, finished)
        intent.end(study)
    return finished


def _one_by_one(
    study: Study, plans: Sequence[Planned], analyse: Analyse, stopped: _StoppedError
) -> tuple[Pass, ...]:
    """Find the file the analysis stops at and set it aside; a faulty study is told as such."""
    try:
        analyse(())
    except Exception:
        raise stopped from stopped.error
    passes: list[Pass] = []
    for first in plans:
        begun = time.perf_counter()
        path = study.folder / "inbox" / first.file
        single, left = plan_files(study, [path], read_known(study))
        try:
            done = _finished(study, Intent(_new_id(), single), analyse, left, begun)
        except _StoppedError as error:
            reason = refusals.stops_the_analysis(error.error, error.problems)
            refused = aside(study, first.file, first.sha256, reason, ())
            done = _finished(study, Intent(_new_id(), (refused,)), analyse, left, begun)
        passes.append(done)
    return tuple(passes)


def _taken_back(study: Study, wanted: Intent) -> None:
    """Bring the files back to the inbox; where even that fails, the next pass goes on."""
    with contextlib.suppress(OSError):
        for plan in wanted.plans:
            intent.take_back(study, plan)
        intent.end(study)


def _explained(error: Exception) -> Exception:
    """Return what is to be told of what went wrong: a lock held, the disk, or the analysis."""
    if isinstance(error, GyeolError):
        problems = (*error.problems, refusals.back_in_the_inbox())
        if isinstance(error.__cause__, Timeout):
            return BusyError(*problems)
        if isinstance(error, FaultError) or isinstance(error.__cause__, OSError):
            return FaultError(*problems)
    return _StoppedError(error)


def _fault(error: Exception) -> Problem:
    return Problem(
        f"분석이 멈췄습니다({type(error).__name__}). gyeol run으로 같은 일이 나는지 보고 알려 주세요.",
        f"The analysis stopped ({type(error).__name__}). See whether gyeol run does so too, and"
        " report it.",
    )


@contextlib.contextmanager
def _on_disk(study: Study) -> Iterator[None]:
    """Tell what cannot be written or moved as a fault of the job."""
    try:
        yield
    except OSError as error:
        path = _where(error, study.folder)
        problem = not_writable(path, error)
        raise FaultError(replace(problem, path=study.shown(path))) from error
    except GyeolError as error:
        raise FaultError(*error.problems) from error


def _where(error: OSError, otherwise: Path) -> Path:
    """Return the place that cannot be written: of a move, the folder that is shut, if one is."""
    named = [Path(one) for one in (error.filename2, error.filename) if isinstance(one, str)]
    shut = (path.parent for path in named if not os.access(path.parent, os.W_OK))
    return next(shut, named[0] if named else otherwise)


def _known_after(
    study: Study, known: Mapping[str, Content], plans: Sequence[Planned]
) -> dict[str, Content]:
    """Return what the files hold after a pass, reading only those it brought."""
    gone = {plan.instead.removeprefix("interviews/") for plan in plans}
    brought = {plan.to.removeprefix("interviews/") for plan in plans if plan.outcome != "aside"}
    kept = {name: content for name, content in known.items() if name not in gone | brought}
    new = read_some(study, sorted(brought))
    return kept | new


def _log(study: Study, done: Pass) -> None:
    """Add the pass's line to the log, unless it is there already."""
    path = study.folder / LOG
    if done.recovered and path.is_file() and f'"{done.id}"' in path.read_text("utf-8", "replace"):
        return
    line = {
        "pass": done.id,
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        **{outcome: done.count(outcome) for outcome in ("taken", "corrected", "aside")},
        "files": [{"sha256": plan.sha256, "outcome": plan.outcome} for plan in done.plans],
        "seconds": round(done.seconds, 3),
        "stages": {name: round(seconds, 3) for name, seconds in done.stages.items()},
        "recovered": done.recovered,
        "versions": {"gyeol": __version__, **{name: library_version(name) for name in _VERSIONS}},
        "problems": [p.text("ko") for p in shown_problems(study, done.problems)],
    }
    files.append_line(path, json.dumps(line, ensure_ascii=False))


def _new_id() -> str:
    return uuid.uuid4().hex
