"""How much each part of a score counts, learned on interviews held out in turn."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits


class Weights(NamedTuple):
    """What a unit of each part adds to a score, nearness to the codebook's words being one."""

    nearness: float
    topics: float
    taught: float


# Where there are too few coded segments to learn from: topics inherit from the words they are
# made of, and coded segments that make a code more probable by .08 count like one standard
# deviation of nearness.
BEFORE_LEARNING = Weights(1.0, 0.25, 12.0)
# With fewer codings for each code, holding an interview out leaves some codes none at all, and
# what coded segments teach would look worse than it is.
_FEWEST_PER_CODE = 5
# How firmly the weights stay where they are: the larger, the sooner codings move them.
_YIELDING = 0.001
_TAUGHT_SCALE = 10.0
_ENOUGH = 1000


def evenly(n: int) -> np.ndarray:
    """Return at most a thousand of ``n`` rows, evenly spread: enough to fit a few numbers to."""
    return np.unique(np.linspace(0, n - 1, min(n, _ENOUGH)).astype(int))


def learn_weights(
    nearness: np.ndarray, topics: np.ndarray, taught: np.ndarray, labels: np.ndarray
) -> Weights:
    """Return weights for parts of scores, each coded segments × codes, held out.

    Logistic regression of ``labels`` (same shape, 0 or 1) on the parts, drawn toward
    ``BEFORE_LEARNING``: in a ridge penalty what is written large is held back little, so the
    sum by the former weights stands beside the parts at ten times its size.
    """
    used = labels.any(axis=0)
    per_code = labels.sum() / max(1, used.sum())
    if per_code < _FEWEST_PER_CODE or labels.all():
        return BEFORE_LEARNING
    some = evenly(len(labels))
    labels = labels[some]
    parts = np.stack([nearness[some], topics[some], _TAUGHT_SCALE * taught[some]], axis=-1)
    former = np.array(BEFORE_LEARNING) / (1, 1, _TAUGHT_SCALE)
    before = (parts @ former)[..., None]
    given = np.concatenate([before * 10 / max(float(before.std()), 1e-9), parts], axis=-1)
    with threadpool_limits(1, "blas"):
        fitted = LogisticRegression(C=_YIELDING, max_iter=300).fit(
            given.reshape(-1, 4), labels.ravel() >= 0.5
        )
    total, *own = fitted.coef_[0]
    learned = total * 10 / max(float(before.std()), 1e-9) * former + np.array(own)
    if learned[0] <= 0 or learned[2] <= 0:
        return BEFORE_LEARNING
    scale = 1 / learned[0]
    topic_weight = float(max(0.0, learned[1] * scale))
    return Weights(1.0, topic_weight, float(learned[2] * scale * _TAUGHT_SCALE))
