from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.turns import (
    find_labels,
    find_turns,
    is_standard,
    possible_labels,
    time_in,
)


def said(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, text[turn.start : turn.end]) for turn in find_turns(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("면담자: 왜요?\n참여자 1: 그냥요.", [("면담자", "왜요?"), ("참여자 1", "그냥요.")]),
        ("질문 : 왜요?\n답변 : 그냥요.", [("질문", "왜요?"), ("답변", "그냥요.")]),
        ("질문：왜요?\n답변：그냥요.", [("질문", "왜요?"), ("답변", "그냥요.")]),
        ("Q. 왜요?\nA. 그냥요.", [("Q", "왜요?"), ("A", "그냥요.")]),
        ("Q1. 왜요?\nA1. 그냥요.", [("Q1", "왜요?"), ("A1", "그냥요.")]),
        ("Q: 왜요?\nA: 그냥요.", [("Q", "왜요?"), ("A", "그냥요.")]),
        ("화자 A: 네\n화자 B: 응", [("화자 A", "네"), ("화자 B", "응")]),
        ("**면담자:** 왜요?\n**이름**: 그냥\n**이름:** 네", [
            ("면담자", "왜요?"), ("이름", "그냥"), ("이름", "네"),
        ]),
        ("○정연숙 위원  근데 과장님!\n\n○위원장 김영수  네.", [
            ("정연숙 위원", "근데 과장님!"), ("위원장 김영수", "네."),
        ]),
        ("## ○농업정책과장 한승순  이거는요", [("농업정책과장 한승순", "이거는요")]),
        ("Researcher 1: Why?\nAna: No.\nAna: Yes.", [
            ("Researcher 1", "Why?"), ("Ana", "No."), ("Ana", "Yes."),
        ]),
    ],
)  # fmt: skip
def test_shapes(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_times_are_seconds() -> None:
    text = "[00:12:33] 김하늘: 네\n이봄 (01:00:01): 응\n[02:05] 김하늘: 그럼"
    assert [(t.speaker, t.time) for t in find_turns(text)] == [
        ("김하늘", 753.0), ("이봄", 3601.0), ("김하늘", 125.0),
    ]  # fmt: skip


def test_a_clova_block_has_its_label_alone_on_a_line() -> None:
    text = (
        "새 노트\n2024.05.02 목 오후 2:03 ・ 45분 12초\n홍길동\n\n"
        "참석자 1 00:00\n안녕하세요.\n오늘은요\n\n박위원 00:19\n네.\n\n참석자 1 1:00:02\n그럼"
    )
    turns = find_turns(text)
    assert [(t.speaker, t.time, text[t.start : t.end]) for t in turns] == [
        ("참석자 1", 0.0, "안녕하세요.\n오늘은요"),
        ("박위원", 19.0, "네."),
        ("참석자 1", 3602.0, "그럼"),
    ]


def test_a_turn_runs_over_unlabelled_lines_and_preamble_is_nobodys() -> None:
    text = "# 합성 자료\n일시: 2024\n\n면담자: 왜요?\n\n참여자: 첫 줄  \n\n둘째 줄\n"
    assert said(text) == [("면담자", "왜요?"), ("참여자", "첫 줄  \n\n둘째 줄")]
    assert [turn.index for turn in find_turns(text)] == [1, 2]


@pytest.mark.parametrize(
    "line",
    [
        "그런데: 말하자면 그래요",
        "오전 10:30에 갔어요",
        "오전 10:30",
        "http://example.org 를 봤어요",
        "참고: 표는 뒤에 있어요",
        "결론: 어려웠어요",
        "그게 뭐냐면, 돈: 그거죠",
        "아주아주아주아주 기다란 이야기의 첫머리인데 말이에요: 네",
        "A.I. 같은 거요",
        "○ 추진 배경  이런 거",
        "3:2로 이겼어요",
        "(웃음): 네",
    ],
)
def test_what_only_looks_like_a_label_stays_in_the_answer(line: str) -> None:
    text = f"면담자: 왜요?\n참여자 1: 네.\n{line}\n면담자: 아."
    assert said(text)[1] == ("참여자 1", f"네.\n{line}")


@pytest.mark.parametrize(
    "line",
    ["출근이 10:30에요", "http://example.org", "(웃음): 네", "참고 자료: 뒤에", "A.I. 같은 거요",
     "A. 첫째는요", "점심 먹고, 그다음: 네"],
)  # fmt: skip
def test_what_is_no_label_is_none_twice_either(line: str) -> None:
    assert len(find_turns(f"면담자: 왜요?\n참여자: 네.\n{line}\n{line}")) == 2


@pytest.mark.parametrize("word", ["그런데", "참고", "예"])
def test_connectives_are_no_speakers_however_often(word: str) -> None:
    text = f"면담자: 왜요?\n참여자 1: 네.\n{word}: 하나\n{word}: 둘"
    assert len(find_turns(text)) == 2


def test_a_name_counts_when_it_comes_again() -> None:
    once = "면담자: 왜요?\n참여자: 네.\n김하늘: 그냥요"
    assert len(find_turns(once)) == 2
    assert said(once + "\n김하늘: 또요")[2:] == [("김하늘", "그냥요"), ("김하늘", "또요")]


def test_numbers_after_a_name_make_one_name() -> None:
    assert [speaker for speaker, _ in said("주민 1: 네\n주민2: 응")] == ["주민 1", "주민2"]


def test_where_only_interviewers_are_known_single_names_answer() -> None:
    assert said("면담자: 왜요?\n김하늘: 그냥요.") == [("면담자", "왜요?"), ("김하늘", "그냥요.")]


def test_a_lone_label_deep_in_a_text_is_none() -> None:
    lecture = "\n".join(["오늘은 신경망을 봅니다."] * 100) + "\nQ: 이게 뭘까요?\n끝"
    assert find_labels(lecture) == ()
    assert len(find_turns(lecture)) == 102


def test_without_labels_paragraphs_are_turns() -> None:
    assert said("첫 문단\n이어서\n \n둘째 문단\n") == [("", "첫 문단\n이어서"), ("", "둘째 문단")]
    assert said("\n첫 줄\n둘째 줄\n") == [("", "첫 줄"), ("", "둘째 줄")]
    assert said(" \n\n") == []


def test_a_label_with_nothing_said_is_no_turn() -> None:
    assert said("면담자:\n참여자: 네") == [("참여자", "네")]


@pytest.mark.parametrize("label", ["면담자", "참여자 1", "참여자1", "화자 A", "화자A", "참여자 가",
                                   "SPEAKER_00", "Q3", "참여자 2(여)", "researcher 1"])  # fmt: skip
def test_standard_labels(label: str) -> None:
    assert is_standard(label)


@pytest.mark.parametrize("label", ["김하늘", "오전 10", "Ana", "", "참여자들이"])
def test_other_labels(label: str) -> None:
    assert not is_standard(label)


@pytest.mark.parametrize(
    "line",
    ["가" * 1_000_000, " " * 1_000_000, "가 " * 500_000, "**" * 500_000, "○" * 1_000_000,
     "면담자: " + "말 " * 500_000, ":" * 1_000_000, "[00:" * 250_000],
)  # fmt: skip
def test_a_line_of_a_million_characters_passes_quickly(line: str) -> None:
    began = time.process_time()
    find_turns(line)
    assert time.process_time() - began < 10


SPEECH = st.text(st.sampled_from("가나다라 마바사.?!…,()1ㅋ"), min_size=1).filter(
    lambda text: text.strip()
)
LABELS = ("면담자", "참여자 1", "참여자 2", "화자 A", "Q1")
FORMS = ("{}: {}", "{} : {}", "{}：{}", "**{}:** {}", "[00:01:02] {}: {}", "{} (00:12): {}",
         "○{}  {}")  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(LABELS), SPEECH), min_size=1), st.sampled_from(FORMS))
