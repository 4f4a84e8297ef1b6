"""Runs a table of stages over a study, skipping those whose inputs have not changed."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from pipeline.config import Study
from pipeline.engine import Engine, open_engine
from pipeline.errors import GyeolError, Problem
from pipeline.interrupt import stop_if_asked
from pipeline.memory import (
    clear_partial,
    code_digest,
    digest,
    file_digest,
    library_version,
    make_private,
    not_writable,
    pack,
    unpack,
    write_whole,
)
from pipeline.sentences import why_not

# A study stays with the segmentation it was analysed with until its people say otherwise.
PINNED = ("kiwipiepy", "kiwipiepy_model")
_MEMORY = "stages.json"


@dataclass(frozen=True, slots=True)
class Stage:
    """One row of the table of stages.

    ``make(run)`` returns the result, of type ``kind``. It may read the results of the stages
    in ``reads``, the parts of the config in ``settings`` (``"topics"``, ``"seed"``) and the
    files ``files(study)``, and ``state(study)`` stands for what else it reads (a database): a
    change in any of them, in the program text of its room and those above, or in the version of
    ``libraries`` makes it run again. ``intact(run, result)``
    tells whether what the result refers to on disk is still there.
    """

    name: str
    ko: str
    en: str
    make: Callable[[Run], Any]
    kind: Any
    room: str
    reads: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    files: Callable[[Study], Sequence[Path]] = lambda _: ()
    state: Callable[[Study], str] = lambda _: ""
    libraries: tuple[str, ...] = ()
    intact: Callable[[Run, Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class StageReport:
    """What became of a stage in this run."""

    name: str
    skipped: bool
    seconds: float


class Watcher(Protocol):
    """Is told how a run goes on; the command line draws its progress bars with it."""

    def started(self, stage: Stage) -> None:
        """Hear that a stage begins to work."""

    def advanced(self, done: int, total: int) -> None:
        """Hear that ``done`` of ``total`` pieces of the stage's work are finished."""

    def finished(self, stage: Stage, report: StageReport) -> None:
        """Hear that a stage is finished or was skipped."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is remembered of a stage: its key, the hash of its result, what it had to say."""

    key: str
    digest: str
    problems: tuple[dict[str, Any], ...] = ()


class Run:
    """A run in progress: what a stage's function may ask for."""

    def __init__(self, study: Study, stages: Sequence[Stage], watcher: Watcher) -> None:
        """Prepare a run of ``stages`` over ``study``; nothing is read yet."""
        self.study = study
        self.stages = tuple(stages)
        self.cache = cache_of(study)
        self.problems: list[Problem] = []
        self.reports: list[StageReport] = []
        self.pinned: dict[str, str] = {}
        self._watcher = watcher
        self._results: dict[str, Any] = {}
        self._shared: dict[str, Any] = {}

    def result(self, stage: str) -> Any:  # noqa: ANN401 — the stage's kind says the type
        """Return the result of an earlier stage, read from disk when first asked for."""
        if stage not in self._results:
            kind = next(row.kind for row in self.stages if row.name == stage)
            self._results[stage] = unpack(self.kept_at(stage).read_bytes(), kind)
        return self._results[stage]

    def keep(self, stage: str, result: object) -> None:
        """Hand ``result`` to later stages of this run."""
        self._results[stage] = result

    def shared(self, name: str, make: Callable[[], Any]) -> Any:  # noqa: ANN401
        """Return something made once a run and used by several stages, such as Kiwi."""
        if name not in self._shared:
            self._shared[name] = make()
        return self._shared[name]

    def forget(self, *names: str) -> None:
        """Let go of what was shared: large, at hand on disk, and of little use from here on."""
        for name in names:
            self._shared.pop(name, None)

    @property
    def engine(self) -> Engine:
        """What does the work that falls into batches, opened when first asked for."""
        config = self.study.config
        return self.shared(
            "engine", lambda: open_engine(config.engine, config.scheduler, config.workers)
        )

    def close(self) -> None:
        """Let go of the engine, where one was opened."""
        if "engine" in self._shared:
            self._shared.pop("engine").close()

    def advanced(self, done: int, total: int) -> None:
        """Tell the user that ``done`` of ``total`` pieces are finished; a place to stop."""
        stop_if_asked()
        self._watcher.advanced(done, total)

    def say(self, *problems: Problem) -> None:
        """Report problems; a skipped stage says again what it said when it ran."""
        self.problems.extend(problems)

    def version(self, library: str) -> str:
        """Return the version results are made with: the installed one, or the pinned."""
        return self.pinned.get(library) or library_version(library)

    def kept_at(self, stage: str) -> Path:
        """Return where a stage's result is kept."""
        return self.cache / f"{stage}.bin"


def cache_of(study: Study) -> Path:
    """Return the folder of what stages made: private, since it names people as they are called.

    Outputs written elsewhere by ``--out`` have one of their own.
    """
    return study.private / "cache" / digest(study.shown(study.outputs))[:12]


