"""What a method ranked first, and how often that was right: the figures of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.themes.measures import (
    Figure,
    calibration_error,
    mean_over_codes,
    ratio,
    sums_by_group,
)

# R@n and P@n look no further down the ranking, and calibration no further than its third.
_DEEPEST = 5
_TOP = 3


@dataclass(frozen=True, slots=True)
class Scores:
    """What a method says: ``score`` is segments × codes.

    ``calibrated`` tells whether scores are meant as probabilities; ``fits`` is a mask of the
    segments that some code fits, ``None`` where the method does not say.
    """

    score: np.ndarray
    calibrated: bool = False
    fits: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class CodeFigures:
    """One code's figures, over the ``n_segments`` coded with it.

    ``recall_1/3/5``: share of those where the code is among the first 1, 3, 5 (where a
    segment has several codes not all can come first). ``precision_1``: share of right ones
    where it comes first. ``overconfidence``: mean score less the share of right ones where
    it is among the first three and scores are probabilities. ``None``: there are no such.
    """

    code: str
    n_segments: int
    recall_1: float
    recall_3: float
    recall_5: float
    precision_1: float | None
    overconfidence: float | None
    abstained: float | None


@dataclass(frozen=True, slots=True)
class MethodFigures:
    """One method's figures at one number of examples.

    ``macro_1/3/5`` are means over codes of their recalls. ``calibration_error`` is that of
    the first three suggestions, ``None`` where scores are no probabilities. ``abstained`` is
    the share of segments no code is said to fit, ``abstained_rightly`` the share of these
    where none of the first three was right; ``none_right`` is that share of all segments.
    """

    p_1: Figure
    r_3: Figure
    r_5: Figure
    macro_1: Figure
    macro_3: Figure
    macro_5: Figure
    calibration_error: Figure | None
    none_right: Figure
    abstained: Figure | None
    abstained_rightly: Figure | None
    by_code: tuple[CodeFigures, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The first codes of each tested row, as one round found them.

    ``order`` is rows × 5 (or as many as there are codes), best first, ``score`` those of the
    first three; ``calibrated`` and ``says_fits`` tell of each row whether its scores are
    probabilities and whether ``fits`` means anything.
    """

    order: np.ndarray
    score: np.ndarray
    calibrated: np.ndarray
    fits: np.ndarray
    says_fits: np.ndarray


def rank(scores: Scores, rows: np.ndarray) -> Ranked:
    """Return the first codes of ``rows``; equal scores are ranked by the codebook's order."""
    own = scores.score[rows]
    order = np.argsort(-np.round(own, 9), axis=1, kind="stable")[:, :_DEEPEST]
    fits = np.ones(len(rows), bool) if scores.fits is None else scores.fits[rows]
    return Ranked(
        order,
        np.take_along_axis(own, order[:, :_TOP], axis=1),
        np.full(len(rows), scores.calibrated),
        fits,
        np.full(len(rows), scores.fits is not None),
    )


def join_ranked(parts: Sequence[tuple[np.ndarray, Ranked]]) -> Ranked:
    """Return the folds' parts as one round; each comes with the places of its rows."""
    back = np.argsort(np.concatenate([tested for tested, _ in parts]))

    def column(name: str) -> np.ndarray:
        return np.concatenate([getattr(ranked, name) for _, ranked in parts])[back]

    return Ranked(*(column(name) for name in Ranked.__slots__))


