"""Groups of segments to compare (by role, district, round, place in the interview), and who spoke."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from pipeline.records import Segment

PARTICIPANT = "participant"
# The interview's first, middle and last third: a grouping that needs no metadata.
THIRDS = "interview_third"
_THIRDS = ("1/3", "2/3", "3/3")
# Fields compared without being asked for, where they have so many values.
USUAL = (
    "role",
    "district",
    "round",
    "date",
    "역할",
    "구분",
    "지역",
    "회차",
    "차수",
    "시기",
    "날짜",
)
FEWEST, MOST = 2, 12


@dataclass(frozen=True, slots=True)
class Grouping:
    """Segments by one field: ``masks`` (over segments) by group, groups in natural order."""

    field: str
    masks: Mapping[str, np.ndarray]


def group_by(segments: Sequence[Segment], field: str) -> Grouping:
    """Return the groups of ``segments`` by the values of ``field``; without a value, in none.

    Natural order: «2회차» before «10회차», dates as they followed.
    """
    values = [segment.fields.get(field, "") for segment in segments]
    said = np.array(values, object)
    names = sorted(set(values) - {""}, key=_natural)
    return Grouping(field, {name: said == name for name in names})


def thirds(segments: Sequence[Segment]) -> Grouping:
    """Return the first, middle and last third of each interview's segments.

    An interview of fewer than three segments has no part in it.
    """
    rows: dict[str, list[int]] = {}
    for row, segment in enumerate(segments):
        rows.setdefault(segment.interview, []).append(row)
    masks = {name: np.zeros(len(segments), bool) for name in _THIRDS}
    for own in rows.values():
        if len(own) >= len(_THIRDS):
            for name, part in zip(_THIRDS, np.array_split(own, len(_THIRDS)), strict=True):
                masks[name][part] = True
    return Grouping(THIRDS, {name: mask for name, mask in masks.items() if mask.any()})


def usual_groupings(segments: Sequence[Segment], clusters: np.ndarray) -> tuple[Grouping, ...]:
    """Return the groupings by the fields of ``USUAL`` that are worth comparing.

    Those with 2 to 12 values, at least one of them of more than one cluster: where everybody
    is a group of their own, there are only people to compare.
    """
    found = (group_by(segments, field) for field in USUAL)
    return tuple(
        one
        for one in found
        if FEWEST <= len(one.masks) <= MOST
        and any(len(np.unique(clusters[mask])) > 1 for mask in one.masks.values())
    )


def find_clusters(segments: Sequence[Segment]) -> np.ndarray:
    """Return a number for each segment: segments that hang together have the same, from 0.

    Segments of one interview hang together, and so do interviews of one participant
    (``fields["participant"]``): what one person says is alike. Two who met in a group
    interview, with all that each says elsewhere, are one cluster.
    """
    interviews = _numbered([segment.interview for segment in segments])
    people = _numbered(
        [segment.fields.get(PARTICIPANT) or f"\0{segment.interview}" for segment in segments]
    )
    n_interviews = int(interviews.max(initial=-1)) + 1
    size = n_interviews + int(people.max(initial=-1)) + 1
    ties = csr_matrix(
        (np.ones(len(segments)), (interviews, n_interviews + people)), shape=(size, size)
    )
    _, part = connected_components(ties, directed=False)
    return _numbered(part[interviews].tolist())


def _numbered(values: Sequence[object]) -> np.ndarray:
    """Return the number of each value, in the order they are first met."""
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    return np.array([numbers[value] for value in values], int)


def _natural(text: str) -> list[tuple[int, int, str]]:
    parts = re.split(r"(\d+)", text)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]
