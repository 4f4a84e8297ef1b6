from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus import encoding as module
from pipeline.corpus.encoding import decode, freeze, freeze_whole, refuse_many_lines
from pipeline.errors import GyeolError

KOREAN = "면담자: 가게는 언제 여셨어요?\n참여자 1: 2019년 봄이요. 가가호호 다녔죠.\n"


@pytest.mark.parametrize(
    "data",
    [
        KOREAN.encode("utf-8"),
        KOREAN.encode("utf-8-sig"),
        KOREAN.encode("cp949"),
        codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + KOREAN.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + KOREAN.encode("utf-32-be"),
        KOREAN.encode("utf-16-le"),
        KOREAN.encode("utf-16-be"),
    ],
)
def test_every_rung_of_the_ladder_gives_the_same_text(data: bytes) -> None:
    assert decode(data) == KOREAN


def test_the_syllable_whose_low_byte_is_nul_does_not_turn_the_byte_order() -> None:
    text = "가가가가 가가가\n"
    assert decode(text.encode("utf-16-le")) == text
    assert decode(text.encode("utf-16-be")) == text


def test_a_stray_nul_leaves_utf8_alone() -> None:
    assert decode("앞\0뒤, 그래서 그랬어요".encode()) == "앞\0뒤, 그래서 그랬어요"


def test_syllables_outside_the_old_standard_are_read_from_cp949() -> None:
    assert decode("똠방각하 펲시".encode("cp949")) == "똠방각하 펲시"


def test_nothing_decodes_to_nothing() -> None:
    assert decode(b"") == ""


def test_a_bad_byte_in_utf8_is_named_by_offset_and_line() -> None:
    good = "첫 줄입니다\r\n둘째 줄\r\n".encode()
    with pytest.raises(GyeolError) as caught:
        decode(good + b"\xff" + " 그리고 더 많은 말이 이어집니다".encode())
    (problem,) = caught.value.problems
    assert problem.line == 3
    assert f"{len(good)}바이트" in problem.ko
    assert "UTF-8" in problem.ko
    assert f"offset {len(good)}," in problem.en


def test_a_bad_byte_in_cp949_is_counted_in_cp949() -> None:
    good = "첫 줄입니다\n둘째 줄은 조금 더 깁니다 ".encode("cp949")
    with pytest.raises(GyeolError) as caught:
        decode(good + b"\xff\n" + "셋째 줄".encode("cp949"))
    (problem,) = caught.value.problems
    assert problem.line == 2
    assert f"offset {len(good)}," in problem.en
    assert "CP949" in problem.ko


def test_the_offset_counts_the_byte_order_mark() -> None:
    with pytest.raises(GyeolError) as caught:
        decode(codecs.BOM_UTF8 + b"ab\xff")
    assert "offset 5," in caught.value.problems[0].en


def test_half_a_utf16_character_is_refused() -> None:
    data = codecs.BOM_UTF16_LE + "가\n나".encode("utf-16-le") + b"\x00"
    with pytest.raises(GyeolError) as caught:
        decode(data)
    assert caught.value.problems[0].line == 2


def test_freeze_normalises_what_spans_count() -> None:
    nfd = unicodedata.normalize("NFD", "각하")
    assert freeze("\ufeff" + nfd) == "각하"
    assert freeze("a\r\nb\rc\u2028d\u2029e\x85f\x0bg\x0ch") == "a\nb\nc\nd\ne\nf\ng\nh"
    assert freeze("a\0b\x01c\td") == "ab c\td"
    assert freeze("\ud800x\uffff") == "\ufffdx\ufffd"


def test_a_nul_between_cr_and_lf_makes_no_second_line() -> None:
    assert freeze("a\r\0\nb") == "a\nb"


@given(
    st.text(
        st.one_of(
            st.characters(), st.sampled_from("\0\r\n\u2028\ufeff\x01\ud800각\u1100\u1161\u0301")
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_freezing_twice_changes_nothing(text: str) -> None:
    once = freeze(text)
    assert freeze(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set(once) & set("\0\r\u2028\x01\x1f")
    once.encode("utf-8")


@given(st.binary())
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_decoded_or_refused_with_a_line(data: bytes) -> None:
    try:
        text = decode(data)
    except GyeolError as error:
        assert error.problems[0].line is not None
    else:
        assert isinstance(text, str)


@given(st.text(st.sampled_from("가나다 힣ㅋ.,?\nabc123…«»"), min_size=1))
@settings(max_examples=100, deadline=None)
def test_utf8_round_trip(text: str) -> None:
    assert decode(text.encode("utf-8")) == text


def test_texts_beyond_any_interview_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert freeze_whole("가\r\n나") == "가\n나"
    monkeypatch.setattr(module, "_MOST_CHARACTERS", 3)
    assert decode("가나다".encode()) == "가나다"
    for refused in (lambda: decode("가나다라".encode()), lambda: freeze_whole("가나다라")):
        with pytest.raises(GyeolError) as caught:
            refused()
        assert "글이 너무 깁니다(4자, 한도 64MB 3자)" in caught.value.problems[0].ko
    monkeypatch.setattr(module, "_LARGEST_TEXT", 8)
    with pytest.raises(GyeolError, match="too long"):
        decode("가나다".encode())


def test_texts_of_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_LINES", 2)
    refuse_many_lines("가\n나\n다")
    for text in ("가\n나\n다\n라", "가\u2028나\x0b다\r라"):
        with pytest.raises(GyeolError) as caught:
            freeze_whole(text)
        assert "3줄로 너무 깁니다(한도 2줄)" in caught.value.problems[0].ko
