"""What each coder put on each segment: the table all segment-based agreement is computed from.

A coder who has not looked at a segment has no value there, which is something other than
having looked and put nothing: only the latter says «absent».
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.corpus.codings import codes_of_segments
from pipeline.records import Code, Coding, Segment

MISSING = -1


@dataclass(frozen=True, slots=True)
class Ratings:
    """The codes on every segment at least two coders have looked at.

    ``segments`` and ``interviews`` name the rows, ``coders`` (sorted) the columns;
    ``put[row][column]`` are the codes, ``None`` where the coder has not looked.
    """

    coders: tuple[str, ...]
    segments: tuple[str, ...]
    interviews: tuple[str, ...]
    put: tuple[tuple[frozenset[str] | None, ...], ...]


def rate(
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    looked: Mapping[str, frozenset[str]],
) -> Ratings:
    """Return what the coders in ``looked`` put on the segments two or more of them looked at.

    ``looked`` gives each coder's segments by id. A coding bears on a segment as everywhere
    else: when the two share at least half of the shorter.
    """
    coders = tuple(sorted(looked))
    bears = codes_of_segments(segments, [c for c in codings if c.coder in looked])
    rows: list[tuple[frozenset[str] | None, ...]] = []
    kept: list[Segment] = []
    for segment in segments:
        if sum(segment.id in looked[coder] for coder in coders) < 2:
            continue
        codes = bears.get(segment.id, {})
        kept.append(segment)
        rows.append(
            tuple(
                frozenset(code for code, people in codes.items() if coder in people)
                if segment.id in looked[coder]
                else None
                for coder in coders
            )
        )
    ids, interviews = tuple(s.id for s in kept), tuple(s.interview for s in kept)
    return Ratings(coders, ids, interviews, tuple(rows))


def looked_where_coded(
    segments: Sequence[Segment], codings: Sequence[Coding]
) -> dict[str, frozenset[str]]:
    """Return, for each coder, the segments of the interviews in which she coded anything.

    That is what a file of codings lets one suppose; a log of decisions says it exactly.
    """
    within: dict[str, set[str]] = {}
    for coding in codings:
        within.setdefault(coding.coder, set()).add(coding.interview)
    return {
        coder: frozenset(s.id for s in segments if s.interview in interviews)
        for coder, interviews in sorted(within.items())
    }


class Presence:
    """Ratings as present or absent, a code at a time."""

    def __init__(self, ratings: Ratings) -> None:
        """Gather where each code was put."""
        shape = (len(ratings.segments), len(ratings.coders))
        unseen = [[codes is None for codes in row] for row in ratings.put]
        self._absent = np.where(np.array(unseen, bool).reshape(shape), MISSING, 0)
        self._where: dict[str, list[tuple[int, int]]] = {}
        for row, cells in enumerate(ratings.put):
            for column, codes in enumerate(cells):
                for code in codes or ():
                    self._where.setdefault(code, []).append((row, column))

    def of(self, code: str) -> np.ndarray:
        """Return segments × coders: 1 where put, 0 where not, ``MISSING`` where unseen."""
        found = self._absent.copy()
        rows, columns = np.array(self._where.get(code, []), int).reshape(-1, 2).T
        found[rows, columns] = 1
        return found


def sets_as_values(ratings: Ratings) -> tuple[np.ndarray, tuple[frozenset[str], ...]]:
    """Return segments × coders of numbers that stand for sets of codes, and those sets."""
    found = {codes for row in ratings.put for codes in row if codes is not None}
    sets = tuple(sorted(found, key=sorted))
    number = {codes: at for at, codes in enumerate(sets)}
    values = np.array(
        [[MISSING if codes is None else number[codes] for codes in row] for row in ratings.put],
        dtype=np.int64,
    ).reshape(len(ratings.segments), len(ratings.coders))
    return values, sets


def lifted(codings: Iterable[Coding], codes: Sequence[Code], depth: int) -> tuple[Coding, ...]:
    """Return ``codings`` with each code replaced by its ancestor at ``depth`` (0 is the top).

    A code that does not lie deeper stays what it is.
    """
    known = {code.name: code for code in codes}
    above: dict[str, str] = {}
    for code in codes:
        at = code
        while at.depth > depth and at.parent is not None:
            at = known[at.parent]
        above[code.name] = at.name
    return tuple(dict.fromkeys(replace(c, code=above.get(c.code, c.code)) for c in codings))
