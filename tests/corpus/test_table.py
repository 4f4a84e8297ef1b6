from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_workbook import archive, members, sheet_of, workbook

from pipeline.corpus.readers import Reading
from pipeline.corpus.readers.table import is_workbook, read, read_codes
from pipeline.errors import GyeolError
from pipeline.records import Interview


def sheet(*rows: Sequence[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def turns(interview: Interview) -> list[tuple[str | None, str, float | None, str]]:
    return [(t.id, t.speaker, t.time, interview.text[t.start : t.end]) for t in interview.turns]


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        read(data, "표.csv")
    (problem,) = caught.value.problems
    return problem.ko


def test_a_transcript_is_an_interview_a_row_a_turn() -> None:
    reading = read(
        sheet(
            ["시각", "화자", "내용", "비고"],
            ["00:00:05", "면담자", "왜 오셨어요?", ""],
            ["1:02", "참여자 1", "배우고\n싶어서요.", "웃음"],
            ["70.5", "참여자 1", "네.", ""],
            ["오후", "면담자", "네", ""],
        ),
        "면담1.csv",
    )
    (interview,) = reading.interviews
    assert turns(interview) == [
        (None, "면담자", 5.0, "왜 오셨어요?"),
        (None, "참여자 1", 62.0, "배우고\n싶어서요."),
        (None, "참여자 1", 70.5, "네."),
        (None, "면담자", None, "네"),
    ]
    assert (interview.id, interview.source, reading.problems) == ("면담1", "면담1.csv", ())
    assert [dict(t.fields) for t in interview.turns] == [{}, {"비고": "웃음"}, {}, {"시각": "오후"}]


def test_byte_order_marks_of_files_put_together_are_not_said() -> None:
    rows = sheet(["화자", "내용"], ["면담자", "\ufeff"], ["참여자", " \ufeff \ufeff네, 갔어요."])
    (interview,) = read(rows, "면담1.csv").interviews
    assert interview.text == "네, 갔어요."


def test_several_interviews_in_one_table() -> None:
    first, second = read(
        sheet(["Interview ID", "Speaker", "Text"], ["P01", "Q", "왜요?"], ["P02", "A", "네"],
              ["P01", "A", "그냥요"]),
        "a.csv",
    ).interviews  # fmt: skip
    assert [(first.id, len(first.turns)), (second.id, len(second.turns))] == [
        ("P01", 2),
        ("P02", 1),
    ]


def test_rows_with_ids_are_segments() -> None:
    data = sheet(
        ["id", "text", "codes", "interview", "speaker", "district"],
        ["s1", "첫 말", "육아/교육|돈", "가", "참여자 1", "A구"],
        ["s2", "둘째", "돈", "가", "", ""],
        ["s3", "다른 말", "", "", "", "B구"],
        ["s1", "또", "", "", "", ""],
        ["", "없음", "", "", "", ""],
    )
    reading = read(data, "조각.csv")
    first, second = reading.interviews
    assert turns(first) == [("s1", "참여자 1", None, "첫 말"), ("s2", "", None, "둘째")]
    assert dict(first.turns[0].fields) == {"district": "A구"}
    assert (second.id, dict(second.fields)) == ("s3", {"district": "B구"})
    assert [(p.line, p.level) for p in reading.problems] == [(6, "error"), (5, "error")]
    assert read_codes(data, "조각.csv") == (
        ("가", "s1", "육아/교육"), ("가", "s1", "돈"), ("가", "s2", "돈"),
    )  # fmt: skip


def test_a_survey_is_an_interview_a_row() -> None:
    reading = read(
        sheet(["연령", "답변"], ["30대", "좋았어요"], ["40대", ""], ["50대", "몰라요"]), "설문.csv"
    )
    assert [(i.id, i.text, dict(i.fields)) for i in reading.interviews] == [
        ("설문-2", "좋았어요", {"연령": "30대"}),
        ("설문-4", "몰라요", {"연령": "50대"}),
    ]
    assert [i.turns[0].id for i in reading.interviews] == ["설문-2", "설문-4"]
    (warning,) = reading.problems
    assert ("1개를 뺐습니다: 3행" in warning.ko, warning.level) == (True, "warning")


def test_persons_are_fields_and_voices_are_not() -> None:
    (interview,) = read(sheet(["참여자", "답변"], ["P01", "네"]), "a.csv").interviews
    assert dict(interview.turns[0].fields) == {"참여자": "P01"}
    (interview,) = read(sheet(["화자", "답변"], ["P01", "네"]), "a.csv").interviews
    assert dict(interview.turns[0].fields) == {}


def test_a_speaker_is_carried_down_and_that_is_said() -> None:
    reading = read(
        sheet(
            ["면담", "화자", "말"], ["가", "참여자", "네"], ["가", "", "그리고"], ["나", "", "음"]
        ),
        "a.csv",
    )
    assert [t.speaker for i in reading.interviews for t in i.turns] == ["참여자", "참여자", ""]
    (warning,) = reading.problems
    assert ("1개는 바로 위 화자" in warning.ko, warning.level) == (True, "warning")


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (["연번", "1번 문항", "2번 문항"], "첫 줄에 있는 열: «연번», «1번 문항», «2번 문항»"),
        (["답변1", "답변2"], "문항이 여럿이면 text: [열, 열]"),
        (["내용", "답변"], "여럿입니다: «내용», «답변»"),
        (["참여자", "성별"], "«text», «내용», «답변»"),
        ([f"아주 긴 열 이름 {'가' * 50}"] * 30, ", …"),
    ],
)
def test_a_text_column_is_never_guessed(headings: list[str], message: str) -> None:
    found = refusal(sheet(headings, ["가"] * len(headings)))
    assert message in found
    assert len(found) < 700


