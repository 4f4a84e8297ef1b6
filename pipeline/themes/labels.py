"""What coders decided, as numbers to learn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# How often a segment of a child code also belongs to the parent, before any is seen: as if
# of two segments one had been.
_SEEN_BEFORE = 1.0


@dataclass(frozen=True, slots=True)
class Labels:
    """The decisions about the segments ``rows``, in rising order.

    ``values`` is rows × codes: 1 coded, 0 not coded, ½ where coders contradict each other.
    ``known`` is a mask of the same shape: of a segment that was never coded, only what was
    rejected is known.
    """

    rows: tuple[int, ...]
    values: np.ndarray
    known: np.ndarray


def find_labels(
    gold: Mapping[int, frozenset[str]],
    rejected: Mapping[int, frozenset[str]],
    codes: Sequence[str],
) -> Labels:
    """Return the labels of rows that are coded (``gold``) or of which codes were rejected.

    A coded segment is known for every code: what its coders left out, they left out.
    """
    column = {code: index for index, code in enumerate(codes)}
    judged = (row for row, names in rejected.items() if names & column.keys())
    rows = tuple(sorted({*gold, *judged}))
    values = np.zeros((len(rows), len(codes)))
    known = np.zeros(values.shape, bool)
    for place, row in enumerate(rows):
        given, refused = gold.get(row, frozenset()), rejected.get(row, frozenset())
        known[place] = row in gold
        for code in refused & column.keys():
            known[place, column[code]] = True
        for code in given & column.keys():
            values[place, column[code]] = 0.5 if code in refused else 1.0
    return Labels(rows, values, known)


def with_parents(values: np.ndarray, parents: Sequence[int | None]) -> np.ndarray:
    """Return ``values`` (rows × codes) where a parent has some part in its children's segments.

    ``parents`` gives each code's parent by index. How large a part is learned: the share of a
    parent's children's segments that carry the parent too, ½ before any is seen. So where
    coders only use the lowest codes parents gain little, and much where they name both.
    """
    gained = values.copy()
    for code in lowest_first(parents):
        parent = parents[code]
        if parent is None:
            continue
        siblings = [other for other, above in enumerate(parents) if above == parent]
        having = values[:, siblings].max(axis=1) > 0
        both = values[having, parent].sum()
        share = (both + _SEEN_BEFORE) / (having.sum() + 2 * _SEEN_BEFORE)
        gained[:, parent] = np.maximum(gained[:, parent], share * gained[:, code])
    return gained


def lowest_first(parents: Sequence[int | None]) -> list[int]:
    """Return the codes, children before parents: a grandparent gains what its child has gained."""
    return sorted(range(len(parents)), key=lambda code: -_depth(code, parents))


def _depth(code: int, parents: Sequence[int | None]) -> int:
    depth, above, passed = 0, parents[code], {code}
    while above is not None and above not in passed:
        passed.add(above)
        depth, above = depth + 1, parents[above]
    return depth
