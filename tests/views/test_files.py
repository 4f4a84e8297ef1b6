from __future__ import annotations

import dataclasses
import io

from python_calamine import CalamineWorkbook

from pipeline.records import Analysis
from pipeline.views.files import render_files


def test_every_output_is_rendered_once_and_the_same_twice(analysis: Analysis) -> None:
    files = list(render_files(analysis))
    names = [name for name, _ in files]
    assert names == [
        "tables/topics.csv", "tables/topic_words.csv", "tables/topic_counts.csv",
        "tables/topic_seeds.csv", "tables/alignment.csv", "tables/gaps.csv",
        "tables/frequency.csv", "tables/keywords.csv", "tables/ngrams.csv",
        "tables/network_terms.csv", "tables/network_edges.csv", "tables/cooccurrence.csv",
        "tables/centrality.csv", "tables/concor_density.csv",
        "tables/prevalence.csv", "tables/codes.csv", "tables/themes.csv",
        "tables/interviews.csv", "tables/segments.csv", "tables/suggestions.csv",
        "tables/uncovered.csv", "tables/README.txt",
        "school.xlsx", "suggestions.jsonl", "report.html",
    ]  # fmt: skip
    assert list(render_files(analysis)) == files


def test_what_no_person_has_checked_says_so_until_one_has(analysis: Analysis) -> None:
    for confirmed in (False, True):
        known = dataclasses.replace(analysis, privacy_confirmed=confirmed)
        files = dict(render_files(known))
        guide = CalamineWorkbook.from_filelike(io.BytesIO(files["school.xlsx"])).get_sheet_by_index(
            0
        )
        assert str(guide.to_python()[1][0]).startswith("가명처리 미확인: ") is not confirmed
        assert ("가명처리 미확인" in files["report.html"].decode()) is not confirmed
