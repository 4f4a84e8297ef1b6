"""Codings placed in the text, and which segments they bear on."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.corpus.codings import (
    UNNAMED,
    codes_of_segments,
    codings_in_comments,
    read_codings,
)
from pipeline.errors import GyeolError, Problem
from pipeline.records import Code, Coding, Comment, Interview, Segment, Turn

TEXT = "질문: 어땠어요?\n답: 네, 재밌었어요.\n이웃을 만나서 좋았고\n네, 재밌었어요."
INTERVIEW = Interview(
    "P01",
    TEXT,
    (Turn(1, "질문", "interviewer", 4, 9), Turn(2, "답", "participant", 13, len(TEXT))),
    "P01.txt",
)
OTHER = Interview(
    "P02", "다른 면담입니다.", (Turn(1, "", "participant", 0, 9, id="s-1"),), "P02.txt"
)
SEGMENTS = (
    Segment("P01:002.1", "P01", 2, "답", 13, 23),
    Segment("P01:002.2", "P01", 2, "답", 24, 35),
    Segment("s-1", "P02", 1, "", 0, 9),
)
CODES = (Code("육아/교육", "C1"), Code("이웃", "C2"), Code(" 여백 ", " 여백 "))
Row = dict[str, str]


def sheet(rows: Sequence[Row]) -> str:
    columns = list(dict.fromkeys(["interview", "code", "coder", *(k for row in rows for k in row)]))
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def read(folder: Path, *rows: Row) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
    filled = [{"interview": "P01", "code": "이웃", "coder": "A", **row} for row in rows]
    path = folder / "codings.csv"
    path.write_text(sheet(filled), encoding="utf-8-sig", newline="")
    return read_codings(path, "codings.csv", (INTERVIEW, OTHER), SEGMENTS, CODES)


def span(folder: Path, row: Row) -> tuple[int, int]:
    (coding,), problems = read(folder, row)
    assert problems == ()
    return coding.start, coding.end


def refused(folder: Path, row: Row) -> Problem:
    codings, (problem,) = read(folder, {"segment": "P01:002.1"}, row)
    assert len(codings) == 1, "the other row is used all the same"
    assert (problem.path, problem.line, problem.level) == ("codings.csv", 3, "error")
    return problem


# ── where a coding lies ─────────────────────────────────────────────────────────────


def test_by_segment(tmp_path: Path) -> None:
    assert span(tmp_path, {"segment": "P01:002.2"}) == (24, 35)


def test_by_turn_when_segments_are_smaller(tmp_path: Path) -> None:
    assert span(tmp_path, {"segment": "P01:002"}) == (13, len(TEXT))


def test_by_the_id_a_segments_file_gave(tmp_path: Path) -> None:
    assert span(tmp_path, {"interview": "P02", "segment": "s-1"}) == (0, 9)


def test_by_span(tmp_path: Path) -> None:
    assert span(tmp_path, {"start": "0", "end": str(len(TEXT))}) == (0, len(TEXT))


@pytest.mark.parametrize(
    "quote", ["이웃을 만나서 좋았고", "이웃을\n만나서   좋았고", " 이웃을 만나서\r\n좋았고 "]
)
def test_by_quote_however_it_is_wrapped(tmp_path: Path, quote: str) -> None:
    start, end = span(tmp_path, {"quote": quote})
    assert TEXT[start:end] == "이웃을 만나서 좋았고"


def test_a_quote_over_a_line_end_of_the_transcript(tmp_path: Path) -> None:
    start, end = span(tmp_path, {"quote": "재밌었어요. 이웃을"})
    assert TEXT[start:end] == "재밌었어요.\n이웃을"


def test_signs_in_a_quote_mean_themselves(tmp_path: Path) -> None:
    start, end = span(tmp_path, {"quote": "어땠어요?"})
    assert TEXT[start:end] == "어땠어요?"
    assert "없습니다" in refused(tmp_path, {"quote": "이웃.*"}).ko


def test_a_segment_goes_before_a_quote(tmp_path: Path) -> None:
    assert span(tmp_path, {"segment": "P01:002.2", "quote": "어땠어요?"}) == (24, 35)


def test_from_a_workbook(tmp_path: Path) -> None:
    rows = [
        ["Interview", "start", "end", "Code", "coder", "time", "note"],
        ["P01", 13, 23, "C1", "A", "2026-01-02", "메모"],
    ]
    with xlsxwriter.Workbook(tmp_path / "codings.xlsx") as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    codings, problems = read_codings(
        tmp_path / "codings.xlsx", "codings.xlsx", (INTERVIEW, OTHER), SEGMENTS, CODES
    )
    assert problems == ()
    assert codings == (Coding("P01", 13, 23, "육아/교육", "A", "2026-01-02", "메모"),)


# ── names ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "meant"), [("육아/교육", "육아/교육"), ("C1", "육아/교육"), ("여백", " 여백 ")]
)
def test_a_code_by_name_or_id(tmp_path: Path, written: str, meant: str) -> None:
    (coding,), _ = read(tmp_path, {"code": written, "segment": "P01:002.1"})
    assert coding.code == meant


def test_duplicates_are_one_coding(tmp_path: Path) -> None:
    row = {"segment": "P01:002.1"}
    codings, _ = read(tmp_path, row, row, {"start": "13", "end": "23"}, {**row, "coder": "B"})
    assert [(coding.coder, coding.start) for coding in codings] == [("A", 13), ("B", 13)]


def test_an_unknown_interview_offers_the_nearest(tmp_path: Path) -> None:
    problem = refused(tmp_path, {"interview": "P1", "segment": "P01:002.1"})
    assert "모르는 면담 «P1». 혹시 «P01»?" in problem.ko
    assert "Did you mean «P01»?" in problem.en


def test_an_unknown_code_offers_the_nearest(tmp_path: Path) -> None:
    problem = refused(tmp_path, {"code": "육아·교육", "segment": "P01:002.1"})
    assert "모르는 코드 «육아·교육». 혹시 «육아/교육»?" in problem.ko


def test_an_unknown_code_like_no_other(tmp_path: Path) -> None:
    assert "혹시" not in refused(tmp_path, {"code": "zzz", "segment": "P01:002.1"}).ko


@pytest.mark.parametrize("segment", ["s-1", "P01:999", "P02:001"])
def test_a_segment_of_another_interview_or_of_none(tmp_path: Path, segment: str) -> None:
    problem = refused(tmp_path, {"segment": segment})
    assert "«P01»" in problem.ko
    assert f"«{segment}»" in problem.ko


@pytest.mark.parametrize(("start", "end"), [("0", str(len(TEXT) + 1)), ("900", "901")])
def test_a_span_out_of_range(tmp_path: Path, start: str, end: str) -> None:
    problem = refused(tmp_path, {"start": start, "end": end})
    assert f"{start}–{end}" in problem.ko
    assert str(len(TEXT)) in problem.ko


@pytest.mark.parametrize(("start", "end"), [("5", "5"), ("9", "3")])
def test_a_span_that_ends_before_it_begins(tmp_path: Path, start: str, end: str) -> None:
    problem = refused(tmp_path, {"start": start, "end": end})
    assert problem.ko == f"start({start})가 end({end})보다 작아야 합니다."


def test_an_empty_code_is_no_unknown_one(tmp_path: Path) -> None:
    assert refused(tmp_path, {"quote": "네", "code": ""}).ko == "코드(code) 칸이 비어 있습니다."


@pytest.mark.parametrize(
    ("interview", "said"), [("p01", "혹시 «P01»?"), ("없는면담", "있는 면담: P01")]
)
def test_an_unknown_interview_is_told_which_there_are(
    tmp_path: Path, interview: str, said: str
) -> None:
    assert said in refused(tmp_path, {"quote": "네", "interview": interview}).ko


@pytest.mark.parametrize(("start", "end"), [("-1", "3"), ("a", "3"), ("1.5", "3"), ("²", "3")])
def test_a_span_that_is_no_number(tmp_path: Path, start: str, end: str) -> None:
    assert "수여야" in refused(tmp_path, {"start": start, "end": end}).ko


def test_a_quote_found_twice_is_asked_about_with_its_places(tmp_path: Path) -> None:
    said = refused(tmp_path, {"quote": "네, 재밌었어요."}).ko
    assert "2번 나옵니다: P01:002 start 13, end 22; P01:002 start 35, end 44." in said
    assert "start와 end 열에 그 수를 적거나" in said
    answered = {"quote": "네, 재밌었어요.", "start": "35", "end": "44"}
    assert span(tmp_path, answered) == (35, 44)


def test_an_exact_span_goes_before_its_segment(tmp_path: Path) -> None:
    assert span(tmp_path, {"segment": "P01:002.1", "start": "13", "end": "15"}) == (13, 15)


def test_the_apostrophe_before_a_formula_is_not_part_of_a_note(tmp_path: Path) -> None:
    (coding,), _ = read(tmp_path, {"segment": "P01:002.1", "note": "'=1+1", "coder": "'가"})
    assert (coding.note, coding.coder) == ("=1+1", "'가")


def test_a_quote_not_found_is_shown_shortened(tmp_path: Path) -> None:
    problem = refused(tmp_path, {"quote": "없는 말 " * 20})
    assert "없습니다" in problem.ko
    assert "…" in problem.ko
    assert len(problem.ko) < 120


def test_no_coder(tmp_path: Path) -> None:
    assert "coder" in refused(tmp_path, {"segment": "P01:002.1", "coder": " "}).ko


@pytest.mark.parametrize("row", [{}, {"start": "3"}, {"segment": " ", "quote": ""}])
def test_no_place(tmp_path: Path, row: Row) -> None:
    assert "segment, start와 end, quote" in refused(tmp_path, row).ko


def test_every_bad_row_is_told(tmp_path: Path) -> None:
    codings, problems = read(
        tmp_path, {"code": "없음"}, {"interview": "없음"}, {"quote": "없음"}, {}
    )
    assert codings == ()
    assert [problem.line for problem in problems] == [2, 3, 4, 5]


@pytest.mark.parametrize("text", ["", "interview,code\nP01,이웃\n"])
def test_a_file_that_is_no_list_of_codings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GyeolError) as raised:
        read_codings(path, "codings.csv", (INTERVIEW,), SEGMENTS, CODES)
    assert raised.value.problems[0].path == "codings.csv"


# ── which segments a coding bears on ────────────────────────────────────────────────


def marks(segment: tuple[int, int], coding: tuple[int, int]) -> bool:
    found = codes_of_segments(
        (Segment("s", "P01", 1, "", *segment),), (Coding("P01", *coding, "이웃", "A"),)
    )
    assert found in ({}, {"s": {"이웃": frozenset({"A"})}})
    return bool(found)


@pytest.mark.parametrize(
    ("segment", "coding", "expected"),
    [
        ((10, 20), (10, 20), True),
        ((10, 20), (12, 14), True),
        ((12, 14), (10, 20), True),
        ((10, 20), (15, 25), True),
        ((10, 20), (16, 26), False),
        ((10, 20), (20, 30), False),
        ((10, 20), (30, 40), False),
        ((10, 20), (18, 22), True),
        ((10, 20), (19, 22), False),
    ],
)
def test_half_of_the_shorter(
    segment: tuple[int, int], coding: tuple[int, int], expected: bool
) -> None:
    assert marks(segment, coding) is expected


def test_codes_and_coders_of_a_segment_are_gathered() -> None:
    codings = (
        Coding("P01", 13, 23, "이웃", "A"),
        Coding("P01", 14, 22, "이웃", "B"),
        Coding("P01", 13, 35, "육아/교육", "A"),
        Coding("P02", 0, 9, "이웃", "A"),
    )
    both = {"이웃": frozenset({"A", "B"}), "육아/교육": frozenset({"A"})}
    assert codes_of_segments(SEGMENTS, codings) == {
        "P01:002.1": both,
        "P01:002.2": {"육아/교육": frozenset({"A"})},
        "s-1": {"이웃": frozenset({"A"})},
    }


def test_nothing_coded() -> None:
    assert codes_of_segments(SEGMENTS, ()) == {}


spans = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda s: (s[0], s[0] + s[1]))


@given(a=spans, b=spans)
@settings(max_examples=200, deadline=None)
def test_the_rule_is_symmetric_and_needs_an_overlap(a: tuple[int, int], b: tuple[int, int]) -> None:
    overlap = len(set(range(*a)) & set(range(*b)))
    assert marks(a, b) == marks(b, a)
    assert marks(a, b) == (overlap > 0 and 2 * overlap >= min(a[1] - a[0], b[1] - b[0]))
    assert marks(a, a)


def commented(*comments: Comment) -> Interview:
    return Interview("P01", "돈을 벌었어요.", (), "자료/P01.docx", comments=comments)


def test_comments_are_codings_by_their_authors() -> None:
    given = commented(
        Comment(0, 2, "경제적 성과", "김코더", "2026-01-02"),
        Comment(3, 8, " 자신감\n\n경제적 성과 ", ""),
    )
    codes = [Code("경제적 성과", "C1"), Code("자신감", "C2")]
    found, problems = codings_in_comments([given], codes)
    assert problems == ()
    assert [(c.start, c.end, c.code, c.coder, c.time) for c in found] == [
        (0, 2, "경제적 성과", "김코더", "2026-01-02"),
        (3, 8, "자신감", UNNAMED, ""),
        (3, 8, "경제적 성과", UNNAMED, ""),
    ]


def test_a_comment_may_name_a_code_by_its_id() -> None:
    found, _ = codings_in_comments([commented(Comment(0, 2, "C1", "가"))], [Code("나눔", "C1")])
    assert [c.code for c in found] == ["나눔"]


def test_a_comment_that_names_no_code_is_a_problem_with_the_nearest() -> None:
    given = commented(Comment(0, 2, "자신갑", "가"), Comment(3, 8, "자신감", "가"))
    found, (problem,) = codings_in_comments([given], [Code("자신감", "C2")])
    assert [c.code for c in found] == ["자신감"]
    assert (problem.path, problem.level) == ("자료/P01.docx", "error")
    assert "«돈을»에 단 메모 «자신갑»" in problem.ko
    assert "혹시 «자신감»?" in problem.ko
    assert "memos" in problem.en
