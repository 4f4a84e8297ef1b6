from __future__ import annotations

import numpy as np
from tiny_terms import segment

from pipeline.mining.groupings import THIRDS, find_clusters, group_by, thirds, usual_groupings
from pipeline.records import Segment


def said(*rows: tuple[str, dict[str, str]]) -> list[Segment]:
    return [segment(f"s{n}", who, n, n + 1, **fields) for n, (who, fields) in enumerate(rows)]


def test_segments_of_one_interview_are_one_cluster() -> None:
    assert find_clusters(said(("P02", {}), ("P01", {}), ("P02", {}))).tolist() == [0, 1, 0]


def test_interviews_of_one_participant_are_one_cluster() -> None:
    rows = said(
        ("1차-김", {"participant": "김"}),
        ("1차-이", {"participant": "이"}),
        ("2차-김", {"participant": "김"}),
    )
    assert find_clusters(rows).tolist() == [0, 1, 0]


def test_those_interviewed_together_are_one_cluster_with_all_else_they_said() -> None:
    rows = said(
        ("집단", {"participant": "김"}),
        ("집단", {"participant": "이"}),
        ("이-혼자", {"participant": "이"}),
        ("박", {"participant": "박"}),
    )
    assert find_clusters(rows).tolist() == [0, 0, 0, 1]


def test_a_participant_is_not_taken_for_an_interview_of_the_same_name() -> None:
    rows = said(("김", {}), ("P02", {"participant": "김"}))
    assert find_clusters(rows).tolist() == [0, 1]


def test_no_segments_have_no_clusters() -> None:
    assert find_clusters([]).tolist() == []


def test_groups_come_in_natural_order_and_leave_out_the_unknown() -> None:
    rows = said(
        ("P1", {"회차": "10회차"}), ("P2", {"회차": "2회차"}), ("P3", {}), ("P4", {"회차": "2회차"})
    )
    found = group_by(rows, "회차")
    assert list(found.masks) == ["2회차", "10회차"]
    assert found.masks["2회차"].tolist() == [False, True, False, True]


def test_dates_come_as_they_followed() -> None:
    rows = said(*((f"P{n}", {"date": d}) for n, d in enumerate(["2023-01", "2022-11", "2022-2"])))
    assert list(group_by(rows, "date").masks) == ["2022-2", "2022-11", "2023-01"]


def test_thirds_part_each_interview() -> None:
    rows = said(*[("P01", {})] * 4, *[("P02", {})] * 2)
    found = thirds(rows)
    assert found.field == THIRDS
    assert found.masks["1/3"].tolist() == [True, True, False, False, False, False]
    assert found.masks["2/3"].tolist() == [False, False, True, False, False, False]
    # An interview of two segments has no middle.
    assert found.masks["3/3"].tolist() == [False, False, False, True, False, False]


def test_interviews_too_short_for_thirds_give_no_groups() -> None:
    assert thirds(said(("P01", {}), ("P02", {}))).masks == {}


def test_usual_fields_are_those_with_groups_of_more_than_one() -> None:
    rows = said(
        ("P1", {"role": "주민", "district": "가", "round": "1"}),
        ("P2", {"role": "주민", "district": "나", "round": "1"}),
        ("P3", {"role": "강사", "district": "다", "round": "1"}),
    )
    assert [one.field for one in usual_groupings(rows, np.arange(3))] == ["role"]


def test_more_than_twelve_values_are_not_compared_unasked() -> None:
    rows = said(*((f"P{n}", {"role": f"역할{n // 2}"}) for n in range(26)))
    assert usual_groupings(rows, np.arange(26)) == ()
    assert len(usual_groupings(rows[:24], np.arange(24))[0].masks) == 12
