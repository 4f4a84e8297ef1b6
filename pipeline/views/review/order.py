"""In which order passages come: as spoken, the most telling first, or by a code."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, get_args

import numpy as np
from scipy.special import entr

from pipeline.themes.features import Features

Order = Literal["spoken", "uncertain", "code"]
ORDERS: tuple[Order, ...] = get_args(Order)

_BEST = 5
# So many of the most uncertain passages are told apart; nobody decides more before all is
# learned anew.
_TOLD_APART = 150
_PICKED = 40


def by_uncertainty(
    score: np.ndarray, features: Features, coded: Collection[int]
) -> tuple[int, ...]:
    """Return all rows, first those whose best codes are neither likely nor unlikely.

    ``score`` is segments × codes, 0 to 1. A passage counts less the more it is like one that
    comes before it: ten near-duplicates would teach what one does. Rows in ``coded`` come last.
    """
    few = min(_BEST, score.shape[1])
    best = np.clip(np.partition(score, -few, axis=1)[:, -few:], 0, 1) if few else score
    uncertainty = (entr(best) + entr(1 - best)).mean(axis=1) if best.size else np.zeros(len(score))
    is_coded = np.zeros(len(score), bool)
    is_coded[list(coded)] = True
    order = np.lexsort((np.arange(len(score)), -np.round(uncertainty, 9), is_coded))
    first = [row for row in order[:_TOLD_APART].tolist() if not is_coded[row]]
    picked = _told_apart(uncertainty[first], features.likeness(first, first)) if first else []
    chosen = [first[place] for place in picked]
    seen = set(chosen)
    return (*chosen, *(row for row in order.tolist() if row not in seen))


def _told_apart(uncertainty: np.ndarray, alike: np.ndarray) -> list[int]:
    own = np.sqrt(np.maximum(np.diag(alike), 1e-12))
    alike = alike / np.outer(own, own)
    left = uncertainty.copy()
    nearest = np.zeros(len(left))
    picked: list[int] = []
    for _ in range(min(_PICKED, len(left))):
        worth = left * (1 - np.clip(nearest, 0, 1))
        worth[picked] = -1
        best = int(np.argmax(np.round(worth, 9)))
        picked.append(best)
        nearest = np.maximum(nearest, alike[best])
    return picked


def by_code(score: np.ndarray, code: int) -> tuple[int, ...]:
    """Return all rows, first those the code with index ``code`` seems to fit best."""
    return tuple(np.argsort(-np.round(score[:, code], 9), kind="stable").tolist())


def following(
    sequence: Sequence[int], row: int, done: Collection[int], most: int
) -> tuple[int, ...]:
    """Return up to ``most`` rows not done that come after ``row``, then those before it."""
    place = sequence.index(row) if row in sequence else -1
    turned = (*sequence[place + 1 :], *sequence[: max(place, 0)])
    found = []
    for other in turned:
        if other not in done and other != row:
            found.append(other)
            if len(found) == most:
                break
    return tuple(found)
