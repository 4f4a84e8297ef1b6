"""The study's own command after a pass, to mail or to message: Gyeol itself sends nothing."""

from __future__ import annotations

import json
import os
import subprocess

from pipeline.config import Study
from pipeline.errors import Problem

# Seconds the hook may take, and how much of what it says is told.
_PATIENCE = 60.0
_SAID = 200


def run_hook(study: Study, summary: bytes) -> tuple[Problem, ...]:
    """Run ``job.hook`` in the study's root with ``summary`` (JSON) on its standard input.

    No shell reads the command. What goes wrong with it is a warning: the pass is done.
    """
    command = study.config.job.hook
    if not command:
        return ()
    try:
        done = subprocess.run(
            command,
            input=summary,
            cwd=study.root,
            env={**os.environ, "GYEOL_STUDY": study.name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return (_failed(f"{_PATIENCE:g}초 안에 끝나지 않음", f"not done within {_PATIENCE:g} s"),)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return (_failed(why, why),)
    if done.returncode == 0:
        return ()
    said = done.stderr.decode("utf-8", "replace").strip()[-_SAID:]
    return (_failed(f"종료 코드 {done.returncode} {said}", f"exit code {done.returncode} {said}"),)


def without_passages(told: bytes) -> bytes:
    """Return what is told of a pass (JSON) without what people said: it may be on its way out."""
    summary = json.loads(told)
    for interview in summary.get("interviews", ()):
        interview.pop("segments", None)
    return json.dumps(summary, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _failed(ko: str, en: str) -> Problem:
    return Problem(
        f"job.hook의 명령이 실패했습니다({ko.strip()}). 면담은 모두 처리되었습니다.",
        f"The command of job.hook failed ({en.strip()}). The interviews are done.",
        level="warning",
    )
