"""An evaluation of a few segments, for the writers to write."""

from __future__ import annotations

import numpy as np

from pipeline.errors import Lang, Problem
from pipeline.themes.evaluation import CodedSet, Split, evaluate
from pipeline.themes.ranking_figures import Scores
from pipeline.views.evaluation_page import Evaluated


def make_evaluated(
    lang: Lang = "ko",
    *,
    synthetic: bool = False,
    split: Split = "interview",
    odd: str = "소득",
    problems: tuple[Problem, ...] = (),
) -> Evaluated:
    """Three interviews of four segments, two codes (one called ``odd``), three methods."""
    codes = (odd, "교통")
    gold = tuple(frozenset({codes[row % 2]}) for row in range(12))
    coded = CodedSet(codes, tuple(f"P{row // 4}" for row in range(12)), gold)
    right = np.array([[code in own for code in codes] for own in gold], float)
    sure = Scores(0.9 * right, calibrated=True, fits=np.arange(12) % 3 > 0)
    methods = {
        "gyeol": lambda taught: sure if taught else Scores(right),
        "linear": lambda taught: Scores(1 - right) if taught else None,
        "overlap": lambda _taught: Scores(np.zeros((12, 2))),
    }
    measured = evaluate(coded, methods, (0, 1, 3), 2, 7, split)
    return Evaluated(odd, lang, measured, {"gyeol": "0", "kiwi": "1"}, synthetic, problems)
