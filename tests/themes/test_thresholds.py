from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Threshold, Thresholds
from pipeline.themes.thresholds import choose_thresholds, is_above, methods_text

CODES = ("소득", "교통", "건강", "이웃")


def scores_of(n: int, right_from: float) -> tuple[np.ndarray, dict[int, frozenset[str]]]:
    """Return ``n`` rows whose first code scores 0.99, 0.98, … and is right from a height on."""
    score = np.full((n, len(CODES)), 0.01)
    score[:, 0] = 0.99 - np.arange(n) / 100
    gold = {row: frozenset({"소득" if score[row, 0] >= right_from else "이웃"}) for row in range(n)}
    return score, gold


def test_the_lowest_score_that_reaches_the_precision() -> None:
    score, gold = scores_of(40, right_from=0.80)
    strict = choose_thresholds(score, gold, CODES, 1.0)
    # 20 suggestions are right and no more: the first codes from .99 down to .80.
    assert strict.overall.score == pytest.approx(0.80)
    assert (strict.overall.n_tried, strict.overall.n_above) == (120, 20)
    assert strict.n_segments == 40
    loose = choose_thresholds(score, gold, CODES, 0.8)
    assert loose.overall.score == pytest.approx(0.75)
    assert loose.overall.n_above == 25


def test_a_code_with_twenty_codings_has_its_own() -> None:
    score, gold = scores_of(40, right_from=0.80)
    chosen = choose_thresholds(score, gold, CODES, 0.9)
    assert [one.code for one in chosen.by_code] == ["소득", "이웃"]
    # «이웃» is never among the first three, so that there is nothing to choose from.
    assert chosen.by_code[1] == Threshold("이웃", None, 0, 0)
    assert is_above(chosen, "소득", 0.95) is True
    assert is_above(chosen, "이웃", 0.99) is False
    assert is_above(chosen, "교통", 0.95) is True  # by the threshold of all codes


def test_nothing_reaches_it() -> None:
    score, gold = scores_of(40, right_from=1.0)
    chosen = choose_thresholds(score, gold, CODES, 0.9)
    assert chosen.overall == Threshold(None, None, 120, 0)
    assert is_above(chosen, "소득", 0.999) is False


def test_a_handful_of_lucky_suggestions_is_no_threshold() -> None:
    score, gold = scores_of(40, right_from=0.95)
    assert choose_thresholds(score, gold, CODES, 1.0).overall.score is None


def test_nothing_held_out_nothing_told() -> None:
    chosen = choose_thresholds(np.zeros((3, 4)), {}, CODES, 0.9)
    assert chosen == Thresholds(0.9, 0, Threshold(None, None, 0, 0))
    assert is_above(chosen, "소득", 0.9) is None
    assert is_above(None, "소득", 0.9) is None
    assert methods_text(chosen) == {"ko": "", "en": ""}


def test_codes_that_the_codebook_lacks_are_no_hits() -> None:
    score, _ = scores_of(40, right_from=0)
    chosen = choose_thresholds(
        score, {row: frozenset({"없는 코드"}) for row in range(40)}, CODES, 0.5
    )
    assert (chosen.overall.score, chosen.by_code) == (None, ())


def test_the_methods_paragraph_says_what_was_used() -> None:
    score, gold = scores_of(40, right_from=0.80)
    said = methods_text(choose_thresholds(score, gold, CODES, 0.75))
    assert "0.75" in said["ko"] and "40개" in said["ko"] and "0.75" in said["en"]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 1))
def test_what_is_at_or_above_is_as_precise_as_asked(seed: int, precision: float) -> None:
    rng = np.random.default_rng(seed)
    score = rng.random((60, 4)).round(2)
    gold = {row: frozenset({CODES[int(rng.integers(4))]}) for row in range(60)}
    found = choose_thresholds(score, gold, CODES, precision).overall
    if found.score is None:
        return
    first = np.argsort(-score, axis=1, kind="stable")[:, :3]
    hits = [
        CODES[code] in gold[row]
        for row in range(60)
        for code in first[row].tolist()
        if score[row, code] >= found.score
    ]
    assert len(hits) == found.n_above >= 10
    assert sum(hits) / len(hits) >= precision
