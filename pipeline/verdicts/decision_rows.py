"""Decisions as rows of JSON, and what makes a decision one: checked wherever one comes in."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from typing import Any, get_args

from pipeline.records import Decision
from pipeline.records.verdicts import Action

_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
_FIELDS = {field.name: field for field in dataclasses.fields(Decision)}
_REQUIRED = {n for n, f in _FIELDS.items() if f.default is dataclasses.MISSING}
# What JSON must give for each field.
_TYPES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("start", "end", "codebook"), (int,)),
    **dict.fromkeys(("aided", "joint"), (bool,)),
    **dict.fromkeys(("code", "of", "bulk"), (str, type(None))),
    "rank": (int, type(None)),
    "score": (float, int, type(None)),
    "offered": (list,),
}
_PAIRS = ([str, float], [str, int])
_LONGEST = 2**31 - 1

Fault = tuple[str, str]
"""What is wrong, in Korean and in English."""


def row_of(decision: Decision) -> dict[str, Any]:
    """Return the decision as JSON takes it, without what has its default."""
    row = dataclasses.asdict(decision)
    return {n: value for n, value in row.items() if n in _REQUIRED or value != _FIELDS[n].default}


def decision_in(row: object) -> Decision | Fault:
    """Return the decision a row of JSON holds, or what is wrong with it. Nothing is guessed."""
    if not isinstance(row, dict):
        return "판정은 {…} 꼴이어야 합니다.", "A decision is an object."
    unknown, missing = set(row) - set(_FIELDS), _REQUIRED - set(row)
    if unknown:
        names = ", ".join(sorted(map(str, unknown)))
        return f"모르는 칸: {names}", f"Unknown fields: {names}."
    if missing:
        names = ", ".join(sorted(missing))
        return f"빠진 칸: {names}", f"Missing fields: {names}."
    for name, value in row.items():
        types = _TYPES.get(name, (str,))
        # To Python True is a number; in a file it is a mistake.
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            return _wrong(name)
    offered = row.get("offered", [])
    if not all(isinstance(pair, list) and list(map(type, pair)) in _PAIRS for pair in offered):
        return _wrong("offered")
    decision = Decision(**{**row, "offered": tuple((code, score) for code, score in offered)})
    return fault_in(decision) or decision


def fault_in(decision: Decision) -> Fault | None:
    """Return what keeps ``decision`` from being one, ``None`` where nothing does."""
    d = decision
    needs_place = d.action in ("put", "reject", "done")
    checks: tuple[tuple[str, bool], ...] = (
        ("id", bool(_ID.fullmatch(d.id))),
        ("time", bool(_TIME.fullmatch(d.time))),
        ("action", d.action in get_args(Action)),
        ("coder", bool(d.coder.strip())),
        ("interview", bool(d.interview) or not needs_place),
        ("code", bool(d.code) or d.action not in ("put", "reject")),
        ("start, end", 0 <= d.start <= d.end <= _LONGEST),
        ("end", d.start < d.end or d.action not in ("put", "reject")),
        ("of", _ID.fullmatch(d.of) is not None if d.of is not None else d.action != "undo"),
        ("bulk", d.bulk is None or _ID.fullmatch(d.bulk) is not None),
        ("score", d.score is None or (math.isfinite(d.score) and 0 <= d.score <= 1)),
        ("rank", d.rank is None or 1 <= d.rank <= _LONGEST),
        ("offered", all(code and storable(code) and 0 <= score <= 1 for code, score in d.offered)),
        ("codebook", 1 <= d.codebook <= _LONGEST),
        *((name, storable(getattr(d, name))) for name in _FIELDS),
    )
    wrong = next((name for name, fine in checks if not fine), None)
    if wrong is None:
        return None
    return f"{wrong}의 값이 알맞지 않습니다.", f"{wrong} has a value that cannot be."


def _wrong(name: str) -> Fault:
    return f"{name}의 값이 알맞지 않습니다.", f"{name} has a value of the wrong kind."


def storable(value: object) -> bool:
    """Tell whether every database takes a text: no NUL in it, no half of a surrogate pair."""
    return not isinstance(value, str) or not any(
        sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value
    )
