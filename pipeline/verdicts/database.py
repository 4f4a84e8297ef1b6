"""An open database: made where there is none, brought up to date, read and written in turn.

SQLite keeps its log (WAL) on the disk with every transaction (``synchronous = FULL``), and a
writer waits for the one before. Its file can be read by its owner only.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from pipeline.errors import GyeolError, Problem
from pipeline.sentences import why_not
from pipeline.verdicts.schema import VERSION, migrate, version_of
from pipeline.verdicts.whereabouts import on_network_drive

# How long a writer waits for another, in milliseconds.
_PATIENCE = 30_000
# Any number, as long as it is always the same: who appends to PostgreSQL waits for it.
_LOCK = 0x6779656F6C


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; ``shown`` names it in messages, without a password."""

    engine: Engine
    shown: str

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        """Return the store itself: ``with open_store(url) as store``."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()


def open_store(url: str, shown: str = "") -> Store:
    """Open the store at ``url`` (SQLAlchemy's form), making it where there is none.

    An SQLite file is copied to ``NAME.vN`` beside it before its tables are changed.

    Raises:
        GyeolError: the URL means nothing, the file lies on a network drive, the database
            cannot be reached, or a newer Gyeol made it.
    """
    try:
        place = make_url(url)
        shown = shown or place.render_as_string(hide_password=True)
        if place.get_backend_name() == "postgresql" and "+" not in place.drivername:
            place = place.set(drivername="postgresql+psycopg")
        engine = _engine(place, shown)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise GyeolError(_not_usable_url(shown)) from error
    store = Store(engine, shown)
    try:
        with speaking(store):
            _bring_up(store, place)
    except BaseException:
        store.close()
        raise
    return store


def _engine(place: URL, shown: str) -> Engine:
    if place.get_backend_name() == "postgresql":
        return create_engine(place, pool_pre_ping=True)
    if place.get_backend_name() != "sqlite" or not place.database or place.database == ":memory:":
        raise ArgumentError(place.drivername)
    path = Path(place.database)
    problem = on_network_drive(path, shown)
    if problem is not None:
        raise GyeolError(problem)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Made before SQLite does, so that nobody else can ever read it; -wal and -shm follow it.
        # One that is there is not touched: to close it would drop the locks that SQLite holds on
        # it for this process (POSIX), and another's last close would then lose what we write.
        if not path.exists():
            with contextlib.suppress(FileExistsError):
                os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise GyeolError(_not_writable(shown, error)) from error
    engine = create_engine(place, connect_args={"timeout": _PATIENCE / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:  # noqa: ANN401 — SQLAlchemy's hook
    # Transactions begin where `_begin_sqlite` says, not where Python's driver guesses.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_PATIENCE}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "secure_delete = ON",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("gyeol_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def reading(store: Store) -> Iterator[Connection]:
    """Give a connection that sees one state of the store."""
    with speaking(store), store.engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(store: Store) -> Iterator[Connection]:
    """Give a connection that writes alone: all of what is done in it becomes durable, or none."""
    with (
        speaking(store),
        store.engine.connect().execution_options(gyeol_writing=True) as connection,
        connection.begin(),
    ):
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        yield connection


@contextmanager
def speaking(store: Store) -> Iterator[None]:
    """Turn what a database raises into a problem of ``store``, without a password in it."""
    try:
        yield
    except DBAPIError as error:
        said = str(error.orig).strip().split("\n")[0]
        raise GyeolError(
            Problem(
                f"판정 저장소를 쓸 수 없습니다({said}). 디스크의 남은 용량과 권한, 접속 정보를 확인하세요.",
                f"The store of decisions cannot be used ({said}). Check disk, permissions, address.",
                store.shown,
            )
        ) from error


def _bring_up(store: Store, place: URL) -> None:
    with reading(store) as connection:
        found = version_of(connection)
    if found == VERSION:
        return
    if 0 < found < VERSION and place.get_backend_name() == "sqlite":
        _back_up(Path(str(place.database)), found)
    with writing(store) as connection:
        migrate(connection, store.shown)


def _back_up(path: Path, version: int) -> None:
    """Copy a database to ``NAME.vN`` beside it, while others may be reading it."""
    copy = path.with_name(f"{path.name}.v{version}")
    partial = copy.with_name(f".{copy.name}.{os.getpid()}.part")
    os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as target:
        source.backup(target)
    partial.replace(copy)


def _not_usable_url(shown: str) -> Problem:
    return Problem(
        "판정 저장소의 주소(store)를 알아볼 수 없습니다. sqlite:///decisions.db 나 "
        "postgresql://이름@서버/데이터베이스 꼴로 적고, PostgreSQL은 gyeol[postgres]를 설치하세요.",
        "The address of the store is not usable: sqlite:///decisions.db or "
        "postgresql://user@server/database (which needs gyeol[postgres]).",
        shown or None,
    )


def _not_writable(shown: str, error: OSError) -> Problem:
    return Problem(
        f"판정 저장소를 만들 수 없습니다({why_not(error)}). 폴더의 권한과 남은 용량을 확인하세요.",
        f"The store cannot be made ({error.strerror}). Check the folder's permissions and space.",
        shown,
    )
