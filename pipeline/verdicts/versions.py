"""Versions of the codebook (코드북의 판), kept in the store beside the decisions made under them.

``codebook.yaml`` stays the truth: a text on disk that is not the version known here was made
by somebody outside the desk, and becomes a version of its own before anything else happens.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select

from pipeline.corpus.codebook import codes_in
from pipeline.errors import GyeolError, Problem
from pipeline.records import CodebookVersion, CodeChange
from pipeline.verdicts.code_names import newest
from pipeline.verdicts.codebook_text import change_codebook, differences
from pipeline.verdicts.decision_rows import storable
from pipeline.verdicts.schema import CODEBOOKS
from pipeline.verdicts.store import Store, now, reading, writing

__all__ = ["add_version", "change_codebook", "differences", "newest", "noticed", "versions_of"]

FIRST = "처음"
OUTSIDE = "화면 밖에서 고침"
"""Reasons of the versions nobody gave one for."""


def versions_of(store: Store) -> tuple[CodebookVersion, ...]:
    """Return the versions of the codebook by number; the newest that is not aside is in force."""
    with reading(store) as connection:
        return versions_within(connection)


def versions_within(connection: Connection) -> tuple[CodebookVersion, ...]:
    """Do what ``versions_of`` does in a transaction begun by ``reading``."""
    rows = connection.execute(select(CODEBOOKS).order_by(CODEBOOKS.c.number)).mappings()
    return tuple(CodebookVersion(**{**row, "changes": _changes_of(row["changes"])}) for row in rows)


def add_version(store: Store, version: CodebookVersion) -> None:
    """Add a version; its number must follow the last one's.

    Raises:
        GyeolError: somebody else has added a version meanwhile.
    """
    with writing(store) as connection:
        add_within(connection, version, store.shown)


def add_within(connection: Connection, version: CodebookVersion, shown: str) -> None:
    """Do what ``add_version`` does in a transaction begun by ``writing``."""
    there = versions_within(connection)
    if version.number != len(there) + 1:
        raise GyeolError(
            Problem(
                "그사이에 다른 사람이 코드북을 바꾸었습니다. 바뀐 코드북을 보고 다시 하세요.",
                "Somebody else has changed the codebook meanwhile. Look at it and try again.",
                shown,
            )
        )
    connection.execute(
        insert(CODEBOOKS).values(
            number=version.number,
            time=version.time,
            author=version.author,
            reason=version.reason,
            text=version.text,
            changes=_changes_as_json(version.changes),
            aside=version.aside,
        )
    )


def noticed(store: Store, text: str, author: str = "") -> CodebookVersion:
    """Return the version that ``text``, the codebook as it is on disk, is: a new one if need be.

    A text that is not the newest version was written outside the desk; what it differs in
    becomes the changes of a version that says so. Codes are told apart by ``id``: a code
    without one, under a new name, is one retired and one added.

    Raises:
        GyeolError: the text is no codebook.
    """
    with writing(store) as connection:
        there = versions_within(connection)
        before = newest(there)
        if before is not None and before.text == text:
            return before
        version = CodebookVersion(
            number=len(there) + 1,
            time=now(),
            author=author,
            reason=FIRST if before is None else OUTSIDE,
            text=text,
            changes=differences(before.text, text) if before is not None and before.text else (),
        )
        add_within(connection, version, store.shown)
        return version


def version_row(version: CodebookVersion) -> dict[str, Any]:
    """Return a version as JSON takes it."""
    return {**dataclasses.asdict(version), "changes": json.loads(_changes_as_json(version.changes))}


def version_in(row: object) -> CodebookVersion | None:
    """Return the version a row of JSON holds, ``None`` where it holds none."""
    from pydantic import TypeAdapter

    try:
        version = TypeAdapter(CodebookVersion).validate_json(json.dumps(row), strict=True)
        names = [name for c in version.changes for name in (*c.codes, *c.into)]
        texts = (version.time, version.author, version.reason, version.text, *names)
        if not all(storable(text) for text in texts) or not all(map(_is_whole, version.changes)):
            return None
        if version.text:
            codes_in(version.text, "")
    except (ValueError, GyeolError):
        return None
    return version


def _is_whole(change: CodeChange) -> bool:
    """Tell whether a change says what became of its codes."""
    return len(change.into) == 1 or change.kind not in ("rename", "merge")


def _changes_as_json(changes: Sequence[CodeChange]) -> str:
    rows = [[c.kind, list(c.codes), list(c.into)] for c in changes]
    return json.dumps(rows, ensure_ascii=False)


def _changes_of(text: str) -> tuple[CodeChange, ...]:
    return tuple(
        CodeChange(kind, tuple(codes), tuple(into)) for kind, codes, into in json.loads(text)
    )
