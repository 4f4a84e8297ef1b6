"""Withdrawal of consent (동의 철회): an interview taken out of a study, wherever it is kept.

The one command that changes what people made. What is derived is deleted whole and made
again by the next run, without the interview.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import Study
from pipeline.corpus.encoding import decode, freeze
from pipeline.corpus.listing import list_files
from pipeline.corpus.privacy import decisions_to_json
from pipeline.corpus.pseudonyms import Key, key_to_json
from pipeline.corpus.readers import interview_id
from pipeline.corpus.reading import read_file
from pipeline.errors import GyeolError, Problem
from pipeline.flow.privacy import decisions_of, decisions_path, key_path, stored_key
from pipeline.forget_decisions import forget_decisions, is_decided_on
from pipeline.memory import file_digest, write_whole
from pipeline.sentences import particle
from pipeline.withdrawn import bury


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was done: files deleted, files from which rows were taken, and what is left to do.

    ``remains`` are places Gyeol may not or cannot clear; a person has to.
    """

    deleted: tuple[str, ...]
    changed: tuple[str, ...]
    remains: tuple[Problem, ...]


def forget_interview(study: Study, interview: str) -> Forgotten:
    """Remove ``interview`` from the study's files, private part, caches and outputs.

    A tombstone without content stays in the private part: hashes of the id and of the file,
    so that the same file is not taken in again.

    Raises:
        GyeolError: no file of the study holds an interview of that id.
    """
    holders, text = _holders(study, interview)
    if not holders and not is_decided_on(study, interview):
        raise GyeolError(
            Problem(
                f"면담 «{interview}»{particle(interview, '이')} 이 연구에 없습니다. gyeol check로 id를 확인하세요.",
                f"No interview «{interview}» in this study.",
                study.shown(study.folder),
            )
        )
    # First the tombstone: were the rest interrupted, the interview would still be refused.
    content = sorted(file_digest(path) for path, others in holders.items() if not others)
    bury(study, interview, content)
    deleted, changed, remains = [], [], []
    for path, others in holders.items():
        if not others:
            path.unlink()
            deleted.append(study.shown(path))
            for note in _notes_on(study, path):
                note.unlink(missing_ok=True)
        elif _drop_segments(path, interview) or _drop_answers(study, path, interview):
            changed.append(study.shown(path))
        else:
            remains.append(_left(study, path))
    for sheet in (study.codings, study.participants):
        if sheet is not None and sheet.suffix.lower() == ".csv":
            if _drop_rows(sheet, interview):
                changed.append(study.shown(sheet))
        elif sheet is not None:
            remains.append(_left(study, sheet))
    erased, notes = forget_decisions(study, interview, text)
    changed += erased
    remains += notes
    changed += [study.shown(path) for path in _forget_names(study)]
    derived = [study.private / name for name in ("texts", "morphology", "cache", "new")]
    (study.private / "job" / "known.json").unlink(missing_ok=True)
    for made in (*derived, study.outputs):
        if made.exists():
            shutil.rmtree(made)
            deleted.append(f"{study.shown(made)}/")
    return Forgotten(tuple(deleted), tuple(changed), (*remains, *_elsewhere(study)))


def _folders(study: Study) -> tuple[Path, ...]:
    """Return where transcripts may lie; the job keeps those that corrected ones replaced."""
    beside = (study.folder / "inbox", study.folder / "quarantine")
    return (study.interviews, *beside, study.private / "superseded")


def _notes_on(study: Study, path: Path) -> tuple[Path, ...]:
    """Return what the job wrote beside a file: why it was set aside, what it was coded with."""
    if path.is_relative_to(study.folder / "quarantine"):
        return (path.with_name(f"{path.name}.reason.txt"),)
    if path.is_relative_to(study.private / "superseded"):
        return (path.with_name("changed.json"),)
    return ()


def _holders(study: Study, interview: str) -> tuple[dict[Path, bool], str]:
    """Return the files that hold the interview and whether others are in them; and its text."""
    holders: dict[Path, bool] = {}
    texts: list[str] = []
    for folder in _folders(study):
        for path in list_files(folder) if folder.is_dir() else ():
            reading = read_file(path, path.name, study.config.interviewer, study.reading)
            found = {i.id for i in reading.interviews}
            if interview in found or (not found and interview_id(path.name) == interview):
                holders[path] = len(found) > 1
                texts += [i.text for i in reading.interviews if i.id == interview]
    return holders, "\n".join(texts)


