from __future__ import annotations

from pipeline.views import columns as c
from pipeline.views.columns import Column, Table, alike, explained


def test_every_table_starts_with_the_columns_other_programs_rely_on() -> None:
    keys = {name: [column.key for column in getattr(c, name)] for name in ("TOPICS", "ALIGNMENT")}
    assert keys["TOPICS"] == [
        "topic", "label", "recurrence", "prevalence", "terms", "n_segments", "segment_ids",
    ]  # fmt: skip
    assert keys["ALIGNMENT"][:5] == ["topic", "code", "score", "p_value", "rank"]
    assert [column.key for column in c.KEYWORDS][:7] == [
        "method", "group", "term", "tag", "score", "frequency", "n_segments",
    ]  # fmt: skip


def test_every_column_is_explained_in_both_languages() -> None:
    listed = [column for value in vars(c).values() if isinstance(value, tuple) for column in value]
    assert len(listed) > 30
    for column in listed:
        assert isinstance(column, Column)
        assert all((column.key, column.ko, column.en, column.what_ko, column.what_en))


def test_a_field_of_the_same_name_is_told_apart() -> None:
    assert c.field_column("role", c.INTERVIEWS).key == "role"
    assert c.field_column("source", c.INTERVIEWS).key == "field_source"
    assert c.field_column("source", c.INTERVIEWS).ko == "source"


def test_columns_of_one_meaning_are_explained_once_where_there_are_many() -> None:
    def matrix(n: int) -> Table:
        same = (Column(f"k{i}", f"열{i}", f"c{i}", "칸", "cell") for i in range(n))
        return Table(
            "t", {"ko": "표", "en": "T"}, (Column("a", "가", "a", "이름", "name"), *same), ()
        )

    assert explained(matrix(6), "ko") == [("a", "가", "이름"), ("k0 … k5", "열0 … 열5", "칸")]
    assert explained(matrix(2), "en")[1:] == [("k0", "c0", "cell"), ("k1", "c1", "cell")]
    assert [len(run) for run in alike(matrix(6).columns)] == [1, 6]
