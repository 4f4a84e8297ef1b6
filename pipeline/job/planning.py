"""What becomes of each file of the inbox: decided before anything is moved."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.config import Study
from pipeline.errors import Problem
from pipeline.job import refusals
from pipeline.job.known import Content, content_of, holders
from pipeline.memory import file_digest
from pipeline.records import Reading
from pipeline.withdrawn import withdrawn_files, withdrawn_interviews

# taken: a new interview; corrected: one that was there, as another text; aside: to quarantine/.
Outcome = Literal["taken", "corrected", "aside"]

REASON = ".reason.txt"
SUPERSEDED = "superseded"
# File systems take 255 bytes; the reason and what is not yet whole have longer names.
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one file: ``file`` under ``inbox/`` goes to ``to`` in the study's folder.

    ``interviews`` are the ids it holds. A corrected file takes the place of ``instead`` (in the
    study's folder, of the SHA-256 ``instead_sha256``), which is kept in the private part under the
    name ``kept_as``. ``problems`` are why a file is set aside, or what was noticed in reading it.
    """

    file: str
    sha256: str
    outcome: Outcome
    to: str
    interviews: tuple[str, ...] = ()
    instead: str = ""
    instead_sha256: str = ""
    kept_as: str = ""
    problems: tuple[Problem, ...] = ()


def plan_files(
    study: Study, files: Sequence[Path], known: Mapping[str, Content]
) -> tuple[tuple[Planned, ...], tuple[Problem, ...]]:
    """Decide what becomes of ``files`` of the inbox, in their order; nothing is changed.

    ``known`` is what the files under ``interviews/`` hold, by their path there. Returns the
    plans, and what there is to say of files that stay in the inbox.
    """
    held = dict(known)
    withdrawn = _Withdrawn(withdrawn_files(study), withdrawn_interviews(study))
    plans: list[Planned] = []
    left: list[Problem] = []
    taken: set[str] = set()
    for path in files:
        if not _is_writable_name(path):
            left.append(refusals.unreadable_name(study.shown(path)))
            continue
        try:
            plan, content = _plan(study, path, held, withdrawn, taken)
        except OSError as error:
            left.append(refusals.cannot_be_opened(study.shown(path), error))
            continue
        taken.add(plan.to)
        plans.append(plan)
        if content is not None:
            held.pop(plan.instead.removeprefix("interviews/"), None)
            held[plan.to.removeprefix("interviews/")] = content
    return tuple(plans), tuple(left)


@dataclass(frozen=True, slots=True)
class _Withdrawn:
    files: frozenset[str]
    interviews: frozenset[str]


def _plan(
    study: Study,
    path: Path,
    held: Mapping[str, Content],
    withdrawn: _Withdrawn,
    taken: Container[str],
) -> tuple[Planned, Content | None]:
    """Return what becomes of one file, and what it holds where it is taken in."""
    name = path.relative_to(study.folder / "inbox").as_posix()
    if path.is_symlink():
        return aside(study, name, "", (refusals.a_link(),), taken), None
    sha256 = file_digest(path)
    from pipeline.corpus.reading import read_file

    reading = read_file(path, study.shown(path), study.config.interviewer, study.reading)
    content = content_of(reading, sha256)
    place, clash = _place_of(study, name, content, held, taken)
    if reasons := _refused(study, reading, content, held, withdrawn) or clash:
        return aside(study, name, sha256, reasons, taken), None
    old = held.get(place.instead)
    plan = Planned(
        name,
        sha256,
        "corrected" if place.instead else "taken",
        f"interviews/{place.to}",
        tuple(content.texts),
        f"interviews/{place.instead}" if place.instead else "",
        old.sha256 if old else "",
        Path(place.instead).name,
        reading.problems,
    )
    return plan, content


