"""``gyeol terms``."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption
from pipeline.console import (
    accepted_lines,
    open_study,
    phrase,
    print_news,
    printable,
    proposal_lines,
)

HELP = phrase(
    "쪼개지는 전문어를 찾아 사전에 넣을 말로 제안합니다.",
    "Find domain terms that are split, and propose them for the dictionary.",
)


def terms(
    config: ConfigPath,
    accept: Annotated[
        str | None,
        typer.Option("--accept", help=phrase("사전에 넣을 말, 쉼표로", "words to add, by commas")),
    ] = None,
    top: Annotated[int, typer.Option("--top", help=phrase("보일 수", "how many"), min=1)] = 30,
    lang: LangOption = None,
) -> None:
    """Propose terms or, with ``--accept``, add some and say what changes."""
    from pipeline.progress import watch_work
    from pipeline.terms import accept_terms, propose_terms

    study, speak = open_study(config, lang)
    with watch_work(speak, silent=False) as watcher:
        if accept is None:
            proposed = propose_terms(study, watcher)
            lines = [line for p in proposed.proposals[:top] for line in proposal_lines(p, speak)]
            lines += ["제안할 말이 없습니다." if speak == "ko" else "Nothing to propose."] * (
                not lines
            )
            print_news(proposed.problems, speak)
        else:
            forms = [form.strip() for form in accept.split(",") if form.strip()]
            lines = accepted_lines(accept_terms(study, forms, watcher), speak)
    for line in lines:
        typer.echo(printable(line))
