"""The tables: their version, and that a newer one is left alone."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from pipeline.errors import GyeolError
from pipeline.verdicts.schema import METADATA, VERSION, version_of
from pipeline.verdicts.store import Store, open_store


def test_a_new_store_has_the_tables_of_today(store: Store) -> None:
    with store.engine.connect() as connection:
        assert version_of(connection) == VERSION
        for table in METADATA.sorted_tables:
            columns = {column["name"] for column in inspect(connection).get_columns(table.name)}
            assert columns == set(table.columns.keys())


def test_a_store_of_a_newer_gyeol_is_refused(store_url: str) -> None:
    with open_store(store_url) as store, store.engine.begin() as connection:
        connection.execute(text(f"UPDATE gyeol_schema SET version = {VERSION + 1}"))
    with pytest.raises(GyeolError, match="newer Gyeol"):
        open_store(store_url)
