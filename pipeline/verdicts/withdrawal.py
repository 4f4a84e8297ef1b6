"""Withdrawal (동의 철회): what was decided on an interview erased from the log, bytes and all.

Of each decision its number and id stay, so that the log keeps its order and a merge does not
bring it back; of the interview, a hash of its id.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from pipeline.corpus.codebook import codes_in
from pipeline.verdicts.logs import name_hash
from pipeline.verdicts.schema import CODEBOOKS, DECISIONS, WITHDRAWALS
from pipeline.verdicts.store import Store, reading, speaking, writing
from pipeline.verdicts.versions import versions_within

_NOTHING = {
    "coder": "",
    "time": "",
    "action": "",
    "interview": "",
    "start": 0,
    "end": 0,
    "code": None,
    "of": None,
    "quote": "",
    "text": "",
    "score": None,
    "rank": None,
    "bulk": None,
    "model": "",
    "offered": None,
    "erased": True,
}
# A shorter example («네, 맞아요») is nobody's words in particular.
_TELLING = 8
PATIENCE = 3_000
"""How long to wait for who reads the store meanwhile, in milliseconds."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: decisions, and texts of earlier codebooks that quoted the interview.

    ``quoted`` are codes whose examples, in the newest codebook, quote it still; ``notes`` counts
    memos on codes and on the study, which may; ``whole`` is false where somebody else has the
    store open, so that bytes may remain until it is erased again.
    """

    decisions: int
    codebooks: int
    quoted: tuple[str, ...]
    notes: int
    whole: bool


def knows(store: Store, interview: str) -> bool:
    """Tell whether anything was decided on ``interview``, be it erased by now."""
    with reading(store) as connection:
        decided = select(DECISIONS.c.number).where(DECISIONS.c.interview == interview).limit(1)
        return connection.execute(decided).first() is not None or _is_erased(connection, interview)


def erase(store: Store, interview: str, text: str = "") -> Erased:
    """Erase what was decided on ``interview``, whose text is ``text`` where it is at hand."""
    with writing(store) as connection:
        number = _erase_decisions(connection, interview)
        quoted, codebooks = _erase_quoting(connection, text)
        if not _is_erased(connection, interview):
            connection.execute(insert(WITHDRAWALS).values(interview=name_hash(interview)))
        notes = connection.execute(
            select(func.count())
            .select_from(DECISIONS)
            .where(DECISIONS.c.interview == "", DECISIONS.c.text != "")
        ).scalar_one()
    return Erased(number, codebooks, quoted, notes, _rewrite(store))


def _is_erased(connection: Connection, interview: str) -> bool:
    hashed = WITHDRAWALS.c.interview == name_hash(interview)
    return connection.execute(select(WITHDRAWALS).where(hashed)).first() is not None


def _erase_decisions(connection: Connection, interview: str) -> int:
    on_it = DECISIONS.c.interview == interview
    ids = list(connection.execute(select(DECISIONS.c.id).where(on_it)).scalars())
    found = set(ids)
    # What took one of them back, or took back what did.
    while ids:
        later: list[str] = []
        for begin in range(0, len(ids), 500):
            of_them = DECISIONS.c.of.in_(ids[begin : begin + 500])
            later += connection.execute(select(DECISIONS.c.id).where(of_them)).scalars()
        ids = [name for name in later if name not in found]
        found.update(ids)
    for begin in range(0, len(found), 500):
        some = sorted(found)[begin : begin + 500]
        connection.execute(update(DECISIONS).where(DECISIONS.c.id.in_(some)).values(**_NOTHING))
    return len(found)


def _erase_quoting(connection: Connection, text: str) -> tuple[tuple[str, ...], int]:
    """Erase the codebooks that quote ``text``; return the codes of the newest that do."""
    said = " ".join(text.split())
    versions = [version for version in versions_within(connection) if version.text]
    quoted: tuple[str, ...] = ()
    erased = 0
    for version in versions:
        codes = [
            code.name
            for code in codes_in(version.text, "")
            if any(
                _quotes(said, phrase)
                for phrase in (code.definition, *code.include, *code.exclude, *code.examples)
            )
        ]
        if codes:
            row = CODEBOOKS.c.number == version.number
            connection.execute(update(CODEBOOKS).where(row).values(text=""))
            erased += 1
            quoted = tuple(codes) if version is versions[-1] else quoted
    return quoted, erased


def _quotes(said: str, phrase: str) -> bool:
    phrase = " ".join(phrase.split())
    return len(phrase) >= _TELLING and phrase in said


def _rewrite(store: Store) -> bool:
    """Have the database forget the bytes of what was erased; tell whether it could."""
    with speaking(store), contextlib.closing(store.engine.raw_connection()) as connection:
        cursor = connection.cursor()
        if store.engine.dialect.name == "sqlite":
            (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute("VACUUM")
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
            return not busy
        connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        cursor.execute("VACUUM FULL decisions")
        cursor.execute("VACUUM FULL codebooks")
        connection.driver_connection.autocommit = False  # type: ignore[union-attr]
    return True
