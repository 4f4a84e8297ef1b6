from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Segment
from pipeline.views.passages import FOLDED, LONGEST, Piece, highlight, make_passage, merge

spans = st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40)), max_size=6)


def segment(text: str) -> Segment:
    return Segment("P01:002", "P01", 2, "답변", 10, 10 + len(text))


def test_overlapping_spans_become_one() -> None:
    assert merge([(5, 7), (6, 8), (8, 9), (1, 2), (3, 3)]) == ((1, 2), (5, 9))


def test_the_first_suggestion_s_words_are_marked_strongly() -> None:
    assert highlight("강사가 좋았다", ((0, 2),), ((1, 3), (4, 6)), 0, 7) == (
        Piece("강사", "strong"),
        Piece("가", "weak"),
        Piece(" ", ""),
        Piece("좋았", "weak"),
        Piece("다", ""),
    )


@settings(max_examples=60, deadline=None)
@given(st.text("가나 🙂", max_size=30), spans, spans, st.integers(0, 30))
def test_pieces_joined_are_the_text(
    text: str, strong: list[tuple[int, int]], weak: list[tuple[int, int]], start: int
) -> None:
    start = min(start, len(text))
    pieces = highlight(text, merge(strong), merge(weak), start, len(text))
    assert "".join(piece.text for piece in pieces) == text[start:]
    assert all(piece.text for piece in pieces)


def test_short_passages_are_not_folded() -> None:
    passage = make_passage(segment("짧은 말."), "짧은 말.", strong=[(0, 2)])
    assert passage.head == (Piece("짧은", "strong"), Piece(" 말.", ""))
    assert (passage.rest, passage.left_out) == ((), 0)


def test_long_passages_fold_at_a_sentence_end_and_end_somewhere() -> None:
    text = "이것은 문장입니다. " * 400
    passage = make_passage(segment(text), text)
    (head,), (rest,) = passage.head, passage.rest
    assert head.text.endswith(". ")
    assert FOLDED // 2 <= len(head.text) <= FOLDED
    assert head.text + rest.text == text[:LONGEST]
    assert passage.left_out == len(text) - LONGEST


def test_a_text_without_blanks_is_folded_too() -> None:
    text = "가" * 1000
    passage = make_passage(segment(text), text)
    assert [len(piece.text) for piece in passage.head] == [FOLDED]
    assert [len(piece.text) for piece in passage.rest] == [1000 - FOLDED]
