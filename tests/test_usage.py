"""What Typer says of its own accord, said in Korean, and in English where that is asked for."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from command_line import gyeol

from pipeline.usage import help_in_korean

TYPER_S_OWN = ("Usage", "Options", "Arguments", "Commands", "Show this", "[required]", "list[")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["frobnicate"], "그런 명령이 없습니다: frobnicate."),
        (["run"], "빠진 것이 있습니다: CONFIG."),
        (["run", "x.yaml", "--nope"], "그런 옵션이 없습니다: --nope."),
        (["run", "x.yaml", "y.yaml"], "남는 것이 있습니다: y.yaml."),
        (["run", "x.yaml", "--out"], "--out 뒤에 값을 적으세요."),
        (["terms", "x.yaml", "--top", "많이"], "--top에는 정수를 적으세요."),
        (["terms", "x.yaml", "--top", "0"], "--top에는 1 이상을 적으세요."),
        (["evaluate", "--split", "foo"], "--split에 쓸 수 있는 값: 'interview', 'random'."),
        (["codings", "x.yaml"], "빠진 것이 있습니다: --out."),
    ],
)
def test_a_call_gone_wrong_is_told_in_korean(arguments: list[str], said: str) -> None:
    done = gyeol(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(f"오류: {said} 쓰는 법은 ")
    assert done.stderr.count("\n") == 1


def test_a_call_gone_wrong_is_told_in_english_where_asked() -> None:
    done = gyeol("run", "--lang", "en")
    assert done.stderr.startswith("error: Missing argument 'CONFIG'. See ")


def test_help_keeps_its_columns() -> None:
    typer_s = (
        "Options:\n  --corpus <list[Path]>  더 [required]\n  --lang <ko|en>         [default: ko]\n"
    )
    assert help_in_korean(typer_s) == (
        "옵션:\n  --corpus <경로>        더 [꼭 적음]\n  --lang <ko|en>         [기본: ko]\n"
    )


@pytest.mark.parametrize("command", [[], ["run"], ["init"], ["decisions"], ["decisions", "merge"]])
def test_help_is_in_korean_or_in_english(command: list[str]) -> None:
    call = [sys.executable, "-m", "pipeline.cli", *command, "--help"]
    ko, en = (
        subprocess.run(
            call,
            env={**os.environ, "GYEOL_LANG": lang, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for lang in ("ko", "en")
    )
    assert not [word for word in TYPER_S_OWN if word in ko]
    assert not [sign for sign in en if "가" <= sign <= "힣"]


def test_a_command_called_with_nothing_shows_its_help() -> None:
    done = gyeol("decisions")
    assert done.returncode == 2
    assert "export" in done.stderr
    assert "오류" not in done.stderr
