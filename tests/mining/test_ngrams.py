from __future__ import annotations

from math import log, sqrt

import pytest
from tiny_spoken import spoken_of
from tiny_terms import segment

from pipeline.mining.ngrams import find_ngrams
from pipeline.records import Ngram

SAID = ["집 고치/VV 돈", "집 고치/VV 돈 집 고치/VV", "돈", "차 집"]
SEGMENTS = [segment(f"s{n:02d}", f"P{n // 2}", 0, 9) for n in range(4)]


def found(top: int = 9) -> dict[tuple[str, ...], Ngram]:
    return {ngram.terms: ngram for ngram in find_ngrams(spoken_of(SAID), SEGMENTS, top)}


def test_runs_of_two_and_three() -> None:
    ngrams = found()
    assert list(ngrams) == [
        ("집/NNG", "고치/VV"),
        ("고치/VV", "돈/NNG"),
        ("집/NNG", "고치/VV", "돈/NNG"),
    ]
    fix = ngrams["집/NNG", "고치/VV"]
    assert (fix.count, fix.n_interviews, fix.segments) == (3, 1, ("s00", "s01"))
    assert list(found(top=1)) == [("집/NNG", "고치/VV"), ("집/NNG", "고치/VV", "돈/NNG")]


def test_association_worked_by_hand() -> None:
    # Of 11 words 4 are 집, 3 are 고치다 and 3 돈.
    fix = found()["집/NNG", "고치/VV"]
    expected = 11 * (4 / 11) * (3 / 11)
    assert fix.npmi == pytest.approx(log(3 / expected) / -log(3 / 11))
    assert fix.t_score == pytest.approx((3 - expected) / sqrt(3))
    whole = found()["집/NNG", "고치/VV", "돈/NNG"]
    expected = 11 * (4 / 11) * (3 / 11) * (3 / 11)
    assert whole.npmi == pytest.approx(log(2 / expected) / (-2 * log(2 / 11)))


def test_terms_said_only_together_and_nothing_at_all() -> None:
    (only,) = find_ngrams(spoken_of(["가 나", "가 나"]), SEGMENTS[:2], 9)
    assert only.npmi == pytest.approx(1)
    assert find_ngrams(spoken_of([]), [], 9) == ()
    assert find_ngrams(spoken_of(["가", "나"]), SEGMENTS[:2], 9) == ()
