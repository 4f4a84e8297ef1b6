"""How good suggestions are on interviews that gave no example, beside plain methods.

Of each code some coded segments are drawn as examples; every coded segment of the other
interviews is ranked and compared with what people coded. For that the interviews are dealt
into folds, an interview each where there are few. A fold's segments are ranked by a method
that saw examples out of the other folds alone, so that each segment is tested once a round.
Their text is known to the method, as that of uncoded interviews is in a study; what they
were coded with is not. Rounds deal and draw anew, and their figures are averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pipeline.themes.measures import Figure, ratio, resample
from pipeline.themes.ranking_figures import (
    MethodFigures,
    Ranked,
    Scores,
    figures_of,
    join_ranked,
    rank,
    recall_at,
)

Gold = Mapping[int, frozenset[str]]
Split = Literal["interview", "random"]

# Up to so many interviews are left out one at a time; more are dealt into folds.
MOST_LEFT_OUT_SINGLY = 20
FOLDS = 5


@dataclass(frozen=True, slots=True)
class CodedSet:
    """Segments with their interview and the codes people put on them (empty: uncoded).

    Rows are those of the scores; only coded rows are tested or drawn as examples.
    """

    codes: tuple[str, ...]
    interviews: tuple[str, ...]
    gold: tuple[frozenset[str], ...]


# Codes of the examples, by row, to scores of all rows; ``None`` where it cannot do without.
Method = Callable[[Gold], Scores | None]


@dataclass(frozen=True, slots=True)
class Step:
    """Figures at ``examples`` coded segments per code.

    ``n_taught`` and ``n_codings`` are the coded segments and codings a method learned from,
    ``n_short`` the codes in use with fewer examples than asked for, all averaged over draws.
    ``ahead`` gives by how much the first method's R@3 exceeds each other's, resampled in
    pairs.
    """

    examples: int
    n_taught: float
    n_codings: float
    n_short: float
    methods: Mapping[str, MethodFigures]
    ahead: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured and what it rests on: the coded segments, their interviews, codings."""

    steps: tuple[Step, ...]
    n_segments: int
    n_interviews: int
    n_codings: int
    n_codes: int
    split: Split
    folds: int
    rounds: int
    seed: int


def evaluate(
    coded: CodedSet,
    methods: Mapping[str, Method],
    examples: Sequence[int],
    rounds: int,
    seed: int,
    split: Split,
    advanced: Callable[[int, int], None] = lambda _done, _total: None,
) -> Evaluation:
    """Measure ``methods`` (the first is the one that is to beat the others) on ``coded``.

    ``advanced`` hears how many of how many draws are done.

    Raises:
        ValueError: fewer than two interviews (or segments, of a random split) are coded.
    """
    rows = [row for row, own in enumerate(coded.gold) if own]
    units = [coded.interviews[row] if split == "interview" else str(row) for row in rows]
    if len(set(units)) < 2:
        raise ValueError("nothing can be left out")
    folds = len(_folds(units, seed, 0))
    wanted = sorted(set(examples))
    total = sum(rounds * folds if k else 1 for k in wanted)
    steps, done = [], 0
    for k in wanted:
        ranked: dict[str, list[Ranked]] = {name: [] for name in methods}
        drawn: list[tuple[int, int, int]] = []
        for number in range(rounds if k else 1):
            parts: dict[str, list[tuple[np.ndarray, Ranked]]] = {name: [] for name in methods}
            for tested, gold in _draws(coded, rows, units, k, seed, number):
                drawn.append(_rests_on(coded, gold, k))
                for name, method in methods.items():
                    scores = method(gold)
                    if scores is not None:
                        parts[name].append((tested, rank(scores, np.array(rows)[tested])))
                done += 1
                advanced(done, total)
            for name, found in parts.items():
                if found:
                    ranked[name].append(join_ranked(found))
        steps.append(_step(coded, rows, k, drawn, ranked, seed))
    groups = {coded.interviews[row] for row in rows}
    n_codings = sum(len(coded.gold[row]) for row in rows)
    return Evaluation(
        tuple(steps),
        len(rows),
        len(groups),
        n_codings,
        len(coded.codes),
        split,
        folds,
        rounds,
        seed,
    )


def draw_examples(coded: CodedSet, rows: Sequence[int], k: int, seed: Sequence[int]) -> Gold:
    """Draw up to ``k`` of ``rows`` for each code, none of them twice, with all their codes.

    For a smaller ``k`` and the same seed, the first drawn for a code are mostly the same.
    """
    order = np.random.default_rng(seed).permutation(rows).tolist()
    having: dict[str, list[int]] = {code: [] for code in coded.codes}
    for row in order:
        for code in coded.gold[row]:
            having[code].append(row)
    drawn: dict[int, frozenset[str]] = {}
    for code in coded.codes:
        free = (row for row in having[code] if row not in drawn)
        chosen = [row for row, _ in zip(free, range(k), strict=False)]
        drawn |= {row: coded.gold[row] for row in chosen}
    return drawn


def _folds(units: Sequence[str], seed: int, number: int) -> list[set[str]]:
    """Deal the units; with few of them every fold is one."""
    names = sorted(set(units))
    if len(names) <= MOST_LEFT_OUT_SINGLY:
        return [{name} for name in names]
    mixed = np.random.default_rng([seed, number]).permutation(len(names)).tolist()
    return [{names[place] for place in mixed[fold::FOLDS]} for fold in range(FOLDS)]


def _draws(
    coded: CodedSet, rows: Sequence[int], units: Sequence[str], k: int, seed: int, number: int
) -> Iterator[tuple[np.ndarray, Gold]]:
    """Yield the places in ``rows`` to be tested together, and the examples for them."""
    if not k:
        yield np.arange(len(rows)), {}
        return
    for fold, held_out in enumerate(_folds(units, seed, number)):
        tested = np.array([place for place, unit in enumerate(units) if unit in held_out])
        others = [row for row, unit in zip(rows, units, strict=True) if unit not in held_out]
        yield tested, draw_examples(coded, others, k, [seed, number, fold])


def _rests_on(coded: CodedSet, gold: Gold, k: int) -> tuple[int, int, int]:
    in_use = frozenset().union(*coded.gold)
    uses = [sum(code in own for own in gold.values()) for code in in_use]
    return len(gold), sum(uses), sum(n < k for n in uses)


def _step(
    coded: CodedSet,
    rows: Sequence[int],
    k: int,
    drawn: Sequence[tuple[int, int, int]],
    ranked: Mapping[str, Sequence[Ranked]],
    seed: int,
) -> Step:
    gold = np.array([[code in coded.gold[row] for code in coded.codes] for row in rows])
    groups = np.unique([coded.interviews[row] for row in rows], return_inverse=True)[1]
    weights = resample(int(groups.max()) + 1, seed)
    figures = {
        name: figures_of(coded.codes, gold, groups, weights, rounds)
        for name, rounds in ranked.items()
        if rounds
    }
    recalled = {
        name: np.mean([recall_at(gold, r, 3) for r in ranked[name]], axis=0) for name in figures
    }
    first, *others = figures
    ones = np.ones(len(rows))
    ahead = {
        name: ratio(weights, groups, recalled[first] - recalled[name], ones) for name in others
    }
    taught, codings, short = np.mean(np.array(drawn, float), axis=0).tolist()
    return Step(k, taught, codings, short, figures, ahead)
