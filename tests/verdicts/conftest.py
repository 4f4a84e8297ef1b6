"""An empty store for each test that asks for one: SQLite, or the PostgreSQL that is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from pipeline.verdicts.store import Store, new_id, open_store

SERVER = os.environ.get("GYEOL_TEST_DATABASE_URL")


@pytest.fixture
def store_url(tmp_path: Path) -> Iterator[str]:
    """Give the address of a store that is not there yet."""
    if not SERVER:
        yield f"sqlite:///{tmp_path / 'decisions.db'}"
        return
    name = f"gyeol_{new_id()}"
    server = make_url(SERVER).set(drivername="postgresql+psycopg")
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """Give an empty store."""
    with open_store(store_url) as opened:
        yield opened
