"""``gyeol forget``."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption
from pipeline.console import open_study, phrase, print_problems, printable

HELP = phrase(
    "면담 하나를 연구에서 지웁니다(동의 철회). 되돌릴 수 없습니다.",
    "Remove an interview from a study (consent withdrawn). Cannot be undone.",
)


def forget(
    config: ConfigPath,
    interview: Annotated[
        str, typer.Argument(metavar="INTERVIEW", help=phrase("면담 id", "the interview's id"))
    ],
    yes: Annotated[
        bool, typer.Option("--yes", help=phrase("묻지 않고 지웁니다", "do not ask"))
    ] = False,
    lang: LangOption = None,
) -> None:
    """Take a withdrawn interview out of files, private part, caches and outputs."""
    from pipeline.forget import forget_interview

    study, speak = open_study(config, lang)
    if not yes:
        question = {
            "ko": f"면담 «{interview}»의 원문, 코딩, 결과를 지웁니다. 되돌릴 수 없습니다. 지울까요?",
            "en": f"Delete text, codings and outputs of «{interview}»? This cannot be undone.",
        }
        if not typer.confirm(printable(question[speak])):
            typer.echo("지우지 않았습니다." if speak == "ko" else "Nothing was deleted.", err=True)
            raise typer.Exit(1)
    done = forget_interview(study, interview)
    for paths, ko, en in ((done.deleted, "지움", "deleted"), (done.changed, "고침", "changed")):
        for path in paths:
            typer.echo(f"{ko if speak == 'ko' else en}: {printable(path)}")
    print_problems(done.remains, speak)
