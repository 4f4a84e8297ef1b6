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
# Of more pairs of segment and code, those far down a segment's list are thinned out.
_ENOUGH = 50_000
_COMPETING = 5


def telling_pairs(scores: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Return how many pairs each one stands for in a fit, segments × codes; 0 leaves it out.

    What is coded, and the five codes with the best ``scores`` for a segment, stand for
    themselves. The many that nobody would take for right are much alike: where there are more
    than enough pairs, one in so many stands for all of them, and a fit takes no longer with
    five thousand coded segments than with five hundred.
    """
    thin = max(1, scores.size // _ENOUGH)
    here = np.add.outer(np.arange(len(scores)), np.arange(scores.shape[1]))
    stands_for = np.where(here % thin == 0, float(thin), 0.0)
    if scores.shape[1] > _COMPETING:
        best = np.argpartition(-scores, _COMPETING, axis=1)[:, :_COMPETING]
        np.put_along_axis(stands_for, best, 1.0, axis=1)
    else:
        stands_for[:] = 1.0
    stands_for[labels > 0] = 1.0
    return stands_for


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
    weights = np.array(BEFORE_LEARNING)
    before = weights[0] * nearness + weights[1] * topics + weights[2] * taught
    size = 10 / max(float(before.std()), 1e-9)
    stands_for = telling_pairs(before, labels)
    chosen = stands_for > 0
    views = (size * before, nearness, topics, _TAUGHT_SCALE * taught)
    with threadpool_limits(1, "blas"):
        fitted = LogisticRegression(C=_YIELDING, solver="newton-cholesky").fit(
            np.stack([view[chosen] for view in views], axis=-1),
            labels[chosen] >= 0.5,
            stands_for[chosen],
        )
    total, *own = fitted.coef_[0]
    near, topic, told = total * size * weights + np.array(own) * (1, 1, _TAUGHT_SCALE)
    if near <= 0 or told <= 0:
        return BEFORE_LEARNING
    return Weights(1.0, max(0.0, float(topic / near)), float(told / near))