def _refused(
    study: Study,
    reading: Reading,
    content: Content,
    held: Mapping[str, Content],
    withdrawn: _Withdrawn,
) -> tuple[Problem, ...]:
    """Return why a file is not taken in, whatever its name; empty if it is."""
    ids = {
        hashlib.sha256(one.encode("utf-8", "surrogatepass")).hexdigest() for one in content.texts
    }
    if content.sha256 in withdrawn.files or ids & withdrawn.interviews:
        return (refusals.of_a_withdrawn(),)
    errors = tuple(problem for problem in reading.problems if problem.level == "error")
    if errors or not reading.interviews:
        return errors or (refusals.no_interview(),)
    if same := _same_as(content, held):
        return (refusals.already_there(same),)
    earlier = superseded_folder(study, content.sha256)
    return (refusals.corrected_since(),) if earlier.is_dir() else ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file goes under ``interviews/``, and the file whose place it takes, if any."""

    to: str
    instead: str = ""


def _place_of(
    study: Study, name: str, content: Content, held: Mapping[str, Content], taken: Container[str]
) -> tuple[_Place, tuple[Problem, ...]]:
    ids = set(content.texts)
    same_ids = holders(held, ids)
    if len(same_ids) > 1 or (same_ids and not set(held[same_ids[0]].texts) <= ids):
        return _Place(name), (refusals.ids_in(same_ids, sorted(ids)),)
    others = [one for one in held if one not in same_ids]
    same_rows = [one for one in others if set(held[one].rows) & set(content.rows)]
    if same_rows:
        return _Place(name), (refusals.ids_in(same_rows, sorted(set(content.rows))),)
    if same_ids:
        old = same_ids[0]
        if f"interviews/{old}" in taken:
            return _Place(name), (refusals.two_at_once(old),)
        to = Path(old).with_name(Path(name).name).as_posix()
        free = to == old or not (study.interviews / to).exists()
        return _Place(to if free else old, old), ()
    wanted = name if _has_room(study.interviews, name) else Path(name).name
    to = _free(wanted, lambda one: one in held or (study.interviews / one).exists())
    return _Place(to), ()


def _same_as(content: Content, held: Mapping[str, Content]) -> str | None:
    """Return the interview (else the file) that ``content`` repeats, if it brings nothing new."""
    by_text = {text: one for other in held.values() for one, text in other.texts.items()}
    for name, other in held.items():
        if other.sha256 == content.sha256:
            return next(iter(other.texts), name)
    if all(text in by_text for text in content.texts.values()):
        return by_text[next(iter(content.texts.values()))]
    return None


def aside(
    study: Study, name: str, sha256: str, problems: Sequence[Problem], taken: Container[str]
) -> Planned:
    """Plan to set a file aside, under a name that neither ``taken`` nor the folder has yet."""
    folder = study.folder / "quarantine"

    def used(one: str) -> bool:
        path = folder / one
        return f"quarantine/{one}" in taken or path.exists() or reason_of(path).exists()

    to = _free(_fitting(folder, name), used)
    return Planned(name, sha256, "aside", f"quarantine/{to}", problems=tuple(problems))


def superseded_folder(study: Study, sha256: str) -> Path:
    """Return the folder in the private part that keeps a file a corrected one has replaced."""
    return study.private / SUPERSEDED / sha256[:16]


def reason_of(path: Path) -> Path:
    """Return where the reason stands why the file at ``path`` was set aside."""
    return path.with_name(path.name + REASON)


def _is_writable_name(path: Path) -> bool:
    """Tell whether a name can be written down: a disk may hold one in no encoding at all."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _has_room(folder: Path, name: str) -> bool:
    """Tell whether ``name`` can be made below ``folder``: no folder of it is a file there."""
    return not any((folder / parent).is_file() for parent in Path(name).parents[:-1])


def _fitting(folder: Path, name: str) -> str:
    """Return ``name`` short enough to have the reason beside it, and in a folder there can be."""
    path = Path(name) if _has_room(folder, name) else Path(Path(name).name)
    while len(path.name.encode()) > _LONGEST_NAME and len(path.stem) > 1:
        path = path.with_name(path.stem[:-1] + path.suffix)
    return path.as_posix()


def _free(name: str, used: Callable[[str], bool]) -> str:
    """Return ``name``, or the first of NAME-2, NAME-3 … that is not used."""
    path, number = Path(name), 1
    while used(path.as_posix()):
        number += 1
        path = Path(name).with_name(f"{Path(name).stem}-{number}{Path(name).suffix}")
    return path.as_posix()