def _forget_names(study: Study) -> Iterator[Path]:
    """Drop names that no interview left says from the key and the decisions; yield those files.

    A name said elsewhere too keeps its pseudonym.
    """
    said = "\n".join(_left_to_say(study))
    key = stored_key(study)
    left = Key(
        *(
            {name: shown for name, shown in part.items() if name in said}
            for part in (key.people, key.districts, key.interviews, key.words)
        )
    )
    if left != key:
        write_whole(key_path(study), key_to_json(left), private=True)
        yield key_path(study)
    decisions = decisions_of(study)
    kept = replace(
        decisions,
        accepted=frozenset(subject for subject in decisions.accepted if subject[1] in said),
        rejected=frozenset(subject for subject in decisions.rejected if subject[1] in said),
        added=frozenset(name for name in decisions.added if name in said),
    )
    if kept != decisions:
        write_whole(decisions_path(study), decisions_to_json(kept), private=True)
        yield decisions_path(study)


def _left_to_say(study: Study) -> Iterator[str]:
    """Yield everything that may hold a name in the study's files as they are now."""
    for folder in _folders(study):
        for path in list_files(folder) if folder.is_dir() else ():
            reading = read_file(path, path.name, study.config.interviewer, study.reading)
            for interview in reading.interviews:
                yield interview.id
                yield interview.text
                yield from (turn.speaker for turn in interview.turns)
    if study.participants is not None and study.participants.suffix.lower() == ".csv":
        yield freeze(decode(study.participants.read_bytes()))


def _drop_segments(path: Path, interview: str) -> bool:
    """Rewrite a segments JSONL without the interview's rows; false if it is something else."""
    if path.suffix.lower() != ".jsonl":
        return False

    def keeps(line: str) -> bool:
        try:
            row = json.loads(line)
        except ValueError:
            return True
        return not isinstance(row, dict) or str(row.get("interview", row.get("id"))) != interview

    lines = decode(path.read_bytes()).split("\n")
    write_whole(path, "\n".join(line for line in lines if keeps(line)).encode())
    return True


def _drop_answers(study: Study, path: Path, interview: str) -> bool:
    """Rewrite a table of answers without the interview's rows; false if it is not a CSV."""
    if path.suffix.lower() != ".csv":
        return False
    named = study.reading.columns.get("interview", "interview")
    return _drop_rows(path, interview, named if isinstance(named, str) else named[0])


def _drop_rows(path: Path, interview: str, heading: str = "interview") -> bool:
    """Rewrite a CSV without the interview's rows; false if it has none."""
    text = decode(path.read_bytes())
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    headings = [heading.strip().lower() for heading in rows[0]] if rows else []
    if heading.strip().lower() not in headings:
        return False
    column = headings.index(heading.strip().lower())
    kept = [row for row in rows if len(row) <= column or row[column].strip() != interview]
    if len(kept) == len(rows):
        return False
    sheet = io.StringIO(newline="")
    csv.writer(sheet, delimiter=delimiter).writerows(kept)
    write_whole(path, sheet.getvalue().encode("utf-8-sig"))
    return True


def _left(study: Study, path: Path) -> Problem:
    return Problem(
        "이 면담이 든 행이 남아 있을 수 있습니다. 직접 열어 지우세요.",
        "May still hold rows of the interview; open it and delete them.",
        study.shown(path),
        level="warning",
    )


def _elsewhere(study: Study) -> list[Problem]:
    """List the places that may hold the interview beyond what Gyeol keeps."""
    notes = [
        Problem(
            "--out으로 다른 곳에 쓴 결과, 보내거나 인쇄한 보고서와 표는 남아 있습니다.",
            "Outputs written elsewhere by --out, and reports sent or printed, remain.",
            level="warning",
        ),
        Problem(
            "백업, 클라우드 동기화, 휴지통, 녹음 파일은 여기서 지워지지 않습니다.",
            "Backups, cloud copies, the bin and recordings are not cleared from here.",
            level="warning",
        ),
    ]
    if any((parent / ".git").exists() for parent in (study.folder, *study.folder.parents)):
        notes.append(
            Problem(
                "이 폴더는 git으로 관리됩니다. 지난 기록에 면담이 남아 있을 수 있습니다.",
                "This folder is under git: its history may hold the interview.",
                level="warning",
            )
        )
    return notes
