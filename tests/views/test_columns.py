from __future__ import annotations

from pipeline.views import columns as c
from pipeline.views.columns import Column


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
