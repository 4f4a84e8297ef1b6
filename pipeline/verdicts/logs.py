"""Logs of decisions as files: written by one machine, merged by another as a union.

JSON Lines, one thing a line: ``{"codebook": …}``, ``{"event": …}``, ``{"withdrawn": …}``,
``{"decision": …}``. A file is read whole and checked line by line before anything is taken in;
what stands in it is only ever text. Merging the same again changes nothing, and the order in
which files are merged makes no difference to what is decided.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from pipeline.errors import GyeolError, Problem
from pipeline.records import CodebookVersion, Decision
from pipeline.verdicts.decision_rows import Fault, decision_in, row_of
from pipeline.verdicts.schema import EVENTS, WITHDRAWALS
from pipeline.verdicts.store import (
    Store,
    append_within,
    decisions_within,
    known_decisions,
    next_number,
    reading,
    writing,
)
from pipeline.verdicts.versions import add_within, version_in, version_row, versions_within

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_EVENT = frozenset({"id", "time", "coder", "kind"})


@dataclass(frozen=True, slots=True)
class Log:
    """What a file of decisions holds. ``withdrawn`` are SHA-256 of interviews' ids."""

    decisions: tuple[Decision, ...] = ()
    versions: tuple[CodebookVersion, ...] = ()
    events: tuple[Mapping[str, str], ...] = ()
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: decisions taken in, there already, and left out as withdrawn.

    ``versions`` are codebooks that were not known here; ``withdrawn`` the interviews withdrawn
    at the other place that have decisions here.
    """

    added: int
    known: int
    left_out: int
    versions: int
    withdrawn: tuple[str, ...]


def name_hash(interview: str) -> str:
    """Return what an interview is remembered by after it was withdrawn."""
    return sha256(interview.encode("utf-8", "surrogatepass")).hexdigest()


def log_of(store: Store) -> Log:
    """Return everything a store holds."""
    with reading(store) as connection:
        events = select(*(EVENTS.c[name] for name in sorted(_EVENT))).order_by(EVENTS.c.number)
        return Log(
            decisions_within(connection),
            versions_within(connection),
            tuple(dict(row) for row in connection.execute(events).mappings()),
            frozenset(connection.execute(select(WITHDRAWALS.c.interview)).scalars()),
        )


def log_lines(log: Log) -> Iterator[str]:
    """Yield the lines of a file that holds ``log``, without newlines."""
    rows: list[dict[str, Any]] = [{"codebook": version_row(v)} for v in log.versions]
    rows += [{"event": dict(event)} for event in log.events]
    rows += [{"withdrawn": name} for name in sorted(log.withdrawn)]
    rows += [{"decision": row_of(decision)} for decision in log.decisions]
    return (json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)


def read_log(lines: Iterable[str], name: str) -> Log:
    """Read and check the lines of a file, called ``name`` in messages.

    Raises:
        GyeolError: every line that is wrong, by its number.
    """
    read = _Read()
    problems: list[Problem] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            kind, held = _held(line)
            fault = _TAKES[kind](read, held) if kind in _TAKES else _NO_LINE
            if fault is not None:
                problems.append(Problem(*fault, name, number))
    if problems:
        raise GyeolError(*problems)
    return Log(
        tuple(read.decisions.values()),
        tuple(read.versions.values()),
        tuple(read.events),
        frozenset(read.withdrawn),
    )


@dataclass(slots=True)
class _Read:
    """What the lines until now held."""

    decisions: dict[str, Decision] = field(default_factory=dict)
    versions: dict[int, CodebookVersion] = field(default_factory=dict)
    events: list[Mapping[str, str]] = field(default_factory=list)
    withdrawn: set[str] = field(default_factory=set)


_NO_LINE = (
    "판정 기록의 줄이 아닙니다. gyeol decisions export가 쓴 파일인지 확인하세요.",
    "Not a line of a log of decisions, as gyeol decisions export writes it.",
)


def _take_decision(read: _Read, held: object) -> Fault | None:
    decision = decision_in(held)
    if not isinstance(decision, Decision):
        return decision
    if read.decisions.setdefault(decision.id, decision) != decision:
        return "같은 id의 판정이 다른 내용으로 또 있습니다.", "Another decision has its id."
    if read.versions and decision.codebook not in read.versions:
        return "판정의 코드북 판이 이 파일에 없습니다.", "Its codebook is not in this file."
    return None


def _take_version(read: _Read, held: object) -> Fault | None:
    version = version_in(held)
    if version is None:
        return "코드북의 판이 아닙니다.", "Not a version of a codebook."
    if version.number != len(read.versions) + 1:
        return (
            "코드북의 판이 차례대로가 아닙니다.",
            "The versions of the codebook are not in order.",
        )
    read.versions[version.number] = version
    return None


def _take_event(read: _Read, held: object) -> Fault | None:
    if isinstance(held, dict) and set(held) == _EVENT and held["kind"] == "lift":
        # Its id, time and coder are checked as a decision's are.
        like = {name: value for name, value in held.items() if name != "kind"}
        if isinstance(decision_in({**like, "action": "note"}), Decision):
            read.events.append(held)
            return None
    return _NO_LINE


def _take_withdrawn(read: _Read, held: object) -> Fault | None:
    if isinstance(held, str) and _HASH.fullmatch(held):
        read.withdrawn.add(held)
        return None
    return _NO_LINE


_TAKES: Mapping[str, Callable[[_Read, object], Fault | None]] = {
    "decision": _take_decision,
    "codebook": _take_version,
    "event": _take_event,
    "withdrawn": _take_withdrawn,
}


def merge_log(store: Store, log: Log, withdrawn: frozenset[str] = frozenset()) -> Merged:
    """Take in what ``log`` has and the store has not: all of it, or nothing.

    Decisions on interviews withdrawn here (``withdrawn`` hashes, or those the store knows)
    are left out. Codebooks are the same where their texts are; one that is not known here is
    kept ``aside``, unless the store has none yet.

    Raises:
        GyeolError: a decision is there already, with other content.
    """
    with writing(store) as connection:
        own = frozenset(connection.execute(select(WITHDRAWALS.c.interview)).scalars()) | withdrawn
        numbers, added = _merge_versions(connection, log.versions, store.shown)
        known = known_decisions(connection, [decision.id for decision in log.decisions])
        taken, left_out = [], 0
        for decision in log.decisions:
            there = known.get(decision.id)
            if name_hash(decision.interview) in own or (decision.id in known and there is None):
                left_out += 1
                continue
            # A version's number is each store's own; its text is what counts.
            number = numbers.get(decision.codebook, decision.codebook)
            number = number if there is None else there.codebook
            taken.append(dataclasses.replace(decision, codebook=number))
        new = append_within(connection, taken, store.shown)
        _merge_events(connection, log.events)
        here = {decision.interview for decision in decisions_within(connection)}
        elsewhere = tuple(sorted(name for name in here if name_hash(name) in log.withdrawn))
        return Merged(new, len(taken) - new, left_out, added, elsewhere)


def _merge_versions(
    connection: Connection, versions: Iterable[CodebookVersion], shown: str
) -> tuple[dict[int, int], int]:
    """Add the versions not known here; return the number here of each, and how many were new."""
    there = list(versions_within(connection))
    empty = not there
    numbers: dict[int, int] = {}
    added = 0
    for version in versions:
        same = [other for other in there if _same(other, version)]
        if same and not empty:
            numbers[version.number] = max(same, key=lambda v: (not v.aside, v.number)).number
            continue
        aside = version.aside if empty else True
        new = dataclasses.replace(version, number=len(there) + 1, aside=aside)
        add_within(connection, new, shown)
        there.append(new)
        numbers[version.number] = new.number
        added += 1
    return numbers, added


def _same(one: CodebookVersion, other: CodebookVersion) -> bool:
    if one.text or other.text:
        return one.text == other.text
    # Of a text that was erased, only who made it and when is left.
    return (one.time, one.author) == (other.time, other.author)


def _merge_events(connection: Connection, events: Iterable[Mapping[str, str]]) -> None:
    known = set(connection.execute(select(EVENTS.c.id)).scalars())
    number = next_number(connection, EVENTS)
    for event in events:
        if event["id"] not in known:
            known.add(event["id"])
            connection.execute(insert(EVENTS).values(number=number, **event))
            number += 1


def _held(line: str) -> tuple[str, Any]:
    """Return the one key of the line's object and what it holds; an empty key for no such."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return "", None
    return next(iter(row.items())) if isinstance(row, dict) and len(row) == 1 else ("", None)
