from __future__ import annotations

import dataclasses

from tiny_analysis import make_analysis

from pipeline.records import Analysis, Comparison, Prevalence
from pipeline.views.group_tables import PREVALENCE, prevalence_rows, shown_group
from pipeline.views.masked import mask_analysis

LARGE = Prevalence("topic", "2", "role", "참여자", 0.5, 0.25, 0.75, 0.1, 0.9, -0.25, -0.5, 0.0, 40, 7, 6, ("P01:002.1", "P01:002.2"))  # fmt: skip
ONE = Prevalence("topic", "1", "role", "=매니저", 0.5, None, None, 0.5, 0.5, None, None, None, 1, 1, 1, ())  # fmt: skip
CODE = Prevalence("code", "전문성 향상", "", "", 1.0, None, None, 1.0, 1.0, None, None, None, 2, 1, 1, ("P01:002.2",))  # fmt: skip
LAST = dataclasses.replace(ONE, field="interview_third", group="3/3")


def compared(*rows: Prevalence) -> Analysis:
    return make_analysis(comparison=Comparison(rows, 2000, {"ko": "", "en": ""}))


def cells(analysis: Analysis) -> list[dict[str, object]]:
    keys = [column.key for column in PREVALENCE]
    return [dict(zip(keys, row, strict=True)) for row in prevalence_rows(analysis)]


def test_rows_stand_by_item_topics_first() -> None:
    rows = cells(compared(CODE, LARGE, ONE, LAST))
    assert [(row["kind"], row["item"], row["group"]) for row in rows] == [
        ("topic", "1", "=매니저"),
        ("topic", "1", "뒤"),
        ("topic", "2", "참여자"),
        ("code", "전문성 향상", "전체"),
    ]
    assert rows[2]["label"] == "강사·구청"
    assert rows[3]["label"] == "참여자의 변화 › 비즈니스 역량 › 전문성 향상"


def test_a_row_says_how_surely_and_where() -> None:
    (row,) = cells(compared(LARGE))
    assert (row["prevalence"], row["low"], row["high"]) == (0.5, 0.25, 0.75)
    assert (row["difference"], row["difference_low"], row["difference_high"]) == (-0.25, -0.5, 0.0)
    assert (row["n_participants"], row["n_interviews"], row["n_segments"]) == (6, 7, 40)
    assert (row["n_passages"], row["segment_ids"]) == (2, "P01:002.1|P01:002.2")


def test_groups_are_named_in_the_language_of_the_study() -> None:
    assert (shown_group(LAST, "ko"), shown_group(LAST, "en")) == ("뒤", "last")
    assert (shown_group(CODE, "ko"), shown_group(LARGE, "en")) == ("전체", "참여자")


def test_nothing_compared_is_no_row() -> None:
    assert prevalence_rows(make_analysis()) == ()


def test_names_in_groups_and_ids_are_masked() -> None:
    found = dataclasses.replace(LARGE, group="김철수 반")
    masked = mask_analysis(compared(found), {}, {"철수": "이름01", "P01:002.1": "단위1"})
    assert masked.comparison is not None
    (row,) = masked.comparison.rows
    assert row.group == "김이름01 반"
    assert row.segments == ("단위1", "P01:002.2")
