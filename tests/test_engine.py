"""Batches done side by side give what they give one after the other, here or elsewhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from pipeline.config import load_study
from pipeline.engine import Local, batch_bounds, open_engine
from pipeline.errors import GyeolError
from pipeline.progress import Silent
from pipeline.runner import run_stages
from pipeline.stages import STAGES

BATCHES = [("가", "나다"), ("라마바",), (), ("사", "아자차카")]


def lengths(words: tuple[str, ...]) -> list[int]:
    return [len(word) for word in words]


def refuses(words: tuple[str, ...]) -> int:
    raise ValueError(words[0])


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    with closing(Local(workers)) as engine:
        assert list(engine.map(lengths, BATCHES)) == [[1, 2], [3], [], [1, 4]]
        assert list(engine.map(lengths, [])) == []


def test_prepared_or_not_the_work_is_the_same() -> None:
    for workers in (1, 2):
        with closing(Local(workers)) as engine:
            engine.prepare()
            engine.prepare()
            assert list(engine.map(lengths, BATCHES)) == [[1, 2], [3], [], [1, 4]]


def test_what_fails_in_a_process_fails_here() -> None:
    with closing(Local(2)) as engine, pytest.raises(ValueError, match="가"):
        list(engine.map(refuses, BATCHES))


def dies_while_there(word: str, flag: Path) -> str:
    """Be killed, as where memory runs out, while the file ``flag`` is there; once, if it is one."""
    if flag.is_dir():
        os.kill(os.getpid(), signal.SIGKILL)
    if flag.exists():
        flag.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
    return word * 2


def test_what_a_killed_process_was_at_is_done_once_more(tmp_path: Path) -> None:
    flag = tmp_path / "once"
    flag.touch()
    with closing(Local(2)) as engine:
        words = ["가", "나", "다", "라"]
        made = engine.map(partial(dies_while_there, flag=flag), words)
        assert list(made) == ["가가", "나나", "다다", "라라"]
        assert list(engine.map(lengths, BATCHES)) == [[1, 2], [3], [], [1, 4]]


def test_processes_killed_again_and_again_end_in_what_would_help(tmp_path: Path) -> None:
    with closing(Local(2)) as engine, pytest.raises(GyeolError) as refused:
        list(engine.map(partial(dies_while_there, flag=tmp_path), ["가", "나"]))
    assert "workers: 1" in refused.value.problems[0].ko
    assert "workers: 1" in refused.value.problems[0].en


def hears_ctrl_c(_word: str) -> bool:
    """Tell whether this process, or the one it is a copy of, would end by it, with a traceback."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        return True
    if not sys.platform.startswith("linux"):
        return False
    status = Path(f"/proc/{os.getppid()}/status").read_text().splitlines()
    blocked = next(int(line.split()[1], 16) for line in status if line.startswith("SigBlk"))
    return not blocked & 1 << (signal.SIGINT - 1)


def test_only_the_process_of_the_user_hears_ctrl_c() -> None:
    # In one of its own: the process others are copied from is started once.
    program = (
        "from contextlib import closing\n"
        "from pipeline.engine import Local\n"
        "from test_engine import hears_ctrl_c\n"
        "if __name__ == '__main__':\n"
        "    with closing(Local(2)) as engine:\n"
        "        print(set(engine.map(hears_ctrl_c, ['가', '나', '다'])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.stdout, done.returncode) == ("{False}\n", 0), done.stderr


def test_batches_hold_every_interview_once() -> None:
    lengths = [50_000, 60_000, 1, 300_000, 5]
    assert batch_bounds(lengths) == [(0, 2), (2, 4), (4, 5)]
    assert batch_bounds([5, 6]) == [(0, 2)]
    assert batch_bounds([125_000, 125_000]) == [(0, 2)]
    assert batch_bounds([]) == []


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and two workers; give its address and the workers' processes."""
    folder = tmp_path_factory.mktemp("cluster")
    contact = folder / "scheduler.json"
    root = str(Path(__file__).parent.parent)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([root, str(Path(__file__).parent)])}
    asked = ["--scheduler-file", str(contact)]
    commands = [
        ["dask_scheduler", *asked, "--no-dashboard", "--host", "127.0.0.1", "--port", "0"],
        *[["dask_worker", *asked, "--no-dashboard", "--no-nanny", "--nthreads", "1"]] * 2,
    ]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{name}", *options],
            cwd=folder,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        for name, *options in commands
    ]
    try:
        yield address_in(contact), [process.pid for process in started[1:]]
    finally:
        for process in started:
            process.kill()
            process.wait()


def address_in(contact: Path) -> str:
    for _ in range(600):
        if contact.is_file() and (text := contact.read_text("utf-8")):
            return json.loads(text)["address"]
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


def outputs_of(config: Path, engine: str, address: str, folder: Path) -> dict[str, bytes]:
    """Run the study from nothing and return its outputs."""
    text = config.read_text("utf-8")
    private = folder / "private"
    config.write_text(
        f"{text}engine: {engine}\nscheduler: {address}\nprivate: {private}\n", encoding="utf-8"
    )
    outputs = folder / "outputs"
    run_stages(load_study(config, outputs), STAGES, Silent())
    config.write_text(text, encoding="utf-8")
    return {
        path.relative_to(outputs).as_posix(): path.read_bytes()
        for path in sorted(outputs.rglob("*"))
        if path.is_file() and path.name != "manifest.json"
    }


def test_a_cluster_makes_the_same_bytes(
    study: Path,
    cluster: tuple[str, list[int]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So that three short interviews are several batches.
    monkeypatch.setattr("pipeline.flow.corpus._SHARD_CHARACTERS", 100)
    monkeypatch.setattr("pipeline.engine._FEW_CHARACTERS", 100)
    monkeypatch.setattr("pipeline.engine._BATCH_CHARACTERS", 100)
    here = outputs_of(study, "local", cluster[0], tmp_path / "here")
    assert {"report.html", "suggestions.jsonl", "tables/topics.csv"} <= set(here)
    assert outputs_of(study, "dask", cluster[0], tmp_path / "there") == here


def slow_length(word: str) -> int:
    time.sleep(0.2)
    return len(word)


def test_a_worker_that_dies_costs_nothing_but_time(cluster: tuple[str, list[int]]) -> None:
    address, workers = cluster
    with closing(open_engine("dask", address, 0)) as engine:
        words = ["가" * n for n in range(12)]
        results = engine.map(slow_length, words)
        found = [next(results)]
        os.kill(workers[0], signal.SIGKILL)
        found += results
    assert found == list(range(12))


@pytest.mark.parametrize(
    ("engine", "scheduler", "said"),
    [("dask", None, "주소"), ("dask", "tcp://127.0.0.1:1", "닿지 못했습니다")],
)
def test_refused_with_what_would_be_right(
    engine: str, scheduler: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.engine._PATIENCE", 1)
    with pytest.raises(GyeolError) as refused:
        open_engine(engine, scheduler, 0)
    assert said in refused.value.problems[0].ko
