from __future__ import annotations

from pipeline.records import Analysis, Code
from pipeline.views.lookups import (
    code_paths,
    code_usage,
    coder_usage,
    field_names,
    in_tree_order,
    leaves,
    main_topics,
    segment_codes,
    segment_texts,
)


def test_texts_and_topics_by_segment(analysis: Analysis) -> None:
    assert segment_texts(analysis) == {
        "P01:002.1": "집수리를 배우고 싶었어요.",
        "P01:002.2": "도배를 배웠죠. 조합도 만들었어요.",
        "P02:001": "- 강사가 좋았어요. 구청이 도왔고요.",
    }
    assert {s: t.id for s, t in main_topics(analysis).items()} == {
        "P01:002.1": 1, "P01:002.2": 1, "P02:001": 2,
    }  # fmt: skip


def test_codes_of_a_segment_come_once_and_in_the_codebook_s_order(analysis: Analysis) -> None:
    assert segment_codes(analysis) == {
        "P01:002.1": ("전문성 향상",),
        "P01:002.2": ("전문성 향상", "=협동조합/설립"),
    }


def test_usage_counts_codings_segments_interviews(analysis: Analysis) -> None:
    used = code_usage(analysis)["전문성 향상"]
    assert (used.n_codings, used.n_segments, used.n_interviews) == (3, 2, 1)
    assert used.by_coder == {"A": 2, "B": 1}
    coders = coder_usage(analysis)
    assert list(coders) == ["A", "B"]
    assert (coders["A"].n_codings, coders["A"].n_segments) == (3, 2)
    assert (coders["B"].n_codings, coders["B"].n_segments) == (1, 1)


def test_the_tree() -> None:
    codes = (Code("가", "1"), Code("나", "2"), Code("나1", "3", "나"), Code("가1", "4", "가"))
    assert [code.name for code in in_tree_order(codes)] == ["가", "가1", "나", "나1"]
    assert [code.name for code in leaves(codes)] == ["가1", "나1"]
    assert code_paths(codes)["나1"] == ("나", "나1")


def test_field_names_are_joined_in_the_order_met() -> None:
    assert field_names([{"나": "1"}, {"가": "2", "나": "3"}]) == ["나", "가"]
