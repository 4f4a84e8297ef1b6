"""A pass's plan on the disk: carried out in steps that may be repeated, or taken back.

Each step looks at what is there before it acts, by content and not by name alone. So a pass
killed between any two file operations is finished by doing all of it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import Study
from pipeline.errors import GyeolError, Problem
from pipeline.job import files
from pipeline.job.lock import job_folder
from pipeline.job.planning import Planned, reason_of, superseded_folder
from pipeline.memory import file_digest, pack, unpack


@dataclass(frozen=True, slots=True)
class Intent:
    """What a pass is going to do; ``id`` names the pass in the log."""

    id: str
    plans: tuple[Planned, ...]


def intent_file(study: Study) -> Path:
    """Return where the plan of the pass at work is."""
    return job_folder(study) / "intent.json"


def unfinished(study: Study) -> Intent | None:
    """Return the plan of a pass that was killed, if there is one.

    Raises:
        GyeolError: the plan is damaged: a person has to look where the files are.

    """
    path = intent_file(study)
    if not path.is_file():
        return None
    try:
        return unpack(path.read_bytes(), Intent)
    except ValueError as error:
        raise GyeolError(_damaged(study.shown(path))) from error


def begin(study: Study, intent: Intent) -> None:
    """Write the plan down; nothing has been moved before."""
    files.write(intent_file(study), pack(intent, Intent), private=True)


def end(study: Study) -> None:
    """Forget the plan: all of it is done, or none."""
    files.remove(intent_file(study))


def carry_out(study: Study, plan: Planned) -> None:
    """Bring one file to where it goes; done again, it changes nothing.

    Raises:
        OSError: something cannot be written or moved.

    """
    source, target = study.folder / "inbox" / plan.file, study.folder / plan.to
    if not (_is(source, plan.sha256) or _is(target, plan.sha256)):
        take_back(study, plan)  # changed or taken away since the plan was made
        return
    if plan.outcome == "aside":
        named = (replace(p, path=p.path and target.name) for p in plan.problems)
        text = "".join(f"{problem.text('ko')}\n" for problem in named)
        files.write(reason_of(target), text.encode("utf-8", "surrogatepass"), private=True)
    elif plan.instead:
        kept = kept_at(study, plan)
        _bring(study.folder / plan.instead, kept, plan.instead_sha256, private=True)
    _bring(source, target, plan.sha256)


def take_back(study: Study, plan: Planned) -> None:
    """Bring one file back to the inbox, and what it took the place of to where it was."""
    source, target = study.folder / "inbox" / plan.file, study.folder / plan.to
    _bring(target, source, plan.sha256)
    if plan.outcome == "aside":
        files.remove(reason_of(target))
    elif plan.instead:
        _bring(kept_at(study, plan), study.folder / plan.instead, plan.instead_sha256)


def arrived(study: Study, plan: Planned) -> bool:
    """Tell whether the file is where the plan wants it, with the content it was planned with."""
    return _is(study.folder / plan.to, plan.sha256)


def kept_at(study: Study, plan: Planned) -> Path:
    """Return where the file that a corrected one replaces is kept."""
    return superseded_folder(study, plan.instead_sha256) / plan.kept_as


def _bring(source: Path, target: Path, sha256: str, *, private: bool = False) -> None:
    """Move the file of that content, unless it has been; of two copies keep the target."""
    if not _is(source, sha256):
        return
    if _is(target, sha256):
        files.remove(source)
    else:
        files.move(source, target, private=private)


def _is(path: Path, sha256: str) -> bool:
    if path.is_symlink():
        return sha256 == ""  # a link is set aside as it is, never followed
    return path.is_file() and file_digest(path) == sha256


def _damaged(path: str) -> Problem:
    return Problem(
        "중단된 작업의 기록이 손상되었습니다. inbox/, interviews/, quarantine/에 파일이 제대로 있는지 보고, 이"
        " 파일을 지운 뒤 다시 실행하세요.",
        "The plan of an interrupted job is damaged. See whether inbox/, interviews/ and"
        " quarantine/ hold the files they should, delete this file and run again.",
        path,
    )
