"""The tables: brought up from every earlier version as it was, and a newer one left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url

from pipeline.errors import GyeolError
from pipeline.records import CodebookVersion, Decision
from pipeline.verdicts.schema import METADATA, STEPS, VERSION, version_of
from pipeline.verdicts.store import (
    Store,
    append,
    decisions_of,
    is_blind,
    last_number,
    made,
    open_store,
)
from pipeline.verdicts.versions import versions_of

# Stores as earlier versions of Gyeol wrote them, dumped: these files are never changed.
SCHEMAS = Path(__file__).parent / "schemas"
CODEBOOK = "- name: 자신감\n  definition: 할 수 있다는 믿음\n- name: 담당자 교체\n"


def id_(number: int) -> str:
    return f"{number:032x}"


KEPT = (
    Decision(
        id_(1), "가", "2026-05-01T09:00:00.000001Z", "put", "장터", 3, 9, "자신감",
        quote="돈을 벌었", score=0.25, rank=2, aided=False, bulk="b" * 32, model="모형",
    ),
    Decision(
        id_(2), "나", "2026-05-01T09:00:01.000001Z", "reject", "장터", 3, 9, "담당자 교체",
        joint=True,
    ),
    Decision(id_(3), "가", "2026-05-01T09:00:02.000001Z", "undo", of=id_(1)),
    Decision(
        id_(4), "가", "2026-05-01T09:00:03.000001Z", "note", "집수리",
        text="메모: «따옴표 '가' \"나\"»\n둘째 줄",
    ),
)  # fmt: skip


def lay(url: str, version: int) -> None:
    """Make the store at ``url`` as ``version`` made it."""
    place = make_url(url)
    dump = (SCHEMAS / f"v{version}.{place.get_backend_name()}.sql").read_text("utf-8")
    if place.database and place.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(place.database)) as connection:
            connection.executescript(dump)
        return
    engine = create_engine(place)
    with engine.begin() as connection:
        connection.exec_driver_sql(dump.replace("%", "%%"))
    engine.dispose()


def shape(connection: Connection) -> dict[str, object]:
    """Return tables, columns and triggers."""
    found: dict[str, object] = {
        table: [(c["name"], str(c["type"]), c["nullable"]) for c in inspect(connection).get_columns(table)]
        for table in inspect(connection).get_table_names()
    }  # fmt: skip
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    )
    rows = connection.execute(text(query))
    return found | {name: " ".join(str(said).split()).replace("( ", "(") for name, said in rows}


def test_every_earlier_version_is_tried() -> None:
    laid = {path.name.split(".")[0] for path in SCHEMAS.iterdir()}
    assert laid == {f"v{version}" for version in range(1, VERSION)}
    assert len(STEPS) == VERSION - 1


@pytest.mark.parametrize("version", range(1, VERSION))
def test_a_store_of_an_earlier_version_is_brought_up_and_keeps_everything(
    store_url: str, version: int
) -> None:
    lay(store_url, version)
    with open_store(store_url) as store:
        assert decisions_of(store) == KEPT
        assert last_number(store) == len(KEPT)
        assert not is_blind(store)
        assert versions_of(store) == (
            CodebookVersion(1, "2026-05-01T08:00:00.000000Z", "가", "처음", CODEBOOK),
        )
        append(store, [made("가", "put", interview="장터", start=0, end=2, code="자신감")])
        with store.engine.connect() as connection:
            assert version_of(connection) == VERSION
            brought_up = shape(connection)
        with pytest.raises(GyeolError), store.engine.begin() as connection:
            _refused(connection)
    with open_store(store_url) as store:
        assert last_number(store) == len(KEPT) + 1
    assert brought_up == _shape_of_new(store_url)


def _refused(connection: Connection) -> None:
    from pipeline.verdicts.store import speaking

    with speaking(Store(connection.engine, "판정")):
        connection.execute(text("UPDATE decisions SET coder = '나'"))


def _shape_of_new(url: str) -> dict[str, object]:
    """Return the shape of a store made today, in place of the one at ``url``."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        new = place.set(database=f"{place.database}.new")
    else:
        engine = create_engine(place)
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        engine.dispose()
        new = place
    address = new.render_as_string(hide_password=False)
    with open_store(address) as store, store.engine.connect() as connection:
        return shape(connection)


@pytest.mark.parametrize("version", range(1, VERSION))
def test_the_file_is_copied_before_its_tables_change(tmp_path: Path, version: int) -> None:
    url = f"sqlite:///{tmp_path / 'decisions.db'}"
    lay(url, version)
    open_store(url).close()
    copy = tmp_path / f"decisions.db.v{version}"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version FROM gyeol_schema").fetchone() == (version,)
        assert connection.execute("SELECT count(*) FROM decisions").fetchone() == (len(KEPT),)
    before = copy.read_bytes()
    open_store(url).close()
    assert copy.read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))


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
