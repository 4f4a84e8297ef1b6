"""``gyeol sheet``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import ConfigPath, LangOption
from pipeline.console import exit_code, open_study, phrase, print_news, printable
from pipeline.errors import Lang, Problem, UsageError

if TYPE_CHECKING:
    from pipeline.config import Study

HELP = phrase(
    "대목과 제안을 담은 검토 시트(엑셀)를 만들고, 채운 시트를 판정으로 읽습니다.",
    "Make a review sheet (Excel) of passages and suggestions, or read one back as decisions.",
)


def sheet(
    config: ConfigPath,
    out: Annotated[
        Path | None,
        typer.Option("--out", help=phrase("만들 파일(.xlsx)", "file to make (.xlsx)")),
    ] = None,
    read: Annotated[
        Path | None,
        typer.Option("--read", help=phrase("채운 시트를 읽습니다", "read a filled sheet")),
    ] = None,
    coder: Annotated[str, typer.Option("--coder", help=phrase("코더 이름", "coder's name"))] = "",
    lang: LangOption = None,
) -> None:
    """Make a sheet, or read one back."""
    study, speak = open_study(config, lang)
    coder = coder.strip()
    if read is not None and (out is not None or not coder):
        raise UsageError(
            Problem(
                "시트를 읽을 때는 --out 없이 --read 파일과 --coder 이름을 함께 적으세요.",
                "To read a sheet give --read FILE and --coder NAME, without --out.",
            )
        )
    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError(
            Problem(
                "검토 시트는 엑셀 파일입니다. 이름을 .xlsx로 끝내세요.",
                "A review sheet is an Excel file: its name must end in .xlsx.",
                str(out),
            )
        )
    if read is not None:
        _take(study, read, coder, speak)
    else:
        _make(study, out, coder, speak)


def _make(study: Study, out: Path | None, coder: str, speak: Lang) -> None:
    from pipeline.memory import write_whole
    from pipeline.progress import watch_work
    from pipeline.sheet import make_sheet

    path = out or study.outputs / "sheets" / f"{_file_name(coder, speak)}.xlsx"
    if out is None and path.exists():
        raise UsageError(
            Problem(
                "시트가 이미 있습니다. 채운 것일 수 있어 덮어쓰지 않습니다. 옮기거나 --out으로 다른 이름을 적으세요.",
                "The sheet is there already and may be filled in. Move it, or give --out.",
                study.shown(path),
            )
        )
    with watch_work(speak, silent=False) as watcher:
        made = make_sheet(study, coder, speak, watcher)
    write_whole(path, made.data)
    print_news(made.problems, speak)
    shown = printable(str(path) if out else study.shown(path))
    typer.echo(
        f"대목 {made.n_passages:,}개를 담았습니다: {shown}"
        if speak == "ko"
        else f"{made.n_passages:,} passages: {shown}"
    )


def _take(study: Study, read: Path, coder: str, speak: Lang) -> None:
    from collections import Counter

    from pipeline.progress import watch_work
    from pipeline.sheet import take_sheet

    if not read.is_file():
        raise UsageError(Problem("파일이 없습니다.", "No such file.", str(read)))
    with watch_work(speak, silent=False) as watcher:
        answered = take_sheet(study, read, coder, watcher)
    print_news(answered.problems, speak)
    n = Counter(decision.action for decision in answered.decisions)
    typer.echo(
        f"채운 행 {answered.n_rows:,}개를 읽어 판정 {len(answered.decisions):,}개를 더했습니다"
        f"(코드 {n['put']:,}, 메모 {n['note']:,}, 다 봄 {n['done']:,}, 되돌림 {n['undo']:,})."
        if speak == "ko"
        else f"Read {answered.n_rows:,} filled rows, added {len(answered.decisions):,} decisions "
        f"(codes {n['put']:,}, notes {n['note']:,}, done {n['done']:,}, undone {n['undo']:,})."
    )
    raise typer.Exit(exit_code([problem for problem in answered.problems if not problem.told]))


def _file_name(coder: str, speak: Lang) -> str:
    """Return a file's name without what could lead out of its folder."""
    plain = "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in coder)
    whole = "검토" if speak == "ko" else "review"
    return f"{whole}_{plain}" if plain else whole
