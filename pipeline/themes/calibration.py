"""Scores that mean something: probabilities, thresholds and sets fitted to held-out interviews."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, logsumexp
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from pipeline.themes.weighing import telling_pairs

# Below this many codings, a curve has nothing to be fitted to.
_FEWEST_CODINGS = 10
_BEST = 5
# How often codes are used among segments nobody coded is read off their own scores. That is
# believed as much as how often they were coded once each code has this many codings.
_CODINGS_PER_CODE = 3
_ROUNDS = 2
_FEWEST_UNCODED = 30
_RAREST, _MOST_FREQUENT = 1e-3, 0.95


@dataclass(frozen=True, slots=True)
class Curve:
    """What makes a probability of a score: its own height, and its lead over the other codes.

    Where segments carry one code each, a second good code makes the first less probable; where
    they carry many, it does not. Which of the two it is, the curve learns: ``height`` and
    ``lead`` are the slopes, ``sharpness`` how strongly codes compete.
    """

    height: float
    lead: float
    sharpness: float
    start: float

    def log_odds(self, scores: np.ndarray) -> np.ndarray:
        """Return the log odds of ``scores`` (segments × codes); within a segment they keep order."""
        return self.height * scores + self.lead * _lead(scores, self.sharpness) + self.start


def fit_curve(scores: np.ndarray, labels: np.ndarray) -> Curve | None:
    """Fit a curve to held-out ``scores`` and ``labels`` (both segments × codes; 0 or 1).

    Returns:
        ``None`` where too few are coded, or where a higher score does not go with the label.
    """
    if labels.sum() < _FEWEST_CODINGS or labels.all():
        return None
    stands_for = telling_pairs(scores, labels)
    chosen = stands_for > 0
    with threadpool_limits(1, "blas"):
        plain = LogisticRegression(C=1e3, solver="newton-cholesky").fit(
            scores[chosen][:, None], labels[chosen] >= 0.5, stands_for[chosen]
        )
        sharpness = float(plain.coef_[0, 0])
        if sharpness <= 0:
            return None
        both = np.stack([scores, _lead(scores, sharpness)], axis=-1)
        # Where a person looks: among hundreds of codes those far down would decide the curve.
        best = np.argsort(-scores, axis=1, kind="stable")[:, :_BEST]
        shown = np.take_along_axis(labels, best, axis=1).ravel() >= 0.5
        if shown.all() or not shown.any():
            return None
        seen = np.take_along_axis(both, best[..., None], axis=1).reshape(-1, 2)
        fitted = LogisticRegression(C=1e3, solver="newton-cholesky").fit(seen, shown)
    height, lead = (float(slope) for slope in fitted.coef_[0])
    if height + sharpness * lead <= 0:
        return Curve(sharpness, 0.0, sharpness, float(plain.intercept_[0]))
    return Curve(height, lead, sharpness, float(fitted.intercept_[0]))


def _lead(scores: np.ndarray, sharpness: float) -> np.ndarray:
    competing = sharpness * scores
    return competing - logsumexp(competing, axis=1, keepdims=True)


def prior_shift(coded: np.ndarray, uncoded: np.ndarray, n_codings: float) -> np.ndarray:
    """Return by how much more often each code is used among uncoded segments, in log odds.

    ``coded`` and ``uncoded`` are log odds, segments × codes. Coded passages are chosen: rare
    codes stand among them more often than among all that is said. How often each code is used
    elsewhere is estimated from the probabilities themselves (Saerens, Latinne and Decaestecker
    2002), a few rounds and only in part, the more the more ``n_codings`` there are a code.
    """
    shift = np.zeros(coded.shape[1])
    if len(uncoded) < _FEWEST_UNCODED or not len(coded):
        return shift
    before = _prior(coded)
    trust = n_codings / (n_codings + _CODINGS_PER_CODE)
    for _ in range(_ROUNDS):
        shift = trust * (_prior(uncoded + shift) - before)
    return shift


def _prior(log_odds: np.ndarray) -> np.ndarray:
    return logit(np.clip(expit(log_odds).mean(axis=0), _RAREST, _MOST_FREQUENT))


def find_threshold(probability: np.ndarray, labels: np.ndarray, precision: float) -> float | None:
    """Return the lowest score from which suggestions were right as often as ``precision``.

    ``probability`` and ``labels`` are held-out scores and whether they were right, of any
    shape; ``None`` where no threshold reaches it.
    """
    order = np.argsort(-probability, axis=None, kind="stable")
    scores, right = probability.ravel()[order], labels.ravel()[order]
    reached = np.cumsum(right) / np.arange(1, len(right) + 1) >= precision
    # Of equal scores all are suggested or none.
    reached &= np.append(scores[1:] < scores[:-1], True)
    return float(scores[reached].min()) if reached.any() else None


def set_threshold(
    probability: np.ndarray, labels: np.ndarray, shift: np.ndarray, level: float
) -> float:
    """Return the score from which codes make up a set that holds a right one at ``level``.

    Conformal prediction (Vovk, Gammerman and Shafer 2005), the best right code of each coded
    segment being its conformity, taken while its interview was held out. Segments count by
    how much more often their codes are used where nobody coded (``shift``, log odds by code;
    Podkopaev and Ramdas 2021). ``probability`` has the shift in it already. Half a standard
    error is added to the level: it should hold for this study, not for studies on average.
    With too few segments for the level the set is every code (threshold 0).
    """
    right = labels > 0
    has_code = right.any(axis=1)
    if not has_code.any():
        return 0.0
    best = np.where(right, probability, 0).max(axis=1)[has_code]
    oftener = np.where(right, np.exp(shift), 0).sum(axis=1)
    weights = (oftener / np.maximum(1, right.sum(axis=1)))[has_code]
    total = weights.sum() + weights.max()
    error = np.sqrt(level * (1 - level) * (weights**2).sum()) / weights.sum()
    order = np.argsort(best, kind="stable")
    passed = np.cumsum(weights[order]) <= (1 - level - error / 2) * total + 1e-12
    return float(best[order][passed.sum() - 1]) if passed.any() else 0.0
