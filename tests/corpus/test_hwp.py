from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_hwp import (
    CONTROL,
    LIST,
    MEMO,
    PARAGRAPH,
    SHAPE,
    TEXT,
    control,
    hwp,
    listed,
    mark,
    paragraph,
    record,
    table,
    units,
)
from tiny_hwp import RANGES as RANGES_TAG

from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers import hwp as reader
from pipeline.corpus.readers.hwp import read
from pipeline.errors import GyeolError
from pipeline.records import Interview


def interview(*records: bytes) -> Interview:
    (found,) = read(hwp(b"".join(records)), "면담.hwp").interviews
    return found


def text(*records: bytes) -> str:
    return interview(*records).text


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        read(data, "면담.hwp")
    return caught.value.problems[0].ko


def test_paragraphs_are_lines_and_labels_are_found() -> None:
    found = interview(paragraph("면담자: 왜요?"), paragraph("참여자: 그냥요."), paragraph())
    assert found.text == "면담자: 왜요?\n참여자: 그냥요.\n"
    assert [(t.speaker, found.text[t.start : t.end]) for t in found.turns] == [
        ("면담자", "왜요?"),
        ("참여자", "그냥요."),
    ]
    assert (found.id, found.source) == ("면담", "면담.hwp")


def test_line_breaks_tabs_blanks_and_hyphens_stay() -> None:
    said = f"가\n나{mark(9)}다\x1e라\x1f마\x18바"
    assert text(paragraph(said)) == "가\n나\t다 라 마-바"


def test_controls_say_nothing_but_the_text_of_a_field_stays() -> None:
    field = f"{mark(3, '%clk')}누름틀{mark(4)} 뒤"
    assert text(paragraph(f"앞 {field}", control("%clk"))) == "앞 누름틀 뒤"


def test_a_control_cut_off_at_the_end_is_dropped() -> None:
    assert text(paragraph("말\x0b\x01")) == "말"


def test_emoji_are_whole_and_half_a_surrogate_is_replaced() -> None:
    assert text(paragraph("좋아요 😀!")) == "좋아요 😀!"
    assert text(paragraph("반쪽 \ud83d.")) == "반쪽 \ufffd."


def test_long_paragraphs_are_whole() -> None:
    said = "길게 말했어요. " * 500
    assert text(paragraph(said)) == said


def test_table_rows_are_lines_and_leave_no_blank_line() -> None:
    # «1차»: no rows of two, which would read as «label: speech».
    rows = table(["이름", "구", "차수"], ["김", "", "1차"])
    assert text(paragraph("앞"), paragraph(mark(11, "tbl "), rows), paragraph("뒤")) == (
        "앞\n이름\t구\t차수\n김\t\t1차\n뒤"
    )


def test_a_row_of_a_label_and_what_was_said_is_a_turn() -> None:
    found = interview(paragraph("", table(["면담자", "왜요?"], ["참여자", "그냥요."])))
    assert [turn.speaker for turn in found.turns] == ["면담자", "참여자"]


def test_cells_hold_paragraphs_and_tables() -> None:
    inner = table(["가", "나", "다"], level=3)
    cell = paragraph("첫 줄", level=2) + paragraph("둘째 줄", inner, level=2)
    assert text(paragraph("", table(["앞", cell, "뒤"]))) == "앞\t첫 줄\n둘째 줄\n가\t나\t다\t뒤"


def test_a_caption_comes_before_its_table() -> None:
    caption = listed(paragraph("표 1", level=2))
    assert text(paragraph("", table(["가", "나", "다"], caption=caption))) == "표 1\n가\t나\t다"


def test_text_boxes_come_after_their_paragraph() -> None:
    box = control("gso ", record(SHAPE, 2), listed(paragraph("상자", level=3), level=3))
    assert text(paragraph(f"앞{mark(11, 'gso ')}뒤", box)) == "앞뒤\n상자"


@pytest.mark.parametrize("kind", ["fn  ", "en  ", "head", "foot", "tcmt", "secd"])
def test_notes_headers_hidden_comments_and_master_pages_are_left_out(kind: str) -> None:
    aside = control(kind, listed(paragraph("비밀", table(["비밀"], level=3), level=2)))
    assert text(paragraph(f"말{mark(17, kind)}했다", aside), paragraph("뒤")) == "말했다\n뒤"


def test_memos_are_left_out() -> None:
    memo = record(MEMO, 1, bytes(4)) + listed(paragraph("비밀", level=1), level=1)
    assert text(paragraph("말", memo), paragraph("뒤")) == "말\n뒤"


def test_words_under_small_print_and_overlaid_characters_stay_in_place() -> None:
    main, small = units("본말"), units("덧말")
    ruby = struct.pack("<H", 2) + main + struct.pack("<H", 2) + small + bytes(20)
    overlaid = struct.pack("<H", 1) + units("③") + bytes(4)
    marked = f"가{mark(23, 'tdut')}나{mark(11, 'tbl ')}다{mark(23, 'tcps')}라"
    hanging = control("tdut", content=ruby) + table(["칸"]) + control("tcps", content=overlaid)
    assert text(paragraph(marked, hanging)) == "가본말나다③라\n칸"


