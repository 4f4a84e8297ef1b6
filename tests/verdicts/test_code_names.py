"""Names through the versions of a codebook."""

from __future__ import annotations

from pipeline.records import CodebookVersion, CodeChange
from pipeline.verdicts.code_names import newest, today_of


def version(number: int, *changes: CodeChange, aside: bool = False) -> CodebookVersion:
    return CodebookVersion(number, "", "가", "", "- name: 돈\n", changes, aside)


def test_a_name_goes_through_every_change_since() -> None:
    today = today_of(
        [
            version(1),
            version(2, CodeChange("rename", ("돈",), ("수입",))),
            version(3, CodeChange("merge", ("수입", "판매"), ("경제",))),
            version(4, CodeChange("retire", ("경제",))),
        ]
    )
    assert today.name("돈", 4) == "돈"
    assert today.name("돈", 1) is None
    assert today.name("다른 것", 1) == "다른 것"
    assert today_of([]).name("돈", 1) == "돈"


def test_names_that_change_places_at_once_are_not_mixed_up() -> None:
    swapped = (CodeChange("rename", ("돈",), ("꿈",)), CodeChange("rename", ("꿈",), ("돈",)))
    today = today_of([version(1), version(2, *swapped)])
    assert (today.name("돈", 1), today.name("꿈", 1)) == ("꿈", "돈")


def test_the_newest_was_made_here() -> None:
    assert newest([version(1), version(2), version(3, aside=True)]) == version(2)
    assert newest([]) is None
