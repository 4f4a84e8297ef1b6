"""Masking: nothing masked survives, nothing else changes, and spans follow."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.masking import Mask, Masked, in_order, mask

TEXT = "김철수 선생님 번호는 010-1234-5678이에요."
NAME = Mask(0, 3, "이름01")
PHONE = Mask(12, 25, "[전화번호]")
MASKS = (NAME, PHONE)

# Every character of a text stands once, and none of them in a replacement.
ALPHABET = [chr(ord("가") + i) for i in range(60)]


@st.composite
def masked_texts(draw: st.DrawFn) -> tuple[str, tuple[Mask, ...]]:
    text = "".join(draw(st.permutations(ALPHABET)))[: draw(st.integers(0, len(ALPHABET)))]
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    pairs = pairwise(places)
    replacements = st.text("xyz[]01", max_size=5)
    return text, tuple(
        Mask(start, end, draw(replacements)) for start, end in pairs if draw(st.booleans())
    )


def stretches(text: str) -> st.SearchStrategy[tuple[int, int]]:
    places = st.integers(0, len(text))
    return st.tuples(places, places).map(lambda pair: (min(pair), max(pair)))


def shown(masked: Masked, start: int, end: int) -> str:
    new_start, new_end = masked.span(start, end)
    return masked.text[new_start:new_end]


def test_replacements_stand_where_the_masked_spans_stood() -> None:
    masked = mask(TEXT, 0, len(TEXT), MASKS)
    assert masked.text == "이름01 선생님 번호는 [전화번호]이에요."
    assert shown(masked, 4, 7) == "선생님"
    assert shown(masked, 8, 11) == "번호는"
    assert shown(masked, 25, len(TEXT)) == "이에요."


def test_a_span_that_touches_a_mask_is_widened_to_the_whole_replacement() -> None:
    masked = mask(TEXT, 0, len(TEXT), MASKS)
    assert shown(masked, 1, 7) == "이름01 선생님"
    assert shown(masked, 8, 14) == "번호는 [전화번호]"
    assert shown(masked, 14, 16) == "[전화번호]"
    assert shown(masked, 13, 13) == "[전화번호]"


def test_a_span_beside_a_mask_is_not() -> None:
    masked = mask(TEXT, 0, len(TEXT), MASKS)
    assert shown(masked, 3, 4) == " "
    assert shown(masked, 3, 12) == " 선생님 번호는 "
    assert shown(masked, 12, 12) == ""


def test_a_slice_that_cuts_a_mask_shows_the_whole_replacement() -> None:
    masked = mask(TEXT, 2, 14, MASKS)
    assert masked.text == "이름01 선생님 번호는 [전화번호]"
    assert (masked.start, masked.end) == (0, 25)
    assert shown(masked, 4, 7) == "선생님"


def test_a_replacement_may_be_empty() -> None:
    masked = mask("지훈이 엄마", 0, 6, (Mask(0, 2, "이름02"), Mask(2, 3, "")))
    assert masked.text == "이름02 엄마"
    assert shown(masked, 0, 2) == "이름02"
    assert shown(masked, 4, 6) == "엄마"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 2), (0, len(TEXT) + 1)])
def test_a_slice_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="does not lie in"):
        mask(TEXT, start, end, MASKS)


def test_a_span_outside_the_slice_is_refused() -> None:
    masked = mask(TEXT, 4, 7, MASKS)
    with pytest.raises(ValueError, match="does not lie in"):
        masked.span(0, 7)


def test_masks_are_put_in_order() -> None:
    assert in_order([PHONE, NAME]) == (NAME, PHONE)
    with pytest.raises(ValueError, match="overlaps"):
        in_order([NAME, Mask(2, 5, "x")])
    with pytest.raises(ValueError, match="masks nothing"):
        in_order([Mask(2, 2, "x")])


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_without_masks_a_slice_is_the_slice(data: st.DataObject) -> None:
    text, _ = data.draw(masked_texts())
    start, end = data.draw(stretches(text))
    masked = mask(text, start, end, ())
    assert masked.text == text[start:end]
    assert (masked.start, masked.end) == (start, end)
    assert masked.span(start, end) == (0, end - start)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_never_a_character_of_a_masked_span_survives(data: st.DataObject) -> None:
    text, masks = data.draw(masked_texts())
    start, end = data.draw(stretches(text))
    hidden = {sign for one in masks for sign in text[one.start : one.end]}
    out = mask(text, start, end, masks).text
    assert hidden.isdisjoint(out)
    kept = [sign for sign in text[start:end] if sign not in hidden]
    assert [sign for sign in out if sign in set(text)] == kept


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_slicing_the_masked_whole_is_masking_the_slice(data: st.DataObject) -> None:
    text, masks = data.draw(masked_texts())
    start, end = data.draw(stretches(text))
    inner_start, inner_end = data.draw(stretches(text[start:end]))
    inner_start, inner_end = start + inner_start, start + inner_end
    whole, part = mask(text, 0, len(text), masks), mask(text, start, end, masks)
    assert shown(whole, start, end) == part.text
    inner = mask(text, inner_start, inner_end, masks).text
    assert shown(part, inner_start, inner_end) == inner == shown(whole, inner_start, inner_end)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_slices_cut_outside_masks_join_to_the_whole(data: st.DataObject) -> None:
    text, masks = data.draw(masked_texts())
    free = [
        place
        for place in range(len(text) + 1)
        if not any(one.start < place < one.end for one in masks)
    ]
    cuts = sorted({0, len(text), *data.draw(st.sets(st.sampled_from(free)))})
    parts = [mask(text, start, end, masks).text for start, end in pairwise(cuts)]
    assert "".join(parts) == mask(text, 0, len(text), masks).text
