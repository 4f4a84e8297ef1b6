"""How much more often than expected a topic's coded passages bear a code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

# Codings expected before the deviation from them is believed: a single one proves little.
_DOUBT = 1.0


@dataclass(frozen=True, slots=True)
class CodedPassages:
    """The coded segments, in spoken order.

    ``topics`` is segments × topics, ``codes`` segments × codes (1 where a person put the
    code), ``interviews`` the number of each segment's interview in ``names``.
    """

    topics: np.ndarray
    codes: np.ndarray
    interviews: np.ndarray
    names: tuple[str, ...]


def count_coded(
    topic_weights: np.ndarray,
    codes: Sequence[str],
    interviews: Sequence[str],
    gold: Mapping[int, frozenset[str]],
) -> CodedPassages:
    """Take out of segments × topics the rows that ``gold`` gives codes for."""
    rows = sorted(gold)
    column = {code: index for index, code in enumerate(codes)}
    bears = np.zeros((len(rows), len(codes)))
    for place, row in enumerate(rows):
        for code in gold[row] & column.keys():
            bears[place, column[code]] = 1
    names = tuple(dict.fromkeys(interviews[row] for row in rows))
    number = {name: index for index, name in enumerate(names)}
    own = np.array([number[interviews[row]] for row in rows], int)
    return CodedPassages(topic_weights[rows], bears, own, names)


def lift(coded: CodedPassages, without: str | None = None) -> np.ndarray:
    """Return topics × codes: codings beyond those expected, in their deviations; 0 is as expected.

    Expected is what a topic's coded passages would bear if they were like all coded ones. A
    deviation is the root of what is expected and one more, so that it grows with the number
    of codings (Pearson residual, shrunk).
    """
    topics, codes = coded.topics, coded.codes
    if without in coded.names:
        others = coded.interviews != coded.names.index(without)
        topics, codes = topics[others], codes[others]
    if not len(codes):
        return np.zeros((topics.shape[1], codes.shape[1]))
    expected = np.outer(topics.sum(axis=0), codes.mean(axis=0))
    return (topics.T @ codes - expected) / np.sqrt(expected + _DOUBT)


def rearranged(coded: CodedPassages, rng: np.random.Generator) -> CodedPassages:
    """Return what is coded, laid on other segments.

    Interviews come in another order, and all is moved on by some segments: what one person
    says goes together, and so do codes on neighbouring segments, which must stay so for the
    comparison to be fair.
    """
    if len(coded.codes) < 2:
        return coded
    place = np.argsort(rng.permutation(len(coded.names)))
    order = np.argsort(place[coded.interviews], kind="stable")
    return replace(coded, codes=np.roll(coded.codes[order], rng.integers(len(order)), axis=0))
