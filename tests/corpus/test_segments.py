"""Segments cut out of turns: where they begin and end, and that nothing said is lost."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.segments import Unit, cut_segments, turn_id
from pipeline.records import Interview, Morphemes, Role, Segment, Turn


def interview_of(said: list[tuple[Role, str]], name: str = "P01") -> Interview:
    """Return an interview of these turns, each trimmed as readers do, two signs between them."""
    text, turns = "", []
    for index, (role, words) in enumerate(said, 1):
        stripped = words.strip() or "네."
        turns.append(Turn(index, "답", role, len(text), len(text) + len(stripped)))
        text += stripped + "\n\n"
    return Interview(name, text, tuple(turns), f"{name}.txt", {"district": "A구"})


def morphemes_at(*interviews: tuple[Interview, list[int]]) -> Morphemes:
    """Return morphemes of one sign, each the start of a sentence, at the given offsets."""
    starts = [start for _, places in interviews for start in sorted(places)]
    numbers = [number for _, places in interviews for number in range(len(places))]
    lengths = [len(places) for _, places in interviews]
    return Morphemes(
        vocabulary=("네/IC",),
        code=np.zeros(len(starts), np.int32),
        start=np.array(starts, np.int32),
        end=np.array(starts, np.int32) + 1,
        sentence=np.array(numbers, np.int32),
        interviews=tuple(interview.id for interview, _ in interviews),
        bounds=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
    )


def cut(interview: Interview, starts: list[int], unit: Unit, size: int = 2) -> tuple[Segment, ...]:
    return cut_segments((interview,), morphemes_at((interview, starts)), unit, size)


ANSWER = "첫 문장이에요.  둘째예요.\n셋째요. (웃음)"
ASKED = interview_of([("interviewer", "어땠어요?"), ("participant", ANSWER)])
AT = ASKED.text.index("첫")
STARTS = [ASKED.text.index(word) for word in ("첫", "둘째", "셋째")]


def texts(segments: tuple[Segment, ...], interview: Interview = ASKED) -> list[str]:
    return [interview.text[segment.start : segment.end] for segment in segments]


def test_a_turn() -> None:
    segments = cut(ASKED, STARTS, "turn")
    assert texts(segments) == [ANSWER]
    assert segments[0] == Segment(
        "P01:002", "P01", 2, "답", AT, AT + len(ANSWER), {"district": "A구"}
    )


def test_sentences() -> None:
    segments = cut(ASKED, STARTS, "sentence")
    assert texts(segments) == ["첫 문장이에요.", "둘째예요.", "셋째요. (웃음)"]
    assert [segment.id for segment in segments] == ["P01:002.1", "P01:002.2", "P01:002.3"]
    assert {segment.turn for segment in segments} == {2}


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (1, ["첫 문장이에요.", "둘째예요.", "셋째요. (웃음)"]),
        (2, ["첫 문장이에요.  둘째예요.", "셋째요. (웃음)"]),
        (3, [ANSWER]),
        (50, [ANSWER]),
    ],
)
def test_windows(size: int, expected: list[str]) -> None:
    assert texts(cut(ASKED, STARTS, "window", size)) == expected


def test_what_kiwi_did_not_see_goes_to_the_first_sentence() -> None:
    interview = interview_of([("participant", "(웃음) 네. 좋았죠.")])
    starts = [interview.text.index("네"), interview.text.index("좋")]
    assert texts(cut(interview, starts, "sentence"), interview) == ["(웃음) 네.", "좋았죠."]


def test_an_answer_without_morphemes_is_a_segment() -> None:
    interview = interview_of([("participant", "(웃음)"), ("participant", "네.")])
    starts = [interview.text.index("네")]
    assert texts(cut(interview, starts, "sentence"), interview) == ["(웃음)", "네."]


def test_the_order_of_a_sentences_morphemes_does_not_count() -> None:
    morphemes = morphemes_at((ASKED, STARTS))
    order = [2, 0, 1]
    shuffled = Morphemes(
        morphemes.vocabulary,
        morphemes.code[order],
        morphemes.start[order],
        morphemes.end[order],
        morphemes.sentence[order],
        morphemes.interviews,
        morphemes.bounds,
    )
    assert cut_segments((ASKED,), shuffled, "sentence", 1) == cut(ASKED, STARTS, "sentence")


@pytest.mark.parametrize("unit", get_args(Unit))
def test_interviewers_turns_give_none(unit: Unit) -> None:
    interview = interview_of([("interviewer", "어땠어요?"), ("interviewer", "네?")])
    assert cut(interview, [], unit) == ()


def test_interviews_do_not_mix() -> None:
    first = interview_of([("participant", "하나. 둘.")], "P01")
    second = interview_of([("participant", "가나. 다라.")], "P02")
    morphemes = morphemes_at((first, [0, 4]), (second, [0, 4]))
    segments = cut_segments((first, second), morphemes, "sentence", 1)
    assert [segment.id for segment in segments] == [
        "P01:001.1",
        "P01:001.2",
        "P02:001.1",
        "P02:001.2",
    ]
    assert texts(segments[:2], first) == ["하나.", "둘."]
    assert texts(segments[2:], second) == ["가나.", "다라."]


def test_ids_the_file_gave_are_kept() -> None:
    turn = Turn(7, "", "participant", 0, 6, id="행/7", fields={"month": "5", "district": "B구"})
    interview = Interview("x", "네. 좋아", (turn,), "x.jsonl", {"district": "A구", "role": "주민"})
    assert turn_id(interview, turn) == "행/7"
    (segment,) = cut(interview, [0], "turn")
    assert segment.id == "행/7"
    assert segment.fields == {"district": "B구", "role": "주민", "month": "5"}
    assert [s.id for s in cut(interview, [0, 3], "sentence")] == ["행/7.1", "행/7.2"]


def test_ids_of_turns_are_padded() -> None:
    assert [turn_id(ASKED, turn) for turn in ASKED.turns] == ["P01:001", "P01:002"]
    late = Turn(1234, "", "participant", 0, 1)
    assert turn_id(ASKED, late) == "P01:1234"


said = st.tuples(
    st.sampled_from(get_args(Role)),
    st.text(alphabet="가나 다\n.?😀(웃음)\t", min_size=1, max_size=30),
)


@st.composite
def interviews_with_sentences(draw: st.DrawFn) -> tuple[Interview, list[int]]:
    interview = interview_of(draw(st.lists(said, min_size=1, max_size=5)))
    # Kiwi puts no morpheme on white space and sees answers only.
    places = [
        place
        for turn in interview.turns
        if turn.role == "participant"
        for place in range(turn.start, turn.end)
        if not interview.text[place].isspace()
    ]
    if not places:
        return interview, []
    return interview, sorted(draw(st.sets(st.sampled_from(places), max_size=8)))


@given(
    case=interviews_with_sentences(), unit=st.sampled_from(get_args(Unit)), size=st.integers(1, 4)
)
@settings(max_examples=200, deadline=None)
def test_every_sign_of_an_answer_is_in_exactly_one_segment(
    case: tuple[Interview, list[int]], unit: Unit, size: int
) -> None:
    interview, starts = case
    segments = cut(interview, starts, unit, size)
    covered = [place for s in segments for place in range(s.start, s.end)]
    answers = {
        place
        for turn in interview.turns
        if turn.role == "participant"
        for place in range(turn.start, turn.end)
    }
    assert len(covered) == len(set(covered)), "no two segments share a sign"
    assert covered == sorted(covered), "segments come in spoken order"
    assert set(covered) <= answers, "nothing outside an answer"
    assert all(interview.text[place].isspace() for place in answers - set(covered))
    assert all(text and text == text.strip() for text in texts(segments, interview))
    assert len({segment.id for segment in segments}) == len(segments)
    for segment in segments:
        turn = interview.turns[segment.turn - 1]
        assert turn.start <= segment.start < segment.end <= turn.end


@given(case=interviews_with_sentences(), size=st.integers(1, 4))
@settings(max_examples=50, deadline=None)
def test_a_window_is_made_of_whole_sentences(case: tuple[Interview, list[int]], size: int) -> None:
    interview, starts = case
    sentences = cut(interview, starts, "sentence")
    windows = cut(interview, starts, "window", size)
    assert {w.start for w in windows} <= {s.start for s in sentences}
    assert {w.end for w in windows} <= {s.end for s in sentences}
    for window in windows:
        inside = [s for s in sentences if window.start <= s.start and s.end <= window.end]
        assert 1 <= len(inside) <= size
