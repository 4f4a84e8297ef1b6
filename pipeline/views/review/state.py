"""What a running desk knows: the study, its log, what each coder may see of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records import Code, CodebookVersion, Decision, SegmentSuggestions
from pipeline.themes.suggester import suggestions_for
from pipeline.views.review.hiding import is_unaided
from pipeline.views.review.learning import Learner
from pipeline.views.review.log import Keeper, Log
from pipeline.views.review.material import Material
from pipeline.views.review.order import Order, by_code, following
from pipeline.views.review.shown import Texts

_AHEAD = 20
# A page fetched a while ago may show what an earlier lesson suggested.
_REMEMBERED = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """What is suggested for a passage by lesson ``number``: what a decision on it remembers.

    ``score`` and ``rank`` (from 1) are of every code, in the order of ``Desk.column``.
    """

    number: int
    calibrated: bool
    found: SegmentSuggestions
    score: np.ndarray
    rank: np.ndarray


@dataclass(frozen=True, slots=True)
class Blindness:
    """Since when coders are not blind to each other, and how to end it (``lift(coder)``)."""

    lifted_at: Callable[[], str | None]
    lift: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Codebook:
    """The codebook's file, called ``name``: ``read`` gives its text as it is on disk.

    ``write(text, version)`` writes it and keeps the version; ``remake`` makes the material
    anew, which takes seconds. ``name`` is empty where it cannot be changed from here.
    """

    name: str
    read: Callable[[], str]
    write: Callable[[str, CodebookVersion], None]
    remake: Callable[[], Material]


class Desk:
    """The desk of one study; it lives in one process and one thread."""

    def __init__(
        self,
        material: Material,
        keeper: Keeper,
        blindness: Blindness,
        codebook: Codebook | None = None,
    ) -> None:
        """Open the desk on ``material``; without ``codebook`` the codes are what they are."""
        self.blindness = blindness
        self.codebook = codebook
        self.blind = blindness.lifted_at() is None
        self.log = Log(keeper, material)
        self._seat(material)

    def _seat(self, material: Material) -> None:
        self.material = material
        self.texts = Texts(material)
        self.codes: dict[str, Code] = {code.name: code for code in material.codes}
        self.column = {name: place for place, name in enumerate(material.given.code_terms.codes)}
        self.learner = Learner(material, self.log, self.sees)
        self._seen: dict[tuple[str, int], dict[int, Seen]] = {}

    def change(self, material: Material) -> None:
        """Go on with ``material``, made anew since the codebook changed."""
        self.learner.close()
        self.log.open(material)
        self._seat(material)

    def refresh(self) -> None:
        """Take in what was decided elsewhere meanwhile: in a sheet, at another desk."""
        self.blind = self.blindness.lifted_at() is None
        self._learn(self.log.refresh())

    def sees(self, coder: str, decision: Decision) -> bool:
        """Tell whether ``coder`` may know of ``decision``."""
        return decision.joint or decision.coder == coder or not self.blind

    def lift(self, coder: str) -> None:
        """Let coders see each other's decisions from now on."""
        self.blindness.lift(coder)
        self.blind = False
        self.learner.decided(*self.learner.known())

    def may_lead(self, coder: str) -> bool:
        """Tell whether ``coder`` leads the study."""
        return self.material.lead in {"", coder}

    def hides(self, coder: str, row: int) -> bool:
        """Tell whether suggestions for ``row`` are hidden from ``coder`` until it is done.

        What she has seen once stays in sight, even if she takes it back that it is done.
        """
        return self.draws(row) and not self.log.was_done(coder, row)

    def draws(self, row: int) -> bool:
        """Tell whether ``row`` is one of those that are judged without suggestions."""
        material = self.material
        return is_unaided(material.segments[row].id, material.seed, material.unaided)

    def suggest(self, coder: str, row: int) -> Seen:
        """Return what is suggested for ``row`` by the latest lesson of ``coder``."""
        lesson = self.learner.lesson(coder)
        remembered = self._seen.setdefault((coder, row), {})
        if lesson.number not in remembered:
            found = suggestions_for(lesson.learned, [row], self.material.top)[0]
            scored = lesson.learned.scored
            remembered[lesson.number] = Seen(
                lesson.number,
                scored.sure is not None,
                found,
                scored.score[row].copy(),
                lesson.rank(row),
            )
            while len(remembered) > _REMEMBERED:
                del remembered[min(remembered)]
        return remembered[lesson.number]

    def seen(self, coder: str, row: int, number: object) -> Seen:
        """Return what lesson ``number`` suggested, as a page shows it; else the latest."""
        remembered = self._seen.get((coder, row), {})
        return (
            remembered[number]
            if isinstance(number, int) and number in remembered
            else self.suggest(coder, row)
        )

    def ahead(self, coder: str, row: int, order: Order, code: str = "") -> tuple[int, ...]:
        """Return the passages to be done after ``row``, the next first."""
        done = self.log.done(coder)
        if order == "spoken":
            return following(range(len(self.material.segments)), row, done, _AHEAD)
        lesson = self.learner.lesson(coder)
        if order == "uncertain":
            return following(lesson.uncertain, row, done, _AHEAD)
        # What a code fits best would tell of suggestions that are hidden.
        score = lesson.learned.scored.score
        sequence = by_code(score, self.column.get(code, 0)) if score.shape[1] else ()
        hidden = {other for other in sequence if other not in done and self.hides(coder, other)}
        return following(sequence, row, done | hidden, _AHEAD)

    def decide(self, *decisions: Decision) -> None:
        """Keep ``decisions``, which are on disk when this returns, and learn from them."""
        self.log.add(*decisions)
        self._learn(decisions)

    def _learn(self, decisions: Sequence[Decision]) -> None:
        coders = {decision.coder for decision in decisions}
        if any(decision.joint for decision in decisions) or (decisions and not self.blind):
            coders |= set(self.learner.known())
        self.learner.decided(*sorted(coders))
