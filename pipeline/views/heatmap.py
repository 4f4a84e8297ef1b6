"""The alignment as a table of cells: codes by topics, shaded by score."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.records import Analysis, Code, Match, Topic
from pipeline.sentences import short
from pipeline.views.lookups import code_paths, leaves

LEVELS = 6
MOST_CODES = 60
_SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A match: its score as text, its shade from 0 (none) to ``LEVELS``, whether p < .05."""

    score: str
    level: int
    significant: bool


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A code and its cells, one a topic; a cell is ``None`` where the two were not compared."""

    code: str
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Rows grouped by the codes above them, and what a reader must know of the whole.

    ``n_compared`` counts the cells shown, ``by_chance`` how many of them would have
    p < .05 if nothing matched, ``n_significant`` how many have.
    """

    topics: tuple[Topic, ...]
    groups: tuple[tuple[tuple[str, ...], tuple[HeatRow, ...]], ...]
    n_shown: int
    n_codes: int
    n_compared: int
    by_chance: int
    n_significant: int


def make_heatmap(analysis: Analysis) -> Heatmap:
    """Return the codes at the ends of the tree with every topic, in the codebook's order.

    Of more than ``MOST_CODES`` codes those with the best scores are kept.
    """
    found = {(match.topic, match.code): match for match in analysis.matches}
    ends = leaves(analysis.codes)
    kept = _best_codes(ends, analysis.matches)
    topics = tuple(sorted(analysis.model.topics, key=lambda topic: topic.id))
    shown = [m for t in topics for c in kept if (m := found.get((t.id, c.name))) is not None]
    highest = max((match.score for match in shown), default=0.0)
    paths = code_paths(analysis.codes)
    groups = tuple(
        (above, tuple(_row(code, topics, found, highest) for code in codes))
        for above, codes in groupby(kept, key=lambda code: paths[code.name][:-1])
    )
    return Heatmap(
        topics=topics,
        groups=groups,
        n_shown=len(kept),
        n_codes=len(ends),
        n_compared=len(shown),
        by_chance=round(len(shown) * _SIGNIFICANT),
        n_significant=sum(match.p_value < _SIGNIFICANT for match in shown),
    )


def _best_codes(codes: Sequence[Code], matches: Sequence[Match]) -> list[Code]:
    if len(codes) <= MOST_CODES:
        return list(codes)
    best: dict[str, float] = {}
    for match in matches:
        best[match.code] = max(match.score, best.get(match.code, -math.inf))
    ranked = sorted(codes, key=lambda c: (-best.get(c.name, -math.inf), c.name))
    chosen = {code.name for code in ranked[:MOST_CODES]}
    return [code for code in codes if code.name in chosen]


def _row(
    code: Code, topics: Sequence[Topic], found: Mapping[tuple[int, str], Match], highest: float
) -> HeatRow:
    matches = (found.get((topic.id, code.name)) for topic in topics)
    return HeatRow(code.name, tuple(_cell(match, highest) if match else None for match in matches))


def _cell(match: Match, highest: float) -> HeatCell:
    # Rounded first: noise in the last digits must not change a shade.
    part = round(match.score / highest, 6) if highest > 0 else 0.0
    level = min(LEVELS, max(0, math.ceil(part * LEVELS)))
    return HeatCell(short(match.score), level, match.p_value < _SIGNIFICANT)
