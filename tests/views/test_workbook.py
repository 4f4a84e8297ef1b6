from __future__ import annotations

import io
import re
import time
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tiny_analysis import make_analysis, retold

from pipeline.records import Analysis
from pipeline.views.columns import Column, explained
from pipeline.views.tables import TABLES, Table, make_tables
from pipeline.views.workbook import fit_cell, to_xlsx


def sheets(data: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def sheet_pages(data: bytes) -> list[str]:
    """Return the XML of each sheet, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if "worksheets/sheet" in name]
        return [archive.read(name).decode() for name in names]


def one_cell(text: str) -> list[list[Any]]:
    table = Table("t", {"ko": "표", "en": "T"}, (Column("k", "열", "c", "뜻", "what"),), ((text,),))
    return sheets(to_xlsx([table], "ko", ""))["표"]


def test_a_sheet_a_table_after_how_to_read(analysis: Analysis) -> None:
    found = sheets(to_xlsx(make_tables(analysis), "ko", ""))
    assert list(found) == [
        "읽는 법", "토픽", "토픽별 단어", "토픽 수", "씨앗 토픽", "대응", "빈틈", "빈도분석", "키워드", "N-gram",
        "연결망 말", "연결망 연결", "동시출현", "중심성", "CONCOR 밀도", "집단 비교", "코드북",
        "영역–범주–코드–인용문", "면담", "분석 단위", "제안", "새 코드 후보",
    ]  # fmt: skip
    assert [row[:7] for row in found["대응"][:2]] == [
        ["토픽", "코드", "점수", "p", "순위", "q", "관계"],
        [1, "전문성 향상", 2.5, 0.001, 1, 0.02, "1:1"],
    ]
    assert found["면담"][2][5] == "=매니저"
    assert found["분석 단위"][3][4] == "- 강사가 좋았어요. 구청이 도왔고요."
    assert found["제안"][1][3] is False


def test_how_to_read_explains_every_column(analysis: Analysis) -> None:
    tables = make_tables(analysis)
    guide = sheets(to_xlsx(tables, "en", "Mind this."))["How to read"]
    assert guide[1][0] == "Mind this."
    listed = [(row[0], row[1]) for row in guide[4:]]
    for table in tables:
        own = [heading for sheet, heading in listed if sheet == table.title["en"]]
        if table.how["en"]:
            assert own.pop(0) == "the table"
            assert [table.title["en"], "the table", table.how["en"]] in [row[:3] for row in guide]
        assert own == [heading for _, heading, _ in explained(table, "en")]
    assert all(row[2] for row in guide[4:])


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "https://example.org",
        "<script>&amp;</script>",
        "{{ 7 * 7 }}",
        "{=1}",
        "a_x0041_b",
        "줄\n바꿈",
        "🙂 가나",
    ],
)
def test_text_stays_text(text: str) -> None:
    assert one_cell(text) == [["열"], [text]]


def test_text_that_looks_like_the_writer_s_own_markup_is_escaped() -> None:
    data = one_cell("<r><t>굵게</t></r>")
    assert data[1][0].strip() == "<r><t>굵게</t></r>"


def test_no_formula_and_no_link_is_written(analysis: Analysis) -> None:
    data = to_xlsx(make_tables(retold(analysis, "=HYPERLINK(1)")), "ko", "")
    pages = sheet_pages(data)
    assert pages and not any("<f>" in page or "hyperlink" in page for page in pages)


def test_forbidden_characters_are_replaced() -> None:
    assert one_cell("가\x00나\x1b\ud800")[1] == ["가\ufffd나\ufffd\ufffd"]


def test_too_long_a_text_is_cut_where_one_can_see_it() -> None:
    (_, (cell,)) = one_cell("가" * 40_000)
    assert len(cell) == 32_767 and cell.endswith("가…(잘림)")
    assert fit_cell("가" * 32_767, "ko") == "가" * 32_767
    emoji = fit_cell("🙂" * 20_000, "ko")
    assert len(emoji.encode("utf-16-le")) // 2 <= 32_767 and emoji.endswith("🙂…(잘림)")


def test_no_rows_and_no_codebook(empty: Analysis) -> None:
    found = sheets(to_xlsx(make_tables(empty), "ko", ""))
    assert found["토픽"] == [
        ["토픽", "이름", "재현율", "비중", "말", "단위 수", "단위 id"]
    ]  # fmt: skip


def test_no_sheet_heads_two_columns_alike(analysis: Analysis) -> None:
    for name, rows in sheets(to_xlsx(make_tables(analysis), "ko", "")).items():
        if name != "읽는 법":
            assert len(set(rows[0])) == len(rows[0]), name


@pytest.mark.parametrize(
    ("text", "points"),
    [("짧은 말", 15), ("두 줄\n입니다", 30), ("가" * 100, 60), ("가" * 40_000, 405)],
)
def test_rows_are_as_high_as_their_text_within_what_excel_can(text: str, points: int) -> None:
    table = Table("t", {"ko": "표", "en": "T"}, (Column("k", "열", "c", "뜻", "what"),), ((text,),))
    (_, page) = sheet_pages(to_xlsx([table], "ko", ""))
    (row,) = re.findall(r'<row r="2"[^>]*>', page)
    height = re.search(r' ht="(\d+)"', row)
    assert int(height[1] if height else 15) == points


def test_sheets_print_one_page_wide_with_their_headings(analysis: Analysis) -> None:
    data = to_xlsx(make_tables(analysis), "ko", "")
    for page in sheet_pages(data):
        assert '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/>' in page
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = archive.read("xl/workbook.xml").decode()
    assert book.count("_xlnm.Print_Titles") == len(TABLES) + 1


def test_the_same_tables_give_the_same_bytes() -> None:
    once = to_xlsx(make_tables(make_analysis()), "ko", "")
    time.sleep(1.1)  # the archive could keep the second of writing
    assert to_xlsx(make_tables(make_analysis()), "ko", "") == once
