from __future__ import annotations

from pipeline.records import Analysis
from pipeline.views.files import render_files


def test_every_output_is_rendered_once_and_the_same_twice(analysis: Analysis) -> None:
    files = list(render_files(analysis))
    names = [name for name, _ in files]
    assert names == [
        "tables/topics.csv", "tables/alignment.csv", "tables/keywords.csv", "tables/codes.csv",
        "tables/interviews.csv", "tables/segments.csv", "tables/suggestions.csv",
        "school.xlsx", "suggestions.jsonl", "report.html",
    ]  # fmt: skip
    assert list(render_files(analysis)) == files
