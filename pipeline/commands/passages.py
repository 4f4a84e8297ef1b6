"""``gyeol passages``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, CsvOption, JsonOption, LangOption, QuietOption
from pipeline.console import open_study, phrase, printable

HELP = phrase(
    "표의 말·토픽·코드 뒤에 있는 대목을 보입니다. 여럿을 적으면 모두 맞는 대목만 보입니다.",
    "Show the passages behind a term, topic or code; with several, those that fit all.",
)


def passages(
    config: ConfigPath,
    term: Annotated[
        str | None,
        typer.Option(
            "--term", help=phrase("말: 집, 돕다, '마을 학교'", "a term, as tables show it")
        ),
    ] = None,
    topic: Annotated[
        int | None, typer.Option("--topic", help=phrase("토픽 번호", "a topic's number"))
    ] = None,
    code: Annotated[
        str | None,
        typer.Option(
            "--code",
            help=phrase("코드 이름(아래 코드도 함께)", "a code's name, with those below it"),
        ),
    ] = None,
    top: Annotated[
        int | None, typer.Option("--top", min=1, help=phrase("보일 수(비우면 모두)", "how many"))
    ] = None,
    as_json: JsonOption = False,
    csv: CsvOption = None,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """Print passages with their id, speaker and time, what was looked for marked."""
    from pipeline.memory import write_whole
    from pipeline.passages import Wanted, find_passages
    from pipeline.progress import watch_work
    from pipeline.views.quotes import as_object, as_text
    from pipeline.views.quotes import passages as table_of
    from pipeline.views.tables import to_csv

    study, speak = open_study(config, lang)
    with watch_work(speak, silent=quiet or as_json) as watcher:
        found = find_passages(study, Wanted(term, topic, code), watcher)
    if csv is not None:
        write_whole(csv, to_csv(table_of(found)))
    shown = found[:top]
    if as_json:
        typer.echo(json.dumps([as_object(one) for one in shown], ensure_ascii=False))
        return
    for one in shown:
        typer.echo(f"{printable(as_text(one))}\n")
    typer.echo(
        f"대목 {len(found):,}곳 중 {len(shown):,}곳"
        if speak == "ko"
        else f"{len(shown):,} of {len(found):,} passages"
    )
