"""``gyeol suggest``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import LangOption, QuietOption
from pipeline.console import asked_lang, exit_code, open_study, phrase, print_news, printable
from pipeline.errors import Lang, Problem, UsageError

if TYPE_CHECKING:
    from pipeline.suggest import Answer

HELP = phrase(
    "단위마다 코드를 근거와 함께 제안합니다. 연구의 설정이나, 연구 없이 --codebook과 --new로.\n\n"
    "연구 없이 쓸 때는 아무것도 가명으로 바꾸지 않습니다. 근거의 start, end는 그 행의 글(NFC)을 글자(코드"
    " 포인트)로 센 자리입니다. 연구로 쓸 때는 가명으로 바꾼 글을 적고 셉니다. 코딩된 단위가 없으면 점수는 순위만"
    " 뜻합니다.",
    "Suggest codes for segments, with evidence: for a study's config, or with --codebook and --new."
    "\n\nWithout a study nothing is masked; start and end of evidence count code points of the "
    "row's text in NFC. With a study the text is masked, and counted as masked. Without coded "
    "segments the score only ranks.",
)
_STDOUT = Path("-")


def suggest(
    config: Annotated[
        Path | None,
        typer.Argument(metavar="CONFIG", help=phrase("연구 설정(YAML)", "the study's config")),
    ] = None,
    codebook: Annotated[
        Path | None,
        typer.Option("--codebook", help=phrase("연구 없이: 코드북", "no study: the codebook")),
    ] = None,
    coded: Annotated[
        Path | None,
        typer.Option(
            "--coded",
            help=phrase("연구 없이: 코딩된 단위(codes)", "no study: coded segments to learn from"),
        ),
    ] = None,
    new: Annotated[
        list[Path] | None,
        typer.Option(
            "--new",
            help=phrase(
                "제안받을 단위(JSONL, CSV, XLSX)나 전사본 (여러 번)",
                "segments (JSONL, CSV, XLSX) or transcripts (may be repeated)",
            ),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help=phrase(
                "적을 JSONL. -는 표준 출력. 연구에서는 비우면 결과 폴더",
                "JSONL to write; - for standard output; with a study by default in its outputs",
            ),
        ),
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            min=1,
            help=phrase(
                "단위마다 코드 수 (10; 연구에서는 suggest.top)",
                "codes a segment (10; with a study suggest.top)",
            ),
        ),
    ] = None,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """Suggest, write the lines whole or not at all, and say where."""
    inputs = [path for path in (codebook, coded, *(new or ())) if path is not None]
    if out is not None and out != _STDOUT:
        _must_be_free(out, inputs)
    if config is not None and codebook is None and coded is None:
        answer, out, speak = _for_study(config, new or [], out, top, quiet, lang)
    elif config is None and codebook is not None and new and out is not None:
        speak = asked_lang() or lang or "ko"
        answer = _for_files(codebook, coded, new, top or 10, quiet, speak)
    else:
        raise UsageError(
            Problem(
                "연구 설정을 적거나, 연구 없이 --codebook, --new, --out을 함께 적으세요.",
                "Give a study's config, or, without a study, --codebook, --new and --out.",
            )
        )
    # Without a study nothing is masked: what is quoted is its owner's to show.
    _write(answer, out, quiet, speak, private=config is None)
    print_news(answer.problems, speak)
    raise typer.Exit(exit_code(answer.problems))


def _for_files(
    codebook: Path, coded: Path | None, new: list[Path], top: int, quiet: bool, speak: Lang
) -> Answer:
    from pipeline.progress import watch_work
    from pipeline.suggest import suggest_files

    with watch_work(speak, silent=quiet) as watcher:
        return suggest_files(codebook, coded, new, top, speak, watcher)


def _for_study(
    config: Path, new: list[Path], out: Path | None, top: int | None, quiet: bool, lang: Lang | None
) -> tuple[Answer, Path, Lang]:
    from dataclasses import replace

    from pipeline.progress import watch_work
    from pipeline.suggest import suggest_new, suggest_study

    study, speak = open_study(config, lang)
    if top is not None:
        settings = study.config.suggest.model_copy(update={"top": top})
        study = replace(study, config=study.config.model_copy(update={"suggest": settings}))
    with watch_work(speak, silent=quiet) as watcher:
        if new:
            answer = suggest_new(study, new, watcher)
            return answer, out or study.outputs / "suggestions_new.jsonl", speak
        answer = suggest_study(study, watcher)
    return answer, out or study.outputs / "suggestions.jsonl", speak


def _must_be_free(out: Path, inputs: list[Path]) -> None:
    """Refuse to write over what is read, or to where nothing can be written."""
    if out.is_dir() or any(
        path.exists() and out.exists() and out.samefile(path) for path in inputs
    ):
        raise UsageError(
            Problem(
                "--out은 읽는 파일이나 폴더가 아닌 다른 파일이어야 합니다.",
                "--out must be a file of its own, neither an input nor a folder.",
                str(out),
            )
        )


def _write(answer: Answer, out: Path, quiet: bool, speak: Lang, *, private: bool) -> None:
    from pipeline.memory import write_whole

    data = answer.lines.encode("utf-8", "surrogatepass")
    if out == _STDOUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    write_whole(out, data, private=private)
    if not quiet:
        count = answer.lines.count("\n")
        said = f"제안 {count:,}줄" if speak == "ko" else f"{count:,} lines"
        typer.echo(f"→ {printable(str(out))}  {said}", err=True)
