"""Stage directions: blanked out, and nothing else moved."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.corpus.directions import blank_directions, direction_spans


@pytest.mark.parametrize(
    "direction",
    [
        "(웃음)",
        "(함께 웃음)",
        "[불명확]",
        "[00:12 불명확]",
        "(침묵 5초)",
        "（한숨）",
        "(고개를 끄덕이며)",
        "[laughs]",
        "[INAUDIBLE 00:03]",
        "(전화 벨소리)",
    ],
)
def test_a_direction_is_found_with_its_brackets(direction: str) -> None:
    text = f"네, 그게 {direction} 좋았죠."
    ((start, end),) = direction_spans(text)
    assert text[start:end] == direction
    assert blank_directions(text) == f"네, 그게 {' ' * len(direction)} 좋았죠."


@pytest.mark.parametrize(
    "text",
    [
        "중간지원조직(협동조합)에서요.",
        "웃음이 났어요.",
        "(웃음",
        "웃음)",
        "(아니 그러니까 제가 그때 그 얘기를 듣고 정말 많이 웃음이 나왔다는 말이죠)",
        "(첫 줄\n웃음)",
        "",
    ],
)
def test_what_is_said_is_no_direction(text: str) -> None:
    assert direction_spans(text) == ()
    assert blank_directions(text) == text


def test_several_in_order() -> None:
    text = "(웃음) 네. (침묵) (웃음)"
    assert [text[start:end] for start, end in direction_spans(text)] == [
        "(웃음)",
        "(침묵)",
        "(웃음)",
    ]


pieces = st.sampled_from(
    [
        "(웃음)",
        "[불명확]",
        "(",
        ")",
        "[",
        "]",
        "웃음",
        "네 ",
        "😀",
        "\n",
        "（",
        "）",
        "좋았어요.",
        " ",
    ]
)


@given(parts=st.lists(pieces, max_size=20))
@example(parts=["((웃음)", "(웃음))"])
@settings(max_examples=200, deadline=None)
def test_offsets_stay(parts: list[str]) -> None:
    text = "".join(parts)
    blanked = blank_directions(text)
    inside = {place for span in direction_spans(text) for place in range(*span)}
    assert len(blanked) == len(text)
    assert all(
        sign == (" " if place in inside else text[place]) for place, sign in enumerate(blanked)
    )
