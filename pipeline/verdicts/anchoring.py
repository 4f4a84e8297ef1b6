"""Whether suggestions anchor coders: what they decide with suggestions in sight and without.

In a random share of passages suggestions stay hidden until the coder has decided; what the
machine would have suggested is logged all the same. A coder who puts the first suggestion far
more often when it is in sight is led by it. Nothing but what was decided without suggestions
can tell how good they are: which of the hidden ones were put, and which were not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.verdicts.coefficients import quotient
from pipeline.verdicts.decided import DecidedPassage
from pipeline.verdicts.intervals import Coefficient, Resampled, bounded, draw

# A bin of fewer cannot tell a share from chance.
_FEWEST_IN_BIN = 10
_MOST_BINS = 10
# Columns of what is added up over passages.
_PASSAGES, _TOP_1, _TOP_3, _PUT, _PUT_TOP_3 = range(5)


@dataclass(frozen=True, slots=True)
class Side:
    """What a coder did on passages with suggestions in sight, or on those without.

    ``top_1`` is the share of passages on which the first suggestion was put, ``top_3`` that on
    which one of the first three was; ``codes`` how many codes were put on a passage;
    ``from_top_3`` the share of codes put that were among the first three.
    """

    n_passages: int
    n_put: int
    top_1: Coefficient
    top_3: Coefficient
    codes: Coefficient
    from_top_3: Coefficient


@dataclass(frozen=True, slots=True)
class Anchoring:
    """One coder with suggestions and without; ``more_…`` are aided less unaided.

    A ``more_top_1`` whose interval lies above 0 says that seeing suggestions moves the coder.
    """

    coder: str
    aided: Side
    unaided: Side
    more_top_1: Coefficient
    more_top_3: Coefficient
    more_codes: Coefficient
    resampled: Resampled
    seed: int


@dataclass(frozen=True, slots=True)
class ScoreBin:
    """Suggestions of like score, decided unaided: their mean score and how many were right."""

    score: float
    right: float
    n: int


@dataclass(frozen=True, slots=True)
class UnaidedCalibration:
    """How well scores tell what coders put who did not see them.

    ``n`` counts suggestions hidden from who decided, ``n_put`` those whose code was put.
    ``error`` is the mean distance of score and share put over bins of equal numbers, weighed by
    size, 0 to 1, 0 best (Naeini et al. 2015); ``None`` where nothing was hidden.
    """

    n: int
    n_put: int
    error: float | None
    bins: tuple[ScoreBin, ...]


def anchoring(passages: Sequence[DecidedPassage], seed: int) -> tuple[Anchoring, ...]:
    """Return, by coder's name, how decisions differ with suggestions in sight and without."""
    coders = sorted({passage.coder for passage in passages})
    return tuple(_anchoring(c, [p for p in passages if p.coder == c], seed) for c in coders)


def unaided_calibration(passages: Sequence[DecidedPassage]) -> UnaidedCalibration:
    """Return how scores compare with what was decided by coders who did not see them."""
    hidden = sorted((one.score, one.put) for passage in passages for one in passage.hidden)
    bins = _bins(hidden)
    if not hidden:
        return UnaidedCalibration(0, 0, None, bins)
    error = sum(one.n * abs(one.score - one.right) for one in bins) / len(hidden)
    return UnaidedCalibration(len(hidden), sum(put for _, put in hidden), round(error, 9), bins)


def _anchoring(coder: str, passages: Sequence[DecidedPassage], seed: int) -> Anchoring:
    draws = draw([passage.interview for passage in passages], seed)
    seen = np.array([passage.aided for passage in passages])
    counts = np.array([_counts(passage) for passage in passages], float)
    aided, unaided = draws.summed(counts * seen[:, None]), draws.summed(counts * ~seen[:, None])
    more = {
        column: bounded(_rate(aided, column) - _rate(unaided, column), "no_passage")
        for column in (_TOP_1, _TOP_3, _PUT)
    }
    return Anchoring(
        coder,
        _side(aided),
        _side(unaided),
        more[_TOP_1],
        more[_TOP_3],
        more[_PUT],
        draws.resampled,
        seed,
    )


def _counts(passage: DecidedPassage) -> tuple[int, int, int, int, int]:
    put = [d for d in passage.decisions if d.action == "put"]
    ranks = [d.rank for d in put if d.rank is not None]
    top_3 = sum(rank <= 3 for rank in ranks)
    return 1, int(1 in ranks), int(top_3 > 0), len(put), top_3


def _rate(sums: np.ndarray, column: int) -> np.ndarray:
    return quotient(sums[:, column], sums[:, _PASSAGES])


def _side(sums: np.ndarray) -> Side:
    return Side(
        int(sums[0, _PASSAGES]),
        int(sums[0, _PUT]),
        bounded(_rate(sums, _TOP_1), "no_passage"),
        bounded(_rate(sums, _TOP_3), "no_passage"),
        bounded(_rate(sums, _PUT), "no_passage"),
        bounded(quotient(sums[:, _PUT_TOP_3], sums[:, _PUT]), "no_passage"),
    )


def _bins(decided: Sequence[tuple[float, bool]]) -> tuple[ScoreBin, ...]:
    if not decided:
        return ()
    n_bins = max(1, min(_MOST_BINS, len(decided) // _FEWEST_IN_BIN))
    parts = np.array_split(np.array(decided, float), n_bins)
    return tuple(
        ScoreBin(round(float(p[:, 0].mean()), 9), round(float(p[:, 1].mean()), 9), len(p))
        for p in parts
    )
