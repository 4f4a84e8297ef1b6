from __future__ import annotations

import dataclasses

from pipeline.records import Analysis, Code, Match
from pipeline.views.heatmap import LEVELS, MOST_CODES, HeatCell, make_heatmap


def test_cells_stand_by_code_and_topic_shaded_by_score(analysis: Analysis) -> None:
    heatmap = make_heatmap(analysis)
    ((above, rows),) = heatmap.groups
    assert above == ("참여자의 변화", "비즈니스 역량")
    assert [row.code for row in rows] == ["전문성 향상", "=협동조합/설립"]
    assert rows[0].cells == (HeatCell("2.50", LEVELS, True), HeatCell("−1.25", 0, False))
    assert rows[1].cells == (HeatCell("0", 0, False), HeatCell(".04", 1, True))
    assert (heatmap.n_compared, heatmap.n_significant, heatmap.by_chance) == (4, 2, 0)
    assert (heatmap.n_shown, heatmap.n_codes) == (2, 2)


def test_what_was_not_compared_is_empty(analysis: Analysis) -> None:
    heatmap = make_heatmap(dataclasses.replace(analysis, matches=analysis.matches[:1]))
    assert heatmap.groups[0][1][1].cells == (None, None)
    assert heatmap.n_compared == 1


def test_of_a_large_codebook_the_best_are_kept_in_its_order(analysis: Analysis) -> None:
    codes = tuple(Code(f"코드{n:03d}", str(n)) for n in range(MOST_CODES + 20))
    matches = tuple(Match(1, code.name, float(n), 0.5, 1) for n, code in enumerate(codes))
    heatmap = make_heatmap(dataclasses.replace(analysis, codes=codes, matches=matches))
    ((_, rows),) = heatmap.groups
    assert [row.code for row in rows] == [code.name for code in codes[20:]]
    assert (heatmap.n_shown, heatmap.n_codes) == (MOST_CODES, MOST_CODES + 20)
