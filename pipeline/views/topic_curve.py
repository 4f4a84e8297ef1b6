"""Numbers of topics that were tried, as a picture: four measures, drawn as SVG by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.records import TopicCount
from pipeline.sentences import short

WIDTH, HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 130, 16, 46
_APART = 17
_GRID = (0.0, 0.25, 0.5, 0.75, 1.0)
MEASURES: tuple[Literal["stability", "exclusivity", "c_v", "npmi"], ...] = (
    "stability",
    "exclusivity",
    "c_v",
    "npmi",
)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure: its line, its dots as (x, y, number of topics, figure), where its name is."""

    measure: str
    line: str
    dots: tuple[tuple[float, float, int, str], ...]
    label_y: float


@dataclass(frozen=True, slots=True)
class TopicCurve:
    """All that is drawn, in pixels of a ``WIDTH`` × ``HEIGHT`` picture.

    ``across`` are the lines of the grid as (y, figure), ``along`` the marks of the axis as
    (x, number of topics, whether it was chosen). ``also`` are the numbers that do better than
    those before and after them, as the chosen one does.
    """

    lines: tuple[MeasureLine, ...]
    across: tuple[tuple[float, str], ...]
    along: tuple[tuple[float, int, bool], ...]
    chosen: TopicCount
    also: tuple[int, ...]
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    top: int = _TOP
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def make_topic_curve(counts: Sequence[TopicCount]) -> TopicCurve | None:
    """Return the measures of ``counts`` as lines; ``None`` where no number was chosen.

    The picture goes from 0 to 1; what lies below (an NPMI may) is drawn at its edge.
    """
    chosen = next((one for one in counts if one.chosen), None)
    if chosen is None:
        return None
    fewest, most = counts[0].count, counts[-1].count

    def x(count: int) -> float:
        share = (count - fewest) / (most - fewest) if most > fewest else 0.5
        return round(_LEFT + 14 + share * (WIDTH - _RIGHT - _LEFT - 28), 1)

    def y(value: float) -> float:
        held = min(1.0, max(0.0, value))
        return round(HEIGHT - _BOTTOM - held * (HEIGHT - _BOTTOM - _TOP), 1)

    lines = []
    for measure in MEASURES:
        values = [(one.count, float(getattr(one, measure))) for one in counts]
        dots = tuple((x(n), y(value), n, short(value)) for n, value in values)
        path = " ".join(f"{across:g},{down:g}" for across, down, _, _ in dots)
        lines.append(MeasureLine(measure, path, dots, dots[-1][1]))
    return TopicCurve(
        _apart(lines),
        tuple((y(value), short(value)) for value in _GRID),
        tuple((x(one.count), one.count, one.chosen) for one in counts),
        chosen,
        tuple(one.count for one in _peaks(counts) if one is not chosen),
    )


def _peaks(counts: Sequence[TopicCount]) -> Iterator[TopicCount]:
    """Yield the numbers tried between two others whose score is above theirs."""
    for before, one, after in zip(counts, counts[1:], counts[2:], strict=False):
        if before.score < one.score > after.score:
            yield one


def _apart(lines: Sequence[MeasureLine]) -> tuple[MeasureLine, ...]:
    """Move names apart that would stand on one another, the lowest line's lowest."""
    free = float(HEIGHT)
    placed: dict[str, float] = {}
    for line in sorted(lines, key=lambda one: -one.label_y):
        placed[line.measure] = free = round(min(line.label_y, free - _APART), 1)
    return tuple(MeasureLine(o.measure, o.line, o.dots, placed[o.measure]) for o in lines)
