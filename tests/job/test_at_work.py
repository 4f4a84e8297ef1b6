"""The command itself: exit codes, lock, watching, a dry run that changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.config import Study, load_study
from pipeline.errors import GyeolError, Problem
from pipeline.job import analysing, at_work
from pipeline.job.lock import BusyError, FaultError, only_job
from pipeline.job.one_pass import Analysed, Pass
from pipeline.progress import Silent
from tests.job.inbox_of_six import PLACES, fill_inbox, load, logged, names_only, placed


@pytest.fixture
def quick(study: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study that settles at once, and whose analysis costs nothing."""
    text = study.read_text("utf-8")
    study.write_text(f"{text}job: {{settle: 0}}\n", encoding="utf-8")
    monkeypatch.setattr(analysing, "analyse", lambda study, _, plans: names_only(study, plans))
    latest = load_study(study).outputs / "job" / "LATEST.json"
    latest.parent.mkdir(parents=True)
    latest.write_text('{"taken": 2}', encoding="utf-8")
    return load_study(study)


def run(study: Study, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["job", str(study.config_path), *options])
    code = getattr(result.exception, "exit_code", result.exit_code)
    return code, result.output


def test_exit_codes(quick: Study) -> None:
    assert run(quick)[0] == 0
    (quick.folder / "inbox").mkdir()
    (quick.folder / "inbox" / "새.txt").write_text("질문: 네?\n답변: 네.\n", encoding="utf-8")
    code, said = run(quick)
    assert code == 0
    assert "inbox/새.txt → interviews/새.txt" in said
    (quick.folder / "inbox" / "빈.txt").write_text("", encoding="utf-8")
    code, said = run(quick, "--quiet")
    assert code == 1
    assert "빈 파일입니다" in said
    assert [line["aside"] for line in logged(quick)] == [0, 0, 1]


def test_the_hook_is_run_where_files_came_in_and_its_failure_is_told(quick: Study) -> None:
    code = (
        "import sys; open('말.json', 'ab').write(sys.stdin.buffer.read()); sys.exit('우편함 없음')"
    )
    hook = json.dumps([sys.executable, "-c", code], ensure_ascii=False)
    text = quick.config_path.read_text("utf-8").replace("settle: 0", f"settle: 0, hook: {hook}")
    quick.config_path.write_text(text, encoding="utf-8")
    assert run(quick)[0] == 0
    assert not (quick.root / "말.json").exists()
    fill_inbox(quick)
    code, said = run(quick)
    assert code == 1
    assert "우편함 없음" in said
    assert (quick.root / "말.json").read_text("utf-8") == '{"taken": 2}'


def test_another_job_is_told_with_its_owner(quick: Study) -> None:
    with only_job(quick):
        code, _ = run(quick)
        assert code == 3
        with pytest.raises(BusyError, match=f"process {os.getpid()} on .* for 0 min"):
            at_work.work(quick, Silent())
    assert run(quick)[0] == 0


def test_what_cannot_go_on_is_a_fault_of_the_job(quick: Study) -> None:
    run(quick)
    (quick.private / "job" / "intent.json").write_text("{", encoding="utf-8")
    assert run(quick)[0] == 4
    assert run(quick, "--health")[0] == 1
    (quick.private / "job" / "intent.json").unlink()
    assert run(quick)[0] == 0
    (quick.private / "job").rename(quick.private / "elsewhere")
    (quick.private / "job").write_text("a file")
    assert run(quick)[0] == 4


def test_a_faulty_config_is_not_a_file_set_aside(quick: Study) -> None:
    quick.config_path.write_text("titel: x\n", encoding="utf-8")
    assert run(quick)[0] == 4
    assert run_missing() == 2


def run_missing() -> int:
    result = CliRunner().invoke(app, ["job", "/nowhere/study.yaml"])
    return getattr(result.exception, "exit_code", result.exit_code)


def everything(study: Study) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in study.root.rglob("*") if p.is_file()}


def test_a_dry_run_changes_nothing(quick: Study) -> None:
    fill_inbox(quick)
    before = everything(quick)
    code, said = run(quick, "--dry-run")
    assert code == 0
    assert everything(quick) == before
    assert "고친 것으로 바꿈: inbox/구청.txt → interviews/구청.txt" in said
    assert "따로 둠: inbox/빈 것.docx → quarantine/빈 것.docx" in said


