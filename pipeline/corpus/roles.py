"""Who asks and who answers: roles by the speaker's label."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Sequence

from pipeline.errors import Problem
from pipeline.records import Interview

INTERVIEWER_LABELS = (
    "질문", "면담자", "면접자", "연구자", "조사자", "진행자", "사회자",
    "Q", "Interviewer", "Researcher",
)  # fmt: skip
_SPEAKERS_SHOWN = 5


def assign_roles(
    interview: Interview, interviewer_labels: Sequence[str]
) -> tuple[Interview, tuple[Problem, ...]]:
    """Return the interview with each turn's role, and what to say about it.

    A turn is the interviewer's when its speaker is one of ``interviewer_labels`` (or of
    ``INTERVIEWER_LABELS`` where none is given), alone or with a number after it: «면담자 1»,
    «Q3». Case and white space do not count. If no turn is, all are participants' and a
    warning says so, except for segments files (turns with ids), which need no questions.
    """
    asks = {
        speaker
        for speaker in {turn.speaker for turn in interview.turns}
        if is_labelled(speaker, interviewer_labels or INTERVIEWER_LABELS)
    }
    turns = tuple(
        dataclasses.replace(turn, role="interviewer" if turn.speaker in asks else "participant")
        for turn in interview.turns
    )
    from_segments_file = any(turn.id is not None for turn in turns)
    problems = () if asks or from_segments_file else (_nobody_asks(interview),)
    return dataclasses.replace(interview, turns=turns), problems


def is_labelled(speaker: str, labels: Iterable[str]) -> bool:
    """Tell whether ``speaker`` is one of ``labels``, alone or followed by a number."""
    said = plain_label(speaker)
    if not said:
        return False
    known = {plain_label(label) for label in labels}
    return said in known or re.sub(r" ?\d+$", "", said) in known


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
        "질문자가 있으면 설정 파일의 interviewer에 적으세요.",
        f"No interviewer's turn was found, so all turns are analysed. {found_en} "
        "Name the interviewer under `interviewer` in the config.",
        level="warning",
    )
