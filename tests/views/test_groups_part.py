from __future__ import annotations

import dataclasses

import pytest
from tiny_analysis import make_analysis, make_comparison

from pipeline.records import Analysis, Comparison, Prevalence
from pipeline.views.groups_part import LEFT, RIGHT, Chart, groups_part
from pipeline.views.report import to_html


def compared(*rows: Prevalence) -> Analysis:
    found = rows or make_comparison().rows
    return make_analysis(comparison=Comparison(found, 2000, {"ko": "", "en": ""}))


def charts(*rows: Prevalence) -> list[Chart]:
    part = groups_part(compared(*rows))
    assert part is not None
    return list(part.charts)


def test_a_line_a_group_with_its_interval_where_there_is_one() -> None:
    (chart,) = charts()
    assert (chart.field, chart.called, chart.kind, chart.n_items) == ("role", "역할", "topic", 1)
    (item,) = chart.items
    assert item.label == "1 도배·배우다·조합"
    sure, unsure = item.lines
    assert (sure.label, unsure.label) == ("참여자", "=매니저")
    assert sure.low is not None
    assert sure.high is not None
    assert LEFT < sure.low < sure.x < sure.high <= RIGHT
    assert (unsure.low, unsure.high) == (None, None)
    # 0 is the bound of the difference: it is within.
    assert not sure.apart
    assert sure.said == "참여자: .50 (.25–.75), n = 6"
    assert unsure.said == "=매니저: .75, n = 2"


def test_places_are_true_to_the_ticks() -> None:
    (chart,) = charts()
    assert [figure for _, figure in chart.ticks] == ["0%", "20%", "40%", "60%", "80%"]
    by_figure = {figure: x for x, figure in chart.ticks}
    (item,) = chart.items
    assert item.lines[0].x == pytest.approx((by_figure["40%"] + by_figure["60%"]) / 2, abs=0.1)
    # What one participant said may lie beyond the chart: it ends at the edge.
    assert item.lines[1].highest == RIGHT


def test_a_group_apart_from_all_others_is_marked() -> None:
    row = make_comparison().rows[1]
    above = dataclasses.replace(row, difference_low=0.1, difference_high=0.3)
    below = dataclasses.replace(row, difference_low=-0.3, difference_high=-0.1)
    (chart,) = charts(make_comparison().rows[0], above, below)
    assert [line.apart for line in chart.items[0].lines] == [True, True]


def test_a_chart_holds_what_takes_up_most() -> None:
    whole, row, _ = make_comparison().rows
    many = [
        dataclasses.replace(row, kind="code", item="전문성 향상", group=f"{n}반", value=0.5)
        for n in range(40)
    ]
    few = [
        dataclasses.replace(row, kind="code", item=code, group="1반", value=value)
        for code, value in (("참여자의 변화", 0.1), ("비즈니스 역량", 0.9), ("=협동조합/설립", 0.4))
    ]
    (chart,) = charts(whole, *many, *few)
    assert chart.n_items == 4
    assert [item.label for item in chart.items] == [
        "비즈니스 역량",
        "전문성 향상",
        "=협동조합/설립",
    ]


def test_without_groups_there_is_nothing_to_show() -> None:
    assert groups_part(make_analysis()) is None
    assert groups_part(compared(make_comparison().rows[0])) is None


def test_the_page_says_what_so_few_can_tell_and_escapes() -> None:
    whole, row, _ = make_comparison().rows
    page = to_html(compared(whole, dataclasses.replace(row, group="<b>반")))
    assert "참여자가 8명이라 집단의 차이를 검정하지 않았습니다" in page
    assert "&lt;b&gt;반" in page
    assert "<b>반" not in page
    many = compared(dataclasses.replace(whole, n_participants=40), row)
    assert "검정하지 않았습니다" not in to_html(many)
    assert "견줄 집단이 없습니다" in to_html(make_analysis())