def figures_of(
    codes: Sequence[str],
    gold: np.ndarray,
    groups: np.ndarray,
    weights: np.ndarray,
    rounds: Sequence[Ranked],
) -> MethodFigures:
    """Return the figures over ``rounds``, all of the same rows.

    ``gold`` is rows × codes, true where a person coded; no row is empty. ``groups`` numbers
    the rows' interviews, ``weights`` is what ``measures.resample`` gives for them.
    """
    ones = np.ones(len(gold))

    def share(values: Sequence[np.ndarray], of: Sequence[np.ndarray]) -> Figure | None:
        top, bottom = np.sum(values, axis=0).astype(float), np.sum(of, axis=0).astype(float)
        return ratio(weights, groups, top, bottom) if bottom.any() else None

    def average(values: Sequence[np.ndarray]) -> Figure:
        return ratio(weights, groups, np.mean(values, axis=0), ones)

    def macro(n: int) -> Figure:
        found = np.mean([_found(gold, r, n) for r in rounds], axis=0)
        return mean_over_codes(
            weights, sums_by_group(found, groups), sums_by_group(gold.astype(float), groups)
        )

    wrong = [recall_at(gold, r, _TOP) == 0 for r in rounds]
    silent = [r.says_fits & ~r.fits for r in rounds]
    return MethodFigures(
        p_1=average([recall_at(gold, r, 1) for r in rounds]),
        r_3=average([recall_at(gold, r, 3) for r in rounds]),
        r_5=average([recall_at(gold, r, 5) for r in rounds]),
        macro_1=macro(1),
        macro_3=macro(3),
        macro_5=macro(5),
        calibration_error=calibration_error(
            weights,
            [
                (r.score[r.calibrated], _right(gold, r)[r.calibrated, :_TOP], groups[r.calibrated])
                for r in rounds
            ],
        ),
        none_right=average(wrong),
        abstained=share(silent, [r.says_fits for r in rounds]),
        abstained_rightly=share([s & w for s, w in zip(silent, wrong, strict=True)], silent),
        by_code=_by_code(codes, gold, rounds),
    )


def _right(gold: np.ndarray, ranked: Ranked) -> np.ndarray:
    return np.take_along_axis(gold, ranked.order, axis=1)


def recall_at(gold: np.ndarray, ranked: Ranked, n: int) -> np.ndarray:
    """Return R@n of each row, 0 to 1: right ones among the first n, of as many as there could be."""
    return _right(gold, ranked)[:, :n].sum(axis=1) / np.minimum(n, gold.sum(axis=1))


def _among(gold: np.ndarray, ranked: Ranked, n: int) -> np.ndarray:
    """Return rows × codes: whether the code is among the row's first n."""
    among = np.zeros(gold.shape, bool)
    np.put_along_axis(among, ranked.order[:, :n], values=True, axis=1)
    return among


def _found(gold: np.ndarray, ranked: Ranked, n: int) -> np.ndarray:
    return _among(gold, ranked, n) & gold


def _by_code(
    codes: Sequence[str], gold: np.ndarray, rounds: Sequence[Ranked]
) -> tuple[CodeFigures, ...]:
    used = gold.sum(axis=0)
    recalls = [np.mean([_found(gold, r, n).sum(axis=0) for r in rounds], axis=0) for n in (1, 3, 5)]
    first = np.sum([_among(gold, r, 1).sum(axis=0) for r in rounds], axis=0)
    right = np.sum([_found(gold, r, 1).sum(axis=0) for r in rounds], axis=0)
    shown, excess = np.zeros(len(codes)), np.zeros(len(codes))
    says, silent = np.zeros(len(codes)), np.zeros(len(codes))
    for r in rounds:
        top = r.order[r.calibrated, :_TOP]
        np.add.at(shown, top, 1)
        np.add.at(excess, top, r.score[r.calibrated] - _right(gold, r)[r.calibrated, :_TOP])
        says += gold[r.says_fits].sum(axis=0)
        silent += gold[r.says_fits & ~r.fits].sum(axis=0)

    def part(top: np.ndarray, bottom: np.ndarray, code: int) -> float | None:
        return float(top[code] / bottom[code]) if bottom[code] else None

    return tuple(
        CodeFigures(
            code=codes[code],
            n_segments=int(used[code]),
            recall_1=float(recalls[0][code] / used[code]),
            recall_3=float(recalls[1][code] / used[code]),
            recall_5=float(recalls[2][code] / used[code]),
            precision_1=part(right, first, code),
            overconfidence=part(excess, shown, code),
            abstained=part(silent, says, code),
        )
        for code in np.flatnonzero(used).tolist()
    )
