from __future__ import annotations

import pytest

from pipeline.corpus.roles import INTERVIEWER_LABELS, assign_roles
from pipeline.records import Interview, Turn


def interview(*speakers: str, ids: bool = False) -> Interview:
    turns = tuple(
        Turn(n, speaker, "participant", n - 1, n, id=str(n) if ids else None)
        for n, speaker in enumerate(speakers, 1)
    )
    return Interview("면담", "가" * len(speakers), turns, "면담.txt")


def roles(given: Interview, labels: list[str]) -> list[str]:
    return [turn.role for turn in assign_roles(given, labels)[0].turns]


@pytest.mark.parametrize(
    "label", [*INTERVIEWER_LABELS, "면담자 1", "면담자2", "Q3", "q", "RESEARCHER 2"]
)
def test_usual_labels_ask(label: str) -> None:
    assert roles(interview(label, "참여자 1"), []) == ["interviewer", "participant"]


@pytest.mark.parametrize("label", ["피면담자", "연구참여자", "답변", "A", "Queen", "김질문"])
def test_other_labels_answer(label: str) -> None:
    assert roles(interview("질문", label), []) == ["interviewer", "participant"]


def test_config_replaces_the_usual_labels() -> None:
    given = interview("참석자 1", "참석자 10", "참석자 2", "면담자")
    assert roles(given, ["참석자 1"]) == ["interviewer"] + ["participant"] * 3


def test_no_warning_where_somebody_asks() -> None:
    assert assign_roles(interview("Q", "A"), [])[1] == ()


def test_a_warning_names_the_speakers_where_nobody_asks() -> None:
    given, (problem,) = assign_roles(interview("김하늘", "이봄"), [])
    assert {turn.role for turn in given.turns} == {"participant"}
    assert problem.level == "warning"
    assert "«김하늘», «이봄»" in problem.ko
    assert "모든 발화" in problem.ko


def test_a_text_without_labels_is_warned_of_as_such() -> None:
    (problem,) = assign_roles(interview("", ""), [])[1]
    assert "화자 표시가 없습니다" in problem.ko


def test_segments_files_need_nobody_who_asks() -> None:
    assert assign_roles(interview("", "", ids=True), [])[1] == ()


def test_an_earlier_role_is_taken_back() -> None:
    once, _ = assign_roles(interview("Q", "A"), [])
    assert roles(once, ["A"]) == ["participant", "interviewer"]
