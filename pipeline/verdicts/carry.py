"""Decisions carried from an interview's text to its corrected text.

What stands on a passage that is still there, word for word, moves with it; what stands on words
that were changed is taken back, so that a person looks again. The log keeps all of it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate

from pipeline.records import Decision
from pipeline.verdicts.codings import standing

# A passage that went elsewhere is known by its words alone, if they are enough of them.
_TELLING = 10
_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Carried:
    """What a corrected text does to the decisions on an interview.

    ``stays`` stand where they stood; ``new`` are to be added to the log: those that move, each
    taking the place of an old one, and those that take back ``changed``, which people are to
    look at again.
    """

    stays: tuple[Decision, ...]
    new: tuple[Decision, ...]
    changed: tuple[Decision, ...]


def carry(decisions: Iterable[Decision], interview: str, old: str, new: str, time: str) -> Carried:
    """Return what becomes of the standing ``decisions`` on ``interview``.

    ``old`` and ``new`` are its frozen texts, ``time`` that of the correction (as in
    ``Decision``). The ids of what is added depend on the old ids and ``new`` alone: what the
    log has already, from a job that was interrupted, comes out again as it is there.
    """
    logged = {one.id: one for one in decisions if one.interview == interview}
    edition = hashlib.sha256(new.encode("utf-8", "surrogatepass")).hexdigest()
    carried = {_id(name, edition) for name in logged}
    places = _Places(old, new)
    stays: list[Decision] = []
    added: list[Decision] = []
    changed: list[Decision] = []
    for one in standing(one for one in logged.values() if one.id not in carried):
        said = old[one.start : one.end]
        # A note on the interview as a whole, or what was decided on the new text already.
        if one.start == one.end or (one.quote not in ("", said) and _is_at(one, new)):
            stays.append(one)
            continue
        start = places.of(one.start, one.end) if one.quote in ("", said) else None
        fields = {"id": _id(one.id, edition), "time": time, "of": one.id, "bulk": None}
        if start == one.start:
            stays.append(one)
        elif start is not None:
            end = start + len(said)
            added.append(replace(one, **fields, start=start, end=end, quote=said))
        else:
            changed.append(one)
            added.append(replace(one, **fields, action="undo", code=None, text=""))
    return Carried(tuple(stays), tuple(logged.get(one.id, one) for one in added), tuple(changed))


class _Places:
    """Where passages of a text are in another, by the lines the two have in common."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new
        before, after = old.split("\n"), new.split("\n")
        self._before, self._after = _starts(before), _starts(after)
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        self._hunks = [
            (same == "equal", *(self._before[n] for n in (a, b)), *(self._after[n] for n in (c, d)))
            for same, a, b, c, d in matcher.get_opcodes()
        ]
        self._begins = [begin for _, begin, *_ in self._hunks]

    def of(self, start: int, end: int) -> int | None:
        """Return where ``old[start:end]`` begins in the new text, ``None`` if it is not there."""
        said = self._old[start:end]
        first = self._hunks[bisect_right(self._begins, start) - 1]
        last = self._hunks[bisect_right(self._begins, end - 1) - 1]
        same, begin, _, to, _ = first
        at = to + start - begin
        if same and first == last and self._new.startswith(said, at):
            return at
        # Within what was changed, where the words themselves may have been left alone.
        within = _occurrences(said, self._new, to, last[4])
        if len(within) == 1:
            return within[0]
        return self._nearest(said, start, end, within)

    def _nearest(self, said: str, start: int, end: int, within: Sequence[int]) -> int | None:
        """Return the one place with the same words around it; of a text moved, the one place."""
        found = within or _occurrences(said, self._new, 0, len(self._new))
        around = (self._old[max(0, start - _CONTEXT) : start], self._old[end : end + _CONTEXT])
        alike = [
            at
            for at in found
            if self._new[:at].endswith(around[0][-_CONTEXT // 2 :])
            or self._new[at + len(said) :].startswith(around[1][: _CONTEXT // 2])
        ]
        if len(alike) == 1:
            return alike[0]
        once = len(_occurrences(said, self._old, 0, len(self._old))) == 1
        return found[0] if len(found) == 1 and once and len(said) >= _TELLING else None


def _is_at(decision: Decision, text: str) -> bool:
    return text[decision.start : decision.end] == decision.quote


def _starts(lines: Sequence[str]) -> list[int]:
    """Return where each line begins, and where one after the last would."""
    return [0, *accumulate(len(line) + 1 for line in lines)]


def _occurrences(said: str, text: str, start: int, end: int) -> list[int]:
    found = []
    at = text.find(said, start, end)
    while at >= 0:
        found.append(at)
        at = text.find(said, at + 1, end)
    return found


def _id(before: str, edition: str) -> str:
    return hashlib.sha256(f"{before} {edition}".encode()).hexdigest()[:32]
