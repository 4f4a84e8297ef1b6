"""Agreement on free spans: where a code begins and ends, not only on which segment it lies.

Krippendorff, K., Mathet, Y., Bouvry, S. and Widlöcher, A. (2016), On the reliability of unitizing
textual continua: further developments, Quality & Quantity 50 (the coefficient uα). Each coder
divides the text into units that carry a value and gaps that carry none; what is observed is
compared with what the same units and gaps would give when laid anywhere, units whole. With
units one character long and no gaps, uα is nominal α.

One coder's codes may overlap, which the paper does not foresee. So each code is taken by itself
(a unit carries it or is a gap), and for all codes together the disagreements are added up over
codes before they are divided, as Krippendorff's α_U of 2004 does. The text of many interviews is
one continuum; no unit crosses from one to the next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.records import Coding, Segment
from pipeline.verdicts.coefficients import quotient

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unitized:
    """One interview's units for one code: spans by coder, each coder's sorted and disjoint.

    ``length`` is that of the text, in characters; spans count into it. Only coders who looked
    at all of it are in ``spans``; who put nothing has none.
    """

    length: int
    spans: Mapping[str, tuple[Span, ...]]


def parts(unitized: Unitized) -> np.ndarray:
    """Return what is added up: characters in units, in gaps, differing, squared unit lengths.

    All zero where fewer than two coders looked.
    """
    coders = len(unitized.spans)
    if coders < 2 or unitized.length == 0:
        return np.zeros(4)
    every = [span for spans in unitized.spans.values() for span in spans]
    if not every:
        return np.array([0.0, coders * unitized.length, 0.0, 0.0])
    inside = sum(end - start for start, end in every)
    squared = sum((end - start) ** 2 for start, end in every)
    differing = _differing(every, coders)
    return np.array([inside, coders * unitized.length - inside, differing, squared], float)


def _differing(spans: Sequence[Span], coders: int) -> float:
    """Return the coincidences of unit and gap: pairs of coders by characters, over coders − 1."""
    steps = sorted([(start, 1) for start, _ in spans] + [(end, -1) for _, end in spans])
    total, covering, before = 0, 0, 0
    for at, step in steps:
        total += covering * (coders - covering) * (at - before)
        covering, before = covering + step, at
    return 2 * total / (coders - 1)


def disagreements(sums: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return observed and expected disagreement out of sums of ``parts`` (resamples × 4).

    Expected is NaN where all units and gaps together could be laid in one way only.
    """
    inside, gaps, differing, squared = sums.T
    total = inside + gaps
    ways = total**2 - squared - gaps
    return differing, quotient(2 * inside * gaps * total, ways)


def alpha_u(sums: np.ndarray) -> np.ndarray:
    """Return uα of one code out of sums of ``parts`` (resamples × 4); NaN where undefined."""
    observed, expected = disagreements(sums)
    return 1 - quotient(observed, np.nan_to_num(expected))


def alpha_u_of_all(sums: np.ndarray) -> np.ndarray:
    """Return uα of all codes together out of sums of ``parts`` (resamples × codes × 4)."""
    observed = np.zeros(len(sums))
    expected = np.zeros(len(sums))
    for code in range(sums.shape[1]):
        seen, chance = disagreements(sums[:, code])
        observed += seen
        expected += np.nan_to_num(chance)
    return 1 - quotient(observed, expected)


class Continuum:
    """The text of one interview that can be coded: its segments, laid end to end."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Take the segments of one interview."""
        merged = merge([(s.start, s.end) for s in segments])
        self._starts = np.array([start for start, _ in merged])
        self._lengths = np.array([end - start for start, end in merged])
        self._before = np.concatenate([[0], np.cumsum(self._lengths)])
        self.length = int(self._before[-1])

    def span(self, start: int, end: int) -> Span | None:
        """Return a span of the interview as one of the continuum, ``None`` if it is outside."""
        laid = self._laid(start), self._laid(end)
        return laid if laid[0] < laid[1] else None

    def _laid(self, at: int) -> int:
        row = int(np.searchsorted(self._starts, at, side="right")) - 1
        if row < 0:
            return 0
        return int(self._before[row] + min(at - self._starts[row], self._lengths[row]))


def merge(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return ``spans`` in order, those that overlap made one; those that touch stay two."""
    merged: list[Span] = []
    for start, end in sorted(set(spans)):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def unitize(
    continua: Mapping[str, Continuum],
    codings: Sequence[Coding],
    coders_of: Mapping[str, Sequence[str]],
    codes: Sequence[str],
) -> dict[str, dict[str, Unitized]]:
    """Return the units of each interview by code: code → interview → units.

    ``coders_of`` gives the coders who looked at all of an interview; others are left out.
    """
    laid: dict[tuple[str, str, str], list[Span]] = {}
    for coding in codings:
        continuum = continua.get(coding.interview)
        span = continuum.span(coding.start, coding.end) if continuum else None
        if span:
            laid.setdefault((coding.code, coding.interview, coding.coder), []).append(span)
    return {
        code: {
            interview: Unitized(
                continuum.length,
                {
                    coder: merge(laid.get((code, interview, coder), ()))
                    for coder in coders_of.get(interview, ())
                },
            )
            for interview, continuum in continua.items()
        }
        for code in codes
    }
