from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.certainty import LOW, Certainty, certainty_of, in_doubt
from pipeline.corpus.speaker_pattern import fault_in, labels_by_pattern
from pipeline.corpus.turns import find_labels


def certainty(text: str) -> Certainty:
    return certainty_of(text, find_labels(text))


TALK = "면담자: 왜요?\n참여자: 그냥요.\n" * 10


@pytest.mark.parametrize(
    "text",
    [
        TALK,
        "Q. 왜요?\nA. 그냥요.\n" * 5,
        "그냥 글입니다. 화자는 없어요.\n\n또 다른 문단입니다.\n",
        "면담자: 왜요?\n(웃음)\n[불명확]\n참여자: 그냥요.\n" * 5,
        "참여자: 가) 첫째\n나) 둘째\n가) 다시\n나) 또\n면담자: 네\n" * 2,
    ],
)
def test_what_leaves_nothing_in_doubt_is_sure(text: str) -> None:
    assert certainty(text) == Certainty(1.0, (), (), certainty(text).pattern)


@pytest.mark.parametrize(
    "form",
    [
        "{}) 네, 그래요.", "<{}> 네, 그래요.", "[{}] 네, 그래요.", "({}) 네, 그래요.",
        "{} / 네, 그래요.", "{} - 네, 그래요.", "{}\t네, 그래요.", "- {}: 네, 그래요.",
        "【{}】 네, 그래요.", "{}\n네, 그래요.", "{} | 네, 그래요.",
    ],
)  # fmt: skip
def test_another_form_is_seen_and_its_pattern_mends_it(form: str) -> None:
    names = ["박 실장", "김씨"] * 4
    text = "\n".join(form.format(name) for name in names) + "\n"
    found = certainty(text)
    assert found.share < LOW
    assert found.labels == ("박 실장", "김씨")
    assert found.lines[0] == 1
    assert fault_in(found.pattern) is None
    assert [label.speaker for label in labels_by_pattern(text, found.pattern)] == names


def test_a_rare_label_is_in_doubt_and_the_sure_ones_are_named() -> None:
    text = TALK + "문제는: 돈이죠.\n" + TALK + "문제는: 돈이죠.\n" + TALK
    found = certainty(text)
    assert found.lines == (21, 42)
    assert found.labels == ("문제는",)
    assert found.share == pytest.approx(60 / 62)
    labels = labels_by_pattern(text, found.pattern)
    assert {label.speaker for label in labels} == {"면담자", "참여자"}


def test_a_word_with_a_colon_in_an_answer_costs_little() -> None:
    found = certainty(TALK + "결론: 좋아요.\n")
    assert (found.lines, found.labels) == ((21,), ("결론",))
    assert found.share == pytest.approx(20 / 21)


def test_a_long_preamble_lowers_the_share() -> None:
    found = certainty("머리말입니다.\n" * 200 + TALK * 20)
    assert 0.5 < found.share < LOW


def test_the_message_names_lines_of_the_file_and_the_config() -> None:
    text = "박 실장) 왜요?\n김씨) 그냥요.\n" * 3
    problem = in_doubt(certainty(text), [], 5)
    assert (problem.line, problem.level) == (5, "warning")
    assert "5, 6, 7, 8, 9번째 줄(«박 실장», «김씨»)" in problem.ko
    assert "speaker: '" in problem.ko
    assert "certainty 0)" in problem.en


@given(st.text("김박가:)<>[]-|\t\n .(", max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_has_a_share_and_a_usable_pattern(text: str) -> None:
    found = certainty(text)
    assert 0 <= found.share <= 1
    assert all(1 <= line <= text.count("\n") + 1 for line in found.lines)
    assert not found.lines or re.compile(found.pattern).groups == 1
    assert in_doubt(found, ["김"], 1).level == "warning"
