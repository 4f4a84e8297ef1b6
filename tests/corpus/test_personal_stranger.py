"""Personal data in lines by somebody who had not seen the rules (figures shown with ``-s``).

The lines and labels were frozen before their writer read a rule or another line of the tests. How
they are counted stands in ``privacy_scores``.

First run, before any rule was changed, on «final»: recall .946 for numbers (53 of 56), .867 for
addresses (13 of 15), .750 for names (33 of 44, at precision .943). On «dev»: .907 (49 of 54),
.900 (9 of 10) and .738 (48 of 65, at precision .941). After the rules were mended on «dev» alone,
«final» gave .946, .867 and .795: **these are the held-out figures**. No study's list of names was
given.

Since then the author of the rules has seen both halves and mended the rules on them: what is
printed today is no estimate for unseen text, and the floors, just below it, only guard it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from kiwipiepy import Kiwi
from privacy_scores import HALVES, Line, read_lines, scored

from pipeline.corpus.morphology import load_kiwi
from pipeline.corpus.personal.finds import KINDS

LINES = Path(__file__).with_name("personal_lines_stranger.jsonl")
RECALL_FLOORS = {
    "dev": {"numbers": 0.99, "address": 0.99, "name": 0.98},
    "final": {"numbers": 0.99, "address": 0.99, "name": 0.97},
}


@pytest.fixture(scope="module")
def kiwi() -> Kiwi:
    return load_kiwi(1)


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return read_lines(LINES)


def test_the_lines_are_what_they_should_be(lines: list[Line]) -> None:
    assert len(lines) >= 330
    assert len({line.text for line in lines}) == len(lines)
    assert 0.5 < sum(line.is_private for line in lines) / len(lines) < 0.6
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
    assert score.precision("name") >= 0.93
    assert score.precision("all") >= 0.95
