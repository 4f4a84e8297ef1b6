"""One job at a time for a study; a lock lasts no longer than the process that holds it."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.config import Study
from pipeline.errors import GyeolError, Problem
from pipeline.memory import make_private, not_writable, write_whole


class BusyError(GyeolError):
    """Another job is at work on the study (exit code 3)."""

    exit_code = 3


class FaultError(GyeolError):
    """The job could not do its work (exit code 4); the files are where they were."""

    exit_code = 4


def job_folder(study: Study) -> Path:
    """Return where the job keeps its lock, its plan and what it knows: private."""
    return study.private / "job"


@contextmanager
def only_job(study: Study) -> Iterator[None]:
    """Hold the study's job lock.

    Raises:
        BusyError: another job holds it; says which process, on which computer, since when.
        FaultError: the private part cannot be written.

    """
    folder = job_folder(study)
    lock, owner = FileLock(folder / "lock", timeout=0), folder / "owner.json"
    try:
        make_private(folder)
        lock.acquire()
    except Timeout as error:
        raise BusyError(_busy(study, owner)) from error
    except OSError as error:
        raise FaultError(not_writable(folder, error)) from error
    try:
        held = {"pid": os.getpid(), "host": platform.node(), "since": time.time()}
        write_whole(owner, json.dumps(held).encode(), private=True)
        yield
    finally:
        lock.release()


def _busy(study: Study, owner: Path) -> Problem:
    try:
        held = json.loads(owner.read_bytes())
        pid, host, since = int(held["pid"]), str(held["host"]), float(held["since"])
    except (OSError, ValueError, KeyError, TypeError):
        ko, en = "", ""
    else:
        minutes = max(0, round((time.time() - since) / 60))
        ko = f" (프로세스 {pid}, 컴퓨터 {host}, {minutes:,}분 전부터)"
        en = f" (process {pid} on {host}, for {minutes:,} min)"
    return Problem(
        f"다른 gyeol job이 이 연구를 맡고 있습니다{ko}. 끝난 뒤 다시 실행하세요.",
        f"Another gyeol job is at work on this study{en}. Run again when it has finished.",
        study.shown(study.folder),
    )
