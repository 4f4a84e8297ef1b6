"""Scores that mean something: probabilities, thresholds and sets fitted to held-out interviews."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, logsumexp
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

# Below this many codings, a curve has nothing to be fitted to.
_FEWEST_CODINGS = 10
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
        """Return the log odds of ``scores`` (segments × codes), in the order of the scores."""
        return self.height * scores + self.lead * _lead(scores, self.sharpness) + self.start


def fit_curve(scores: np.ndarray, labels: np.ndarray) -> Curve | None:
    """Fit a curve to held-out ``scores`` and ``labels`` (both segments × codes; 0 or 1).

    Returns:
        ``None`` where too few are coded, or where a higher score does not go with the label.
    """
    if labels.sum() < _FEWEST_CODINGS or labels.all():
        return None
    right = labels.ravel() >= 0.5
    with threadpool_limits(1, "blas"):
        plain = LogisticRegression(C=1e3).fit(scores.reshape(-1, 1), right)
        sharpness = float(plain.coef_[0, 0])
        if sharpness <= 0:
            return None
        both = np.stack([scores, _lead(scores, sharpness)], axis=-1)
        fitted = LogisticRegression(C=1e3).fit(both.reshape(-1, 2), right)
    height, lead = (float(slope) for slope in fitted.coef_[0])
    if height + sharpness * lead <= 0:
        return Curve(sharpness, 0.0, sharpness, float(plain.intercept_[0]))
    return Curve(height, lead, sharpness, float(fitted.intercept_[0]))


def _lead(scores: np.ndarray, sharpness: float) -> np.ndarray:
    competing = sharpness * scores
    return competing - logsumexp(competing, axis=1, keepdims=True)


def correct_priors(coded: np.ndarray, uncoded: np.ndarray, n_codings: float) -> np.ndarray:
    """Return the log odds of ``uncoded`` segments, corrected for how often codes are used there.

    ``coded`` and ``uncoded`` are log odds, segments × codes. Coded passages are chosen: rare
    codes stand among them more often than among all that is said. How often each code is used
    elsewhere is estimated from the probabilities themselves (Saerens, Latinne and Decaestecker
    2002), a few rounds and only in part, the more the more ``n_codings`` there are a code.
    """
    if len(uncoded) < _FEWEST_UNCODED or not len(coded):
        return uncoded
    before = _prior(coded)
    trust = n_codings / (n_codings + _CODINGS_PER_CODE)
    corrected = uncoded
    for _ in range(_ROUNDS):
        corrected = uncoded + trust * (_prior(corrected) - before)
    return corrected


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


def set_threshold(probability: np.ndarray, labels: np.ndarray, level: float) -> float:
    """Return the score above which codes make up a set that holds a right one at ``level``.

    Split conformal prediction (Vovk, Gammerman and Shafer 2005) with the best right code of
    each coded segment as its conformity, taken while its interview was held out: of ``n``
    coded segments and one more, exchangeable with them, the ⌊(n + 1)(1 − level)⌋-th lowest is
    passed by the new one at least as often as ``level``. With too few segments for the level
    the set is every code (threshold 0).
    """
    has_code = labels.max(axis=1, initial=0) > 0
    best = np.where(labels[has_code] > 0, probability[has_code], 0).max(axis=1, initial=0)
    rank = int((len(best) + 1) * (1 - level))
    return float(np.sort(best)[rank - 1]) if rank else 0.0
