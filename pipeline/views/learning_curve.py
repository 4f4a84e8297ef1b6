"""The learning curve as a picture: R@3 by number of examples, drawn as SVG by hand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.sentences import short
from pipeline.themes.evaluation import Evaluation
from pipeline.themes.measures import Figure

WIDTH, HEIGHT = 720, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 130, 16, 46
_GRID = 0.1
_APART = 17


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A dot and what it says: its place in the picture, the figure behind it."""

    x: float
    y: float
    examples: int
    figure: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A method's line: its dots, the outline of its intervals, where its name stands."""

    method: str
    points: tuple[CurvePoint, ...]
    line: str
    band: str
    label_y: float


@dataclass(frozen=True, slots=True)
class LearningCurve:
    """All that is drawn, in pixels of a ``WIDTH`` × ``HEIGHT`` picture.

    ``across`` are the lines of the grid as (y, figure), ``along`` the marks of the axis as
    (x, number of examples).
    """

    curves: tuple[Curve, ...]
    across: tuple[tuple[float, str], ...]
    along: tuple[tuple[float, int], ...]
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def recall_of(evaluation: Evaluation) -> dict[int, dict[str, Figure]]:
    """Return R@3 by number of examples, then by method: what the curve is drawn from."""
    return {
        step.examples: {name: figures.r_3 for name, figures in step.methods.items()}
        for step in evaluation.steps
    }


def make_curve(recall: Mapping[int, Mapping[str, Figure]]) -> LearningCurve:
    """Return R@3 of every method (``recall`` by number of examples) as lines.

    Numbers of examples stand apart as their logarithms do, so that the first few are seen.
    """
    highest = max(_high(figure) for own in recall.values() for figure in own.values())
    top = min(1.0, math.ceil(round(highest / _GRID, 6)) * _GRID) or _GRID
    most = max(recall)

    def x(examples: int) -> float:
        share = math.log1p(examples) / math.log1p(most) if most else 0.5
        return round(_LEFT + share * (WIDTH - _RIGHT - _LEFT), 1)

    def y(value: float) -> float:
        return round(HEIGHT - _BOTTOM - value / top * (HEIGHT - _BOTTOM - _TOP), 1)

    names = list(dict.fromkeys(name for own in recall.values() for name in own))
    curves = []
    for name in names:
        drawn = [(examples, own[name]) for examples, own in recall.items() if name in own]
        points = tuple(
            CurvePoint(x(examples), y(figure.value), examples, shown_figure(figure))
            for examples, figure in drawn
        )
        outline = [(x(examples), y(_high(figure))) for examples, figure in drawn]
        outline += [(x(examples), y(_low(figure))) for examples, figure in reversed(drawn)]
        line = _path([(point.x, point.y) for point in points])
        curves.append(Curve(name, points, line, _path(outline), points[-1].y))
    grid = round(top / _GRID)
    return LearningCurve(
        _labelled(curves),
        tuple((y(number * _GRID), short(number * _GRID, 1)) for number in range(grid + 1)),
        tuple((x(examples), examples) for examples in recall),
    )


def shown_figure(figure: Figure | None) -> str:
    """Return «.62 [.58–.66]», or a dash where there is none."""
    if figure is None or math.isnan(figure.value):
        return "–"
    value = short(figure.value)
    if figure.low is None or figure.high is None:
        return value
    return f"{value} [{short(figure.low)}–{short(figure.high)}]"


def _high(figure: Figure) -> float:
    return figure.value if figure.high is None else figure.high


def _low(figure: Figure) -> float:
    return figure.value if figure.low is None else figure.low


def _path(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)


def _labelled(curves: Sequence[Curve]) -> tuple[Curve, ...]:
    """Move names apart that would stand on one another, the lowest line's lowest."""
    placed: dict[str, float] = {}
    free = math.inf
    for curve in sorted(curves, key=lambda c: -c.label_y):
        placed[curve.method] = round(min(curve.label_y, free - _APART), 1)
        free = placed[curve.method]
    return tuple(Curve(c.method, c.points, c.line, c.band, placed[c.method]) for c in curves)
