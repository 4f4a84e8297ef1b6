"""``gyeol check``."""

from __future__ import annotations

import json

import typer

from pipeline.commands.options import ConfigPath, JsonOption, LangOption, QuietOption
from pipeline.console import asked_lang, exit_code, phrase, print_problems, problem_row

HELP = phrase(
    "설정, 코드북, 사전, 자료를 분석하지 않고 살펴 문제를 모두 적습니다.",
    "Check config, codebook, dictionary and corpus without analysing; list every problem.",
)


def check(
    config: ConfigPath,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
    lang: LangOption = None,
) -> None:
    """List every problem of a study at once."""
    from pipeline.check import check_study

    checked = check_study(config)
    speak = asked_lang() or lang or checked.lang
    if as_json:
        found = {
            "config": str(config),
            "interviews": checked.n_interviews,
            "answers": checked.n_answers,
            "codes": checked.n_codes,
            "codings": checked.n_codings,
            "problems": [problem_row(problem) for problem in checked.problems],
        }
        typer.echo(json.dumps(found, ensure_ascii=False))
    else:
        print_problems(checked.problems, speak)
        if not quiet:
            counts = (checked.n_interviews, checked.n_answers, checked.n_codes, checked.n_codings)
            typer.echo(
                "면담 {}편, 응답 발화 {}개, 코드 {}개, 코딩 {}개를 살폈습니다.".format(*counts)
                if speak == "ko"
                else "Checked {} interviews, {} answers, {} codes, {} codings.".format(*counts)
            )
            if not checked.problems:
                typer.echo("문제가 없습니다." if speak == "ko" else "No problem found.")
    raise typer.Exit(exit_code(checked.problems))
