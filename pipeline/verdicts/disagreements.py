"""Where coders disagree, the dearest first: what to sit down over together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from pipeline.verdicts.masi import masi_distance
from pipeline.verdicts.ratings import Ratings


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A segment on which coders put different sets of codes.

    ``codes`` gives each coder's who has looked, sorted; ``disputed`` are codes that some put and
    some did not. ``cost`` is the mean MASI distance over pairs of coders, above 0, at most 1:
    what the segment takes away from the agreement on sets.
    """

    segment: str
    interview: str
    codes: Mapping[str, tuple[str, ...]]
    disputed: tuple[str, ...]
    cost: float


def disagreements(ratings: Ratings) -> tuple[Disagreement, ...]:
    """Return every segment coders disagree on, by falling cost, then as spoken."""
    found: list[Disagreement] = []
    for segment, interview, row in zip(
        ratings.segments, ratings.interviews, ratings.put, strict=True
    ):
        seen = {c: codes for c, codes in zip(ratings.coders, row, strict=True) if codes is not None}
        apart = [masi_distance(one, other) for one, other in combinations(seen.values(), 2)]
        if not any(apart):
            continue
        disputed = frozenset().union(*seen.values()) - frozenset.intersection(*seen.values())
        codes = {coder: tuple(sorted(codes)) for coder, codes in seen.items()}
        cost = round(sum(apart) / len(apart), 9)
        found.append(Disagreement(segment, interview, codes, tuple(sorted(disputed)), cost))
    return tuple(sorted(found, key=lambda one: -one.cost))


@dataclass(frozen=True, slots=True)
class CodeDispute:
    """A code and how often it is disputed: on ``n_segments``, of which ``segments`` are the ids.

    ``instead`` are codes that other coders put where one put this one, the most frequent first,
    with how often: candidates for a clearer line between two definitions.
    """

    code: str
    n_segments: int
    segments: tuple[str, ...]
    instead: tuple[tuple[str, int], ...]


def disputes(found: tuple[Disagreement, ...]) -> tuple[CodeDispute, ...]:
    """Return the codes in ``found`` by how often they are disputed, then by name."""
    places: dict[str, list[str]] = {}
    instead: dict[str, dict[str, int]] = {}
    for one in found:
        for code in one.disputed:
            places.setdefault(code, []).append(one.segment)
            for other in _put_instead(one, code):
                counts = instead.setdefault(code, {})
                counts[other] = counts.get(other, 0) + 1
    return tuple(
        CodeDispute(code, len(segments), tuple(segments), _most(instead.get(code, {})))
        for code, segments in sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _put_instead(one: Disagreement, code: str) -> set[str]:
    """Return the disputed codes put by coders who did not put ``code``."""
    without = [codes for codes in one.codes.values() if code not in codes]
    return {other for codes in without for other in codes if other in one.disputed}


def _most(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
