from __future__ import annotations

import pytest

from pipeline.corpus.roles import INTERVIEWER_LABELS, assign_roles, role_of
from pipeline.records import Interview, Role, Turn


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


def test_a_role_the_file_gave_stays() -> None:
    once, _ = assign_roles(interview("질문자", "A"), ["질문자"])
    assert roles(once, ["다른 사람"]) == ["interviewer", "participant"]


def test_roles_by_the_config_go_before_all() -> None:
    given = interview("박 실장", "김씨", "질문", "사회자")
    chosen, problems = assign_roles(
        given, ["김씨"], {"박  실장": "interviewer", "사회자": "participant", "김씨": "participant"}
    )
    assert [t.role for t in chosen.turns] == [
        "interviewer", "participant", "participant", "participant",
    ]  # fmt: skip
    assert problems == ()


def test_no_warning_where_the_config_gives_every_role() -> None:
    given = interview("김씨", "박씨")
    everyone: dict[str, Role] = {"김씨": "participant", "박씨": "participant"}
    assert assign_roles(given, [], everyone)[1] == ()
    assert len(assign_roles(given, [], {"김씨": "participant"})[1]) == 1


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Interviewer", "interviewer"), ("질문자", "interviewer"), ("참여자 2", "participant"),
        ("participant", "participant"), ("공무원", None), ("", None), ("진행", "interviewer"),
    ],
)  # fmt: skip
def test_roles_in_a_column(said: str, role: str | None) -> None:
    assert role_of(said, {"진행": "interviewer"}) == role
