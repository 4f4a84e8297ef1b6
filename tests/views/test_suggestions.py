from __future__ import annotations

import dataclasses
import json

import pytest
from tiny_analysis import make_analysis, retold

from pipeline.records import Analysis, SegmentSuggestions, Suggestion
from pipeline.views.lookups import segment_texts
from pipeline.views.suggestions import to_jsonl, to_line


def test_a_line_a_segment(analysis: Analysis) -> None:
    (line,) = to_jsonl(analysis).splitlines()
    assert json.loads(line) == {
        "id": "P02:001",
        "interview": "P02",
        "fits": False,
        "suggestions": [
            {
                "code": "전문성 향상",
                "score": 0.123457,
                "evidence": [
                    {"text": "강사", "start": 2, "end": 4, "why": "코드의 정의에 있는 말"},
                    {"text": "사가", "start": 3, "end": 5, "why": "겹치는 말"},
                ],
            },
            {
                "code": "=협동조합/설립",
                "score": 0.0,
                "evidence": [{"text": "구청", "start": 12, "end": 14, "why": "가까운 말"}],
            },
        ],
    }
    assert "강사" in line


def test_evidence_counts_into_the_segment_s_own_text(analysis: Analysis) -> None:
    texts = segment_texts(analysis)
    for line in map(json.loads, to_jsonl(analysis).splitlines()):
        for suggestion in line["suggestions"]:
            for e in suggestion["evidence"]:
                assert texts[line["id"]][e["start"] : e["end"]] == e["text"]


def test_says_when_scores_only_rank(analysis: Analysis) -> None:
    ranked = dataclasses.replace(analysis, score_only_ranks=True)
    assert json.loads(to_jsonl(ranked))["score_only_ranks"] is True
    assert "score_only_ranks" not in to_jsonl(analysis)


def test_what_can_be_told_only_with_coded_segments_stands_last() -> None:
    suggestions = (Suggestion("가", 0.5, (), "P01:003", True), Suggestion("나", 0.25, above=False))
    found = SegmentSuggestions("7", "7", True, suggestions, ("가", "나"))
    line = json.loads(to_line("7", None, found, 0, score_only_ranks=False))
    assert list(line) == ["id", "fits", "suggestions", "likely"]
    assert line["likely"] == ["가", "나"]
    assert line["suggestions"] == [
        {"code": "가", "score": 0.5, "evidence": [], "like": "P01:003", "above": True},
        {"code": "나", "score": 0.25, "evidence": [], "above": False},
    ]


def test_an_empty_set_is_told_from_none() -> None:
    empty = SegmentSuggestions("7", "7", True, (), ())
    assert json.loads(to_line("7", None, empty, 0, score_only_ranks=False))["likely"] == []


def test_a_line_without_interview_or_codes() -> None:
    found = SegmentSuggestions("7", "7", True)
    line = to_line("7", None, found, 0, score_only_ranks=False)
    assert line == '{"id": "7", "fits": true, "suggestions": []}\n'


@pytest.mark.parametrize("text", ["줄\n둘", "\u2028\x85", "<script>", "\x00\x1b", "\ud800", '"\\'])
def test_a_line_is_one_line_of_utf8_and_says_the_same(text: str) -> None:
    data = to_jsonl(retold(make_analysis(), text)).encode("utf-8")
    (line,) = data.decode("utf-8").splitlines()
    assert json.loads(line)["suggestions"][0]["evidence"][0]["text"] == text


def test_a_score_that_is_no_number_is_refused() -> None:
    found = SegmentSuggestions("7", "7", True, (Suggestion("가", float("nan")),))
    with pytest.raises(ValueError, match="JSON"):
        to_line("7", None, found, 0, score_only_ranks=False)


def test_nothing_suggested_and_twice_the_same(empty: Analysis) -> None:
    assert to_jsonl(empty) == ""
    assert to_jsonl(make_analysis()) == to_jsonl(make_analysis())
