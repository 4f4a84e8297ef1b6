"""The command line: load, call, print. The only place that prints and exits.

Heavy modules are imported inside commands, so that ``gyeol --help`` answers at once.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

from pipeline import __version__
from pipeline.console import (
    accepted_lines,
    asked_lang,
    exit_code,
    found_text,
    phrase,
    prepare_streams,
    print_fault,
    print_files,
    print_problems,
    print_stopped,
    printable,
    problem_row,
    proposal_lines,
    run_summary,
)
from pipeline.errors import GyeolError, Problem

_INTERRUPTED = 130

app = typer.Typer(
    name="gyeol",
    help=phrase(
        "결(Gyeol): 한국어 면담을 읽어 토픽과 핵심어를 찾고, 코드북에 대어 보고, 코드를 제안합니다."
        " 판정은 사람이 합니다.",
        "Gyeol mines Korean interviews, lays topics on a codebook and suggests codes. People decide.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

ConfigPath = Annotated[
    Path, typer.Argument(metavar="CONFIG", help=phrase("연구 설정(YAML)", "the study's config"))
]
LangOption = Annotated[
    Literal["ko", "en"] | None,
    typer.Option("--lang", help=phrase("화면의 언어", "language of messages")),
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help=phrase("문제만 적습니다", "print problems only"))
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help=phrase("결과를 JSON으로 적습니다", "print the result as JSON")),
]


@app.callback(invoke_without_command=True)
def gyeol(
    version: Annotated[bool, typer.Option("--version", help=phrase("버전", "version"))] = False,
    lang: LangOption = None,  # noqa: ARG001 — read by _asked_lang wherever it stands
) -> None:
    """Print the version where asked for."""
    if version:
        typer.echo(f"gyeol {__version__}")
        raise typer.Exit


@app.command(
    help=phrase("연구 하나를 처음부터 끝까지 분석합니다.", "Analyse a study from end to end.")
)
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
    from pipeline.config import load_study
    from pipeline.manifest import write_manifest
    from pipeline.progress import watch_run
    from pipeline.runner import run_stages
    from pipeline.stages import STAGES

    study = load_study(config, out)
    speak = asked_lang() or lang or study.config.lang
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


@app.command(
    help=phrase(
        "설정, 코드북, 사전, 자료를 분석하지 않고 살펴 문제를 모두 적습니다.",
        "Check config, codebook, dictionary and corpus without analysing; list every problem.",
    )
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


@app.command(help=phrase("파일에서 새 연구를 만듭니다.", "Make a new study out of files."))
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
        typer.Argument(metavar="[PATH]...", help=phrase("전사본 더", "more transcripts")),
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


@app.command(
    help=phrase(
        "개인정보로 보이는 말을 문맥과 함께 보이고, 사람의 결정을 기억합니다.",
        "Show what looks personal in its context, and remember what people decide.",
    )
)
def privacy(
    config: ConfigPath,
    accept: Annotated[
        list[str] | None,
        typer.Option("--accept", help=phrase("가명으로 바꿀 말", "a form to mask")),
    ] = None,
    accept_all: Annotated[
        bool,
        typer.Option(
            "--accept-all", help=phrase("남은 것을 모두 가명으로", "mask all that is open")
        ),
    ] = False,
    reject: Annotated[
        list[str] | None,
        typer.Option("--reject", help=phrase("개인정보가 아닌 말", "a form that is not personal")),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option("--add", help=phrase("놓친 이름", "a name that was missed")),
    ] = None,
    lang: LangOption = None,
) -> None:
    """List finds and, with options or answers at the terminal, decide about them."""
    from pipeline.config import load_study
    from pipeline.privacy import decide, list_personal
    from pipeline.progress import watch_run

    study = load_study(config)
    speak = asked_lang() or lang or study.config.lang
    with watch_run(speak, silent=False) as watcher:
        listed = list_personal(study, watcher)
    said = bool(accept or reject or add or accept_all)
    still_open = [one for one in listed.found if one.decided == "open"]
    yes, no = list(accept or ()), list(reject or ())
    if accept_all:
        yes += [one.form for one in still_open if one.form not in no]
    for one in listed.found if not said else ():
        typer.echo(printable(found_text(one, speak)))
        if one.decided == "open" and sys.stdin.isatty():
            question = "가명으로 바꿀까요?" if speak == "ko" else "Mask it?"
            (yes if typer.confirm(question, default=True) else no).append(one.form)
    for place in listed.indirect if not said else ():
        head = "간접 식별 가능" if speak == "ko" else "indirect"
        typer.echo(
            printable(f"{head}  {place.interview}: …{place.before} [{place.said}] {place.after}…")
        )
    decide(study, listed, accept=yes, reject=no, add=add or ())
    left = len({one.form for one in still_open} - set(yes) - set(no))
    typer.echo(
        f"확인하지 않은 말 {left}가지. gyeol run을 다시 실행하면 결과에 반영됩니다."
        if speak == "ko"
        else f"{left} forms not judged. Run gyeol run again to apply."
    )


@app.command(
    help=phrase(
        "쪼개지는 전문어를 찾아 사전에 넣을 말로 제안합니다.",
        "Find domain terms that are split, and propose them for the dictionary.",
    )
)
def terms(
    config: ConfigPath,
    accept: Annotated[
        str | None,
        typer.Option("--accept", help=phrase("사전에 넣을 말, 쉼표로", "words to add, by commas")),
    ] = None,
    top: Annotated[int, typer.Option("--top", help=phrase("보일 수", "how many"), min=1)] = 30,
    lang: LangOption = None,
) -> None:
    """Propose terms or, with ``--accept``, add some and say what changes."""
    from pipeline.config import load_study
    from pipeline.progress import watch_run
    from pipeline.terms import accept_terms, propose_terms

    study = load_study(config)
    speak = asked_lang() or lang or study.config.lang
    with watch_run(speak, silent=False) as watcher:
        if accept is None:
            proposed = propose_terms(study, watcher)
            lines = [line for p in proposed.proposals[:top] for line in proposal_lines(p, speak)]
            lines += ["제안할 말이 없습니다." if speak == "ko" else "Nothing to propose."] * (
                not lines
            )
            print_problems(proposed.problems, speak)
        else:
            forms = [form.strip() for form in accept.split(",") if form.strip()]
            lines = accepted_lines(accept_terms(study, forms, watcher), speak)
    for line in lines:
        typer.echo(printable(line))


@app.command(
    help=phrase(
        "파일을 어떻게 읽었는지 글로 보여 줍니다(가명처리하지 않음).",
        "Show what was read of files, as text (nothing is masked).",
    )
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


@app.command(
    help=phrase(
        "면담 하나를 연구에서 지웁니다(동의 철회). 되돌릴 수 없습니다.",
        "Remove an interview from a study (consent withdrawn). Cannot be undone.",
    )
)
def forget(
    config: ConfigPath,
    interview: Annotated[
        str, typer.Argument(metavar="INTERVIEW", help=phrase("면담 id", "the interview's id"))
    ],
    yes: Annotated[
        bool, typer.Option("--yes", help=phrase("묻지 않고 지웁니다", "do not ask"))
    ] = False,
    lang: LangOption = None,
) -> None:
    """Take a withdrawn interview out of files, private part, caches and outputs."""
    from pipeline.config import load_study
    from pipeline.forget import forget_interview

    study = load_study(config)
    speak = asked_lang() or lang or study.config.lang
    if not yes:
        question = {
            "ko": f"면담 «{interview}»의 원문, 코딩, 결과를 지웁니다. 되돌릴 수 없습니다. 지울까요?",
            "en": f"Delete text, codings and outputs of «{interview}»? This cannot be undone.",
        }
        typer.confirm(printable(question[speak]), abort=True)
    done = forget_interview(study, interview)
    for paths, ko, en in ((done.deleted, "지움", "deleted"), (done.changed, "고침", "changed")):
        for path in paths:
            typer.echo(f"{ko if speak == 'ko' else en}: {printable(path)}")
    print_problems(done.remains, speak)


def main() -> None:
    """Run the command line; every known fault becomes a message and an exit code."""
    prepare_streams()
    try:
        app()
    except GyeolError as error:
        print_problems(error.problems, asked_lang() or "ko")
        _leave(error.exit_code)
    except SystemExit as end:
        # Typer turns Ctrl-C into this exit code, without a word.
        if end.code == _INTERRUPTED:
            print_stopped()
        raise
    except Exception:
        print_fault()
        _leave(70)


def _leave(code: int) -> NoReturn:
    sys.exit(code)


if __name__ == "__main__":
    main()
