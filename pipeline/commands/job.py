"""``gyeol job``."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption, QuietOption
from pipeline.console import asked_lang, phrase, print_problems, printable

HELP = phrase(
    "inbox/에 들어온 면담을 한 번씩 받아 분석합니다(예약 작업).",
    "Take in each new interview of inbox/ once (for a scheduler).",
)


def job(
    config: ConfigPath,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help=phrase(
                "무엇을 할지 말하고 아무것도 바꾸지 않습니다", "say what would happen only"
            ),
        ),
    ] = False,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """Make one pass over the inbox; exit 0 done, 1 something set aside, 3 another job runs."""
    from pipeline.config import load_study
    from pipeline.errors import GyeolError, UsageError
    from pipeline.job import at_work
    from pipeline.job.lock import BusyError, FaultError
    from pipeline.progress import watch_run

    try:
        study = load_study(config)
        speak = asked_lang() or lang or study.config.lang
        if dry_run:
            plans, told = at_work.would_do(study)
            for plan in plans:
                typer.echo(printable(at_work.plan_line(plan, speak)))
            print_problems(told, speak)
            raise typer.Exit
        with watch_run(speak, silent=quiet) as watcher:
            passes = at_work.work(study, watcher)
    except (BusyError, FaultError, UsageError):
        raise
    except GyeolError as error:
        raise FaultError(*error.problems) from error
    for done in passes:
        print_problems(done.problems, speak)
        if not quiet:
            for line in at_work.pass_lines(done, speak):
                typer.echo(printable(line))
    raise typer.Exit(at_work.exit_code(passes))
