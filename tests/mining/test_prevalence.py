from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from pipeline.mining import prevalence
from pipeline.mining.prevalence import FEWEST, RESAMPLES, Share, compare_groups, n_resamples

ALL = np.ones(6, bool)
PART = np.array([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0], [0.0, 1.0], [0.25, 0.75], [0.0, 0.0]])
WHOLE = PART.sum(axis=1)
FIRST, REST = np.arange(6) < 2, np.arange(6) >= 2


def test_a_share_is_of_what_the_whole_group_said() -> None:
    (found,) = compare_groups(PART, WHOLE, [ALL], np.arange(6), 1)
    assert found is not None
    assert [share.value for share in found.shares] == pytest.approx([1.75 / 5, 3.25 / 5])
    assert (found.lowest, found.highest) == ((0.0, 0.0), (1.0, 1.0))
    # The last segment is of nothing, so nobody counts whose only word it is.
    assert found.n_clusters == 5
    assert found.differences == ()


def test_a_difference_is_from_all_other_groups() -> None:
    first, rest = compare_groups(csr_matrix(PART), WHOLE, [FIRST, REST], np.arange(6), 1)
    assert first is not None
    assert rest is not None
    assert first.shares[0].value == pytest.approx(0.75)
    assert rest.shares[0].value == pytest.approx(0.25 / 3)
    assert first.differences[0].value == pytest.approx(0.75 - 0.25 / 3)
    assert rest.differences[0].value == pytest.approx(0.25 / 3 - 0.75)


def test_few_participants_have_no_interval() -> None:
    clusters = np.array([0, 0, 1, 2, 3, 3])
    (found,) = compare_groups(PART, WHOLE, [ALL], clusters, 1)
    assert found is not None
    assert found.n_clusters == 4 < FEWEST
    assert found.shares[0] == Share(pytest.approx(0.35), None, None)
    (five,) = compare_groups(PART, WHOLE, [ALL], np.arange(6), 1)
    assert five is not None
    assert five.shares[0].low is not None


def test_a_group_that_said_nothing_is_none_and_one_without_others_has_no_difference() -> None:
    empty, only = compare_groups(
        PART, WHOLE, [np.arange(6) == 5, np.arange(6) < 5], np.arange(6), 1
    )
    assert empty is None
    assert only is not None
    assert only.differences == ()


def test_nothing_at_all() -> None:
    none = np.zeros(0)
    assert compare_groups(np.zeros((0, 2)), none, [none > 0], none.astype(int), 1) == (None,)


def test_all_alike_leaves_no_doubt() -> None:
    (found,) = compare_groups(np.full((6, 1), 0.5), np.ones(6), [ALL], np.arange(6), 1)
    assert found is not None
    assert found.shares == (Share(0.5, 0.5, 0.5),)


def test_those_who_speak_in_both_rounds_are_drawn_for_both() -> None:
    # Six people differ widely, but each says 0.1 more in the second round: no doubt of that.
    first = np.array([0.1, 0.3, 0.5, 0.6, 0.7, 0.8])
    part = np.concatenate([first, first + 0.1])[:, None]
    rounds = [np.arange(12) < 6, np.arange(12) >= 6]
    people = np.tile(np.arange(6), 2)
    (_, second) = compare_groups(part, np.ones(12), rounds, people, 1)
    assert second is not None
    away = second.differences[0]
    assert (away.value, away.low, away.high) == pytest.approx((0.1, 0.1, 0.1))
    (_, strangers) = compare_groups(part, np.ones(12), rounds, np.arange(12), 1)
    assert strangers is not None
    low = strangers.differences[0].low
    assert low is not None
    assert low < 0


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.floats(0, 1), min_size=12, max_size=12),
    st.lists(st.integers(0, 7), min_size=12, max_size=12),
    st.integers(1, 11),
)
def test_a_share_lies_within_its_interval_and_its_participants(
    part: list[float], people: list[int], cut: int
) -> None:
    groups = [np.arange(12) < cut, np.arange(12) >= cut]
    found = compare_groups(np.array(part)[:, None], np.ones(12), groups, np.array(people), 3)
    for one in found:
        assert one is not None
        share = one.shares[0]
        assert one.lowest[0] - 1e-9 <= share.value <= one.highest[0] + 1e-9
        if share.low is not None and share.high is not None:
            assert one.lowest[0] - 1e-9 <= share.low <= share.high <= one.highest[0] + 1e-9
            assert one.n_clusters >= FEWEST


def test_draws_in_blocks_give_what_one_block_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    at_once = compare_groups(PART, WHOLE, [FIRST, REST], np.arange(6), 7)
    monkeypatch.setattr(prevalence, "_BLOCK", 6 * 300)
    assert compare_groups(PART, WHOLE, [FIRST, REST], np.arange(6), 7) == at_once
    assert compare_groups(PART, WHOLE, [ALL], np.arange(6), 8) != compare_groups(
        PART, WHOLE, [ALL], np.arange(6), 9
    )


def test_a_million_participants_are_drawn_less_often() -> None:
    assert n_resamples(10) == n_resamples(200_000) == RESAMPLES
    assert n_resamples(1_000_000) == 400


def test_intervals_over_participants_hold_and_those_over_segments_do_not() -> None:
    # 10 studies of 10 people with 30 segments each, 100 codes: what a person says is alike.
    rng, truth = np.random.default_rng(5), 0.2
    people, lone = np.repeat(np.arange(10), 30), np.arange(300)
    held = {"people": 0, "segments": 0}
    for study in range(10):
        inclined = rng.beta(2, 8, size=(10, 100))
        part = (rng.random((300, 100)) < inclined[people]).astype(float)
        for name, clusters in (("people", people), ("segments", lone)):
            (found,) = compare_groups(part, np.ones(300), [lone >= 0], clusters, study)
            assert found is not None
            held[name] += sum(
                share.low is not None
                and share.high is not None
                and share.low <= truth <= share.high
                for share in found.shares
            )
    assert 0.92 <= held["people"] / 1000 <= 0.98
    assert held["segments"] / 1000 < 0.75