def test_text_counts_for_more_than_other_headings() -> None:
    (interview,) = read(sheet(["내용", "TEXT"], ["주제", "말"]), "a.csv").interviews
    assert (interview.text, dict(interview.fields)) == ("말", {"내용": "주제"})


def test_headings_may_come_after_a_title() -> None:
    data = sheet(["2024년 주민 면담"], [""], ["Speaker ", "발화 내용"], ["주민", "네"])
    (interview,) = read(data, "a.csv").interviews
    assert turns(interview) == [(None, "주민", None, "네")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    data = f"화자{delimiter}내용\r\n주민{delimiter}네\r\n".encode(encoding)
    (interview,) = read(data, "a.csv").interviews
    assert turns(interview) == [(None, "주민", None, "네")]


def test_decomposed_reads_as_composed() -> None:
    text = sheet(["화자", "내용"], ["주민", "각"]).decode()
    assert read(unicodedata.normalize("NFD", text).encode(), "a.csv") == read(
        text.encode(), "a.csv"
    )


def test_nulls_and_directions_stay_out_of_the_way() -> None:
    (interview,) = read("화자,내용\n주\0민,\u202e네\n".encode(), "a.csv").interviews
    assert turns(interview) == [(None, "주민", None, "\u202e네")]


def test_an_open_quote_is_refused_with_its_line() -> None:
    with pytest.raises(GyeolError) as caught:
        read('화자,내용\n주민,"네\n주민,응\n'.encode(), "a.csv")
    assert caught.value.problems[0].line == 2


def test_a_workbook_reads_as_a_csv() -> None:
    rows = [["화자", "내용"], ["주민", "네"], ["", "그리고"]]
    assert read(workbook(시트=rows), "a.xlsx").interviews == tuple(
        read(sheet(*rows), "a.xlsx").interviews
    )


def test_the_sheet_with_text_is_read_and_others_are_named() -> None:
    reading = read(
        workbook(안내=[["이것은 안내"]], 전사=[["내용"], ["네"]], 기타=[["x"]]), "a.xlsx"
    )
    assert [i.text for i in reading.interviews] == ["네"]
    (warning,) = reading.problems
    assert "«전사»만 읽었습니다" in warning.ko
    assert "«안내», «기타»" in warning.ko


def test_times_of_a_workbook() -> None:
    rows = sheet_of(
        '<row r="1"><c t="inlineStr"><is><t>시각</t></is></c><c t="inlineStr"><is><t>내용</t></is></c></row>'
        '<row r="2"><c><v>75.25</v></c><c t="inlineStr"><is><t>네</t></is></c></row>'
    )
    (interview,) = read(archive(members({"a": rows})), "a.xlsx").interviews
    assert turns(interview) == [(None, "", 75.25, "네")]


def test_workbooks_without_text_are_refused() -> None:
    assert "첫 줄에 있는 열: «이름», «지역»" in refusal(
        workbook(a=[["이름", "지역"], ["가", "나"]])
    )
    assert "말이 든 열" in refusal(workbook(a=[]))
    assert "엑셀 파일로" in refusal(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    assert "엑셀 파일로" in refusal(workbook(a=[["text"]])[:-40])


def test_a_workbook_is_recognised() -> None:
    assert is_workbook(workbook(a=[]))
    assert not is_workbook(archive({"content.xml": ""}))
    assert not is_workbook(b"text\na")


CELLS = st.sampled_from(
    ["", "text", "내용", "id", "화자", "면담", "time", "codes", "가", "1:02", "9" * 30]
) | (st.text(max_size=4))


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8), st.binary(max_size=3))
@settings(max_examples=300, deadline=None)
def test_any_table_is_read_or_refused(rows: list[list[str]], rest: bytes) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    data = text.getvalue().encode("utf-8", "replace") + rest
    try:
        reading: Reading = read(data, "a.csv")
    except GyeolError as error:
        assert error.problems
        return
    for interview in reading.interviews:
        last = -1
        for turn in interview.turns:
            assert last < turn.start < turn.end <= len(interview.text)
            last = turn.end
