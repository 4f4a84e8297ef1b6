"""``gyeol convert``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipeline.commands.options import LangOption
from pipeline.console import asked_lang, phrase, print_problems
from pipeline.errors import Problem

HELP = phrase(
    "파일을 어떻게 읽었는지 글로 보여 줍니다(가명처리하지 않음).",
    "Show what was read of files, as text (nothing is masked).",
)


def convert(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=phrase("파일", "files"))],
    form: Annotated[
        Literal["text", "jsonl"], typer.Option("--format", help=phrase("꼴", "format"))
    ] = "text",
    interviewer: Annotated[
        list[str] | None,
        typer.Option(
            "--interviewer",
            help=phrase(
                "면담자의 화자 표시 (여러 번)", "the interviewer's label (may be repeated)"
            ),
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Write each file's turns to standard output, what was wrong to standard error."""
    from pipeline.corpus.reading import read_file
    from pipeline.views.transcript import to_jsonl, to_text

    write = to_text if form == "text" else to_jsonl
    problems: list[Problem] = []
    refused = False
    for path in files:
        reading = read_file(path, path.name, interviewer or ())
        problems += reading.problems
        refused |= not reading.interviews
        for interview in reading.interviews:
            sys.stdout.buffer.write(write(interview).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    print_problems(problems, asked_lang() or lang or "ko")
    raise typer.Exit(int(refused))
