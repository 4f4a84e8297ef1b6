"""``gyeol job``."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.options import ConfigPath, LangOption, QuietOption
from pipeline.console import open_study, phrase, print_problems, printable
from pipeline.errors import GyeolError, Lang, Problem, UsageError

if TYPE_CHECKING:
    from pipeline.config import Study
    from pipeline.job.one_pass import Pass
    from pipeline.job.planning import Planned

HELP = phrase(
    "inbox/에 들어온 면담을 한 번씩 받아 분석합니다(예약 작업). 종료 코드: 0 마침, 1 따로 둔 파일 있음,"
    " 3 다른 작업이 실행 중, 그 밖은 고장.",
    "Take in each new interview of inbox/ once (for a scheduler). Exit code: 0 done, 1 something"
    " was set aside, 3 another job is running, others are faults.",
)
_OUTCOMES = {
    "taken": ("받음", "taken"),
    "corrected": ("고친 것으로 바꿈", "corrected"),
    "aside": ("따로 둠", "set aside"),
}


def job(
    config: ConfigPath,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch", help=phrase("남아서 새 파일을 기다립니다", "stay and wait for new files")
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=phrase(
                "무엇을 할지 말하고 아무것도 바꾸지 않습니다", "say what would happen only"
            ),
        ),
    ] = False,
    health: Annotated[
        bool,
        typer.Option(
            "--health",
            help=phrase(
                "작업이 잘 되고 있으면 0, 아니면 1로 끝납니다", "exit 0 if the job works, else 1"
            ),
        ),
    ] = False,
    install: Annotated[
        Literal["systemd", "cron", "taskscheduler"] | None,
        typer.Option(
            "--install",
            help=phrase(
                "날마다 실행하도록 등록할 내용을 보여 줍니다", "print the scheduler's entry"
            ),
        ),
    ] = None,
    at: Annotated[
        str, typer.Option("--at", help=phrase("--install의 시각", "time of day of --install"))
    ] = "03:00",
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help=phrase("--install의 내용을 실제로 등록합니다", "enter it with the scheduler too"),
        ),
    ] = False,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """Make one pass over the inbox, or do what was asked for instead."""
    with _faults():
        study, speak = open_study(config, lang)
    with _faults(study):
        if health:
            code = _tell_health(study, speak)
        elif install is not None:
            code = _install(study, install, at, write, speak)
        elif dry_run:
            code = _tell_plans(study, speak)
        elif watch:
            code = _watch(study, quiet, speak)
        else:
            code = _work(study, quiet, speak)
    raise typer.Exit(code)


@contextmanager
def _faults(study: Study | None = None) -> Iterator[None]:
    """Give faults the job's exit code, since 1 means another thing here, and no names of people."""
    from pipeline.job.lock import BusyError, FaultError
    from pipeline.job.outside import shown_faults

    try:
        yield
    except (BusyError, UsageError):
        raise
    except GyeolError as error:
        problems = shown_faults(study, error.problems) if study else error.problems
        raise FaultError(*problems) from error


def _work(study: Study, quiet: bool, lang: Lang) -> int:
    from pipeline.job.at_work import exit_code, work
    from pipeline.progress import watch_run

    with watch_run(lang, silent=quiet) as watcher:
        passes = work(study, watcher)
    _tell(study, passes, quiet, lang)
    return exit_code(passes)


def _watch(study: Study, quiet: bool, lang: Lang) -> int:
    from pipeline.job.at_work import watch
    from pipeline.job.outside import shown_faults
    from pipeline.progress import Silent

    def tell(passes: Sequence[Pass], faults: Sequence[Problem]) -> None:
        print_problems(shown_faults(study, faults), lang)
        _tell(study, passes, quiet, lang)

    with _stopped_by_signal() as stop:
        if not quiet:
            waiting = f"{study.shown(study.folder / 'inbox')}/: 새 파일을 기다립니다(Ctrl-C로 끝냄)"
            typer.echo(waiting if lang == "ko" else "Waiting for new files (Ctrl-C ends)")
        watch(study, Silent(), stop, tell)
    return 0


@contextmanager
def _stopped_by_signal() -> Iterator[Event]:
    """Give an event that Ctrl-C or a termination sets; the second of them ends at once."""
    stop = Event()

    def ask(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell_plans(study: Study, lang: Lang) -> int:
    from pipeline.job.at_work import would_do
    from pipeline.job.outside import shown_plans_ahead, shown_problems

    plans, problems = would_do(study)
    for plan in shown_plans_ahead(study, plans):
        typer.echo(printable(_plan_line(plan, lang)))
    if not plans:
        typer.echo("새 파일이 없습니다." if lang == "ko" else "Nothing new.")
    print_problems(shown_problems(study, problems), lang)
    return 0


def _tell(study: Study, passes: Sequence[Pass], quiet: bool, lang: Lang) -> None:
    """Print what passes did: what was set aside always, the rest unless ``quiet``.

    Names of people are left out as ``job.outside`` says.
    """
    from pipeline.job.outside import shown_plans, shown_problems

    for done in passes:
        print_problems(shown_problems(study, done.problems), lang)
        for plan in shown_plans(study, done.plans):
            if plan.outcome == "aside" or not quiet:
                typer.echo(printable(_plan_line(plan, lang)), err=quiet)
        if not quiet:
            counts = (f"{_outcome(o, lang)} {done.count(o)}" for o in _OUTCOMES)
            nothing = "새 파일이 없습니다." if lang == "ko" else "Nothing new."
            typer.echo(", ".join(counts) if done.plans else nothing)


def _plan_line(plan: Planned, lang: Lang) -> str:
    line = f"{_outcome(plan.outcome, lang)}: inbox/{plan.file} → {plan.to}"
    if plan.instead:
        line += f" ({plan.instead})"
    line = line.replace("\n", "�")
    if plan.outcome == "aside":
        line += "".join(f"\n    {problem.text(lang)}" for problem in plan.problems)
    return line


def _outcome(outcome: str, lang: Lang) -> str:
    return _OUTCOMES[outcome][lang == "en"]


def _tell_health(study: Study, lang: Lang) -> int:
    from pipeline.job.health import is_well

    well, said = is_well(study)
    typer.echo(said.text(lang))
    return 0 if well else 1


def _install(
    study: Study,
    scheduler: Literal["systemd", "cron", "taskscheduler"],
    at: str,
    write: bool,
    lang: Lang,
) -> int:
    from pipeline.job.install import enter, entry_for

    entry = entry_for(study, scheduler, at)
    for name, text in entry.texts.items():
        typer.echo(f"# ── {name}\n{text}")
    left = enter(entry) if write else entry.commands
    if write:
        typer.echo(f"등록했습니다: {entry.name}" if lang == "ko" else f"Entered: {entry.name}")
    if left:
        typer.echo("이어서 실행하세요:" if lang == "ko" else "Then run:")
        typer.echo("".join(f"  {command}\n" for command in left), nl=False)
    typer.echo("그만두려면:" if lang == "ko" else "To undo it:")
    typer.echo("".join(f"  {command}\n" for command in entry.undo), nl=False)
    return 0
