"""The concordance of a term (KWIC): every place it is said, and how widely it is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.config import Study
from pipeline.flow.corpus import interviews_of
from pipeline.mining.dispersion import normalised
from pipeline.mining.groups import person_of
from pipeline.mining.occurrences import Occurrence
from pipeline.passages import occurrences_of, quote
from pipeline.progress import Silent
from pipeline.records import Interview, Quote, Segment, Terms
from pipeline.runner import Run, Watcher, run_stages
from pipeline.stages import stages_for
from pipeline.views.masked import Stretch

# Characters kept on either side of a term: what a line of a table can hold.
_CONTEXT = 200


@dataclass(frozen=True, slots=True)
class Spread:
    """How widely a term is said: of all interviews and people who speak, how many say it.

    ``dispersion`` is Gries' DP over interviews, normalised (0 evenly, 1 in one alone), ``None``
    where there is one interview; ``largest_share`` (0 to 1) is of the person who says it most.
    """

    count: int
    n_interviews: int
    of_interviews: int
    n_people: int
    of_people: int
    dispersion: float | None
    largest_share: float


@dataclass(frozen=True, slots=True)
class Concordance:
    """The places a term is said at, a quote each with the term marked, and how widely it is."""

    quotes: list[Quote]
    spread: Spread


def find_concordance(study: Study, term: str, watcher: Watcher | None = None) -> Concordance:
    """Return where participants say ``term``, within their turn, masked.

    Raises:
        GyeolError: it is never said; names terms like it.

    """
    run = run_stages(study, stages_for("terms"), watcher or Silent())
    segments: Sequence[Segment] = run.result("segments")
    found = occurrences_of(run, term)
    turns = _turns(interviews_of(run))
    stretches = []
    for one in found:
        segment = segments[one.row]
        first, last = turns[segment.interview, segment.turn]
        start, end = max(first, one.start - _CONTEXT), min(last, one.end + _CONTEXT)
        stretches.append(Stretch(one.row, start, end, ((one.start, one.end),)))
    return Concordance(quote(run, stretches), _spread(run, segments, found))


def _turns(interviews: Sequence[Interview]) -> dict[tuple[str, int], tuple[int, int]]:
    return {(i.id, turn.index): (turn.start, turn.end) for i in interviews for turn in i.turns}


def _spread(run: Run, segments: Sequence[Segment], found: Sequence[Occurrence]) -> Spread:
    terms: Terms = run.result("terms")
    words = np.asarray(terms.counts.sum(axis=1)).ravel()
    said = Counter(segments[one.row].interview for one in found)
    people = Counter(person_of(segments[one.row]) for one in found)
    sizes: Counter[str] = Counter()
    for segment, own in zip(segments, words.tolist(), strict=True):
        sizes[segment.interview] += own
    heard = [name for name in sizes if sizes[name] or said[name]]
    spread = normalised(
        np.array([[said[name]] for name in heard]),
        np.array([float(max(sizes[name], 1)) for name in heard]),
    )
    return Spread(
        len(found),
        len(said),
        len(sizes),
        len(people),
        len({person_of(segment) for segment in segments}),
        None if spread is None else float(spread[0]),
        max(people.values()) / len(found),
    )
