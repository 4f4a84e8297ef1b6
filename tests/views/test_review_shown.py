from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.masking import mask
from pipeline.records import Mask
from pipeline.views.characters import visible
from pipeline.views.review.material import Material
from pipeline.views.review.shown import LANES, Texts, lanes_of


def test_the_number_is_masked_and_all_else_is_there(material: Material) -> None:
    masked = Texts(material).masked("장터").text
    assert "010-1234-5678" not in masked
    assert "[전화번호]" in masked
    assert "골목 장터에서 팔았어요" in masked


@settings(max_examples=60, deadline=None)
@given(
    row=st.integers(0, 5),
    marks=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 90), st.integers(1, 9))),
)
def test_pieces_joined_are_the_turn(
    material: Material, row: int, marks: list[tuple[int, int, int]]
) -> None:
    texts = Texts(material)
    segment = material.segments[row]
    interview = material.interview[segment.interview]
    turn = interview.turns[segment.turn - 1]
    spans = [((start, start + size), rank) for start, size, rank in marks]
    stretches = texts.stretches(interview.id, turn, [row], spans, spans)
    joined = "".join(piece.text for stretch in stretches for piece in stretch.pieces)
    assert joined == texts.quote(interview.id, turn.start, turn.end)
    assert [s.row for s in stretches] == [row]
    for stretch in stretches:
        assert all(piece.text for piece in stretch.pieces)
        assert all(piece.words == piece.lanes for piece in stretch.pieces)


def test_a_word_is_marked_where_it_stands(material: Material) -> None:
    texts = Texts(material)
    text = material.interview["장터"].text
    turn = material.interview["장터"].turns[3]
    start = text.index("통장")
    stretches = texts.stretches("장터", turn, [1], [((start, start + 2), 4)])
    marked = [p.text for s in stretches for p in s.pieces if p.words == (4,)]
    assert marked == ["통장"]


def selected(material: Material, quote: str) -> str | None:
    texts = Texts(material)
    interview = material.interview["장터"]
    turn = interview.turns[3]
    shown = texts.quote("장터", turn.start, turn.end)
    first = shown.index(quote)
    span = texts.selected(interview, turn, first, first + len(quote), quote)
    return None if span is None else interview.text[span[0] : span[1]]


def test_a_selection_is_the_same_words_of_the_frozen_text(material: Material) -> None:
    assert selected(material, "통장에 모았다가") == "통장에 모았다가"
    assert selected(material, " 통장에 ") == "통장에"
    assert selected(material, "[전화번호]로 받았고요") == "010-1234-5678로 받았고요"


def test_a_selection_that_cuts_into_a_mask_takes_all_of_it(material: Material) -> None:
    assert selected(material, "는 [전화") == "는 010-1234-5678"


def test_a_selection_that_says_something_else_is_refused(material: Material) -> None:
    texts, interview = Texts(material), material.interview["장터"]
    turn = interview.turns[3]
    length = turn.end - turn.start
    assert texts.selected(interview, turn, 0, 2, "다른") is None
    assert texts.selected(interview, turn, 5, 5, "") is None
    assert texts.selected(interview, turn, -3, 2, "장") is None
    assert texts.selected(interview, turn, 0, length + 50, "장터") is None
    assert texts.selected(interview, turn, 3, 4, " ") is None


def test_emoji_count_one(material: Material) -> None:
    texts, interview = Texts(material), material.interview["집수리"]
    turn = interview.turns[1]
    shown = texts.quote("집수리", turn.start, turn.end)
    first = shown.index("강사님")
    span = texts.selected(interview, turn, first, first + 3, "강사님")
    assert span is not None and interview.text[slice(*span)] == "강사님"


def test_what_turns_text_round_is_made_visible(material: Material) -> None:
    texts = Texts(material)
    turn = material.interview["집수리"].turns[1]
    assert "\u202e" not in texts.quote("집수리", turn.start, turn.end)
    assert "\ufffd뒤집힘\ufffd" in texts.quote("집수리", turn.start, turn.end)


def test_names_in_ids_are_replaced_and_ids_stay_different(material: Material) -> None:
    owners = ("김하나", "참여자1")
    named = tuple(
        replace(s, id=f"{owners[n % 2]}:{n // 2}") for n, s in enumerate(material.segments)
    )
    texts = Texts(replace(material, segments=named, key={"김하나": "참여자1"}))
    assert len(set(texts.ids.values())) == len(named)
    assert not any("김하나" in shown for shown in texts.ids.values())
    assert {texts.rows[shown] for shown in texts.ids.values()} == set(range(len(named)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=14))
def test_overlapping_codings_lie_on_different_lines(spans: list[tuple[int, int]]) -> None:
    whole = [(start, start + size) for start, size in spans]
    lanes = lanes_of(whole)
    for at in range(100):
        here = [lane for (start, end), lane in zip(whole, lanes, strict=True) if start <= at < end]
        deepest = max(sum(start <= other < end for start, end in whole) for other in range(at + 1))
        if deepest <= LANES:
            assert len(set(here)) == len(here)


def test_lines_are_shared_again_when_free() -> None:
    assert lanes_of([(0, 10), (5, 8), (10, 12)]) == (0, 1, 0)


@settings(max_examples=100, deadline=None)
@given(
    text=st.text(alphabet="가나다 010-[]", min_size=1, max_size=40),
    cuts=st.lists(st.integers(0, 40), min_size=2, max_size=6, unique=True),
    ends=st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_there_and_back_covers_what_was_chosen(
    text: str, cuts: list[int], ends: tuple[int, int]
) -> None:
    edges = sorted(cut for cut in cuts if cut <= len(text))
    masks = [Mask(a, b, "[가림]") for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    masked = mask(text, 0, len(text), masks)
    start, end = sorted(min(one, len(masked.text)) for one in ends)
    there = masked.frozen_span(start, end)
    back = masked.span(*there)
    assert back[0] <= start and end <= back[1]
    assert masked.frozen_span(*back) == there
    assert visible(masked.text[slice(*back)]) == mask(text, *there, masks).text


def test_a_span_outside_is_refused() -> None:
    with pytest.raises(ValueError, match="does not lie"):
        mask("가나다", 0, 3, []).frozen_span(1, 4)
