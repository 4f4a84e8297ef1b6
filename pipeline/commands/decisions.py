"""``gyeol decisions``: the log of decisions as a file, and files merged into it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption
from pipeline.console import open_study, phrase, print_problems, printable
from pipeline.usage import Command

HELP = phrase(
    "판정 기록을 파일로 내보내고(export), 다른 컴퓨터의 기록을 합칩니다(merge).",
    "Write the log of decisions to a file (export); join others' logs with it (merge).",
)

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)

_EXPORT = phrase(
    "판정 기록 전체를 파일 하나로 씁니다. 인용이 가려지지 않은 채 들어가니 연구진끼리만 주고받으세요.",
    "Write the whole log to one file. It quotes interviews unmasked: keep it within the team.",
)
_MERGE = phrase(
    "다른 컴퓨터에서 내보낸 판정 기록을 합칩니다. 같은 파일을 두 번 합쳐도 달라지지 않습니다.",
    "Join logs written on other machines with this study's. Merging one twice changes nothing.",
)


@app.command(help=_EXPORT, cls=Command)
def export(
    config: ConfigPath,
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help=phrase("쓸 파일(.jsonl)", "file to write"))
    ],
    lang: LangOption = None,
) -> None:
    """Write the study's log of decisions."""
    from pipeline.decisions import export_decisions

    study, speak = open_study(config, lang)
    log = export_decisions(study, out)
    number = len(log.decisions)
    korean = speak == "ko"
    shown = printable(str(out))
    typer.echo(f"{shown}: 판정 {number}개" if korean else f"{shown}: {number} decisions")


@app.command(help=_MERGE, cls=Command)
def merge(
    config: ConfigPath,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help=phrase("판정 기록", "logs of decisions"))
    ],
    lang: LangOption = None,
) -> None:
    """Join logs of decisions with the study's."""
    from pipeline.decisions import merge_decisions, merge_notes

    study, speak = open_study(config, lang)
    for path, done in zip(files, merge_decisions(study, files), strict=True):
        counted = (
            f"판정 {done.added}개를 더함, {done.known}개는 있던 것, {done.left_out}개는 철회된 면담의 것"
            if speak == "ko"
            else f"{done.added} decisions added, {done.known} known, {done.left_out} withdrawn"
        )
        typer.echo(f"{printable(str(path))}: {counted}")
        print_problems(merge_notes(done, str(path)), speak)
