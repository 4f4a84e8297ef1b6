"""``gyeol run``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import ConfigPath, JsonOption, LangOption, QuietOption
from pipeline.console import exit_code, open_study, phrase, print_files, print_problems, run_summary

HELP = phrase("연구 하나를 처음부터 끝까지 분석합니다.", "Analyse a study from end to end.")


def run(
    config: ConfigPath,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", help=phrase("결과 폴더", "folder of outputs, instead of outputs/NAME")
        ),
    ] = None,
    upgrade: Annotated[
        bool,
        typer.Option(
            "--upgrade",
            help=phrase(
                "새로 설치된 Kiwi로 다시 분석합니다", "analyse anew with the installed Kiwi"
            ),
        ),
    ] = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    lang: LangOption = None,
) -> None:
    """Run every stage whose inputs have changed, and say what there is to look at."""
    from pipeline.manifest import write_manifest
    from pipeline.progress import watch_run
    from pipeline.runner import run_stages
    from pipeline.stages import STAGES

    study, speak = open_study(config, lang, out)
    with watch_run(speak, silent=quiet or as_json) as watcher:
        done = run_stages(study, STAGES, watcher, upgrade=upgrade)
        write_manifest(done)
    if as_json:
        typer.echo(json.dumps(run_summary(done), ensure_ascii=False))
    else:
        print_problems(done.problems, speak)
        if not quiet:
            print_files(done, speak)
    raise typer.Exit(exit_code(done.problems))
