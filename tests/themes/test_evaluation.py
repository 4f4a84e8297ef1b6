from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.themes.evaluation import (
    FOLDS,
    CodedSet,
    Evaluation,
    Gold,
    draw_examples,
    evaluate,
)
from pipeline.themes.ranking_figures import Scores

CODES = ("소득", "교통", "교육")
# Six interviews of four segments, each segment with one code, the last of each uncoded.
CODED = CodedSet(
    CODES,
    tuple(f"P{row // 4}" for row in range(24)),
    tuple(frozenset() if row % 4 == 3 else frozenset({CODES[row % 3]}) for row in range(24)),
)
MANY = CodedSet(CODES, tuple(f"P{row}" for row in range(60)), (frozenset({"소득"}),) * 60)


class Watching:
    """A method that knows only its examples, and remembers them."""

    def __init__(self, coded: CodedSet) -> None:
        self.coded = coded
        self.taught: list[Gold] = []

    def __call__(self, gold: Gold) -> Scores:
        self.taught.append(gold)
        score = np.zeros((len(self.coded.gold), len(CODES)))
        for row, own in gold.items():
            same = [r for r, name in enumerate(self.coded.interviews) if self.shares(r, row)]
            score[np.ix_(same, [CODES.index(code) for code in own])] += 1
        return Scores(score)

    def shares(self, row: int, other: int) -> bool:
        return self.coded.interviews[row] == self.coded.interviews[other]


def run(coded: CodedSet = CODED, **changes: object) -> tuple[Evaluation, Watching]:
    method = Watching(coded)
    asked = {"examples": (0, 2), "rounds": 2, "seed": 1, "split": "interview"} | changes
    return evaluate(coded, {"gyeol": method}, **asked), method  # pyright: ignore[reportArgumentType]


def test_few_interviews_are_left_out_one_at_a_time() -> None:
    measured, method = run()
    assert measured.folds == 6
    assert (measured.n_segments, measured.n_interviews, measured.n_codings) == (18, 6, 18)
    assert method.taught[0] == {}
    left_out = [
        {f"P{n}" for n in range(6)} - {CODED.interviews[row] for row in gold}
        for gold in method.taught[1:]
    ]
    # Examples need not come from every other interview, but never from the one left out.
    assert len(left_out) == 12
    assert all({f"P{n % 6}"} <= names for n, names in enumerate(left_out))


def test_nothing_is_learned_of_an_interview_that_is_tested() -> None:
    """A method that only knows an interview's own codes does no better than the first code."""
    measured, _ = run()
    (without, taught) = measured.steps
    assert taught.methods["gyeol"].p_1.value == pytest.approx(1 / 3)
    assert without.methods["gyeol"].p_1.value == pytest.approx(1 / 3)


def test_a_random_split_leaks() -> None:
    """Where every interview is about one thing, its other segments give the answer away."""
    about = tuple(frozenset({CODES[int(name[1:]) % 3]}) for name in CODED.interviews)
    coded = CodedSet(CODES, CODED.interviews, about)
    honest, _ = run(coded, examples=(5,), rounds=1)
    flattering, _ = run(coded, examples=(5,), rounds=1, split="random")
    assert (honest.split, flattering.split) == ("interview", "random")
    assert honest.steps[0].methods["gyeol"].p_1.value == pytest.approx(1 / 3)
    assert flattering.steps[0].methods["gyeol"].p_1.value > 0.9


def test_many_interviews_are_dealt_into_folds_and_each_is_tested_once() -> None:
    measured, method = run(MANY, examples=(3,), rounds=1)
    assert measured.folds == FOLDS
    assert len(method.taught) == FOLDS
    assert measured.n_segments == 60
    assert all(len(gold) == 3 for gold in method.taught)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 12), st.integers(0, 2**16))
def test_examples_are_drawn_from_the_rows_given_and_never_twice(k: int, seed: int) -> None:
    rows = [row for row, own in enumerate(CODED.gold) if own and row >= 8]
    drawn = draw_examples(CODED, rows, k, [seed])
    assert set(drawn) <= set(rows)
    assert all(drawn[row] == CODED.gold[row] for row in drawn)
    for code in CODES:
        there = sum(code in CODED.gold[row] for row in rows)
        assert sum(code in own for own in drawn.values()) == min(k, there)


def test_segments_with_several_codes_are_drawn_once_and_teach_all_of_them() -> None:
    both = CodedSet(CODES, ("P0", "P1", "P2"), (frozenset({"소득", "교통"}),) * 3)
    drawn = draw_examples(both, [0, 1, 2], 1, [5])
    assert len(drawn) == 2  # one for either code, as each code has its own
    assert all(own == {"소득", "교통"} for own in drawn.values())


def test_what_figures_rest_on_is_counted() -> None:
    measured, _ = run(examples=(0, 2, 6))
    none, two, six = measured.steps
    assert (none.n_taught, none.n_codings) == (0, 0)
    assert (two.n_taught, two.n_codings, two.n_short) == (6, 6, 0)
    assert six.n_taught == 15  # all that the other five interviews have
    assert six.n_short == 3


def test_the_seed_decides_everything() -> None:
    assert run()[0] == run()[0]
    assert run(examples=(1,))[1].taught != run(examples=(1,), seed=2)[1].taught


def test_a_method_without_examples_may_be_silent_and_the_first_is_compared() -> None:
    perfect = np.array([[code in own for code in CODES] for own in CODED.gold], float)
    methods = {
        "gyeol": lambda _gold: Scores(perfect),
        "linear": lambda gold: Scores(1 - perfect) if gold else None,
    }
    measured = evaluate(CODED, methods, (0, 1), 1, 3, "interview")
    assert set(measured.steps[0].methods) == {"gyeol"}
    assert measured.steps[0].ahead == {}
    # Of three codes all are among the first three: nothing is ahead there.
    assert measured.steps[1].ahead["linear"].value == 0
    assert measured.steps[1].methods["linear"].p_1.value == 0


def test_progress_reaches_its_end() -> None:
    told: list[tuple[int, int]] = []
    evaluate(
        CODED,
        {"gyeol": Watching(CODED)},
        (0, 1),
        2,
        1,
        "interview",
        lambda done, total: told.append((done, total)),
    )
    assert told == [(done, 13) for done in range(1, 14)]


def test_a_single_interview_cannot_be_left_out() -> None:
    alone = dataclasses.replace(CODED, interviews=("P0",) * 24)
    with pytest.raises(ValueError, match="left out"):
        run(alone)
    measured, _ = run(alone, split="random")
    figure = measured.steps[1].methods["gyeol"].p_1
    assert (figure.low, figure.high) == (None, None)  # no interviews to resample
