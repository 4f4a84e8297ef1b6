"""How topics and codes lie on each other, with all interviews and with each left out in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records import Match, Topic, TopicModel
from pipeline.themes.alignment import Ground, find_parts

STABLE = 0.9
# Of more interviews no single one carries much; those that say most are left out in turn.
_MOST_LEFT_OUT = 40


@dataclass(frozen=True, slots=True)
class Ties:
    """Which topics and codes go together, each topics × codes.

    ``seldom`` is true where chance gets so far less than one time in twenty, ``hardly`` less
    than one in a hundred. ``weight`` is how much of each topic there is.
    """

    scores: np.ndarray
    seldom: np.ndarray
    hardly: np.ndarray
    weight: np.ndarray


@dataclass(frozen=True, slots=True)
class Laying:
    """The ties of topics and ``codes``, and what a person can read of them.

    ``without`` has the ties by the interview left out: the topics stay as they are, and so do
    the scores that chance reaches. ``stable`` is true for topics that can support a code (see
    ``supporting``). ``bearing`` has
    the rows of segments by the code they bear, ``coded`` all rows that bear any; ``row`` gives
    the row of a segment by its id, ``interviews`` those of the rows.
    """

    model: TopicModel
    codes: tuple[str, ...]
    stable: np.ndarray
    whole: Ties
    p_values: np.ndarray
    without: Mapping[str, Ties]
    bearing: Mapping[str, frozenset[int]]
    coded: frozenset[int]
    row: Mapping[str, int]
    segments: tuple[str, ...]
    interviews: tuple[str, ...]


def lay(
    model: TopicModel,
    codes: Sequence[str],
    matches: Sequence[Match],
    ground: Ground,
    segments: Sequence[str],
    interviews: Sequence[str],
    gold: Mapping[int, frozenset[str]],
) -> Laying:
    """Lay the topics of ``model`` on ``codes``, of which ``matches`` has every pair.

    ``segments`` and ``interviews`` are the ids of the rows, ``gold`` the codes of coded rows.
    """
    found = {(match.topic, match.code): match for match in matches}
    table = [[found[topic.id, code] for code in codes] for topic in model.topics]
    seldom, hardly, p_values = (
        np.array([[getattr(match, name) for match in row] for row in table])
        for name in ("seldom", "hardly", "p_value")
    )
    column = {code: index for index, code in enumerate(ground.codes)}
    chosen = [column[code] for code in codes]
    whole = ground.passages.total.weight

    def ties(without: str | None) -> Ties:
        scores = np.round(find_parts(ground, without).total()[:, chosen], 9)
        own = 0 if without is None else ground.passages.by_interview[without].weight
        return Ties(scores, scores > seldom + 1e-6, scores > hardly + 1e-6, whole - own)

    return Laying(
        model,
        tuple(codes),
        supporting(model.topics),
        ties(None),
        p_values,
        {interview: ties(interview) for interview in ground.passages.by_interview},
        {code: frozenset(row for row, own in gold.items() if code in own) for code in codes},
        frozenset(gold),
        {segment: row for row, segment in enumerate(segments)},
        tuple(segments),
        tuple(interviews),
    )


def choose_left_out(interviews: Sequence[str]) -> tuple[str, ...]:
    """Return the interviews to leave out in turn, sorted: all, or of many the largest.

    ``interviews`` are those of the segments. Where there is only one, none is left out.
    """
    sizes = Counter(interviews)
    if len(sizes) < 2:
        return ()
    largest = sorted(sizes, key=lambda interview: (-sizes[interview], interview))
    return tuple(sorted(largest[:_MOST_LEFT_OUT]))


def supporting(topics: Sequence[Topic]) -> np.ndarray:
    """Return by topic whether it can support a code: those that recur, or all if none does."""
    stable = np.array([is_stable(topic) for topic in topics], bool)
    return stable if stable.any() else np.ones(len(topics), bool)


def is_stable(topic: Topic) -> bool:
    """Tell whether a topic was found in enough resamples, or nobody measured that."""
    return topic.recurrence is None or topic.recurrence >= STABLE
