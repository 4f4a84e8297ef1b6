"""What a coder's decisions teach, learned beside the work and never in its way.

While coders are blind to each other a coder's suggestions learn from her own and from joint
codings only: another's would make the two agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from pipeline.records import Decision
from pipeline.themes.suggester import Learned, learn_from
from pipeline.views.review.log import Log
from pipeline.views.review.material import Material
from pipeline.views.review.order import by_uncertainty

Gold = Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learned for one coder: ``number`` counts from 1.

    ``uncertain`` are all rows, those first whose decision teaches most.
    """

    number: int
    learned: Learned
    uncertain: tuple[int, ...]

    def rank(self, row: int) -> np.ndarray:
        """Return the rank of every code for ``row``, from 1."""
        score = np.round(self.learned.scored.score[row], 9)
        rank = np.empty(len(score), np.int32)
        rank[np.argsort(-score, kind="stable")] = np.arange(1, len(score) + 1)
        return rank


class Learner:
    """Keeps every coder's lesson up to date, one at a time, in a thread of its own."""

    def __init__(self, material: Material, log: Log, sees: Callable[[str, Decision], bool]) -> None:
        """Teach from ``log``; ``sees`` tells whose decisions a coder may know of."""
        self._material, self._log, self._sees = material, log, sees
        self._lessons: dict[str, Lesson] = {}
        self._behind: set[str] = set()
        self._first: dict[str, Future[None]] = {}
        self._thread = ThreadPoolExecutor(1, "learning")

    def lesson(self, coder: str) -> Lesson:
        """Return the latest lesson of ``coder``, waiting only for the very first."""
        if coder not in self._lessons:
            if coder not in self._first:
                self._first[coder] = self._thread.submit(self._learn, coder)
            self._first[coder].result()
        return self._lessons[coder]

    def is_behind(self, coder: str) -> bool:
        """Tell whether something decided has not been learned yet."""
        return coder in self._behind

    def decided(self, *coders: str) -> None:
        """Learn anew for ``coders``, soon; several decisions in a row are learned at once."""
        for coder in coders:
            if coder in self._lessons and coder not in self._behind:
                self._behind.add(coder)
                self._thread.submit(self._learn, coder)

    def known(self) -> tuple[str, ...]:
        """Return the coders who have a lesson."""
        return tuple(self._lessons)

    def close(self) -> None:
        """Learn no more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _learn(self, coder: str) -> None:
        self._behind.discard(coder)
        before = self._lessons.get(coder)
        gold, rejected = taught_by(self._material, self._log, coder, self._sees)
        material, earlier = self._material, before.learned if before else None
        learned = learn_from(
            material.given, material.untaught, gold, rejected, material.lang, earlier
        )
        score = learned.scored.score
        uncertain = by_uncertainty(score, material.untaught.features, frozenset(gold))
        number = before.number + 1 if before else 1
        self._lessons[coder] = Lesson(number, learned, uncertain)


def taught_by(
    material: Material, log: Log, coder: str, sees: Callable[[str, Decision], bool]
) -> tuple[Gold, Gold]:
    """Return the codes by row that ``coder``'s suggestions learn from, and the rejected ones.

    A passage is coded when a code was put on it or when it was finished without any.
    """
    gold: dict[int, set[str]] = {}
    rejected: dict[int, set[str]] = {}
    for other in (coder, *(name for name in log.coders() if name != coder)):
        for one in log.by(other):
            if one.action not in {"put", "reject", "done"} or not sees(coder, one):
                continue
            if not log.stands(one):
                continue
            for row in log.rows(one):
                if one.action == "reject":
                    rejected.setdefault(row, set()).add(one.code or "")
                else:
                    codes = gold.setdefault(row, set())
                    codes |= {one.code} if one.action == "put" and one.code else set()
    for coding in material.codings:
        if coding.coder == coder or coding.coder in material.shared:
            for row in material.rows_at(coding.interview, coding.start, coding.end):
                gold.setdefault(row, set()).add(coding.code)
    for row, codes in gold.items():
        if row in rejected:
            rejected[row] -= codes
    return _frozen(gold), _frozen({row: codes for row, codes in rejected.items() if codes})


def _frozen(rows: Mapping[int, set[str]]) -> dict[int, frozenset[str]]:
    return {row: frozenset(codes) for row, codes in sorted(rows.items())}
