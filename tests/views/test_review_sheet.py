"""The review sheet as a workbook."""

from __future__ import annotations

import io
import re
import zipfile

from pipeline.records import Code
from pipeline.views.review_sheet import to_review_sheet
from tests.verdicts.tiny_sheet import PASSAGES, made


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def test_every_code_cell_has_a_list_however_long_the_codebook() -> None:
    many = [Code(f"아주 긴 이름을 가진 코드 {n}", f"c{n}") for n in range(500)]
    data = to_review_sheet(PASSAGES, many, "가", "", "", "ko")
    validation = re.search(
        r"<dataValidation .*?</dataValidation>", part(data, "xl/worksheets/sheet1.xml")
    )
    assert validation is not None
    assert 'type="list"' in validation.group()
    assert 'sqref="M2:O4"' in validation.group()
    assert "<formula1>gyeol_codes</formula1>" in validation.group()
    assert ">코드북!$A$2:$A$502<" in part(data, "xl/workbook.xml")


def test_ids_are_out_of_sight_and_the_original_too() -> None:
    data = made()
    assert re.search(
        r'<col min="1" max="2"[^>]* hidden="1"', part(data, "xl/worksheets/sheet1.xml")
    )
    assert '<sheet name="원본" sheetId="3" state="veryHidden"' in part(data, "xl/workbook.xml")


def test_nothing_is_a_formula() -> None:
    data = made()
    for number in (1, 2, 3):
        assert "<f>" not in part(data, f"xl/worksheets/sheet{number}.xml")
    assert "=SUM(A1) 명절에" in part(data, "xl/sharedStrings.xml")


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert made() == made()
    assert made("가") != made("나")
