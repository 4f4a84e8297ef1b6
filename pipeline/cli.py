"""The command line: the table of commands, and the one place that exits."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.commands import (
    agreement,
    check,
    codings,
    concordance,
    convert,
    decisions,
    evaluate,
    forget,
    init,
    job,
    passages,
    privacy,
    review,
    run,
    sheet,
    suggest,
    terms,
)
from pipeline.commands.options import LangOption
from pipeline.console import (
    phrase,
    prepare_streams,
    print_fault,
    print_problems,
    print_stopped,
    spoken_lang,
)
from pipeline.errors import GyeolError, UsageError
from pipeline.interrupt import remember_ctrl_c, was_asked_to_stop
from pipeline.usage import Command, Group, Misuse, is_help, misuse

_INTERRUPTED = 130

app = typer.Typer(
    name="gyeol",
    cls=Group,
    help=phrase(
        "결(Gyeol): 한국어 면담을 읽어 토픽과 핵심어를 찾고, 코드북에 대어 보고, 코드를 제안합니다."
        " 판정은 사람이 합니다.",
        "Gyeol mines Korean interviews, lays topics on a codebook and suggests codes. People decide.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

# In the order of ``gyeol --help``. To add one: a file in ``commands/``, a row here.
COMMANDS = (
    (run.run, run.HELP),
    (check.check, check.HELP),
    (init.init, init.HELP),
    (privacy.privacy, privacy.HELP),
    (terms.terms, terms.HELP),
    (concordance.concordance, concordance.HELP),
    (passages.passages, passages.HELP),
    (suggest.suggest, suggest.HELP),
    (review.review, review.HELP),
    (evaluate.evaluate, evaluate.HELP),
    (sheet.sheet, sheet.HELP),
    (codings.codings, codings.HELP),
    (agreement.agreement, agreement.HELP),
    (job.job, job.HELP),
    (convert.convert, convert.HELP),
    (forget.forget, forget.HELP),
)
for _command, _help in COMMANDS:
    app.command(help=_help, cls=Command)(_command)
app.add_typer(decisions.app, name="decisions", cls=Group)


@app.callback(invoke_without_command=True)
def gyeol(
    version: Annotated[bool, typer.Option("--version", help=phrase("버전", "version"))] = False,
    lang: LangOption = None,  # noqa: ARG001 — read by _asked_lang wherever it stands
) -> None:
    """Print the version where asked for."""
    if version:
        typer.echo(f"gyeol {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; every known fault becomes a message and an exit code."""
    prepare_streams()
    remember_ctrl_c()
    try:
        # Typer gives back the code of a command that ended itself; for Ctrl-C, without a word.
        code = app(standalone_mode=False) or 0
    except Exception as error:
        code = _tell(error)
    if code == _INTERRUPTED:
        print_stopped()
    sys.exit(code)


def _tell(error: Exception) -> int:
    """Say what ended the command, and return the exit code."""
    # Whatever went wrong after Ctrl-C came of it; a question it is pressed at is an Abort.
    if was_asked_to_stop() or isinstance(error, typer.Abort):
        return _INTERRUPTED
    if isinstance(error, Misuse):
        if is_help(error):
            typer.echo(str(error), err=True)
            return UsageError.exit_code
        error = misuse(error)
    if isinstance(error, GyeolError):
        print_problems(error.problems, spoken_lang())
        return error.exit_code
    print_fault()
    return 70


if __name__ == "__main__":
    main()
