"""Personal data in lines by a second writer who had not seen the rules (figures shown with ``-s``).

Lines of interviews as they come, neither hard nor easy on purpose; longer than the first
stranger's set, with more addresses. Lines and labels were frozen before their writer read a rule,
another line of the tests or a result. How they are counted stands in ``privacy_scores``.

First run, before any rule was changed, on «final»: recall .939 for numbers (77 of 82), .895 for
addresses (34 of 38), .731 for names (57 of 78, at precision .983). On «dev»: .900 (63 of 70),
.865 (32 of 37) and .719 (69 of 96, at precision .908). No study's list of names was given.

After the rules were mended with «dev» in sight, «final» still unseen: .951 for numbers (precision
.987), .921 for addresses (.973), .846 for names (.957). The floors lie just below.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from kiwipiepy import Kiwi
from privacy_scores import GROUPS, HALVES, Line, read_lines, scored

from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.personal.finds import KINDS

LINES = Path(__file__).with_name("personal_lines_second.jsonl")
LEAST_LABELS = {"numbers": 150, "address": 70, "name": 150}
RECALL_FLOORS = {
    "dev": {"numbers": 0.99, "address": 0.99, "name": 0.98},
    "final": {"numbers": 0.94, "address": 0.91, "name": 0.83},
}
PRECISION_FLOORS = {
    "dev": {"numbers": 0.98, "address": 0.98, "name": 0.96, "all": 0.97},
    "final": {"numbers": 0.97, "address": 0.95, "name": 0.94, "all": 0.96},
}


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return read_lines(LINES)


def test_the_lines_are_what_they_should_be(lines: list[Line]) -> None:
    assert len(lines) >= 450
    assert len({line.text for line in lines}) == len(lines)
    assert 0.45 < sum(line.is_private for line in lines) / len(lines) < 0.55
    labels = Counter(label.kind for line in lines for label in line.labels if not label.public)
    for group, least in LEAST_LABELS.items():
        assert sum(labels[kind] for kind in GROUPS[group]) >= least, group
    for half in HALVES:
        kinds = {label.kind for line in lines if line.half == half for label in line.labels}
        assert kinds == set(KINDS) - {"indirect"}


@pytest.mark.parametrize("half", HALVES)
def test_recall_and_precision(half: str, lines: list[Line], kiwi: Kiwi) -> None:
    score = scored((line for line in lines if line.half == half), kiwi)
    # Shown with -s.
    sys.stdout.write(score.table(half))
    for group, floor in RECALL_FLOORS[half].items():
        assert score.recall(group) >= floor, group
    for group, floor in PRECISION_FLOORS[half].items():
        assert score.precision(group) >= floor, group
