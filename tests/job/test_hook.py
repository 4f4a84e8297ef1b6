"""The study's own command: what it is given, and that its faults stay its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from pipeline.config import Study, load_study
from pipeline.job import hook
from pipeline.job.hook import run_hook, without_passages


def with_hook(config: Path, *command: str) -> Study:
    text = config.read_text("utf-8")
    listed = json.dumps(command, ensure_ascii=False)
    config.write_text(f"{text}job: {{hook: {listed}}}\n", encoding="utf-8")
    return load_study(config)


def test_no_hook_no_command(study: Path) -> None:
    assert run_hook(load_study(study), b"{}") == ()


def test_it_gets_the_summary_and_no_shell(study: Path) -> None:
    code = "import sys,os,pathlib; pathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    small = with_hook(study, sys.executable, "-c", code, "받음; $(touch x) & 'a'.json")
    assert run_hook(small, '{"새": 1}'.encode()) == ()
    files = [p.name for p in small.root.iterdir() if p.is_file()]
    assert files == ["받음; $(touch x) & 'a'.json"]
    assert (small.root / files[0]).read_text("utf-8") == '{"새": 1}'


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ((sys.executable, "-c", "import sys; sys.exit('우편함 없음')"), "우편함 없음"),
        (("/nowhere/mail",), "No such file"),
    ],
)
def test_its_failure_is_a_warning(study: Path, command: tuple[str, ...], said: str) -> None:
    (problem,) = run_hook(with_hook(study, *command), b"{}")
    assert problem.level == "warning"
    assert said in problem.ko


def test_it_may_not_take_for_ever(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hook, "_PATIENCE", 0.2)
    small = with_hook(study, sys.executable, "-c", "import time; time.sleep(60)")
    (problem,) = run_hook(small, b"{}")
    assert "0.2초" in problem.ko


def test_passages_do_not_go_out() -> None:
    told = {"taken": 1, "interviews": [{"id": "P1", "segments": [{"text": "비밀"}]}]}
    summary = without_passages(json.dumps(told).encode())
    assert json.loads(summary) == {"taken": 1, "interviews": [{"id": "P1"}]}
