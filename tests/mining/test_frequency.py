from __future__ import annotations

import numpy as np
from tiny_terms import terms_of

from pipeline.mining.frequency import score


def test_counts_within_the_group() -> None:
    terms = terms_of(["집/NNG 집/NNG 돈/NNG", "집/NNG", "돈/NNG"])
    assert terms.vocabulary == ("돈/NNG", "집/NNG")
    assert score(terms, np.array([True, True, False])).tolist() == [1, 3]
    assert score(terms, np.array([False, False, False])).tolist() == [0, 0]
