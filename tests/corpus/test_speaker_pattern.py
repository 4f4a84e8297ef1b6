from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus import speaker_pattern
from pipeline.corpus.speaker_pattern import fault_in, labels_by_pattern
from pipeline.errors import GyeolError

BRACKET = r"^([가-힣 ]+)\)"


def spoken(text: str, pattern: str) -> list[tuple[str, float | None]]:
    return [(label.speaker, label.time) for label in labels_by_pattern(text, pattern)]


def test_labels_stand_at_the_heads_of_lines() -> None:
    text = "머리말\n김 선생) 왜요?\n아, 박씨) 라고요\n박씨) 그냥요.\n"
    labels = labels_by_pattern(text, BRACKET)
    assert [label.speaker for label in labels] == ["김 선생", "박씨"]
    assert [text[label.start : label.end] for label in labels] == ["김 선생)", "박씨)"]


def test_a_time_in_the_match_is_kept() -> None:
    text = "<김씨 00:01:05> 네\n<박씨> 예\n"
    assert spoken(text, r"<(\S+?)(?: [\d:]+)?>") == [("김씨", 65.0), ("박씨", None)]


def test_the_end_of_a_line_is_not_where_its_head_was_cut() -> None:
    assert spoken(f"김씨\n{'가' * 500}\n", r"^([가-힣]+)$") == [("김씨", None)]


def test_empty_and_endless_labels_are_none() -> None:
    assert spoken(f"\n: 네\n{'가' * 60}: 네\n김: 네\n", r"([^:]*):") == [("김", None)]


def test_a_decomposed_pattern_is_composed() -> None:
    assert spoken("김씨) 네", "(\u1100\u1175\u11b7\u110a\u1175)\\)") == [("김씨", None)]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("(가", "1번째"),
        ("[가", "1번째"),
        ("가:", "지금 0개"),
        ("(가)(나)", "지금 2개"),
        ("(" + "가" * 600 + ")", "500자"),
        ("(?P<가", "정규식"),
    ],
)
def test_a_pattern_that_cannot_be_used(pattern: str, said: str) -> None:
    fault = fault_in(pattern)
    assert fault is not None
    assert said in fault[0]


def test_a_sound_pattern_has_no_fault() -> None:
    assert fault_in(r"^(?:\[\d+:\d+\] )?([가-힣 ]+)[:：]") is None


def test_a_pattern_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaker_pattern, "_SECONDS", 0.5)
    with pytest.raises(GyeolError) as caught:
        labels_by_pattern("가" * 100, "((?:가+)+)나")
    assert "((?:가+)+)나" in caught.value.problems[0].ko


@given(text=st.text("김박 :)\n\0\ud800", max_size=60))
@settings(max_examples=12, deadline=None)
def test_labels_are_in_order_and_within_the_text(text: str) -> None:
    labels = labels_by_pattern(text, r"\s*([김박]+)[:)]")
    assert [label.start for label in labels] == sorted({label.start for label in labels})
    for label in labels:
        assert label.speaker in text[label.start : label.end]
