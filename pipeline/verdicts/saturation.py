"""Saturation (포화): whether further interviews still bring codes nobody had made before.

Guest, Namey and Chen (2020), «A simple method to assess and report thematic saturation in
qualitative research», PLOS ONE 15(5), e0232076. It speaks only of codes that people made while
they were coding: with a codebook fixed beforehand the figures mean nothing.

Beyond the paper, ``bands`` shows how much of the curve is due to the order of the interviews.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records import CodebookVersion, Coding, Decision

BASE_SIZES = (4, 5, 6)
RUN_LENGTHS = (2, 3)
THRESHOLDS = (0.05, 0.0)
_ORDERS = 1_000
_COVERED = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Reached:
    """Saturation at one choice of base size, run length and threshold.

    ``ratios`` are, run by run until the threshold was met or the interviews ended, the codes
    new in the run over the codes of the base. ``at`` is the interview (from 1) after which a
    run brought no more than ``threshold``, reported as «at+run»; ``None``: not yet.
    """

    base: int
    run: int
    threshold: float
    n_base: int
    ratios: tuple[float, ...]
    at: int | None


@dataclass(frozen=True, slots=True)
class Bands:
    """Codes known after each interview: in the order given, and over random orders of them.

    ``low`` and ``high`` hold 95 in 100 orders, ``middle`` is their median.
    """

    given: tuple[int, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    n_orders: int


def new_codes(interviews: Sequence[frozenset[str]]) -> tuple[int, ...]:
    """Return how many codes each interview brought that none before it had."""
    known: set[str] = set()
    counts = []
    for codes in interviews:
        counts.append(len(codes - known))
        known |= codes
    return tuple(counts)


def saturation(new: Sequence[int], base: int = 4, run: int = 2, threshold: float = 0.05) -> Reached:
    """Return whether and when saturation was reached, ``new`` codes counted interview by interview.

    Runs overlap: with runs of 2, interviews 5 and 6 are followed by 6 and 7. A base without any
    code has no ratio, and reaches nothing.
    """
    n_base = sum(new[:base])
    ratios: list[float] = []
    if n_base:
        for first in range(base, len(new) - run + 1):
            ratios.append(sum(new[first : first + run]) / n_base)
            if ratios[-1] <= threshold:
                return Reached(base, run, threshold, n_base, tuple(ratios), first)
    return Reached(base, run, threshold, n_base, tuple(ratios), None)


def bands(interviews: Sequence[frozenset[str]], seed: int) -> Bands:
    """Return the curve of codes known, and where it lies when interviews come in other orders."""
    names = sorted(frozenset().union(*interviews))
    has = np.array([[name in codes for name in names] for codes in interviews], bool)
    has = has.reshape(len(interviews), len(names))
    draw = np.random.default_rng(seed)
    curves = np.array(
        [_known(has[draw.permutation(len(interviews))]) for _ in range(_ORDERS)], float
    )
    low, middle, high = np.percentile(curves, (_COVERED[0], 50, _COVERED[1]), axis=0)
    given = tuple(int(count) for count in _known(has))
    return Bands(given, _floats(low), _floats(middle), _floats(high), _ORDERS)


def _floats(row: np.ndarray) -> tuple[float, ...]:
    return tuple(float(value) for value in row)


def _known(has: np.ndarray) -> np.ndarray:
    """Return how many codes (columns) are known after each interview (row)."""
    return np.logical_or.accumulate(has, axis=0).sum(axis=1)


def made_codes(versions: Sequence[CodebookVersion]) -> frozenset[str]:
    """Return the codes people added after the first version, by the names they have now.

    What a split brought is new; a code merged from any that was there at the beginning is not.
    """
    made: set[str] = set()
    for version in versions[1:]:
        for change in () if version.aside else version.changes:
            if change.kind in ("add", "split"):
                made |= set(change.into)
            elif change.kind in ("rename", "merge"):
                new = made.issuperset(change.codes)
                made -= set(change.codes)
                made |= set(change.into) if new else set()
    return frozenset(made)


def coded_in_order(
    decisions: Sequence[Decision], codings: Sequence[Coding], made: frozenset[str]
) -> tuple[frozenset[str], ...]:
    """Return the codes of ``made`` put in each interview, in the order they were first coded."""
    first: dict[str, str] = {}
    for decision in decisions:
        if decision.action in ("put", "done") and decision.interview:
            name = decision.interview
            first[name] = min(first.get(name, decision.time), decision.time)
    put: dict[str, set[str]] = {name: set() for name in first}
    for coding in codings:
        if coding.code in made and coding.interview in put:
            put[coding.interview].add(coding.code)
    return tuple(frozenset(put[name]) for name in sorted(first, key=lambda n: (first[n], n)))
