from __future__ import annotations

import pytest
from tiny_review import CODEBOOK

from pipeline.corpus.codebook import codes_in
from pipeline.errors import GyeolError
from pipeline.records import CodeChange
from pipeline.views.review.changes import Changed, change, difference

CODES = {code.name: code for code in codes_in(CODEBOOK, "codebook.yaml")}


def asked(**sent: str) -> Changed:
    return change(CODEBOOK, "codebook.yaml", sent, CODES)


def test_an_edit_is_what_differs() -> None:
    changed = asked(
        kind="edit", code="자신감", name="자신감", parent="", definition="믿음이 생긴 변화"
    )
    assert changed.changes == (CodeChange("edit", ("자신감",), ("자신감",)),)
    assert "# 연구실의 코드북" in changed.text
    codes = {code.name: code for code in codes_in(changed.text, "")}
    assert codes["자신감"].definition == "믿음이 생긴 변화"
    assert codes["호혜정신"] == CODES["호혜정신"]


def test_one_form_renames_moves_and_edits() -> None:
    changed = asked(
        kind="edit",
        code="자신감",
        name="자기 믿음",
        parent="호혜정신",
        include="할 수 있다는 말\n\n해 보겠다는 말",
    )
    assert [step.kind for step in changed.changes] == ["rename", "move", "edit"]
    code = next(c for c in codes_in(changed.text, "") if c.name == "자기 믿음")
    assert code.parent == "호혜정신"
    assert code.include == ("할 수 있다는 말", "해 보겠다는 말")
    assert code.id == "자신감"


def test_codes_are_added_split_merged_and_retired() -> None:
    added = asked(kind="add", name="교통", parent="자신감", definition="다니기")
    assert next(c for c in codes_in(added.text, "") if c.name == "교통").parent == "자신감"
    split = asked(kind="split", code="자신감", into="자신감\n도전")
    assert split.changes == (CodeChange("split", ("자신감",), ("자신감", "도전")),)
    merged = asked(kind="merge", code="자신감", other="호혜정신", into="")
    assert merged.changes[0].into == ("호혜정신",)
    retired = asked(kind="retire", code="자신감")
    assert "자신감" not in {c.name for c in codes_in(retired.text, "")}


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "edit", "code": "자신감", "name": "자신감"},
        {"kind": "edit", "code": "없음", "name": "가"},
        {"kind": "edit", "code": "자신감", "name": ""},
        {"kind": "edit", "code": "자신감", "name": "호혜정신"},
        {"kind": "edit", "code": "자신감", "name": "자신감", "parent": "없음"},
        {"kind": "add", "name": "자신감"},
        {"kind": "split", "code": "자신감", "into": "하나"},
        {"kind": "merge", "code": "자신감", "other": "자신감"},
        {"kind": "burn", "code": "자신감"},
        {},
    ],
)
def test_what_makes_no_sense_is_refused(sent: dict[str, str]) -> None:
    with pytest.raises(GyeolError):
        asked(**sent)


def test_the_difference_shows_what_goes_and_what_comes() -> None:
    lines = difference("가\n나\n다", "가\n라\n다")
    assert lines == ((" ", "가"), ("-", "나"), ("+", "라"), (" ", "다"))
