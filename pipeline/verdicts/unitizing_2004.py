"""Krippendorff's α_U as it was before 2016, for comparison with what earlier papers report.

Krippendorff, K. (1995), On the reliability of unitizing contiguous data, Sociological
Methodology 25; and (2004), Content analysis, 2nd ed., 11.6. Differences of units count by the
squares of how far their ends lie apart, and a unit that lies in a gap of another coder by the
square of its length. With more than two coders it does not behave as meant, which is why the
paper of 2016 put uα in its place (``unitizing``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.verdicts.unitizing import Span, Unitized


def alpha_u_2004(units: Sequence[Unitized]) -> float | None:
    """Return α_U of one continuum; ``units`` are one a code, all of the same coders.

    Disagreements are added up over codes. 1 is perfect, 0 what chance gives; ``None`` where
    fewer than two coders looked or nobody put anything.
    """
    expected = sum(expected_disagreement(one) for one in units)
    if expected <= 0:
        return None
    return 1 - sum(observed_disagreement(one) for one in units) / expected


def end_to_end(
    units: Mapping[str, Mapping[str, Unitized]], coders: Sequence[str]
) -> list[Unitized]:
    """Return one continuum a code out of ``units`` (code → interview → units).

    It is made of the interviews that all of ``coders`` looked at.
    """
    found: list[Unitized] = []
    for own in units.values():
        spans: dict[str, list[Span]] = {coder: [] for coder in coders}
        length = 0
        for one in own.values():
            if set(one.spans) != set(coders):
                continue
            for coder in coders:
                spans[coder] += [(start + length, end + length) for start, end in one.spans[coder]]
            length += one.length
        found.append(Unitized(length, {coder: tuple(laid) for coder, laid in spans.items()}))
    return found


def observed_disagreement(unitized: Unitized) -> float:
    """Return D_o of one code: squared differences over pairs of coders and squared length."""
    coders = list(unitized.spans.values())
    if len(coders) < 2:
        return 0.0
    total = sum(
        _difference(unit, other)
        for at, own in enumerate(coders)
        for there, other in enumerate(coders)
        if at != there
        for unit in own
    )
    return total / (len(coders) * (len(coders) - 1) * unitized.length**2)


def _difference(unit: Span, other: Sequence[Span]) -> float:
    """Return how far ``unit`` differs from what another coder has there.

    Two units that touch are met from either coder's side; a unit in a gap from one side only,
    and so it counts twice.
    """
    touching = [span for span in other if span[0] < unit[1] and unit[0] < span[1]]
    if not touching:
        return 2 * (unit[1] - unit[0]) ** 2
    return sum((start - unit[0]) ** 2 + (end - unit[1]) ** 2 for start, end in touching)


def expected_disagreement(unitized: Unitized) -> float:
    """Return D_e of one code: what its units and gaps give in all the ways they can be laid."""
    n_coders, length = len(unitized.spans), unitized.length
    lengths = [end - start for own in unitized.spans.values() for start, end in own]
    gaps = [gap for own in unitized.spans.values() for gap in _gaps(own, length)]
    if n_coders < 2 or not lengths:
        return 0.0
    total = 0.0
    for own in lengths:
        between_units = (len(lengths) - 1) / 3 * (2 * own**3 - 3 * own**2 + own)
        in_gaps = own**2 * sum(gap - own + 1 for gap in gaps if gap >= own)
        total += between_units + in_gaps
    ways = n_coders * length * (n_coders * length - 1) - sum(own * (own - 1) for own in lengths)
    return 2 * total / (length * ways)


def _gaps(spans: Sequence[Span], length: int) -> list[int]:
    """Return the lengths of what lies between ``spans`` (in order, disjoint)."""
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), length]
    return [start - end for start, end in zip(starts, ends, strict=True) if start > end]
