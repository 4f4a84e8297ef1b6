"""The store (저장소): decisions as a log to which lines are only ever added.

SQLite by default, PostgreSQL by its URL; one code for both. What was appended is on the disk
when ``append`` returns, and a reader that has seen line n has seen every line below it.
"""

from __future__ import annotations

import dataclasses
import os
import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, insert, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from pipeline.errors import GyeolError, Problem
from pipeline.records import Decision
from pipeline.verdicts.decision_rows import fault_in
from pipeline.verdicts.schema import DECISIONS, EVENTS, VERSION, migrate, version_of
from pipeline.verdicts.whereabouts import on_network_drive

_FIELDS = tuple(field.name for field in dataclasses.fields(Decision))
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
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
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


def append(store: Store, decisions: Sequence[Decision]) -> None:
    """Add ``decisions`` to the log, in order: all of them or none, durable on return.

    A decision that is there already is left as it is.

    Raises:
        GyeolError: another decision has the id of one of them.
        ValueError: one is not a decision (``decision_rows.fault_in``).
    """
    for decision in decisions:
        fault = fault_in(decision)
        if fault is not None:
            raise ValueError(fault[1])
    with writing(store) as connection:
        append_within(connection, decisions, store.shown)


def append_within(connection: Connection, decisions: Sequence[Decision], shown: str) -> int:
    """Do what ``append`` does in a transaction begun by ``writing``; return how many were new."""
    known = known_decisions(connection, [decision.id for decision in decisions])
    last = next_number(connection, DECISIONS) - 1
    rows = []
    for decision in decisions:
        there = known.get(decision.id)
        if there is None and decision.id not in known:
            known[decision.id] = decision
            row = dataclasses.asdict(decision)
            rows.append({"number": last + len(rows) + 1, **row, "erased": False})
        elif there is not None and there != decision:
            raise GyeolError(
                Problem(
                    f"판정 {decision.id}이(가) 이미 다른 내용으로 적혀 있습니다.",
                    f"Decision {decision.id} is there already, with other content.",
                    shown,
                )
            )
    if rows:
        connection.execute(insert(DECISIONS), rows)
    return len(rows)


def known_decisions(connection: Connection, ids: Sequence[str]) -> dict[str, Decision | None]:
    """Return those of ``ids`` that are in the log; an erased decision is ``None``."""
    found: dict[str, Decision | None] = {}
    for begin in range(0, len(ids), 500):
        query = select(DECISIONS).where(DECISIONS.c.id.in_(ids[begin : begin + 500]))
        for row in connection.execute(query).mappings():
            found[row["id"]] = None if row["erased"] else _decision(row)
    return found


def decisions_of(store: Store, after: int = 0) -> tuple[Decision, ...]:
    """Return the decisions in the order of the log, those with a number above ``after``.

    Those of withdrawn interviews have left nothing to return.
    """
    with reading(store) as connection:
        return decisions_within(connection, after)


def decisions_within(connection: Connection, after: int = 0) -> tuple[Decision, ...]:
    """Do what ``decisions_of`` does in a transaction begun by ``reading``."""
    query = (
        select(*(DECISIONS.c[name] for name in _FIELDS))
        .where(DECISIONS.c.number > after, DECISIONS.c.erased.is_(False))
        .order_by(DECISIONS.c.number)
    )
    return tuple(Decision(*row) for row in connection.execute(query))


def last_number(store: Store) -> int:
    """Return the number of the log's last line, 0 where there is none."""
    with reading(store) as connection:
        return next_number(connection, DECISIONS) - 1


def next_number(connection: Connection, table: Table) -> int:
    """Return the number of the next line of a table; ``writing`` lets nobody else take it."""
    return (connection.execute(select(func.max(table.c.number))).scalar_one() or 0) + 1


def _decision(row: Any) -> Decision:  # noqa: ANN401 — a mapping of SQLAlchemy's
    return Decision(**{name: row[name] for name in _FIELDS})


def made(coder: str, action: str, **fields: Any) -> Decision:  # noqa: ANN401 — Decision's fields
    """Return a decision of ``coder`` made now, with an id of its own."""
    return Decision(id=new_id(), coder=coder, time=now(), action=action, **fields)  # type: ignore[arg-type]


def new_id() -> str:
    """Return 32 hexadecimal digits nobody else has."""
    return secrets.token_hex(16)


_latest = datetime.min.replace(tzinfo=UTC)


def now() -> str:
    """Return the time, in UTC with microseconds; never the same or an earlier one again."""
    global _latest  # noqa: PLW0603 — a clock set back must not turn the order of decisions
    _latest = max(datetime.now(UTC), _latest + timedelta(microseconds=1))
    return _latest.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def lift_blind(store: Store, coder: str) -> None:
    """Let the coders see each other's decisions from now on; ``coder`` is who says so."""
    row = {"id": new_id(), "time": now(), "coder": coder, "kind": "lift"}
    with writing(store) as connection:
        connection.execute(insert(EVENTS).values(number=next_number(connection, EVENTS), **row))


def is_blind(store: Store) -> bool:
    """Tell whether coders are still blind to each other: so they are until it is lifted."""
    with reading(store) as connection:
        query = select(EVENTS.c.number).where(EVENTS.c.kind == "lift").limit(1)
        return connection.execute(query).first() is None


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
        f"판정 저장소를 만들 수 없습니다({error.strerror}). 폴더의 권한과 남은 용량을 확인하세요.",
        f"The store cannot be made ({error.strerror}). Check the folder's permissions and space.",
        shown,
    )
