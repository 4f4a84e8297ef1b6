"""What a job says of files goes to mail and logs: no names nobody has looked for."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pipeline.config import Study, load_study
from pipeline.errors import Problem
from pipeline.job import outside
from pipeline.job.outside import (
    shown_faults,
    shown_file,
    shown_plans,
    shown_plans_ahead,
    shown_problems,
)
from pipeline.job.planning import Planned
from pipeline.job.refusals import not_settled, two_at_once


@pytest.fixture
def known(study: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """A study that knows one name."""
    monkeypatch.setattr(outside, "key_of", lambda _: {"홍길동": "참여자01"})
    return load_study(study)


def test_no_more_than_the_ending_of_what_may_be_a_name() -> None:
    assert shown_file("quarantine/최말숙_면담.hwp") == "quarantine/*.hwp"
    assert shown_file(unicodedata.normalize("NFD", "최말숙.hwp")) == "*.hwp"
    assert shown_file("최말숙") == "*"
    assert shown_file("빈 것.docx") == "빈 것.docx"
    assert shown_file("봄/P12.txt") == "봄/P12.txt"


def test_folders_named_after_people_but_not_the_study() -> None:
    assert shown_file("최말숙/P12.txt") == "*/P12.txt"
    assert shown_file("corpora/최말숙/inbox/김영희/P12.txt") == "corpora/최말숙/inbox/*/P12.txt"


def test_files_that_wait_and_files_that_were_analysed(known: Study) -> None:
    waits = not_settled("corpora/연구/inbox/최말숙.docx")
    analysed = Problem("홍길동의 말", "Words of 홍길동", "corpora/연구/interviews/홍길동.txt")
    first, second, third = shown_problems(known, (waits, analysed, Problem("말", "word")))
    assert first.path == "corpora/연구/inbox/*.docx"
    assert (second.ko, second.path) == ("참여자01의 말", "corpora/연구/interviews/참여자01.txt")
    assert third == Problem("말", "word")


def test_a_fault_names_no_file_that_was_just_moved(known: Study) -> None:
    fault = Problem("읽을 수 없습니다.", "Cannot be read.", "corpora/연구/interviews/최말숙.txt", 3)
    assert [(p.path, p.line) for p in shown_faults(known, (fault,))] == [
        ("corpora/연구/interviews/*.txt", 3)
    ]


def test_plans_ahead_and_afterwards(known: Study) -> None:
    taken = Planned("홍길동.txt", "1", "taken", "interviews/홍길동.txt")
    aside = Planned(
        "최말숙.txt", "2", "aside", "quarantine/최말숙.txt", problems=(two_at_once("홍길동.txt"),)
    )
    for plan in shown_plans_ahead(known, (taken, aside)):
        assert "홍길동" not in repr(plan)
        assert "최말숙" not in repr(plan)
    after, refused = shown_plans(known, (taken, aside))
    assert (after.file, after.to) == ("참여자01.txt", "interviews/참여자01.txt")
    assert (refused.file, refused.to) == ("*.txt", "quarantine/*.txt")
    assert "참여자01.txt" in refused.problems[0].ko
