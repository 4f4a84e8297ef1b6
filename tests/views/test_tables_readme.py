from __future__ import annotations

from pipeline.records import Analysis
from pipeline.views.columns import Column, Table
from pipeline.views.tables import make_tables
from pipeline.views.tables_readme import to_readme

COLUMN = Column("k", "열", "column", "뜻", "what it is")


def test_it_says_what_each_table_is_and_how_it_was_made() -> None:
    table = Table("t", {"ko": "표", "en": "T"}, (COLUMN,), (), {"ko": "세었다.", "en": "Counted."})
    text = to_readme([table], "ko", "가명처리 미확인: 보세요.").decode("utf-8-sig")
    lines = text.split("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert lines[2] == "가명처리 미확인: 보세요."
    at = lines.index("t.csv — 표")
    assert lines[at + 1 : at + 3] == ["  세었다.", "  - k (열): 뜻"]
    assert "  - k (column): what it is" in to_readme([table], "en", "").decode("utf-8-sig")


def test_it_names_every_table(analysis: Analysis) -> None:
    tables = make_tables(analysis)
    text = to_readme(tables, "ko", "").decode("utf-8-sig")
    assert all(f"\r\n{table.name}.csv — " in text for table in tables)


def test_what_people_typed_cannot_break_it() -> None:
    odd = Column("\x00\ud800", "열", "column", "뜻", "what")
    data = to_readme([Table("t", {"ko": "표", "en": "T"}, (odd,), ())], "ko", "")
    assert "\ufffd\ufffd (열): 뜻" in data.decode("utf-8-sig")
