from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_workbook import archive, members, sheet_of, workbook

from pipeline.corpus import workbooks
from pipeline.corpus.workbooks import open_workbook, sheet_rows
from pipeline.errors import GyeolError


def refusal(data: bytes) -> str:
    with pytest.raises(GyeolError) as caught:
        open_workbook(data)
    (problem,) = caught.value.problems
    return problem.ko


def test_rows_are_numbered_and_cells_are_text() -> None:
    rows = sheet_of(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>말</t></is></c><c r="B1"><v>12</v></c></row>'
        '<row r="3"><c r="B3"><v>1.5</v></c><c r="C3" t="b"><v>1</v></c></row>'
    )
    book = open_workbook(archive(members({"가": rows})))
    assert sheet_rows(book, 0) == [
        (1, ["말", "12", ""]),
        (2, ["", "", ""]),
        (3, ["", "1.5", "True"]),
    ]


def test_cells_far_apart_do_not_take_the_memory_between_them() -> None:
    far = sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    without_places = sheet_of(
        '<row><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>2</v></c></row>'
    )
    for rows in (far, without_places):
        assert "너무 큽니다(1,048,576행 × 16,384열" in refusal(archive(members({"가": rows})))


def test_empty_cells_far_away_do_not_count() -> None:
    rows = sheet_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    assert sheet_rows(open_workbook(archive(members({"가": rows}))), 0) == [(1, ["1"])]


def test_one_long_text_in_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_MOST_CHARACTERS", 10_000)
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 21))
    parts = members({"가": sheet_of(cells)})
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{main}"><si><t>{"가" * 1000}</t></si></sst>'
    assert "11행 × 1열, 11,000자" in refusal(archive({**parts, "xl/sharedStrings.xml": strings}))


def test_too_many_cells_rows_or_texts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # Cells may stand upon each other.
    data = archive(
        members({"가": sheet_of('<row r="1">' + '<c r="A1"><v>1</v></c>' * 9 + "</row>")})
    )
    assert sheet_rows(open_workbook(data), 0) == [(1, ["1"])]
    monkeypatch.setattr(workbooks, "_MOST_CELLS", 8)
    assert "너무 큽니다" in refusal(data)
    monkeypatch.setattr(workbooks, "_MOST_ROWS", 1)
    assert "2행 × 1열" in refusal(workbook(가=[["가"], ["나"]]))
    monkeypatch.setattr(workbooks, "_MOST_STRINGS", 1)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = f'<sst xmlns="{main}"><si><t>가</t></si><si><t>나</t></si></sst>'
    parts = members({"가": sheet_of("")})
    assert "글 1개 이상" in refusal(archive({**parts, "xl/sharedStrings.xml": strings}))


def test_bombs_are_refused() -> None:
    padded = sheet_of(" " * (17 * 2**20))
    assert "압축을 풀면" in refusal(archive(members({"가": padded})))
    data = archive(members({"가": sheet_of(" " * 1_000_000)}))
    size = len(sheet_of(" " * 1_000_000)).to_bytes(4, "little")
    assert "읽을 수 없습니다" in refusal(data.replace(size, (100).to_bytes(4, "little")))


def test_many_members_are_refused_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "_MOST_BYTES", 2000)
    assert "너무 큽니다" in refusal(workbook(가=[["text"]], 나=[["말" * 500]]))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a zip",
        bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600,
        archive({"a.txt": "a"}),
        archive({"xl/workbook.xml": "<workbook"}),
        archive({"content.xml": "<a/>"}),
        workbook(가=[["text"]])[:-30],
        archive(members({"가": "<worksheet"})),
        archive({**members({"가": sheet_of("")}), "xl/sharedStrings.xml": "<sst><si>"}),
    ],
)
def test_damaged_workbooks_are_refused(data: bytes) -> None:
    assert "엑셀 파일로 읽을 수 없습니다" in refusal(data)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    parts = {name: bytearray(str(text).encode()) for name, text in members(
        {"가": sheet_of('<row r="1"><c r="A1" t="inlineStr"><is><t>말</t></is></c></row>')}
    ).items()}  # fmt: skip
    for _ in range(data.draw(st.integers(1, 4))):
        part = parts[data.draw(st.sampled_from(sorted(parts)))]
        at = data.draw(st.integers(0, len(part)))
        part[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    try:
        book = open_workbook(archive({name: bytes(part) for name, part in parts.items()}))
        rows = sheet_rows(book, 0)
    except GyeolError as error:
        assert error.problems
    else:
        assert all(isinstance(cell, str) for _, cells in rows for cell in cells)
