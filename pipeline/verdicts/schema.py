"""The tables of the store, as they are now, and the steps from every earlier version of them.

Lines of the log are only ever added. Triggers hold it in the database itself: nothing is
deleted, and the one change a row takes is to lose its content (a withdrawn interview), its
number and its id staying behind.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Dialect,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    inspect,
    text,
)

from pipeline.errors import GyeolError, Problem

VERSION = 3
"""The version of the tables below."""

_Pairs = tuple[tuple[str, float], ...]


class Offered(TypeDecorator[_Pairs]):
    """Codes with scores as JSON, ``[["code", 0.5], …]``; NULL where there are none."""

    impl = Text
    cache_ok = True

    def process_bind_param(
        self,
        value: Sequence[Sequence[object]] | None,
        dialect: Dialect,  # noqa: ARG002
    ) -> str | None:
        """Return what is written."""
        return json.dumps(value, ensure_ascii=False) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> _Pairs:  # noqa: ARG002
        """Return what was read."""
        return tuple((code, score) for code, score in json.loads(value or "[]"))


METADATA = MetaData()

SCHEMA = Table("gyeol_schema", METADATA, Column("version", Integer, nullable=False))

DECISIONS = Table(
    "decisions",
    METADATA,
    # Given by whoever appends, under a lock: a reader that has seen number n has seen all below.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False, unique=True),
    Column("coder", Text, nullable=False),
    Column("time", String(32), nullable=False),
    Column("action", String(16), nullable=False),
    Column("interview", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("code", Text),
    Column("of", String(32)),
    Column("quote", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("score", Float),
    Column("rank", Integer),
    Column("aided", Boolean, nullable=False),
    Column("joint", Boolean, nullable=False),
    Column("bulk", String(32)),
    Column("codebook", Integer, nullable=False),
    Column("model", Text, nullable=False),
    # A withdrawn interview's: nothing but number and id is left, and a merge brings nothing back.
    Column("erased", Boolean, nullable=False),
    Column("offered", Offered),
)

CODEBOOKS = Table(
    "codebooks",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("time", String(32), nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("aside", Boolean, nullable=False),
)

EVENTS = Table(
    "events",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False, unique=True),
    Column("time", String(32), nullable=False),
    Column("coder", Text, nullable=False),
    Column("kind", String(16), nullable=False),
)

WITHDRAWALS = Table(
    "withdrawals",
    METADATA,
    # SHA-256 of the id of an interview whose decisions were erased.
    Column("interview", String(64), primary_key=True),
)

_KEPT = "a line of the log is neither changed nor deleted"
# What an update may make of a row: the same row without its content. Nothing may of others.
_ERASED = {
    "decisions": """NEW.number = OLD.number AND NEW.id = OLD.id AND NEW.erased
        AND NEW.interview = '' AND NEW.quote = '' AND NEW.text = '' AND NEW.code IS NULL
        AND NEW.start = 0 AND NEW."end" = 0 AND NEW.coder = '' AND NEW.model = ''
        AND NEW.offered IS NULL""",
    "codebooks": """NEW.number = OLD.number AND NEW.time = OLD.time AND NEW.author = OLD.author
        AND NEW.reason = OLD.reason AND NEW.text = '' AND NEW.changes = OLD.changes
        AND NEW.aside = OLD.aside""",
    "events": None,
    "withdrawals": None,
}


def version_of(connection: Connection) -> int:
    """Return the version of the tables that are there, 0 where there are none."""
    if not inspect(connection).has_table(SCHEMA.name):
        return 0
    return int(connection.execute(SCHEMA.select()).scalar_one())


def migrate(connection: Connection, shown: str) -> None:
    """Bring the tables to ``VERSION``, within the transaction of ``connection``.

    Raises:
        GyeolError: a newer Gyeol made the tables.
    """
    found = version_of(connection)
    if found > VERSION:
        raise GyeolError(
            Problem(
                f"더 새로운 결(Gyeol)이 만든 판정 저장소입니다(판 {found}, 이 프로그램은 {VERSION}까지). "
                "결을 새 판으로 올린 뒤 다시 여세요.",
                f"A newer Gyeol made this store (version {found}; this one knows {VERSION}). "
                "Upgrade Gyeol.",
                shown,
            )
        )
    if found == 0:
        METADATA.create_all(connection)
        connection.execute(SCHEMA.insert().values(version=VERSION))
        _make_refusal(connection)
        for table in _ERASED:
            _guard(connection, table)
        return
    for step in STEPS[found - 1 :]:
        step(connection)
    if found < VERSION:
        connection.execute(SCHEMA.update().values(version=VERSION))


def _second(connection: Connection) -> None:
    """Remember what was withdrawn, and let the text of a codebook that quotes it be erased."""
    connection.execute(
        text("CREATE TABLE withdrawals (interview VARCHAR(64) NOT NULL PRIMARY KEY)")
    )
    _guard(connection, "withdrawals")
    _drop_guard(connection, "codebooks")
    _guard(connection, "codebooks")


def _third(connection: Connection) -> None:
    """Remember the suggestions hidden from who decided without seeing any."""
    connection.execute(text("ALTER TABLE decisions ADD COLUMN offered TEXT"))
    _drop_guard(connection, "decisions")
    _guard(connection, "decisions")


def _drop_guard(connection: Connection, table: str) -> None:
    on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
    for name in (f"{table}_keep", f"{table}_fix"):
        connection.execute(text(f"DROP TRIGGER {name}{on}"))


STEPS: tuple[Callable[[Connection], None], ...] = (_second, _third)
"""``STEPS[n - 1]`` brings version n to n + 1."""


def _make_refusal(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        body = f"$$ BEGIN RAISE EXCEPTION '{_KEPT}'; END $$"
        head = "CREATE FUNCTION gyeol_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        connection.execute(text(f"{head} {body}"))


def _guard(connection: Connection, table: str) -> None:
    """Lay the triggers that keep the lines of ``table``."""
    erased = _ERASED[table]
    if connection.dialect.name == "postgresql":
        when = "" if erased is None else f"WHEN (NOT ({erased}))"
        triggers = (
            f"CREATE TRIGGER {table}_keep BEFORE DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION gyeol_refuse()",
            f"CREATE TRIGGER {table}_fix BEFORE UPDATE ON {table} FOR EACH ROW {when} "
            "EXECUTE FUNCTION gyeol_refuse()",
        )
    else:
        when = "" if erased is None else f"WHEN NOT ({erased})"
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END"
        triggers = (
            f"CREATE TRIGGER {table}_keep BEFORE DELETE ON {table} {refuse}",
            f"CREATE TRIGGER {table}_fix BEFORE UPDATE ON {table} {when} {refuse}",
        )
    for trigger in triggers:
        connection.execute(text(trigger))
