"""What the report shows of groups: a chart a column, of dots with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.mining.prevalence import FEWEST
from pipeline.records import Analysis, Prevalence
from pipeline.sentences import short
from pipeline.views.group_tables import in_order, shown_group
from pipeline.views.groups_wording import field_word
from pipeline.views.text_columns import width_of

# A chart longer than this is leafed through, not read.
_MOST_LINES = 64
_FEWEST_ITEMS = 3
# Fewer participants, and the page says in plain words what so few can tell.
_FEW = 30
WIDTH, LEFT, RIGHT = 760, 190, 740
_HEAD, _LINE, _GAP, _FOOT = 26, 21, 12, 30
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
_MOST_TICKS = 6
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Line:
    """One group of one item: places in the picture; no interval is ``None``."""

    label: str
    y: float
    x: float
    low: float | None
    high: float | None
    lowest: float
    highest: float
    said: str
    apart: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One topic or code, headed by its name at ``y``."""

    label: str
    y: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """The topics or the codes of one column; ``ticks`` are ``(x, figure)``."""

    field: str
    called: str
    kind: str
    items: tuple[Item, ...]
    n_items: int
    ticks: tuple[tuple[float, str], ...]
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT


@dataclass(frozen=True, slots=True)
class GroupsPart:
    """The charts, and how many spoke; ``few`` where they are too few to say much of groups."""

    charts: tuple[Chart, ...]
    n_interviews: int
    n_participants: int
    few: bool
    fewest: int = FEWEST


def groups_part(analysis: Analysis) -> GroupsPart | None:
    """Return what to show; nothing where no groups were compared."""
    found = in_order(analysis)
    if not any(row.field for row in found):
        return None
    keys = dict.fromkeys((row.field, row.kind) for row in found if row.field)
    charts = [
        _chart(analysis, [row for row in found if (row.field, row.kind) == key]) for key in keys
    ]
    whole = [row for row in found if not row.field]
    n_participants = max(row.n_participants for row in whole)
    return GroupsPart(
        tuple(sorted(charts, key=lambda chart: [key[0] for key in keys].index(chart.field))),
        len(analysis.interviews),
        n_participants,
        n_participants < _FEW,
    )


def _chart(analysis: Analysis, rows: Sequence[Prevalence]) -> Chart:
    """Draw the items that take up most, as many as a chart can hold, in the table's order."""
    by_item: dict[str, list[Prevalence]] = {}
    for row in rows:
        by_item.setdefault(row.item, []).append(row)
    room = max(_FEWEST_ITEMS, _MOST_LINES // max(map(len, by_item.values())))
    most = sorted(by_item, key=lambda item: -max(row.value for row in by_item[item]))[:room]
    shown = {item: own for item, own in by_item.items() if item in most}
    # What single participants said may be off the chart; dots and intervals may not.
    top = max(max(row.value, row.high or 0) for own in shown.values() for row in own) or 1.0
    step = next((s for s in _STEPS if top / s <= _MOST_TICKS), _STEPS[-1])
    top = min(1.0, step * -(-top // step))

    def at(share: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * min(share, top) / top, 1)

    labels = {str(topic.id): f"{topic.id} {topic.label}" for topic in analysis.model.topics}
    items, y = [], 0.0
    for item, own in shown.items():
        head = y + _HEAD - 8
        lines = tuple(
            Line(
                label=_cut(shown_group(row, analysis.lang), _LONGEST),
                y=y + _HEAD + _LINE * (number + 0.5),
                x=at(row.value),
                low=None if row.low is None else at(row.low),
                high=None if row.high is None else at(row.high),
                lowest=at(row.lowest),
                highest=at(row.highest),
                said=_said(row, analysis),
                apart=_is_apart(row),
            )
            for number, row in enumerate(own)
        )
        name = labels.get(item, item) if own[0].kind == "topic" else item
        items.append(Item(_cut(name, 3 * _LONGEST), head, lines))
        y += _HEAD + _LINE * len(own) + _GAP
    n_ticks = round(top / step)
    ticks = tuple((at(step * tick), f"{step * tick:.0%}") for tick in range(n_ticks + 1))
    return Chart(
        rows[0].field,
        field_word(rows[0].field, analysis.lang),
        rows[0].kind,
        tuple(items),
        len(by_item),
        ticks,
        int(y) + _FOOT,
    )


def _said(row: Prevalence, analysis: Analysis) -> str:
    bounds = "" if row.low is None or row.high is None else f" ({short(row.low)}–{short(row.high)})"
    return (
        f"{shown_group(row, analysis.lang)}: {short(row.value)}{bounds}, n = {row.n_participants}"
    )


def _is_apart(row: Prevalence) -> bool:
    """Tell whether 0 lies outside the interval of the difference from the others."""
    low, high = row.difference_low, row.difference_high
    return low is not None and high is not None and not low <= 0 <= high


def _cut(text: str, most: int) -> str:
    """Return ``text`` in at most ``most`` columns on screen."""
    if width_of(text) <= most:
        return text
    while width_of(text) > most - 1:
        text = text[:-1]
    return f"{text}…"
