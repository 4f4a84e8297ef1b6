"""What the command line says, and in which language."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.errors import Lang, Problem

if TYPE_CHECKING:
    from pipeline.privacy import Found
    from pipeline.runner import Run


def asked_lang() -> Lang | None:
    """Return the language asked for on the command line or by GYEOL_LANG, if any.

    Help is written when this module is imported: before any option is parsed.
    """
    arguments = sys.argv[1:]
    for before, argument in zip(["", *arguments], arguments, strict=False):
        wanted = argument.removeprefix("--lang=") if before != "--lang" else argument
        if wanted in ("ko", "en") and (before == "--lang" or argument.startswith("--lang=")):
            return wanted
    fallback = os.environ.get("GYEOL_LANG")
    return fallback if fallback in ("ko", "en") else None


def phrase(ko: str, en: str) -> str:
    """Return help in the language asked for."""
    return en if asked_lang() == "en" else ko


def exit_code(problems: Sequence[Problem]) -> int:
    """Return 1 if something in the input needs a person, else 0."""
    return int(any(problem.level == "error" for problem in problems))


def print_problems(problems: Sequence[Problem], lang: Lang) -> None:
    """Print problems to standard error, errors and warnings told apart."""
    heads = {"error": ("오류", "error"), "warning": ("알림", "warning")}
    for problem in problems:
        head = heads[problem.level][lang == "en"]
        typer.echo(f"{head}: {printable(problem.text(lang))}", err=True)


def printable(text: str) -> str:
    """Replace what could steer a terminal: names of files come from anywhere."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in text)


def problem_row(problem: Problem) -> dict[str, object]:
    """Return a problem as JSON takes it."""
    return {
        "level": problem.level,
        "path": problem.path,
        "line": problem.line,
        "ko": problem.ko,
        "en": problem.en,
    }


def run_summary(done: Run) -> dict[str, object]:
    """Return what a run did, as JSON takes it."""
    return {
        "study": done.study.name,
        "outputs": str(done.study.outputs),
        "stages": [
            {"name": r.name, "skipped": r.skipped, "seconds": round(r.seconds, 3)}
            for r in done.reports
        ],
        "files": sorted(done.result("outputs").files),
        "problems": [problem_row(problem) for problem in done.problems],
    }


def print_files(done: Run, lang: Lang) -> None:
    """Name the files to open."""
    folder = done.study.outputs
    shown = folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder
    typer.echo("\n열어 볼 파일:" if lang == "ko" else "\nFiles to open:")
    what = {
        "report.html": ("보고서: 브라우저에서 엽니다", "the report, for a browser"),
        f"{done.study.name}.xlsx": ("같은 표를 담은 엑셀 파일", "the tables as a workbook"),
        "suggestions.jsonl": ("코드 제안과 근거", "suggested codes with their evidence"),
        "tables": ("표(CSV)", "tables (CSV)"),
    }
    for name, texts in what.items():
        typer.echo(f"  {shown / name}  {texts[lang == 'en']}")


def found_text(one: Found, lang: Lang) -> str:
    """Return what was found to be personal, with the places it is said."""
    state = {"open": ("미확인", "open"), "accepted": ("확인", "accepted")}[one.decided]
    lines = [f"[{state[lang == 'en']}] {one.kind} «{one.form}» → {one.replacement} ({one.count})"]
    lines += [f"    {p.interview}: …{p.before} [{p.said}] {p.after}…" for p in one.places]
    return "\n".join(lines)
