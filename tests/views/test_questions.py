"""The question before a passage."""

from __future__ import annotations

from pipeline.records import Interview, Turn
from pipeline.views.questions import Questions

TEXT = "왜요? 그냥요. 언제요? 어제요. 밤에요."
TURNS = (
    Turn(1, "질문", "interviewer", 0, 3),
    Turn(2, "답변", "participant", 4, 8),
    Turn(3, "질문", "interviewer", 9, 13),
    Turn(4, "답변", "participant", 14, 18),
    Turn(5, "답변", "participant", 19, 23),
)


def test_the_last_question_before() -> None:
    questions = Questions(Interview("가", TEXT, TURNS, "가.txt"))
    assert questions.before(0) == ""
    assert questions.before(4) == "왜요?"
    assert questions.before(19) == "언제요?"
