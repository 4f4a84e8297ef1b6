"""``gyeol privacy``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption
from pipeline.console import asked_lang, found_text, phrase, printable

HELP = phrase(
    "개인정보로 보이는 말을 문맥과 함께 보이고, 사람의 결정을 기억합니다.",
    "Show what looks personal in its context, and remember what people decide.",
)


def privacy(
    config: ConfigPath,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help=phrase("가명으로 바꿀 말", "a form to mask")),
    ] = None,
    accept_all: Annotated[
        bool,
        typer.Option(
            "--accept-all", help=phrase("남은 것을 모두 가명으로", "mask all that is open")
        ),
    ] = False,
    reject: Annotated[
        list[str] | None,
        typer.Option("--reject", help=phrase("개인정보가 아닌 말", "a form that is not personal")),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option("--add", help=phrase("놓친 이름", "a name that was missed")),
    ] = None,
    lang: LangOption = None,
) -> None:
    """List finds and, with options or answers at the terminal, decide about them."""
    from pipeline.config import load_study
    from pipeline.privacy import decide, list_personal
    from pipeline.progress import watch_run

    study = load_study(config)
    speak = asked_lang() or lang or study.config.lang
    with watch_run(speak, silent=False) as watcher:
        listed = list_personal(study, watcher)
    said = bool(accept or reject or add or accept_all)
    still_open = [one for one in listed.found if one.decided == "open"]
    yes, no = list(accept or ()), list(reject or ())
    if accept_all:
        yes += [one.form for one in still_open if one.form not in no]
    for one in listed.found if not said else ():
        typer.echo(printable(found_text(one, speak)))
        if one.decided == "open" and sys.stdin.isatty():
            question = "가명으로 바꿀까요?" if speak == "ko" else "Mask it?"
            (yes if typer.confirm(question, default=True) else no).append(one.form)
    for place in listed.indirect if not said else ():
        head = "간접 식별 가능" if speak == "ko" else "indirect"
        typer.echo(
            printable(f"{head}  {place.interview}: …{place.before} [{place.said}] {place.after}…")
        )
    decide(study, listed, accept=yes, reject=no, add=add or ())
    left = len({one.form for one in still_open} - set(yes) - set(no))
    typer.echo(
        f"확인하지 않은 말 {left}가지. gyeol run을 다시 실행하면 결과에 반영됩니다."
        if speak == "ko"
        else f"{left} forms not judged. Run gyeol run again to apply."
    )
