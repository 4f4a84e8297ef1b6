"""How a run's progress is shown: bars on a terminal, lines elsewhere, or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import Lang
from pipeline.runner import Stage, StageReport, Watcher


class Silent:
    """Shows nothing."""

    def started(self, stage: Stage) -> None:
        """Show nothing."""

    def advanced(self, done: int, total: int) -> None:
        """Show nothing."""

    def finished(self, stage: Stage, report: StageReport) -> None:
        """Show nothing."""


class Lines:
    """A line a finished stage, for logs and pipes."""

    def __init__(self, lang: Lang) -> None:
        """Speak ``lang``."""
        self._lang: Lang = lang

    def started(self, stage: Stage) -> None:
        """Wait for the end of the stage."""

    def advanced(self, done: int, total: int) -> None:
        """Wait for the end of the stage."""

    def finished(self, stage: Stage, report: StageReport) -> None:
        """Write what became of the stage."""
        sys.stderr.write(f"{stage_line(stage, report, self._lang)}\n")
        sys.stderr.flush()


@contextmanager
def watch_run(lang: Lang, *, silent: bool) -> Iterator[Watcher]:
    """Give the watcher that suits where the output goes."""
    if silent:
        yield Silent()
    elif not sys.stderr.isatty():
        yield Lines(lang)
    else:
        with _bars(lang) as watcher:
            yield watcher


class OnlyWork:
    """Passes on what is done and says nothing of what was skipped."""

    def __init__(self, watcher: Watcher) -> None:
        """Tell ``watcher``."""
        self._watcher: Watcher = watcher

    def started(self, stage: Stage) -> None:
        """Pass it on."""
        self._watcher.started(stage)

    def advanced(self, done: int, total: int) -> None:
        """Pass it on."""
        self._watcher.advanced(done, total)

    def finished(self, stage: Stage, report: StageReport) -> None:
        """Pass it on if there was something to do."""
        if not report.skipped:
            self._watcher.finished(stage, report)


@contextmanager
def watch_work(lang: Lang, *, silent: bool) -> Iterator[Watcher]:
    """Give the watcher of a command that only asks: it speaks of work that had to be done."""
    with watch_run(lang, silent=silent) as watcher:
        yield OnlyWork(watcher)


def stage_line(stage: Stage, report: StageReport, lang: Lang) -> str:
    """Return «✓ 읽기  1.2초» or «· 읽기  그대로 (건너뜀)»."""
    name = stage.ko if lang == "ko" else stage.en
    if report.skipped:
        return f"· {name}  {'그대로 (건너뜀)' if lang == 'ko' else 'unchanged, skipped'}"
    return f"✓ {name}  {report.seconds:.1f}{'초' if lang == 'ko' else ' s'}"


@contextmanager
def _bars(lang: Lang) -> Iterator[Watcher]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    class Bars:
        """A bar for the stage at work; finished stages stay above it as lines."""

        def __init__(self, progress: Progress) -> None:
            self._progress = progress
            self._task = progress.add_task("", visible=False)

        def started(self, stage: Stage) -> None:
            """Show the stage's bar."""
            name = stage.ko if lang == "ko" else stage.en
            self._progress.reset(self._task, description=name, total=None, visible=True)

        def advanced(self, done: int, total: int) -> None:
            """Move the bar."""
            self._progress.update(self._task, completed=done, total=total)

        def finished(self, stage: Stage, report: StageReport) -> None:
            """Leave a line and hide the bar."""
            self._progress.update(self._task, visible=False)
            self._progress.console.print(
                stage_line(stage, report, lang), markup=False, highlight=False
            )

    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        yield Bars(progress)
