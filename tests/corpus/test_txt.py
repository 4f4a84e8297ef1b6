from __future__ import annotations

import unicodedata

from pipeline.corpus.readers.txt import read

CLOVA = (
    "새로운 노트\r\n2024.05.02 목 오후 2:03 ・ 45분 12초\r\n홍길동\r\n\r\n"
    "참석자 1 00:00\r\n안녕하세요.\r\n\r\n참석자 2 00:19\r\n네, 반갑습니다.\r\n"
)


def test_one_file_is_one_interview_called_as_its_stem() -> None:
    (interview,) = read(
        "면담자: 왜요?\n참여자: 네".encode("cp949"), "A구/면담 01.v2.txt"
    ).interviews
    assert interview.id == "면담 01.v2"
    assert interview.source == "A구/면담 01.v2.txt"
    assert interview.text == "면담자: 왜요?\n참여자: 네"
    assert interview.fields == {}


def test_a_clova_export_gives_title_and_date() -> None:
    (interview,) = read(CLOVA.encode("utf-8-sig"), "노트.txt").interviews
    assert interview.fields == {"title": "새로운 노트", "date": "2024.05.02 목 오후 2:03"}
    assert [(t.speaker, t.time, interview.text[t.start : t.end]) for t in interview.turns] == [
        ("참석자 1", 0.0, "안녕하세요."),
        ("참석자 2", 19.0, "네, 반갑습니다."),
    ]


def test_a_decomposed_file_reads_as_a_composed_one() -> None:
    nfd = unicodedata.normalize("NFD", CLOVA)
    (composed,) = read(CLOVA.encode(), "노트.txt").interviews
    (decomposed,) = read(nfd.encode(), unicodedata.normalize("NFD", "노트.txt")).interviews
    assert (decomposed.id, decomposed.text, decomposed.turns, decomposed.fields) == (
        composed.id, composed.text, composed.turns, composed.fields,
    )  # fmt: skip


def test_an_ordinary_header_gives_no_fields() -> None:
    text = "제목\n2024. 5. 2.\n\n[00:01] 면담자: 왜요?\n[00:02] 참여자: 네"
    assert read(text.encode(), "a.txt").interviews[0].fields == {}