def test_neither_a_dry_run_nor_a_fault_names_people(
    quick: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = quick.folder / "inbox"
    inbox.mkdir()
    (inbox / "홍길동_면담.txt").write_text("질문: 네?\n답변: 네.\n", encoding="utf-8")
    (inbox / "최말숙.docx").write_text("", encoding="utf-8")
    code, said = run(quick, "--dry-run")
    assert code == 0
    assert "받음: inbox/*.txt → interviews/*.txt" in said
    assert "따로 둠: inbox/*.docx → quarantine/*.docx" in said

    def stop(study: Study, *_: object) -> None:
        path = study.shown(study.interviews / "홍길동_면담.txt")
        raise GyeolError(Problem("읽을 수 없습니다.", "Cannot be read.", path))

    monkeypatch.setattr(analysing, "analyse", stop)
    result = CliRunner().invoke(app, ["job", str(quick.config_path)])
    assert isinstance(result.exception, FaultError)
    assert [p.path for p in result.exception.problems if p.path] == [
        "corpora/작은연구/interviews/*.txt"
    ]
    for name in ("길동", "말숙"):
        assert name not in said + str(result.exception)


def test_a_dry_run_tells_of_a_killed_job(quick: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_inbox(quick)

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(analysing, "analyse", kill)
        with pytest.raises(KeyboardInterrupt):
            at_work.work(quick, Silent())
    code, said = run(quick, "--dry-run")
    assert code == 0
    assert "중간에 멈춘 작업이 있습니다(파일 6개)" in said
    assert run(quick)[0] == 1
    assert set(placed(quick)) == PLACES
    assert [line["recovered"] for line in logged(quick)] == [True, False]


def test_health(quick: Study) -> None:
    assert run(quick, "--health")[0] == 1
    run(quick)
    assert run(quick, "--health")[0] == 0


def test_an_entry_is_printed_and_not_entered(quick: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(quick.root / "config"))
    code, said = run(quick, "--install", "systemd", "--at", "04:30")
    assert code == 0
    assert "OnCalendar=*-*-* 04:30:00" in said
    assert not (quick.root / "config").exists()
    assert run(quick, "--install", "systemd", "--write")[0] == 0
    assert len(list((quick.root / "config/systemd/user").iterdir())) == 2


def test_watching_takes_what_comes_and_ends_when_asked(quick: Study) -> None:
    stop = Event()
    told: list[Pass] = []

    def tell(passes: object, faults: tuple[Problem, ...]) -> None:
        assert not faults
        told.extend(passes)  # type: ignore[arg-type]

    thread = Thread(target=at_work.watch, args=(quick, Silent(), stop, tell))
    thread.start()
    try:
        fill_inbox(quick)
        deadline = time.monotonic() + 20
        while set(placed(quick)) != PLACES and time.monotonic() < deadline:
            time.sleep(0.05)
        assert set(placed(quick)) == PLACES
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    assert sum(done.count("aside") for done in told) == 3
    # An empty inbox leaves no line, however often it is looked at.
    assert len(logged(quick)) == len(told)
    with only_job(quick):
        pass


def test_watching_tells_a_fault_and_tries_again(
    quick: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(quick.config_path)
    monkeypatch.setattr(at_work, "_PAUSE", 0.01)
    stop = Event()
    faults: list[str] = []
    calls = []

    def analyse(study: Study, _: object, plans: tuple) -> Analysed:
        calls.append(plans)
        if len(calls) <= 2:
            raise ZeroDivisionError
        return names_only(study, plans)

    def tell(passes: tuple[Pass, ...], told: tuple[Problem, ...]) -> None:
        faults.extend(problem.en for problem in told)
        if passes:
            stop.set()

    monkeypatch.setattr(analysing, "analyse", analyse)
    at_work.watch(quick, Silent(), stop, tell)
    assert ["ZeroDivisionError" in fault for fault in faults] == [True]
    assert set(placed(quick)) == PLACES


def test_a_termination_ends_the_watch(study: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "job", str(study), "--watch"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert "새 파일을 기다립니다" in process.stdout.readline().decode()
    process.terminate()
    assert process.wait(20) == 0
    owner = json.loads((load_study(study).private / "job" / "owner.json").read_bytes())
    assert owner["pid"] == process.pid
