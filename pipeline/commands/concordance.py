"""``gyeol concordance``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.options import ConfigPath, CsvOption, LangOption, QuietOption
from pipeline.console import open_study, phrase, printable
from pipeline.errors import Lang
from pipeline.sentences import short

if TYPE_CHECKING:
    from pipeline.concordance import Spread

HELP = phrase(
    "말 하나가 나오는 자리를 앞뒤 말과 함께 줄 맞춰 보입니다(용례, KWIC).",
    "Show every place a term is said, aligned, with what stands around it (KWIC).",
)


def concordance(
    config: ConfigPath,
    term: Annotated[
        str,
        typer.Argument(
            metavar="TERM",
            help=phrase(
                "찾을 말: 집, 돕다(모든 활용형), '마을 학교'(여러 낱말)",
                "the term: a noun, a verb in dictionary form, several words in quotes",
            ),
        ),
    ],
    sort: Annotated[
        Literal["left", "right", "place"],
        typer.Option("--sort", help=phrase("왼쪽·오른쪽 말의 순서, 나온 순서", "order of lines")),
    ] = "place",
    width: Annotated[
        int,
        typer.Option("--width", min=4, help=phrase("양쪽에 보일 칸 수", "columns on either side")),
    ] = 36,
    top: Annotated[
        int | None, typer.Option("--top", min=1, help=phrase("보일 줄 수(비우면 모두)", "how many"))
    ] = None,
    csv: CsvOption = None,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """Print the lines, the term in one column, and how widely it is said."""
    from pipeline.concordance import find_concordance
    from pipeline.memory import write_whole
    from pipeline.progress import watch_work
    from pipeline.views.kwic import concordance as table_of
    from pipeline.views.kwic import drawn, in_order, lines_of
    from pipeline.views.tables import to_csv

    study, speak = open_study(config, lang)
    with watch_work(speak, silent=quiet) as watcher:
        found = find_concordance(study, term, watcher)
    lines = in_order(lines_of(found.quotes), sort)
    if csv is not None:
        write_whole(csv, to_csv(table_of(lines)))
    for line in drawn(lines[:top], width):
        typer.echo(printable(line))
    more = len(lines) - len(lines[:top])
    if more:
        typer.echo(f"… 외 {more:,}줄" if speak == "ko" else f"… {more:,} more lines")
    typer.echo(_spread_line(found.spread, speak))


def _spread_line(spread: Spread, lang: Lang) -> str:
    apart = "–" if spread.dispersion is None else short(spread.dispersion)
    share = f"{spread.largest_share:.0%}"
    if lang == "ko":
        return (
            f"{spread.count:,}번 · 면담 {spread.of_interviews:,}편 중 {spread.n_interviews:,}편 · "
            f"화자 {spread.of_people:,}명 중 {spread.n_people:,}명 · "
            f"치우침(DP) {apart} · 가장 많이 말한 사람의 몫 {share}"
        )
    return (
        f"{spread.count:,} times · {spread.n_interviews:,} of {spread.of_interviews:,} interviews · "
        f"{spread.n_people:,} of {spread.of_people:,} speakers · "
        f"dispersion (DP) {apart} · largest share of one speaker {share}"
    )
