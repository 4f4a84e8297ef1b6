"""``gyeol review``."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption, QuietOption
from pipeline.console import open_study, phrase, printable

HELP = phrase(
    "코더가 제안을 보고 판정하는 화면을 이 컴퓨터에서 엽니다.",
    "Open the desk on which coders decide, on this machine.",
)


def review(
    config: ConfigPath,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help=phrase("포트", "port")),
    ] = None,
    browser: Annotated[
        bool,
        typer.Option(
            "--browser/--no-browser", help=phrase("브라우저를 엽니다", "open the browser")
        ),
    ] = True,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            help=phrase(
                "다른 컴퓨터에서도 들어오게 할 주소(열쇠를 요구합니다)",
                "address others may reach (a token is demanded)",
            ),
        ),
    ] = "127.0.0.1",
    forgotten: Annotated[
        str | None,
        typer.Option(
            "--reset-pin",
            metavar="CODER",
            help=phrase("코더의 PIN을 지우고 끝냅니다", "remove a coder's PIN, and end"),
        ),
    ] = None,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """Make the study ready, serve its desk, and say where it is."""
    from pipeline.progress import watch_work
    from pipeline.review import Address, open_desk, pins_of, reset_pin, serve

    study, speak = open_study(config, lang)
    if forgotten is not None:
        reset_pin(study, forgotten)
        ko = "PIN을 지웠습니다. 다음에 들어올 때 새로 정할 수 있습니다."
        typer.echo(
            ko if speak == "ko" else "The PIN is gone; a new one can be set at the next login."
        )
        return

    def ready(url: str, token: str) -> None:
        if token:
            ko = "다른 컴퓨터에서도 들어올 수 있습니다. 글은 암호화되지 않고 오가니 믿는 망에서만 쓰세요. 열쇠"
            en = "Others can reach this page; what is said travels unencrypted. Token"
            typer.echo(f"{ko if speak == 'ko' else en}: {token}", err=True)
        where = "검토 화면" if speak == "ko" else "Review desk"
        typer.echo(printable(f"{where}: {url}"))

    with watch_work(speak, silent=quiet) as watcher:
        desk = open_desk(study, watcher)
    serve(desk, pins_of(study), Address(host, port), ready, browser)
