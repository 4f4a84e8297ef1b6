from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.readers import rtf as reader
from pipeline.corpus.readers.rtf import is_rtf, read
from pipeline.errors import GyeolError
from pipeline.records import Interview

FONTS = r"{\fonttbl{\f0\fnil\fcharset129 " + "굴림;}" + r"{\f1\fswiss\fcharset0 Arial;}}"


def coded(text: str, encoding: str = "cp949") -> str:
    """Return ``text`` as RTF writes it: what is no ASCII as hexadecimal bytes."""
    return "".join(
        sign if sign.isascii() else "".join(f"\\'{byte:02x}" for byte in sign.encode(encoding))
        for sign in text
    )


def document(body: str, code_page: str = r"\ansicpg949") -> bytes:
    return coded(
        r"{\rtf1\ansi" + code_page + FONTS + r"{\colortbl;\red0;}\uc1\f0 " + body + "}"
    ).encode()


def interview(body: str) -> Interview:
    reading = read(document(body), "면담.rtf")
    assert reading.problems == ()
    return reading.interviews[0]


def test_paragraphs_are_lines_and_labels_are_found() -> None:
    found = interview(r"{\b 면담자:} 왜요?\par" "\r\n" r"참여자: 그냥\line 그랬\tab 어요.\par")
    assert found.text == "면담자: 왜요?\n참여자: 그냥\n그랬\t어요.\n"
    assert [t.speaker for t in found.turns] == ["면담자", "참여자"]
    assert (found.id, found.source) == ("면담", "면담.rtf")


def test_korean_in_a_font_of_no_particular_character_set() -> None:
    assert interview(r"\f1 참여자: 네, “그냥”요").text == "참여자: 네, “그냥”요"


def test_a_fonts_character_set_counts_for_more_than_the_documents() -> None:
    data = document(r"\f0 말 \f1 caf\'e9", r"\ansicpg1252")
    assert read(data, "a.rtf").interviews[0].text == "말 café"


def test_raw_bytes_and_halves_in_two_notations() -> None:
    data = rb"{\rtf1\ansicpg949 " + "말".encode("cp949") + rb" \'b0A" + "글".encode("cp949") + b"}"
    assert read(data, "a.rtf").interviews[0].text == "말 " + b"\xb0A".decode("cp949") + "글"


def test_unicode_and_what_stands_for_it_elsewhere() -> None:
    assert interview(r"\u44032?\u-21504\'3f{\uc2\u44032 ab}\uc0\u45208 다").text == "가가가나다"
    assert interview(r"\u-10179?\u-8704? 웃음").text == "😀 웃음"
    assert interview(r"가\u44032\par 나").text == "가가\n나"


def test_characters_by_name() -> None:
    found = interview(r"\lquote 가\rquote\emdash\ldblquote 나\rdblquote\bullet\~\_\{\}\\\-다")
    assert found.text == "‘가’—“나”•\xa0-{}\\다"


def test_deletions_notes_comments_and_pictures_are_left_out() -> None:
    found = interview(
        r"앞{\deleted 지운 말}{\deleted 또{\b 지움}}\deleted 더\deleted0 "
        r"{\footnote 각주\par}{\*\annotation 메모}{\header 머리\par}{\*\unknown 모름}"
        r"{\pict\jpegblip ffd8ffe0\bin5 }}}}}}{\listtext 1.\tab}뒤\plain"
    )
    assert found.text == "앞뒤"


def test_a_link_keeps_its_words() -> None:
    link = r'{\field{\*\fldinst HYPERLINK "http://example.org"}{\fldrslt 여기}}'
    assert interview(f"보려면 {link}를").text == "보려면 여기를"


def test_a_text_box_comes_after_its_paragraph() -> None:
    box = r"{\shp{\*\shpinst\shpleft1{\sp{\sn x}{\sv 1}}{\shptxt 상자\par}}{\shprslt 옛 상자}}"
    assert interview(rf"앞{box}뒤\par 끝").text == "앞뒤\n상자\n끝"
    assert interview(f"앞{box}").text == "앞상자\n"


