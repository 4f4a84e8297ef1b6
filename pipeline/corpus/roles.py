"""Who asks and who answers: roles by the speaker's label."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from pipeline.errors import Problem
from pipeline.records import Interview, Role, Turn

INTERVIEWER_LABELS = (
    "질문", "면담자", "면접자", "연구자", "조사자", "진행자", "사회자",
    "Q", "Interviewer", "Researcher",
)  # fmt: skip
_ASKS = (*INTERVIEWER_LABELS, "질문자", "인터뷰어", "면접관", "moderator")
_ANSWERS = (
    "participant", "interviewee", "respondent", "답변", "답변자", "응답", "응답자", "참여자",
    "참가자", "연구참여자", "면담대상자", "피면담자", "피면접자", "구술자", "A",
)  # fmt: skip
_SPEAKERS_SHOWN = 5


def assign_roles(
    interview: Interview,
    interviewer_labels: Sequence[str],
    roles: Mapping[str, Role] | None = None,
) -> tuple[Interview, tuple[Problem, ...]]:
    """Return the interview with each turn's role, and what to say about it.

    A turn has the role that ``roles`` gives its speaker. Else it is the interviewer's when
    the file said so, or when its speaker is one of ``interviewer_labels`` (or of
    ``INTERVIEWER_LABELS`` where none is given), alone or with a number after it: «면담자 1»,
    «Q3». Case and white space do not count. If no turn is, all are participants' and a
    warning says so, except for segments files (turns with ids), which need no questions.
    """
    given: dict[str, Role] = {plain_label(label): r for label, r in (roles or {}).items()}
    asking = interviewer_labels or INTERVIEWER_LABELS
    found: dict[str, Role] = {}
    for speaker in {turn.speaker for turn in interview.turns}:
        decided = given.get(plain_label(speaker))
        if decided is not None:
            found[speaker] = decided
        elif is_labelled(speaker, asking):
            found[speaker] = "interviewer"

    def placed(turn: Turn) -> Turn:
        return dataclasses.replace(turn, role=found.get(turn.speaker, turn.role))

    turns = tuple(placed(turn) for turn in interview.turns)
    somebody_asks = any(turn.role == "interviewer" for turn in turns)
    from_segments_file = any(turn.id is not None for turn in turns)
    all_given = all(plain_label(turn.speaker) in given for turn in turns)
    quiet = somebody_asks or from_segments_file or all_given
    problems = () if quiet else (_nobody_asks(interview),)
    return dataclasses.replace(interview, turns=turns), problems


def role_of(said: str, roles: Mapping[str, Role]) -> Role | None:
    """Return the role a table's cell names, by ``roles`` or as usually called, else ``None``."""
    for label, role in roles.items():
        if plain_label(label) == plain_label(said):
            return role
    if is_labelled(said, _ASKS):
        return "interviewer"
    return "participant" if is_labelled(said, _ANSWERS) else None


def is_labelled(speaker: str, labels: Iterable[str]) -> bool:
    """Tell whether ``speaker`` is one of ``labels``, alone or followed by a number."""
    said = plain_label(speaker)
    if not said:
        return False
    known = _plain_labels(tuple(labels))
    return said in known or re.sub(r" ?\d+$", "", said) in known


@lru_cache(maxsize=64)
def _plain_labels(labels: tuple[str, ...]) -> frozenset[str]:
    # The same few lists are asked for at every line of every text.
    return frozenset(map(plain_label, labels))


def plain_label(label: str) -> str:
    """Return a label as it is compared: NFC, case folded, white space joined to one blank."""
    return " ".join(unicodedata.normalize("NFC", label).casefold().split())


def _nobody_asks(interview: Interview) -> Problem:
    speakers = list(dict.fromkeys(turn.speaker for turn in interview.turns if turn.speaker))
    shown = ", ".join(f"«{speaker}»" for speaker in speakers[:_SPEAKERS_SHOWN])
    more = f" 외 {len(speakers) - _SPEAKERS_SHOWN}명" if len(speakers) > _SPEAKERS_SHOWN else ""
    found = f"있는 화자: {shown}{more}." if speakers else "화자 표시가 없습니다."
    found_en = f"Speakers found: {shown}." if speakers else "The text has no speaker labels."
    return Problem(
        f"질문하는 사람의 발화를 찾지 못해 모든 발화를 분석합니다. {found} "
        "질문자가 있으면 설정 파일의 interviewer에 적으세요(화자마다 정하려면 reading.roles).",
        f"No interviewer's turn was found, so all turns are analysed. {found_en} "
        "Name the interviewer under `interviewer` in the config (or each under `reading.roles`).",
        level="warning",
    )
