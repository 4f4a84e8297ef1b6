"""What the command line says, and in which language."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pipeline.errors import GyeolError, Lang, Problem

if TYPE_CHECKING:
    from pipeline.config import Study
    from pipeline.privacy import Found, Place
    from pipeline.runner import Run
    from pipeline.terms import Accepted, Proposal

_FILES_SHOWN = 3
# The language of the study a command is about, once it is known.
_STUDY_LANG = ContextVar[Lang]("_STUDY_LANG", default="ko")


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


def open_study(
    config: Path, lang: Lang | None = None, outputs: Path | None = None
) -> tuple[Study, Lang]:
    """Read the study at ``config``; say in which language to speak of it, and speak it from here.

    ``lang`` is what was asked for; without it, the study's language is spoken, also where the
    rest of its config is wrong.

    Raises:
        UsageError: there is no such file.
        GyeolError: every problem of the config at once.
    """
    from pipeline.config import examine_study

    study, problems = examine_study(config, outputs)
    _STUDY_LANG.set(lang or study.config.lang)
    if problems:
        raise GyeolError(*problems)
    return study, spoken_lang()


def spoken_lang() -> Lang:
    """Return the language asked for, else that of the study, else Korean."""
    return asked_lang() or _STUDY_LANG.get()


def prepare_streams() -> None:
    """Let no sign end the run: a Korean Windows console is cp949 and lacks some."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def print_stopped() -> None:
    """Say, after Ctrl-C, that nothing finished is lost."""
    ko = "\n멈췄습니다. 끝난 단계는 남아 있으니 다시 실행하면 이어서 합니다."
    en = "\nStopped. Finished stages are kept; run again to go on."
    typer.echo(ko if spoken_lang() == "ko" else en, err=True)


def print_fault() -> None:
    """Show a fault of the program's own, told apart from one of the input."""
    traceback.print_exc()
    ko = "\nGyeol의 잘못으로 멈췄습니다. 위의 내용과 함께 알려 주세요(전사본의 글은 빼고)."
    en = "\nA fault of Gyeol's own. Please report it with the lines above (without interview text)."
    typer.echo(ko if spoken_lang() == "ko" else en, err=True)


def exit_code(problems: Sequence[Problem]) -> int:
    """Return 1 if something in the input needs a person, else 0."""
    return int(any(problem.level == "error" for problem in problems))


def print_problems(problems: Sequence[Problem], lang: Lang) -> None:
    """Print problems to standard error, errors and warnings told apart.

    What is wrong with many files alike is said once.
    """
    alike: dict[object, list[Problem]] = {}
    for number, problem in enumerate(dict.fromkeys(problems)):
        of_a_file = problem.path is not None and problem.line is None
        said = (problem.level, problem.ko) if of_a_file else number
        alike.setdefault(said, []).append(problem)
    for group in alike.values():
        if len(group) > _FILES_SHOWN:
            _print_problem(_said_once(group), lang)
        else:
            for problem in group:
                _print_problem(problem, lang)


def print_news(problems: Sequence[Problem], lang: Lang) -> None:
    """Print the problems nobody was told yet, and that the errors told before still stand.

    For commands that only ask something of a study: ``run`` and ``check`` tell everything.
    """
    print_problems([problem for problem in problems if not problem.told], lang)
    n = sum(problem.told and problem.level == "error" for problem in problems)
    if n:
        ko = f"앞서 알린 오류 {n}건이 그대로 있습니다. gyeol check로 모두 볼 수 있습니다."
        en = f"Errors told before still stand ({n}). See them all with gyeol check."
        _print_problem(Problem(ko, en, level="warning"), lang)


def _print_problem(problem: Problem, lang: Lang) -> None:
    heads = {"error": ("오류", "error"), "warning": ("알림", "warning")}
    head = heads[problem.level][lang == "en"]
    typer.echo(f"{head}: {printable(problem.text(lang))}", err=True)


def _said_once(group: Sequence[Problem]) -> Problem:
    """Return one problem for a group of files: some are named, the others counted."""
    files = ", ".join(str(problem.path) for problem in group[:_FILES_SHOWN])
    more = len(group) - _FILES_SHOWN
    return Problem(
        f"{files} 외 파일 {more:,}개: {group[0].ko}",
        f"{files} and {more:,} more files: {group[0].en}",
        level=group[0].level,
    )


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


_PLACES_SHOWN = 3
_KINDS = {
    "name": "이름",
    "indirect": "합치면 알 만한 말",
    "rrn": "주민등록번호",
    "phone": "전화번호",
    "email": "전자우편",
    "account": "계좌번호",
    "card": "카드번호",
    "plate": "차량번호",
    "address": "상세주소",
    "birth": "생년월일",
    "url": "웹주소",
    "handle": "계정",
    "district": "구",
    "body": "기관",
}
_JUDGED = {
    "open": ("미확인", "open"),
    "accepted": ("가림", "masked"),
    "rejected": ("그대로", "left"),
    "mixed": ("자리마다", "by place"),
}


def found_text(one: Found, lang: Lang, *, every_place: bool = False) -> str:
    """Return what was found to be personal, with some or all places it is said."""
    state = _JUDGED[one.decided][lang == "en"]
    kind = _KINDS.get(one.kind, one.kind) if lang == "ko" else one.kind
    shown = one.places if every_place else one.places[:_PLACES_SHOWN]
    form = " ".join(one.form.split())
    lines = [f"[{state}] {kind} «{form}» → {one.replacement} ({len(one.places)})"]
    lines += [place_text(place, lang) for place in shown]
    more = len(one.places) - len(shown)
    if more:
        see = f"--places {form!r}"
        lines.append(f"    외 {more}곳: {see}" if lang == "ko" else f"    {more} more: {see}")
    return "\n".join(lines)


def place_text(place: Place, lang: Lang) -> str:
    """Return a place where something personal is said, headed by what one types to name it."""
    state = "" if place.judged == "open" else f" [{_JUDGED[place.judged][lang == 'en']}]"
    said = f"…{place.before} [{place.said}] {place.after}…"
    return f"    {place.id or place.interview}{state}: {said}"


def proposal_lines(proposal: Proposal, lang: Lang) -> list[str]:
    """Return a proposed term with its counts and passages it is split in."""
    term = proposal.term
    ko = (
        f"{term.form}  통째로 {term.n_whole}번, 쪼개져 {term.n_split}번, 면담 {term.n_interviews}편"
    )
    en = f"{term.form}  whole {term.n_whole}, split {term.n_split}, {term.n_interviews} interviews"
    return [ko if lang == "ko" else en, *(f"    …{p.text}…" for p in proposal.passages)]


def accepted_lines(accepted: Accepted, lang: Lang) -> list[str]:
    """Return what accepting terms did to the dictionary and to the corpus."""
    ko = lang == "ko"
    lines = [
        f"{accepted.path}: {', '.join(accepted.added) or '-'} "
        f"{'더함' if ko else 'added'} ({'있던 말' if ko else 'known'}: {len(accepted.already)})"
    ]
    for gain in accepted.gains:
        change = f"{gain.before} → {gain.after}"
        lines.append(f"  {gain.form}: {'한 낱말로 읽힌 수' if ko else 'read as one'} {change}")
    lines.append(f"  {'그 밖에 달라진 곳' if ko else 'other changes'}: {len(accepted.collateral)}")
    for change in accepted.collateral:
        before, after = " ".join(change.before), " ".join(change.after)
        lines.append(f"    {before} → {after}  …{change.passage.text}…")
    return lines
