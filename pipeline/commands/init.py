"""``gyeol init``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import LangOption
from pipeline.console import asked_lang, phrase

HELP = phrase("파일에서 새 연구를 만듭니다.", "Make a new study out of files.")


def init(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=phrase("연구 이름", "the study's name"))
    ],
    corpus: Annotated[
        list[Path],
        typer.Option(
            "--corpus",
            help=phrase(
                "전사본 파일이나 폴더, 또는 단위 JSONL (여러 번 쓸 수 있음)",
                "transcripts: files, a folder, or a segments JSONL (may be repeated)",
            ),
        ),
    ],
    more: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help=phrase("전사본 더", "more transcripts")),
    ] = None,
    codebook: Annotated[
        Path | None, typer.Option("--codebook", help=phrase("코드북 파일", "codebook file"))
    ] = None,
    at: Annotated[Path, typer.Option("--at", help=phrase("만들 곳", "where to make it"))] = Path(),
    lang: LangOption = None,
) -> None:
    """Write a config with every key explained and copy the files beside it."""
    from pipeline.new_study import make_study

    speak = asked_lang() or lang or "ko"
    made = make_study(name, [*corpus, *(more or [])], codebook, at, speak)
    typer.echo("만들었습니다:" if speak == "ko" else "Made:")
    for path in made:
        typer.echo(f"  {path}")
    typer.echo(f"{'다음' if speak == 'ko' else 'Next'}: gyeol run {made[0]}")
