"""What the room ``verdicts`` gives: decisions, and the versions of a codebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Action = Literal["put", "reject", "undo", "note", "done"]
ChangeKind = Literal["add", "edit", "rename", "move", "split", "merge", "retire"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one coder decided (판정): a line of a log to which lines are only ever added.

    ``id`` is its own, 32 hexadecimal digits made at random, so that the logs of two machines
    merge as a union. ``time`` is UTC, ISO 8601 with microseconds and ``Z``. The span counts
    code points of the interview's frozen text, and ``quote`` is what stands there.

    - ``put`` puts ``code`` on the span; ``of`` names the decision it takes the place of, where
      a span was changed. ``reject`` refuses a suggested ``code``.
    - ``undo`` takes back the decision ``of``, itself perhaps an ``undo``.
    - ``note`` writes ``text`` on the span, on ``code`` (then the span is empty and
      ``interview`` too) or, with neither, on the interview; an empty ``text`` takes it away.
    - ``done`` says the passage has been looked at: all codes that fit are on it, perhaps none.

    ``score`` (0 to 1) and ``rank`` (from 1) are the suggestion's as the coder saw it, ``None``
    where there was none. ``aided`` says whether suggestions were in sight; an ``undo`` is
    unaided where they were still hidden when it was made. ``offered`` are the suggestions hidden
    from who put a code or was done without seeing any, as code and score, best first: nobody
    refused those that were not put. ``joint`` is a
    decision coders made together, ``bulk`` the id that decisions made in one go share.
    ``codebook`` is the version decided under, ``model`` what the suggestions were made with.
    """

    id: str
    coder: str
    time: str
    action: Action
    interview: str = ""
    start: int = 0
    end: int = 0
    code: str | None = None
    of: str | None = None
    quote: str = ""
    text: str = ""
    score: float | None = None
    rank: int | None = None
    aided: bool = True
    joint: bool = False
    bulk: str | None = None
    codebook: int = 1
    model: str = ""
    offered: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class CodeChange:
    """What happened to codes between two versions of a codebook.

    ``codes`` are names before, ``into`` names after: a rename has one of each, a split one and
    several, a merge several and one, a retired code none after, an added one none before.
    """

    kind: ChangeKind
    codes: tuple[str, ...] = ()
    into: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodebookVersion:
    """A state of ``codebook.yaml``: ``number`` counts from 1, ``text`` is the file as it was.

    ``changes`` are what it changed in the version before. One that came with another machine's
    log and was never in force here is ``aside``.
    """

    number: int
    time: str
    author: str
    reason: str
    text: str
    changes: tuple[CodeChange, ...] = ()
    aside: bool = False