@settings(max_examples=200, deadline=None)
def test_generated_transcripts_come_back(talk: list[tuple[str, str]], form: str) -> None:
    talk = [(label, speech.strip()) for label, speech in talk]
    text = "제목\n\n" + "\n".join(form.format(label, speech) for label, speech in talk)
    assert said(text) == talk


ANY_LINES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            ["면담자: 네", "김: 응", "참석자 1 00:01", "Q. 왜", "A. 응", "○이름  말", ""]
        ),
    )
).map("\n".join)


@given(ANY_LINES)
@settings(max_examples=300, deadline=None)
def test_spans_are_in_order_trimmed_and_hold_no_label(text: str) -> None:
    turns = find_turns(text)
    labels = find_labels(text)
    assert [turn.index for turn in turns] == list(range(1, len(turns) + 1))
    last = 0
    for turn in turns:
        assert last <= turn.start < turn.end <= len(text)
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip()
        assert not any(turn.start <= label.start < turn.end for label in labels)
        last = turn.end


def test_usual_names_alone_on_their_lines_are_labels() -> None:
    text = "면담자\n왜요?\n\n**참여자 1**\n그냥요.\n네.\n면담자\n네\n"
    assert said(text) == [("면담자", "왜요?"), ("참여자 1", "그냥요.\n네."), ("면담자", "네")]


@pytest.mark.parametrize(
    "text",
    [
        "면담자: 왜요?\n참여자: 그냥요.\n답변\n질문\n답변\n",
        "답변\n그냥요.\n답변\n네.\n답변\n예.\n",
        "질문\n왜요?\n답변\n그냥요.\n",
    ],
)
def test_words_alone_are_none_beside_other_labels_or_without_another(text: str) -> None:
    alone = {"질문", "답변"}
    assert not alone & {speaker for speaker, _ in said(text)}


def test_every_label_taken_was_possible() -> None:
    text = "면담자: 왜요?\n참여자: 그냥요.\n결론: 네.\n"
    assert [label.speaker for label in possible_labels(text)] == ["면담자", "참여자", "결론"]
    assert set(find_labels(text)) < set(possible_labels(text))


@pytest.mark.parametrize(
    ("text", "seconds"), [("[00:01:05]", 65.0), ("1:05:00 네", 3900.0), ("네", None)]
)
def test_the_first_time_in_a_text(text: str, seconds: float | None) -> None:
    assert time_in(text) == seconds
