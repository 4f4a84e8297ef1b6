"""Terms in spoken order written as literals, for the tests of this room."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.mining.spoken import Spoken


def spoken_of(sentences: Sequence[str]) -> Spoken:
    """Return nouns in spoken order, a segment a sentence; all stand next to each other.

    A word that has no tag is a noun.
    """
    said = [
        (row, word if "/" in word else f"{word}/NNG")
        for row, sentence in enumerate(sentences)
        for word in sentence.split()
    ]
    vocabulary = tuple(sorted({word for _, word in said}))
    row = np.array([row for row, _ in said], np.int64)
    joined = np.zeros(len(row), bool)
    joined[1:] = np.diff(row) == 0
    return Spoken(
        vocabulary,
        tuple(f"s{number:02d}" for number in range(len(sentences))),
        np.array([vocabulary.index(word) for _, word in said], np.int64),
        row,
        row,
        joined,
    )
