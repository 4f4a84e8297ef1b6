"""``gyeol convert``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.options import LangOption
from pipeline.console import (
    asked_lang,
    open_study,
    phrase,
    print_problems,
    printable,
    spoken_lang,
)
from pipeline.errors import Lang, Problem
from pipeline.sentences import short

if TYPE_CHECKING:
    from pipeline.records import Interview, Reading

_SPEAKERS_SHOWN = 8
_INTERVIEWS_SHOWN = 5
HELP = phrase(
    "파일을 어떻게 읽었는지 글로 보여 줍니다(가명처리하지 않음).",
    "Show what was read of files, as text (nothing is masked).",
)


def convert(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=phrase("파일", "files"))],
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
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            help=phrase("이 연구의 설정대로 읽기", "read as this study's config says"),
        ),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Write each file's turns to standard output, what was wrong to standard error."""
    from pipeline.corpus.options import AS_IT_IS
    from pipeline.corpus.reading import read_file
    from pipeline.views.transcript import to_jsonl, to_text

    write = to_text if form == "text" else to_jsonl
    study = open_study(config, lang)[0] if config else None
    asks = interviewer or (study.config.interviewer if study else [])
    options = study.reading if study else AS_IT_IS
    spoken = spoken_lang() if study else asked_lang() or lang or "ko"
    problems: list[Problem] = []
    refused = False
    for path in files:
        reading = read_file(path, path.name, asks, options)
        problems += reading.problems
        for line in read_lines(path.name, reading, spoken):
            typer.echo(printable(line), err=True)
        refused |= not reading.interviews
        for interview in reading.interviews:
            sys.stdout.buffer.write(write(interview).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    print_problems(problems, spoken)
    raise typer.Exit(int(refused))


def read_lines(name: str, reading: Reading, lang: Lang) -> list[str]:
    """Return a line for each interview read: who speaks how often, and how sure that is."""
    return [
        f"{name}: {_speakers(interview, lang)}{_certainty(reading.certainty.get(interview.id), lang)}"
        for interview in reading.interviews[:_INTERVIEWS_SHOWN]
    ]


def _speakers(interview: Interview, lang: Lang) -> str:
    counts = Counter((turn.speaker, turn.role) for turn in interview.turns)
    unnamed = "(화자 표시 없음)" if lang == "ko" else "(no label)"
    asks = "질문" if lang == "ko" else "asks"
    shown = [
        f"{speaker or unnamed} {count}{f' ({asks})' if role == 'interviewer' else ''}"
        for (speaker, role), count in counts.most_common(_SPEAKERS_SHOWN)
    ]
    more = ", …" if len(counts) > _SPEAKERS_SHOWN else ""
    head = f"{interview.id} · " + ("발화" if lang == "ko" else "turns")
    return f"{head} {len(interview.turns)}: {', '.join(shown)}{more}"


def _certainty(share: float | None, lang: Lang) -> str:
    if share is None:
        return ""
    return f" · {'화자 구분 확신도' if lang == 'ko' else 'certainty of speakers'} {short(share)}"
