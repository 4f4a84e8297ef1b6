from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus.encoding import freeze
from pipeline.errors import GyeolError
from pipeline.segment_rows import analysable, read_segment_rows


def written(path: Path, *lines: object) -> Path:
    texts = (x if isinstance(x, str) else json.dumps(x, ensure_ascii=False) for x in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8", newline="")
    return path


@given(st.text(st.characters(codec=None)))
def test_what_is_analysed_has_every_sign_where_it_was(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    analysed = analysable(text)
    assert len(analysed) == len(text)
    assert freeze(analysed) == analysed
    kept = (a == b for a, b in zip(text, analysed, strict=True) if b not in " \n\ufffd")
    assert all(kept)


def test_rows_are_given_back_as_they_came(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.jsonl",
        {"id": " b ", "text": "하나\r\n둘\u2028", "interview": "P1", "speaker": "가"},
        "",
        {"id": 7, "text": "\u1100\u1161", "codes": ['가, "나"\n']},
        {"id": "1\u20282", "text": "셋", "codes": "가|나"},
    )
    rows, problems = read_segment_rows(path)
    assert [row.id for row in rows] == [" b ", 7, "1\u20282"]
    assert [row.text for row in rows] == ["하나\r\n둘\u2028", "가", "셋"]
    assert [row.codes for row in rows] == [(), ('가, "나"\n',), "가|나"]
    assert [row.line for row in rows] == [1, 3, 4]
    assert (rows[0].interview, rows[0].speaker) == ("P1", "가")
    assert problems == ()


def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.jsonl", "{nonsense", {"id": "b", "text": "나"}, "[1]", '{"id": NaN}'
    )
    rows, problems = read_segment_rows(path)
    assert [row.id for row in rows] == ["b"]
    assert [(p.line, p.level) for p in problems] == [(1, "error"), (3, "error"), (4, "error")]
    assert {p.path for p in problems} == {path.as_posix()}


@pytest.mark.parametrize("name", [None, True, 1.5, ["a"], {}])
def test_an_id_that_is_no_text_is_none(tmp_path: Path, name: object) -> None:
    rows, problems = read_segment_rows(written(tmp_path / "a.jsonl", {"id": name, "text": "가"}))
    assert [row.id for row in rows] == [None]
    assert [p.level for p in problems] == ["warning"]
    assert ": 1행" in problems[0].ko


@pytest.mark.parametrize("text", [None, 7, ["가"]])
def test_a_text_that_is_none_is_empty_and_an_error(tmp_path: Path, text: object) -> None:
    rows, problems = read_segment_rows(written(tmp_path / "a.jsonl", {"id": "a", "text": text}))
    assert [(row.id, row.text) for row in rows] == [("a", "")]
    assert [(p.line, p.level) for p in problems] == [(1, "error"), (None, "warning")]


def test_repeated_ids_are_all_read(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", *({"id": "a", "text": t} for t in "가나다"))
    rows, problems = read_segment_rows(path)
    assert [row.text for row in rows] == ["가", "나", "다"]
    assert [p.level for p in problems] == ["warning"]
    assert "2, 3행" in problems[0].ko


def test_codes_that_are_no_names_are_an_error(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", {"id": "a", "text": "가", "codes": ["나", 3]})
    rows, problems = read_segment_rows(path)
    assert rows[0].codes == ("나",)
    assert [(p.line, p.level) for p in problems] == [(1, "error")]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_tables_with_ids(tmp_path: Path, suffix: str) -> None:
    table = [
        ["id", "내용", "codes", "interview"],
        ["07", "버스가\n없어요", "가|나", "P1"],
        ["a", "", "", ""],
        ["07", "병원", "", "P2"],
        ["", "수입", "", ""],
    ]
    path = tmp_path / f"a.{suffix}"
    if suffix == "xlsx":
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet()
            for number, row in enumerate(table):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)
    else:
        quoted = (",".join(f'"{cell}"' for cell in row) for row in table)
        path.write_text("\r\n".join(quoted), encoding="utf-8-sig", newline="")
    rows, problems = read_segment_rows(path)
    assert [row.id for row in rows] == ["07", "a", "07", None]
    assert [row.text for row in rows] == ["버스가\n없어요", "", "병원", "수입"]
    assert rows[0].codes == "가|나"
    assert [row.interview for row in rows] == ["P1", "", "P2", ""]
    assert [p.level for p in problems] == ["warning"] * 3


def test_a_transcript_gives_its_answers(tmp_path: Path) -> None:
    path = written(
        tmp_path / "P07.txt", "질문: 어떠세요?", "답변: 좋아요.", "질문: 왜요?", "답변: 음."
    )
    rows, _ = read_segment_rows(path)
    assert [(row.id, row.text, row.interview) for row in rows] == [
        ("P07:002", "좋아요.", "P07"),
        ("P07:004", "음.", "P07"),
    ]


@pytest.mark.parametrize("content", [None, b"", b"\n\n", b"\xff\xfe\xfa\xfb\xfc", b"{\n[]\n"])
def test_a_file_with_nothing_to_read_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "a.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GyeolError) as raised:
        read_segment_rows(path)
    assert {problem.path for problem in raised.value.problems} == {path.as_posix()}
