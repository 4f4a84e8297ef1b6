from __future__ import annotations

from tiny_terms import segment

from pipeline.mining.groups import WHOLE, Comparison, group_segments, person_of
from pipeline.records import Segment

MIXED = [
    segment("1", "P01", 0, 1, role="주민", district="가"),
    segment("2", "P02", 0, 1, role="강사", district="가"),
    segment("3", "P03", 0, 1, role="주민", district="나"),
    segment("4", "P04", 0, 1),
]


def made(segments: list[Segment], *fields: str) -> tuple[Comparison, ...]:
    return group_segments(segments, fields, {})[0]


def names(comparison: Comparison) -> list[str]:
    return [group.name for group in comparison.groups]


def test_groups_are_the_values_of_the_field() -> None:
    whole, roles = made(MIXED, "role")
    assert (whole.field, names(whole)) == ("", [WHOLE])
    assert whole.compared.tolist() == whole.groups[0].members.tolist() == [True] * 4
    assert (roles.field, names(roles)) == ("role", ["강사", "주민"])
    # A segment of which nothing is known is neither in a group nor in what one is compared with.
    assert roles.compared.tolist() == [True, True, True, False]
    assert roles.groups[1].members.tolist() == [True, False, True]


def test_several_fields() -> None:
    assert [c.field for c in made(MIXED, "role", "district", "role")] == ["", "role", "district"]


def test_without_the_field_groups_are_interviews() -> None:
    segments = [segment("1", "P02", 0, 1), segment("2", "P01", 0, 1), segment("3", "P01", 2, 3)]
    comparisons, problems = group_segments(segments, ["role"], {})
    assert names(comparisons[1]) == ["P01", "P02"]
    assert comparisons[1].groups[0].members.tolist() == [False, True, True]
    assert problems == ()


def test_a_field_somebody_asked_for_and_nobody_has() -> None:
    comparisons, (problem, *_) = group_segments(MIXED, ["role", "지역"], {})
    assert [c.field for c in comparisons] == ["", "role"]
    assert problem.level == "warning"
    assert "«지역»" in problem.ko
    assert "«지역»" in problem.en


def test_groups_by_code_overlap_and_leave_out_what_is_not_coded() -> None:
    codes = {"1": {"돌봄", "기술"}, "2": {"돌봄"}, "4": {"기술"}}
    comparisons, _ = group_segments(MIXED, ["code"], codes)
    assert names(comparisons[1]) == ["기술", "돌봄"]
    assert comparisons[1].compared.tolist() == [True, True, False, True]
    assert comparisons[1].groups[0].members.tolist() == [True, False, True]
    assert comparisons[1].groups[1].members.tolist() == [True, True, False]


def test_nothing_coded_is_said() -> None:
    comparisons, problems = group_segments(MIXED, ["code"], {})
    assert [c.field for c in comparisons] == ["", "interview"]
    assert ["코딩된 단위가 없어" in problem.ko for problem in problems] == [True]


def test_a_group_in_which_one_person_speaks_is_flagged() -> None:
    _, (problem,) = group_segments(MIXED, ["role"], {})
    assert "«강사»" in problem.ko
    assert "«주민»" not in problem.ko
    assert problem.level == "warning"
    # Of interviews one knows it.
    assert group_segments(MIXED, ["interview"], {})[1] == ()


def test_two_interviews_of_one_participant_are_one_person() -> None:
    segments = [
        segment("1", "P01", 0, 1, role="주민", participant="가람"),
        segment("2", "P02", 0, 1, role="주민", participant="가람"),
        segment("3", "P03", 0, 1, role="강사", participant="나래"),
        segment("4", "P03", 2, 3, role="강사", participant="다솜"),
    ]
    _, (problem,) = group_segments(segments, ["role"], {})
    assert "«주민»" in problem.ko
    assert "«강사»" not in problem.ko


def test_one_group_and_more_than_forty_leave_the_whole_alone() -> None:
    def fields(count: int) -> list[str]:
        segments = [segment(f"{n}", f"P{n:02d}", 0, 1) for n in range(count)]
        return [comparison.field for comparison in made(segments, "role")]

    assert fields(1) == [""]
    assert fields(40) == ["", "interview"]
    assert fields(41) == [""]
    assert fields(0) == [""]


def test_too_many_groups_that_were_asked_for_are_said() -> None:
    segments = [segment(f"{n}", f"P{n:02d}", 0, 1) for n in range(41)]
    (problem,) = group_segments(segments, ["interview"], {})[1]
    assert "41" in problem.ko


def test_a_codebook_may_have_more() -> None:
    segments = [segment(f"{n}", "P01", n, n + 1) for n in range(41)]
    codes = {f"{n}": [f"코드{n:02d}"] for n in range(41)}
    assert len(group_segments(segments, ["code"], codes)[0][1].groups) == 41


def test_who_a_person_is() -> None:
    assert person_of(segment("1", "P01", 0, 1, participant="가람")) == "가람"
    assert person_of(segment("1", "P01", 0, 1)) == "P01 참여자"
    assert person_of(Segment("1", "P01", 1, "", 0, 1)) == "P01"
