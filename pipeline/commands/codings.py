"""``gyeol codings``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption
from pipeline.console import open_study, phrase, print_news, print_problems, printable
from pipeline.errors import Problem, UsageError
from pipeline.sentences import particle

HELP = phrase(
    "코딩을 앞뒤 글과 함께 CSV나 엑셀 파일로 내보냅니다(가림 적용).",
    "Write the codings with their context to CSV or Excel, masked.",
)


def codings(
    config: ConfigPath,
    out: Annotated[
        Path, typer.Option("--out", help=phrase("만들 파일(.csv, .xlsx)", "file (.csv or .xlsx)"))
    ],
    lang: LangOption = None,
) -> None:
    """Write every coding of a study."""
    from pipeline.coded import export_codings
    from pipeline.memory import write_whole
    from pipeline.progress import watch_work
    from pipeline.views.coding_rows import to_coding_workbook
    from pipeline.views.tables import to_csv

    kind = out.suffix.lower()
    if kind not in (".csv", ".xlsx"):
        raise UsageError(
            Problem(
                f"«{kind or out.name}»{particle(kind or out.name, '으로')}는 쓰지 않습니다. 이름을 .csv나 .xlsx로 끝내세요.",
                "The file's name must end in .csv or .xlsx.",
                str(out),
            )
        )
    study, speak = open_study(config, lang)
    if study.codings is not None and out.resolve() == study.codings.resolve():
        raise UsageError(
            Problem(
                "연구의 코딩 파일은 덮어쓰지 않습니다. 다른 이름을 적으세요.",
                "The study's own codings are not overwritten. Give another name.",
                str(out),
            )
        )
    with watch_work(speak, silent=False) as watcher:
        exported = export_codings(study, watcher)
    table = exported.table
    write_whole(out, to_csv(table) if kind == ".csv" else to_coding_workbook(table, speak))
    print_news(exported.problems, speak)
    if not exported.privacy_confirmed:
        print_problems([_not_confirmed(str(out))], speak)
    n = len(table.rows)
    typer.echo(
        f"코딩 {n:,}개: {printable(str(out))}"
        if speak == "ko"
        else f"{n:,} codings: {printable(str(out))}"
    )


def _not_confirmed(path: str) -> Problem:
    return Problem(
        "가명처리 미확인: 가려야 할 것을 다 가렸는지 아직 사람이 보지 않았습니다. gyeol privacy로 확인하세요.",
        "Masking not confirmed: nobody has seen yet whether all that must be masked is. "
        "Run gyeol privacy.",
        path,
        level="warning",
    )