def test_a_table_of_two_columns_names_the_speaker_in_the_first() -> None:
    found = interview(
        r"제목|표\par\trowd\cellx1\cellx2\intbl 면담자\cell 왜요?\cell\row"
        r"\trowd\intbl 참여자 1:\cell 그냥요.\par 정말로요.\cell\trowd\row\pard 끝\par"
    )
    assert found.text == "제목|표\n면담자: 왜요?\n참여자 1: 그냥요.\n정말로요.\n끝\n"


def test_cells_of_other_tables_are_parted_by_tabs() -> None:
    nested = r"{\intbl\itap2 가\nestcell 나\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}}"
    assert interview(rf"\trowd 1\cell {nested}\cell 다\cell\row").text == "1\t가\t나\t다\n"


def test_a_row_left_open_is_not_lost() -> None:
    assert interview(r"\trowd 하나\cell 둘\cell 셋\cell 남은 말").text == "하나\t둘\t셋\n남은 말"


def test_a_file_cut_short_is_read_and_warned_of() -> None:
    whole = document(r"면담자: 왜요?\par 참여자: 그냥요.\par")
    reading = read(whole[:-20], "a.rtf")
    assert reading.interviews[0].text.startswith("면담자: 왜요?\n참여자:")
    (warning,) = reading.problems
    assert ("중간에 잘렸는지" in warning.ko, warning.level) == (True, "warning")


def test_what_follows_the_document_is_no_part_of_it() -> None:
    assert read(document("말") + b"{\\rtf1 more}", "a.rtf").interviews[0].text == "말"


def test_bytes_that_are_no_characters_are_counted() -> None:
    # In every code page tried, this byte is unassigned or half a character.
    reading = read(rb"{\rtf1\ansicpg949 \'81}", "a.rtf")
    (warning,) = reading.problems
    assert "1자를 읽을 수 없어" in warning.ko
    assert reading.interviews[0].text == "\ufffd"


def test_nulls_and_directions() -> None:
    assert interview("가\0나\\u8238?다").text == "가나\u202e다"


@pytest.mark.parametrize("data", [b"", b"text", b"\x00{\\rtf1", b"PK\x03\x04"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(GyeolError) as caught:
        read(data, "a.rtf")
    assert "RTF 문서로 읽을 수 없습니다" in caught.value.problems[0].ko


def test_a_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_LARGEST", 50)
    with pytest.raises(GyeolError) as caught:
        read(document("말" * 50), "a.rtf")
    assert "너무 큽니다" in caught.value.problems[0].ko


def test_too_many_control_words_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(document("말" * 5000), "a.rtf")
    monkeypatch.setattr(reader, "_MOST_TOKENS", 200)
    with pytest.raises(GyeolError) as caught:
        read(document(r"\b " * 200), "a.rtf")
    assert "서식이 너무 많습니다(한도 200개)" in caught.value.problems[0].ko


@pytest.mark.parametrize(
    "noise",
    ["{", "}", "\\", "\\'b0", "\\u1?", "{\\field{\\*\\fldinst{", "{\\fonttbl", "\\cell ", "\\trowd a\\cell",
     "{\\shptxt a}", "{\\shptxt a", "\\row", "\\bin99999999 ", "\\f1 ", "\\uc99999 \\u1"],
)  # fmt: skip
def test_hostile_input_passes_quickly(noise: str) -> None:
    began = time.process_time()
    try:
        read(document(noise * 50_000), "a.rtf")
    except GyeolError as error:
        assert error.problems
    assert time.process_time() - began < 15


def test_rich_text_is_known_by_its_beginning() -> None:
    assert is_rtf(b"\r\n {\\rtf1 a}")
    assert not is_rtf(b"a {\\rtf1 a}")


PIECES = st.sampled_from(
    ["{", "}", "\\par ", "가", "a", "\\'b0", "\\'a1", "\\u44032?", "\\cell ", "\\row ", "\\trowd ",
     "\\*", "\\shptxt ", "\\deleted ", "\\plain ", "\\bin3", "\\f1", "\\ansicpg65001", "\\fonttbl", "\\"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=3), max_size=40), st.binary(max_size=20))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(pieces: list[str], rest: bytes) -> None:
    data = b"{\\rtf1 " + "".join(pieces).encode("utf-8", "surrogatepass") + rest
    try:
        (found,) = read(data, "a.rtf").interviews
    except GyeolError as error:
        assert error.problems
    else:
        assert all(0 <= t.start < t.end <= len(found.text) for t in found.turns)
        found.text.encode()