def test_tracked_deletions_are_left_out() -> None:
    # Units, not characters: the emoji is two of them, the control eight.
    said = f"😀가{mark(23, 'tdut')}나다라"
    ruby = control("tdut", content=struct.pack("<H", 1) + units("위") + struct.pack("<H", 0))

    def with_ranges(*ranges: tuple[int, int, int]) -> str:
        content = b"".join(struct.pack("<III", a, b, kind << 24 | 7) for a, b, kind in ranges)
        return text(paragraph(said, record(RANGES_TAG, 1, content), ruby))

    assert with_ranges((11, 12, 17)) == "😀가위다라"
    assert with_ranges((2, 12, 17)) == "😀다라"
    assert with_ranges((12, 2**32 - 1, 17), (11, 13, 17), (0, 2, 17)) == "가위"
    assert with_ranges((0, 13, 16), (0, 13, 2)) == "😀가위나다라"


def test_sections_follow_each_other() -> None:
    sections = [paragraph(f"{number}절") for number in range(12)]
    (found,) = read(hwp(*sections), "면담.hwp").interviews
    assert found.text.split("\n") == [f"{number}절" for number in range(12)]


def test_an_unpacked_body_is_read() -> None:
    (found,) = read(hwp(paragraph("말"), flags=0), "면담.hwp").interviews
    assert found.text == "말"


def test_a_body_without_text_is_an_empty_interview() -> None:
    assert interview(paragraph()) == Interview("면담", "", (), "면담.hwp")


def test_a_section_without_an_end_is_a_warning() -> None:
    whole = paragraph("말", table(["칸"])) + paragraph("끝", last=True)
    open_ended = paragraph("말", table([paragraph("칸", level=2, last=True)])) + paragraph("끝")
    assert read(hwp(whole, whole), "면담.hwp").problems == ()
    (problem,) = read(hwp(whole, open_ended), "면담.hwp").problems
    assert (problem.level, problem.ko[:11]) == ("warning", "문서의 끝이 없습니다")


def test_a_paragraph_on_a_wrong_level_is_not_lost() -> None:
    assert text(paragraph("말", paragraph("뒤", level=1))) == "말\n뒤"


@pytest.mark.parametrize(
    "body",
    [
        paragraph("말")[:-3],
        record(PARAGRAPH, 65),
        struct.pack("<II", TEXT | 0xFFF << 20, 2**32 - 1),
        b"".join(record(CONTROL, level, b"    ") for level in range(70)),
    ],
)
def test_broken_records_are_refused(body: bytes) -> None:
    assert "손상" in refusal(hwp(body))


def test_a_bomb_of_records_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_RECORDS", 1000)
    half = record(LIST, 0) * 500
    assert read(hwp(half, half), "면담.hwp").interviews[0].text == ""
    assert "손상" in refusal(hwp(half, half + record(LIST, 0)))


CONTROLS = "".join(map(chr, range(32)))


@given(st.lists(st.text(st.characters(exclude_characters=CONTROLS))))
@settings(max_examples=50, deadline=None)
def test_any_text_comes_back(lines: list[str]) -> None:
    assert text(*map(paragraph, lines)) == freeze("\n".join(lines))


@given(
    st.lists(
        st.builds(
            record,
            st.sampled_from([PARAGRAPH, TEXT, RANGES_TAG, CONTROL, LIST, 77, 93, 5]),
            st.integers(0, 70),
            st.binary(max_size=40) | st.sampled_from([b" lbt", b"tudt\xff\xff", b"  nf", b" osg"]),
        )
    ),
    st.binary(max_size=5),
)
@settings(max_examples=200, deadline=None)
def test_any_records_give_text_or_one_clear_error(records: list[bytes], rest: bytes) -> None:
    data = hwp(b"".join(records) + rest)
    try:
        (found,) = read(data, "면담.hwp").interviews
    except GyeolError as error:
        assert [problem.level for problem in error.problems] == ["error"]
    else:
        assert freeze(found.text) == found.text


DOCUMENT = hwp(paragraph("면담자: 왜요?", table(["참여자", "그냥요."])), paragraph("끝"))


@given(
    st.binary()
    | st.binary().map(lambda end: DOCUMENT[:512] + end)
    | st.integers(0, len(DOCUMENT)).map(lambda cut: DOCUMENT[:cut])
    | st.lists(st.tuples(st.integers(0, len(DOCUMENT) - 1), st.integers(0, 255))).map(
        lambda changes: bytes(
            dict(changes).get(place, value) for place, value in enumerate(DOCUMENT)
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_turns_or_one_clear_error(data: bytes) -> None:
    try:
        read(data, "면담.hwp")
    except GyeolError as error:
        assert [problem.level for problem in error.problems] == ["error"]
