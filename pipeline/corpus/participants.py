"""Who took part (참여자 표): participants.csv or .xlsx, and its columns joined to interviews or turns."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.roles import plain_label
from pipeline.corpus.sheets import read_rows
from pipeline.errors import Problem
from pipeline.records import Interview
from pipeline.sentences import particle

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Participant:
    """One row: a participant of an interview.

    ``fields`` are all columns but ``interview``, empty cells left out; ``path`` and ``line``
    say where the row stands.
    """

    interview: str
    participant: str
    fields: Mapping[str, str]
    path: str
    line: int


def read_participants(path: Path, name: str) -> tuple[tuple[Participant, ...], tuple[Problem, ...]]:
    """Read the table at ``path``, called ``name`` in messages.

    ``interview`` (the file's name without its ending) and ``participant`` are required;
    any further column is kept. A row without one of the two, or given twice, is a problem
    and left out.

    Raises:
        GyeolError: the file cannot be read or lacks a column.
    """
    participants: dict[tuple[str, str], Participant] = {}
    problems: list[Problem] = []
    for row in read_rows(path, name, ["interview", "participant"]):
        key = row.cells.get("interview", ""), row.cells.get("participant", "")
        if not all(key):
            problems.append(
                Problem(
                    "interview 칸이나 participant 칸이 비어 있습니다.",
                    "The interview or the participant is missing.",
                    name,
                    row.line,
                )
            )
        elif key in participants:
            problems.append(
                Problem(
                    f"면담 «{key[0]}»의 참여자 «{key[1]}»{particle(key[1], '이')} {participants[key].line}번째 줄에도 "
                    "있습니다.",
                    f"Participant «{key[1]}» of «{key[0]}» is on line {participants[key].line} too.",
                    name,
                    row.line,
                )
            )
        else:
            fields = {column: cell for column, cell in row.cells.items() if column != "interview"}
            participants[key] = Participant(*key, fields, name, row.line)
    return tuple(participants.values()), tuple(problems)


def join(
    interviews: Sequence[Interview], participants: Sequence[Participant]
) -> tuple[tuple[Interview, ...], tuple[Problem, ...]]:
    """Return ``interviews`` with what is known of their participants, and warnings.

    One row for an interview: its columns join the interview's fields. Several (a group
    interview), or one of several who answer: each row's columns join the fields of the turns
    whose speaker is the row's ``speaker`` or ``participant``. Rows and interviews without a
    counterpart, and speakers or rows of a group interview that do not meet, are warnings.
    """
    by_interview: dict[str, list[Participant]] = {}
    for row in participants:
        by_interview.setdefault(row.interview, []).append(row)
    known = {interview.id for interview in interviews}
    problems = [
        _unknown_interview(row, known - by_interview.keys())
        for row in participants
        if row.interview not in known
    ]
    missing = [interview.id for interview in interviews if interview.id not in by_interview]
    if participants and missing:
        problems.append(_no_row(missing, participants[0].path))
    joined: list[Interview] = []
    for interview in interviews:
        rows = by_interview.get(interview.id, [])
        if len(rows) == 1 and not _is_one_of_several(interview, rows[0]):
            fields = {**interview.fields, **rows[0].fields}
            joined.append(dataclasses.replace(interview, fields=fields))
        else:
            group, warnings = _join_speakers(interview, rows)
            joined.append(group)
            problems += warnings
    return tuple(joined), tuple(problems)


def _is_one_of_several(interview: Interview, row: Participant) -> bool:
    """Tell whether others than the row's person answer in the interview, too."""
    answering = {
        plain_label(turn.speaker) for turn in interview.turns if turn.role == "participant"
    }
    named = {plain_label(row.participant), plain_label(row.fields.get("speaker", ""))}
    return len(answering - {""}) > 1 and bool(answering & (named - {""}))


def _join_speakers(
    interview: Interview, rows: Sequence[Participant]
) -> tuple[Interview, list[Problem]]:
    by_speaker = {
        plain_label(label): row
        for row in rows
        for label in (row.participant, row.fields.get("speaker", ""))
        if label
    }
    turns = tuple(
        dataclasses.replace(turn, fields={**turn.fields, **row.fields})
        if (row := by_speaker.get(plain_label(turn.speaker)))
        else turn
        for turn in interview.turns
    )
    spoken = {plain_label(turn.speaker) for turn in interview.turns}
    problems = [
        _silent(row)
        for row in rows
        if not spoken & {plain_label(row.participant), plain_label(row.fields.get("speaker", ""))}
    ]
    unknown = {
        turn.speaker: None
        for turn in interview.turns
        if turn.role == "participant" and plain_label(turn.speaker) not in by_speaker
    }
    if rows and unknown:
        problems.append(_unknown_speakers(interview, list(unknown), rows[0].path))
    return dataclasses.replace(interview, turns=turns), problems


def _unknown_interview(row: Participant, without_row: Iterable[str]) -> Problem:
    near = difflib.get_close_matches(row.interview, sorted(without_row), n=1, cutoff=0.6)
    hint_ko, hint_en = (f" 혹시 «{near[0]}»?", f" Did you mean «{near[0]}»?") if near else ("", "")
    return Problem(
        f"면담 «{row.interview}»{particle(row.interview, '이')} 자료에 없습니다. 확장자를 뺀 파일 이름을 적으세요.{hint_ko}",
        f"There is no interview «{row.interview}». Give the file's name without its ending."
        f"{hint_en}",
        row.path,
        row.line,
        "warning",
    )


def _no_row(interviews: Sequence[str], path: str) -> Problem:
    return Problem(
        f"참여자 표에 없는 면담이 {len(interviews)}건 있습니다: {_listed(interviews)}",
        f"{len(interviews)} interviews have no row in the table: {_listed(interviews)}",
        path,
        level="warning",
    )


def _silent(row: Participant) -> Problem:
    return Problem(
        f"면담 «{row.interview}»에 화자 «{row.fields.get('speaker', row.participant)}»의 발화가 "
        "없습니다. 녹취록의 화자 표시를 speaker 칸에 적으세요.",
        f"Nobody in «{row.interview}» is labelled "
        f"«{row.fields.get('speaker', row.participant)}». Give the label in the speaker column.",
        row.path,
        row.line,
        "warning",
    )


def _unknown_speakers(interview: Interview, speakers: Sequence[str], path: str) -> Problem:
    named = [speaker or "(화자 표시 없음)" for speaker in speakers]
    return Problem(
        f"면담 «{interview.id}»에 참여자 표에 없는 화자가 있습니다: {_listed(named)}",
        f"Speakers of «{interview.id}» have no row in the table: {_listed(named)}",
        path,
        level="warning",
    )


def _listed(names: Sequence[str]) -> str:
    more = ", …" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
