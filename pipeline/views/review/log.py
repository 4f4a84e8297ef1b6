"""The log of decisions as a running desk holds it: read once, then only added to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace

from pipeline.records import Decision
from pipeline.verdicts.code_names import today_of
from pipeline.views.review.material import Material

Rows = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Keeper:
    """How decisions are kept: ``append`` returns when they are on disk.

    ``after`` gives the decisions added after a number, by anybody, and the number to ask
    for next; the first is 0.
    """

    append: Callable[[Sequence[Decision]], None]
    after: Callable[[int], tuple[Sequence[Decision], int]]


class Log:
    """Every decision of a study, by coder and by passage.

    What stands is what ``verdicts.codings.standing`` says of the whole log, told here one
    decision at a time.
    """

    def __init__(self, keeper: Keeper, material: Material) -> None:
        """Read all there is and lay it on the passages of ``material``."""
        self._keeper = keeper
        self.open(material)

    def open(self, material: Material) -> None:
        """Read all anew, such as after ``material`` was made anew.

        Codes go by the names they have in the codebook of ``material``.
        """
        self._material = material
        self._today = today_of(material.versions)
        self._number = 0
        self._known: dict[str, Decision] = {}
        self._written: list[Decision] = []
        self._against: dict[str, list[Decision]] = {}
        self._on_matter: dict[tuple[object, ...], list[Decision]] = {}
        self._rows: dict[str, Rows] = {}
        self._of_coder: dict[str, list[Decision]] = {}
        self._of_row: dict[int, list[Decision]] = {}
        self._of_interview: dict[str, list[Decision]] = {}
        self._on_codes: list[Decision] = []
        self._done: dict[str, set[int]] = {}
        self.refresh()

    def add(self, *decisions: Decision) -> None:
        """Add decisions; they are on disk when this returns."""
        self._keeper.append(decisions)
        self._take(decisions)

    def refresh(self) -> tuple[Decision, ...]:
        """Take in what others have added; return it."""
        decisions, self._number = self._keeper.after(self._number)
        return self._take(decisions)

    def _take(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        new = [one for one in decisions if one.id not in self._known]
        for written in new:
            self._written.append(written)
            self._file(self._named_today(written))
        for one in new:
            self._count(one)
        return tuple(new)

    def _file(self, one: Decision) -> None:
        """Lay a decision where it is looked for."""
        self._known[one.id] = one
        self._of_coder.setdefault(one.coder, []).append(one)
        if one.of is not None:
            self._against.setdefault(one.of, []).append(one)
        if one.action == "undo":
            return
        self._on_matter.setdefault(_matter(one), []).append(one)
        if one.interview:
            self._of_interview.setdefault(one.interview, []).append(one)
            rows = self._material.rows_at(one.interview, one.start, one.end)
            self._rows[one.id] = rows
            for row in rows:
                self._of_row.setdefault(row, []).append(one)
        else:
            self._on_codes.append(one)

    def _count(self, one: Decision) -> None:
        """Bring what is known to be done up to date with a decision."""
        touched = self.undone(one)
        if touched.action == "undo":
            # Of a bulk, or of what is not here yet: counted anew when it is asked for.
            self._done.clear()
        elif touched.action == "done":
            for coder, rows in self._done.items():
                for row in self.rows(touched):
                    (rows.add if self._is_done(coder, row) else rows.discard)(row)

    def _named_today(self, decision: Decision) -> Decision:
        if decision.code is None or decision.codebook == self._material.version:
            return decision
        name = self._today.name(decision.code, decision.codebook)
        return decision if name in {None, decision.code} else replace(decision, code=name)

    def fallen(self, decision: Decision) -> bool:
        """Tell whether ``decision`` was taken back or replaced."""
        against = self._against.get(decision.id, ())
        if decision.bulk is not None:
            against = (*against, *self._against.get(decision.bulk, ()))
        return any(
            (decision.joint or one.coder == decision.coder) and not self.fallen(one)
            for one in against
        )

    def stands(self, decision: Decision) -> bool:
        """Tell whether ``decision`` is the last word of its coder on its matter."""
        if decision.action == "undo" or (decision.action == "note" and not decision.text):
            return False
        moment = (decision.time, decision.id)
        return not self.fallen(decision) and not any(
            (other.time, other.id) > moment and not self.fallen(other)
            for other in self._on_matter[_matter(decision)]
        )

    def get(self, number: str) -> Decision | None:
        """Return the decision with the id ``number``."""
        return self._known.get(number)

    def every(self) -> tuple[Decision, ...]:
        """Return all there is, in the order of the log, under today's names."""
        return tuple(self._known.values())

    def written(self) -> tuple[Decision, ...]:
        """Return all there is, in the order of the log, as it was written."""
        return tuple(self._written)

    def by(self, coder: str) -> tuple[Decision, ...]:
        """Return all that ``coder`` ever did, in the order of the log."""
        return tuple(self._of_coder.get(coder, ()))

    def coders(self) -> tuple[str, ...]:
        """Return those who decided anything, in alphabetical order."""
        return tuple(sorted(self._of_coder))

    def rows(self, decision: Decision) -> Rows:
        """Return the passages that ``decision`` bears on."""
        return self._rows.get(decision.id, ())

    def at(self, row: int) -> tuple[Decision, ...]:
        """Return what stands on a passage, in the order decided."""
        return tuple(one for one in self._of_row.get(row, ()) if self.stands(one))

    def within(self, interview: str) -> tuple[Decision, ...]:
        """Return what stands in an interview, in the order decided."""
        return tuple(one for one in self._of_interview.get(interview, ()) if self.stands(one))

    def notes_on_codes(self) -> tuple[Decision, ...]:
        """Return the memos on codes that stand, in the order written."""
        return tuple(one for one in self._on_codes if self.stands(one))

    def done(self, coder: str) -> Set[int]:
        """Return the rows ``coder`` has finished, alone or together with others."""
        if coder not in self._done:
            self._done[coder] = {row for row in self._of_row if self._is_done(coder, row)}
        return self._done[coder]

    def _is_done(self, coder: str, row: int) -> bool:
        return any(
            one.action == "done" and (one.joint or one.coder == coder) and self.stands(one)
            for one in self._of_row.get(row, ())
        )

    def was_done(self, coder: str, row: int) -> bool:
        """Tell whether ``coder`` has ever finished a passage, be it taken back since."""
        return any(
            one.action == "done" and (one.joint or one.coder == coder)
            for one in self._of_row.get(row, ())
        )

    def last(self, coder: str) -> Decision | None:
        """Return what ``coder`` did last and has not taken back."""
        own = self._of_coder.get(coder, [])
        return next((d for d in reversed(own) if d.action != "undo" and not self.fallen(d)), None)

    def last_undo(self, coder: str) -> Decision | None:
        """Return the undo that ``coder`` made last and still holds, if nothing was decided since."""
        for one in reversed(self._of_coder.get(coder, [])):
            if one.action != "undo":
                return None
            if not self.fallen(one) and not self._takes_back_an_undo(one):
                return one
        return None

    def undone(self, undo: Decision) -> Decision:
        """Return what ``undo`` takes back, or what was taken back by the undo it takes back."""
        one: Decision | None = undo
        while one is not None and one.action == "undo":
            undo, one = one, self._known.get(one.of or "")
        return one or undo

    def _takes_back_an_undo(self, undo: Decision) -> bool:
        undone = self._known.get(undo.of or "")
        return undone is not None and undone.action == "undo"


def _matter(decision: Decision) -> tuple[object, ...]:
    """Return what ``decision`` speaks of: of two words of one coder on it the later holds."""
    who = (True, "") if decision.joint else (False, decision.coder)
    kind = "code" if decision.action in {"put", "reject"} else decision.action
    return who, kind, decision.interview, decision.start, decision.end, decision.code