def run_stages(
    study: Study, stages: Sequence[Stage], watcher: Watcher, *, upgrade: bool = False
) -> Run:
    """Run ``stages`` in order, each only if what it reads has changed.

    After each stage its result is on disk, so that a run killed anywhere goes on from there.
    ``upgrade`` makes results anew with the installed version of a pinned library.

    Raises:
        GyeolError: the outputs folder cannot be written, another run is at work on it, or a
            stage cannot go on.

    """
    run = Run(study, stages, watcher)
    try:
        study.outputs.mkdir(parents=True, exist_ok=True)
        make_private(run.cache)
        with FileLock(run.cache / "run.lock", timeout=0):
            clear_partial(study.outputs)
            clear_partial(study.private)
            _run_all(run, watcher, upgrade)
    except Timeout as error:
        raise GyeolError(
            Problem(
                "다른 gyeol이 이 연구를 실행하고 있습니다. 끝난 뒤 다시 실행하세요.",
                "Another gyeol is running this study. Run again when it has finished.",
                str(study.outputs),
            )
        ) from error
    except OSError as error:
        if error.filename is None:
            raise
        raise GyeolError(_not_usable(study, Path(str(error.filename)), error)) from error
    finally:
        run.close()
    return run


def _not_usable(study: Study, path: Path, error: OSError) -> Problem:
    """Say of a file of ours that it cannot be written, of a person's that it cannot be read."""
    if path.is_relative_to(study.outputs) or path.is_relative_to(study.private):
        return not_writable(path, error)
    return Problem(
        f"읽을 수 없습니다({why_not(error)}). 파일의 권한을 확인하세요.",
        f"Cannot be read ({error.strerror}). Check the file's permissions.",
        study.shown(path),
    )


def _run_all(run: Run, watcher: Watcher, upgrade: bool) -> None:
    kept, pinned = _recall(run)
    run.pinned = {name: library_version(name) for name in PINNED}
    if pinned and pinned != run.pinned and not upgrade:
        run.say(_older_kiwi(pinned, run.pinned))
        run.pinned = pinned
    for stage in run.stages:
        stop_if_asked()
        begun = time.perf_counter()
        key = _key(stage, run, kept)
        skipped = _is_kept(stage, key, run, kept)
        if skipped:
            said = (Problem(**problem) for problem in kept[stage.name].problems)
            run.say(*(replace(problem, told=True) for problem in said))
        else:
            watcher.started(stage)
            before = len(run.problems)
            result = _made(stage, run)
            data = pack(result, stage.kind)
            write_whole(run.kept_at(stage.name), data, private=True)
            run.keep(stage.name, result)
            said = tuple(asdict(problem) for problem in run.problems[before:])
            kept[stage.name] = _Kept(key, hashlib.sha256(data).hexdigest(), said)
            _remember(run, kept)
        run.reports.append(StageReport(stage.name, skipped, time.perf_counter() - begun))
        watcher.finished(stage, run.reports[-1])


def _made(stage: Stage, run: Run) -> object:
    """Make the stage's result; where it cannot, say too what was found wrong until then."""
    try:
        return stage.make(run)
    except GyeolError as error:
        before = (problem for problem in run.problems if problem not in error.problems)
        raise type(error)(*before, *error.problems) from error


def _key(stage: Stage, run: Run, kept: dict[str, _Kept]) -> str:
    config = run.study.config.model_dump()
    return digest(
        stage.name,
        code_digest(stage.room),
        [kept[name].digest for name in stage.reads],
        {name: config[name] for name in stage.settings},
        [[run.study.shown(path), file_digest(path)] for path in stage.files(run.study)],
        {name: run.version(name) for name in stage.libraries},
        stage.state(run.study),
    )


def _is_kept(stage: Stage, key: str, run: Run, kept: dict[str, _Kept]) -> bool:
    entry, path = kept.get(stage.name), run.kept_at(stage.name)
    if entry is None or entry.key != key or not path.is_file():
        return False
    if file_digest(path) != entry.digest:
        return False
    return stage.intact is None or stage.intact(run, run.result(stage.name))


def _recall(run: Run) -> tuple[dict[str, _Kept], dict[str, str]]:
    """Read what earlier runs left; a damaged memory is an empty one: all is made again."""
    try:
        memory = json.loads((run.cache / _MEMORY).read_bytes())
        kept = {
            name: _Kept(entry["key"], entry["digest"], tuple(entry["problems"]))
            for name, entry in memory["stages"].items()
        }
        return kept, memory["pinned"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, {}


def _remember(run: Run, kept: dict[str, _Kept]) -> None:
    memory = {
        "pinned": run.pinned,
        "stages": {name: asdict(entry) for name, entry in kept.items()},
    }
    data = json.dumps(memory, ensure_ascii=False).encode()
    write_whole(run.cache / _MEMORY, data, private=True)


def _older_kiwi(pinned: dict[str, str], installed: dict[str, str]) -> Problem:
    old, new = pinned.get("kiwipiepy_model", "?"), installed["kiwipiepy_model"]
    if old == new:
        old, new = pinned.get("kiwipiepy", "?"), installed["kiwipiepy"]
    return Problem(
        f"이 연구는 Kiwi {old} 판으로 분석되었고 지금은 {new} 판이 설치되어 있습니다. 옛 결과를 그대로"
        " 둡니다. 새로 분석하려면 --upgrade를 붙이세요.",
        f"This study was analysed with Kiwi {old}; {new} is installed. Old results are kept; "
        "add --upgrade to analyse anew.",
        level="warning",
    )
