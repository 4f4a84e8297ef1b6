"""A study of three interviews with six files in its inbox, and an analysis that costs nothing."""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Study, load_study
from pipeline.errors import Problem
from pipeline.job.inbox import wait_until_settled
from pipeline.job.one_pass import Analysed, Pass, finish_killed, run_pass
from pipeline.job.planning import Planned
from pipeline.memory import write_whole

FIRST = "질문: 언제 오셨어요?\n답변: 작년 봄에 왔어요.\n"
SECOND = "질문: 힘든 점은요?\n답변: 버스가 자주 안 와요.\n"
CORRECTED = "질문: 담당자가 바뀌었다고요?\n답변: 구청 담당자가 세 번 바뀌었어요.\n"


def fill_inbox(study: Study) -> None:
    """Put in two new interviews, one corrected, one known, one withdrawn and one empty file."""
    inbox = study.folder / "inbox"
    (inbox / "봄").mkdir(parents=True)
    files = {
        "봄/P01.txt": FIRST,
        "P02.txt": SECOND,
        "구청.txt": CORRECTED,
        "다른 이름.txt": (study.interviews / "집수리.txt").read_text("utf-8"),
        "떠난 이.txt": "질문: 네?\n답변: 지워 주세요.\n",
        "빈 것.docx": "",
    }
    for name, text in files.items():
        (inbox / name).write_text(text, encoding="utf-8")
    gone = hashlib.sha256(files["떠난 이.txt"].encode()).hexdigest()
    stone = {"interview": hashlib.sha256(b"P99").hexdigest(), "files": [gone]}
    study.private.mkdir(exist_ok=True)
    (study.private / "forgotten.jsonl").write_text(json.dumps(stone) + "\n", encoding="utf-8")


# Where each of them belongs when the job is done, and what was there before.
PLACES = {
    "interviews/장터.txt",
    "interviews/집수리.txt",
    "interviews/구청.txt",
    "interviews/봄/P01.txt",
    "interviews/P02.txt",
    "quarantine/다른 이름.txt",
    "quarantine/다른 이름.txt.reason.txt",
    "quarantine/떠난 이.txt",
    "quarantine/떠난 이.txt.reason.txt",
    "quarantine/빈 것.docx",
    "quarantine/빈 것.docx.reason.txt",
}


def names_only(study: Study, plans: Sequence[Planned]) -> Analysed:
    """Write the names of the interviews, in place of an analysis."""
    listed = sorted(p.name for p in study.interviews.rglob("*") if p.is_file())
    write_whole(study.outputs / "interviews.txt", "\n".join(listed).encode())
    return (
        Analysed((Problem("알림", "Note", level="warning"),), {"read": 0.25})
        if plans
        else Analysed()
    )


def do_job(study: Study) -> tuple[Pass, ...]:
    """Do what the command does, without its lock and its waiting."""

    def analyse(plans: Sequence[Planned]) -> Analysed:
        return names_only(study, plans)

    before = finish_killed(study, analyse)
    ready, _ = wait_until_settled(study.folder / "inbox", 0)
    return (*before, *run_pass(study, ready, analyse))


def placed(study: Study) -> dict[str, str]:
    """Return the text of every file in the folders the job moves files between."""
    folders = (study.folder / name for name in ("inbox", "interviews", "quarantine"))
    return {
        path.relative_to(study.folder).as_posix(): path.read_text("utf-8")
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


def kept(study: Study) -> list[str]:
    """Return the texts of interviews that corrected ones have replaced."""
    folder = study.private / "superseded"
    return [p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()]


def logged(study: Study) -> list[dict[str, object]]:
    """Return the lines of the log."""
    path = study.folder / "job.log.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def in_log(study: Study) -> list[tuple[str, str]]:
    """Return every file the log names, with what became of it."""
    return sorted(
        (one["sha256"], one["outcome"])
        for line in logged(study)
        for one in line["files"]  # type: ignore[attr-defined]
    )


def load(config: Path) -> Study:
    """Return the study with its inbox filled."""
    study = load_study(config)
    fill_inbox(study)
    return study


def part_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a rename between folders fail as between two file systems."""
    real = os.replace

    def replace(source: Any, target: Any) -> None:  # noqa: ANN401
        if Path(source).parent != Path(target).parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
