"""``gyeol privacy``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption
from pipeline.console import found_text, open_study, phrase, place_text, printable
from pipeline.errors import Lang

if TYPE_CHECKING:
    from pipeline.config import Study
    from pipeline.privacy import Found

HELP = phrase(
    "개인정보로 보이는 말을 문맥과 함께 보이고, 사람의 결정을 기억합니다.",
    "Show what looks personal in its context, and remember what people decide.",
)
_YES, _NO, _PLACES, _STOP = "y", "n", "p", "s"


def privacy(
    config: ConfigPath,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            "--accept",
            help=phrase("가릴 말 또는 자리(P03@120)", "a form, or a place (P03@120), to mask"),
        ),
    ] = None,
    accept_all: Annotated[
        bool,
        typer.Option("--accept-all", help=phrase("남은 것을 모두 가림", "mask all that is open")),
    ] = False,
    reject: Annotated[
        list[str] | None,
        typer.Option(
            "--reject",
            help=phrase("가리지 않을 말 또는 자리", "a form, or a place, that is not personal"),
        ),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option("--add", help=phrase("놓친 이름", "a name that was missed")),
    ] = None,
    places: Annotated[
        list[str] | None,
        typer.Option(
            "--places",
            help=phrase("이 말이 나오는 자리를 모두 보임", "show every place of this form"),
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """List finds and, with options or answers at the terminal, decide about them."""
    from pipeline.privacy import decide, found_forms, list_personal
    from pipeline.progress import Silent, watch_work

    study, speak = open_study(config, lang)
    with watch_work(speak, silent=False) as watcher:
        listed = list_personal(study, watcher)
    decides = bool(accept or reject or add or accept_all)
    if decides:
        yes, no = list(accept or ()), list(reject or ())
        if accept_all:
            yes += [one.form for one in listed if one.decided == "open" and one.form not in no]
        decide(study, listed, accept=yes, reject=no, add=add or ())
        listed = list_personal(study, Silent())
    elif places:
        for one in found_forms(listed, places):
            typer.echo(printable(found_text(one, speak, every_place=True)))
        return
    else:
        for one in listed:
            typer.echo(printable(found_text(one, speak)))
        if sys.stdin.isatty():
            _ask_all(study, listed, speak)
            listed = list_personal(study, Silent())
    left = sum(one.decided == "open" for one in listed)
    typer.echo(
        f"확인하지 않은 말 {left}가지. gyeol run을 다시 실행하면 결과에 반영됩니다."
        if speak == "ko"
        else f"{left} forms not judged. Run gyeol run again to apply."
    )


def _ask_all(study: Study, listed: Sequence[Found], lang: Lang) -> None:
    """Ask about each open form; every answer is remembered at once."""
    from pipeline.privacy import decide

    still_open = [one for one in listed if one.decided == "open"]
    for number, one in enumerate(still_open, 1):
        typer.echo(f"\n({number}/{len(still_open)}) {printable(found_text(one, lang))}")
        answer = _ask(lang, one_by_one=bool(one.places[0].id))
        if answer == _STOP:
            return
        if answer != _PLACES:
            decide(study, listed, **{_verb(answer): [one.form]})
            continue
        for place in one.open_places:
            typer.echo(printable(place_text(place, lang)))
            answer = _ask(lang, one_by_one=False)
            if answer == _STOP:
                return
            decide(study, listed, **{_verb(answer): [place.id or one.form]})


def _verb(answer: str) -> str:
    return "accept" if answer == _YES else "reject"


def _ask(lang: Lang, *, one_by_one: bool) -> str:
    """Return one of the letters offered; anything else asks again."""
    offered = {
        _YES: ("y 가림", "y mask"),
        _NO: ("n 그대로 둠", "n leave"),
        _PLACES: ("p 자리마다 정함", "p place by place"),
        _STOP: ("s 멈추고 나중에 이어서", "s stop and go on later"),
    }
    if not one_by_one:
        del offered[_PLACES]
    question = ", ".join(texts[lang == "en"] for texts in offered.values())
    while True:
        answer = typer.prompt(question, default=_YES).strip().lower()[:1]
        if answer in offered:
            return answer
