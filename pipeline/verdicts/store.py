"""The store (저장소): decisions as a log to which lines are only ever added.

SQLite by default, PostgreSQL by its URL; one code for both. What was appended is on the disk
when ``append`` returns, and a reader that has seen line n has seen every line below it.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from pipeline.errors import GyeolError, Problem
from pipeline.records import Decision
from pipeline.records.verdicts import Action
from pipeline.sentences import particle
from pipeline.verdicts.database import Store, open_store, reading, speaking, writing
from pipeline.verdicts.decision_rows import fault_in
from pipeline.verdicts.schema import CODEBOOKS, DECISIONS, EVENTS

__all__ = [
    "Store", "append", "append_within", "decisions_of", "decisions_within", "is_blind",
    "known_decisions", "last_number", "lift_blind", "made", "new_id", "next_number", "now",
    "open_store", "reading", "speaking", "state_of", "writing",
]  # fmt: skip

_FIELDS = tuple(field.name for field in dataclasses.fields(Decision))


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
                    f"판정 {decision.id}{particle(decision.id, '이')} 이미 다른 내용으로 적혀 있습니다.",
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


def _decision(row: Mapping[Any, Any]) -> Decision:
    return Decision(**{name: row[name] for name in _FIELDS})


def made(coder: str, action: Action, **fields: Any) -> Decision:  # noqa: ANN401 — Decision's
    """Return a decision of ``coder`` made now, with an id of its own."""
    return Decision(id=new_id(), coder=coder, time=now(), action=action, **fields)


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


def lifted_at(store: Store) -> str | None:
    """Return since when coders see each other's decisions; ``None`` while they are blind."""
    with reading(store) as connection:
        query = select(func.min(EVENTS.c.time)).where(EVENTS.c.kind == "lift")
        return connection.execute(query).scalar_one()


def is_blind(store: Store) -> bool:
    """Tell whether coders are still blind to each other: so they are until it is lifted."""
    return lifted_at(store) is None


def state_of(store: Store) -> str:
    """Return a hash that changes whenever what can be read from the store does."""
    with reading(store) as connection:
        lines = [
            *connection.execute(
                select(DECISIONS.c.id, DECISIONS.c.erased).order_by(DECISIONS.c.number)
            ),
            *connection.execute(
                select(
                    CODEBOOKS.c.number, CODEBOOKS.c.aside, CODEBOOKS.c.text, CODEBOOKS.c.changes
                ).order_by(CODEBOOKS.c.number)
            ),
        ]
    return sha256(repr([tuple(line) for line in lines]).encode("utf-8", "replace")).hexdigest()
