"""``gyeol agreement``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption
from pipeline.console import open_study, phrase, print_news, printable
from pipeline.errors import Lang, Problem, UsageError
from pipeline.sentences import particle

# Fewer codes are compared before anybody looks up.
_MANY = 100

HELP = phrase(
    "코더들이 얼마나 같게 코딩했는지 잽니다(κ, α, AC1, 자유 구간).",
    "Measure how far coders agree (kappa, alpha, AC1, free spans).",
)


def agreement(
    config: ConfigPath,
    coders: Annotated[
        str | None,
        typer.Option("--coders", help=phrase("견줄 코더, 쉼표로", "coders to compare, by commas")),
    ] = None,
    level: Annotated[
        str | None,
        typer.Option(
            "--level",
            help=phrase(
                "코드북의 단계(영역, 범주 …)로 올려서", "raise codes to a level of the codebook"
            ),
        ),
    ] = None,
    looked: Annotated[
        list[str] | None,
        typer.Option(
            "--looked",
            metavar="CODER=ID,ID",
            help=phrase(
                "코더가 읽었으나 아무것도 붙이지 않은 면담", "interviews read, where nothing fit"
            ),
        ),
    ] = None,
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help=phrase("모든 수를 적을 JSON 파일", "file for all figures")),
    ] = None,
    csv_file: Annotated[
        Path | None,
        typer.Option("--csv", help=phrase("표를 적을 CSV 파일", "file for the table")),
    ] = None,
    html_file: Annotated[
        Path | None,
        typer.Option("--html", help=phrase("표를 적을 HTML 파일", "page with the tables")),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Compare, print, and write what was asked for; a page and all figures go to the outputs."""
    from pipeline.agreement import Asked, compare_study, write_outputs
    from pipeline.memory import write_whole
    from pipeline.progress import watch_work
    from pipeline.views.agreement_html import to_html
    from pipeline.views.agreement_page import to_json, to_table, to_text
    from pipeline.views.tables import to_csv

    study, speak = open_study(config, lang)
    asked = Asked(_listed(coders), level, _looked(looked or ()))
    with watch_work(speak, silent=False) as watcher:
        compared = compare_study(study, asked, speak, watcher, _progress(speak))
    print_news(compared.problems, speak)
    for path in write_outputs(study, compared):
        typer.echo(f"→ {printable(study.shown(path))}", err=True)
    for path, make in ((json_file, to_json), (html_file, to_html)):
        if path is not None:
            write_whole(path, make(compared).encode("utf-8", "surrogatepass"))
    if csv_file is not None:
        write_whole(csv_file, to_csv(to_table(compared)))
    typer.echo(printable(to_text(compared)), nl=False)


def _progress(lang: Lang) -> Callable[[int, int], None]:
    """Return what tells on standard error how many codes are compared: a tenth at a time."""

    def advanced(done: int, total: int) -> None:
        if total > _MANY and done * 10 // total > (done - 1) * 10 // total:
            said = "견준 코드" if lang == "ko" else "codes compared"
            typer.echo(f"{said} {done}/{total}", err=True)

    return advanced


def _listed(names: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (name.strip() for name in (names or "").split(","))))


def _looked(said: list[str] | tuple[()]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in said:
        coder, equals, interviews = one.partition("=")
        if not (coder.strip() and equals and _listed(interviews)):
            raise UsageError(
                Problem(
                    f"--looked «{one}»{particle(one, '을')} 알 수 없습니다. «코더=면담,면담»처럼 적으세요.",
                    f"--looked «{one}» is not understood: write «CODER=INTERVIEW,INTERVIEW».",
                )
            )
        found[coder.strip()] = (*found.get(coder.strip(), ()), *_listed(interviews))
    return found
