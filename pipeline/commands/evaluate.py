"""``gyeol evaluate``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.commands.options import LangOption
from pipeline.console import asked_lang, open_study, phrase, print_news, printable
from pipeline.errors import Lang, Problem, UsageError

if TYPE_CHECKING:
    from pipeline.views.evaluation_page import Evaluated

HELP = phrase(
    "제안이 얼마나 맞는지, 예시를 주지 않은 면담에서 단순한 방법과 나란히 잽니다.",
    "Measure suggestions on interviews that gave no example, beside plain methods.",
)


def evaluate(
    config: Annotated[
        Path | None,
        typer.Argument(metavar="CONFIG", help=phrase("연구 설정(YAML)", "the study's config")),
    ] = None,
    coded: Annotated[
        Path | None,
        typer.Option(
            "--coded", help=phrase("연구 대신, 코딩된 단위 파일", "coded segments, not a study")
        ),
    ] = None,
    codebook: Annotated[
        Path | None, typer.Option("--codebook", help=phrase("그 코드북", "their codebook"))
    ] = None,
    group: Annotated[
        str | None,
        typer.Option(
            "--group",
            help=phrase("함께 빼 둘 단위를 묶는 열(기본 interview)", "field of what is held out"),
        ),
    ] = None,
    examples: Annotated[
        list[int] | None,
        typer.Option(
            "--examples",
            min=0,
            max=1000,
            help=phrase("0, 1, 3, 5, 10에 더할 예시 수", "also so many examples a code"),
        ),
    ] = None,
    rounds: Annotated[
        int, typer.Option("--rounds", min=1, max=100, help=phrase("뽑기 횟수", "draws"))
    ] = 3,
    split: Annotated[
        Literal["interview", "random"],
        typer.Option(
            "--split",
            help=phrase(
                "random은 단위를 섞어 나눕니다(부풀려짐)", "random holds out segments (flatters)"
            ),
        ),
    ] = "interview",
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help=phrase("모든 수를 적을 JSON 파일", "file for all figures")),
    ] = None,
    html_file: Annotated[
        Path | None,
        typer.Option("--html", help=phrase("그림과 표를 적을 HTML 파일", "page with the curve")),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Measure, print tables, and write what was asked for; a study's go to its outputs."""
    from pipeline.evaluate import EXAMPLES

    wanted = (*EXAMPLES, *(examples or ()))
    if config is not None and coded is None and codebook is None and group is None:
        measured = _study(config, wanted, rounds, split, lang)
    elif config is None and coded is not None and codebook is not None:
        measured = _files(coded, codebook, group, wanted, rounds, split, asked_lang() or lang)
    else:
        raise UsageError(
            Problem(
                "연구 설정 하나를 적거나, --coded와 --codebook을 함께 적으세요(--group은 --coded와 함께).",
                "Give a study's config, or both --coded and --codebook (--group goes with these).",
            )
        )
    _write(measured, json_file, html_file)


def _study(
    config: Path,
    examples: tuple[int, ...],
    rounds: int,
    split: Literal["interview", "random"],
    lang: Lang | None,
) -> Evaluated:
    from dataclasses import replace

    from pipeline.evaluate import evaluate_study, write_outputs
    from pipeline.progress import watch_work

    study, speak = open_study(config, lang)
    with watch_work(speak, silent=False) as watcher:
        measured = evaluate_study(study, examples, rounds, split, watcher, _progress(speak))
    measured = replace(measured, lang=speak)
    for path in write_outputs(study, measured):
        typer.echo(f"→ {printable(study.shown(path))}", err=True)
    return measured


def _files(
    coded: Path,
    codebook: Path,
    group: str | None,
    examples: tuple[int, ...],
    rounds: int,
    split: Literal["interview", "random"],
    lang: Lang | None,
) -> Evaluated:
    from pipeline.evaluate import evaluate_files
    from pipeline.settings import StudyConfig

    speak: Lang = lang or "ko"
    return evaluate_files(
        coded,
        codebook,
        group,
        examples,
        rounds,
        StudyConfig().seed,
        split,
        speak,
        _progress(speak),
    )


def _write(measured: Evaluated, json_file: Path | None, html_file: Path | None) -> None:
    from dataclasses import replace

    from pipeline.memory import write_whole
    from pipeline.views.evaluation_page import to_html, to_json, to_text

    for path, make in ((json_file, to_json), (html_file, to_html)):
        if path is not None:
            write_whole(path, make(measured).encode("utf-8", "surrogatepass"))
    told = [problem for problem in measured.problems if problem.told]
    news = tuple(problem for problem in measured.problems if not problem.told)
    print_news(told, measured.lang)
    typer.echo(printable(to_text(replace(measured, problems=news))), nl=False)


def _progress(lang: Lang) -> Callable[[int, int], None]:
    """Return what tells on standard error how many draws are done: ten lines, or one that runs."""

    def advanced(done: int, total: int) -> None:
        line = f"{'재는 중' if lang == 'ko' else 'measuring'} {done}/{total}"
        if sys.stderr.isatty():
            typer.echo(f"\r{line}", err=True, nl=done == total)
        elif done == total or done * 10 // total > (done - 1) * 10 // total:
            typer.echo(line, err=True)

    return advanced
