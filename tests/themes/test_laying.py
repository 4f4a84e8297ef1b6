from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from test_alignment import CODES, INTERVIEWS, MODEL, TERMS, VECTORS

from pipeline.records import Topic
from pipeline.themes.alignment import align, find_ground
from pipeline.themes.laying import choose_left_out, is_stable, lay


def test_the_largest_interviews_are_left_out_and_never_the_only_one() -> None:
    assert choose_left_out([]) == ()
    assert choose_left_out(["P1"] * 9) == ()
    assert choose_left_out(["P2", "P1", "P2"]) == ("P1", "P2")
    many = [f"P{n:03d}" for n in range(100)] + ["P099", "P050"]
    chosen = choose_left_out(many)
    assert len(chosen) == 40
    assert {"P099", "P050", "P000"} <= set(chosen)
    assert list(chosen) == sorted(chosen)


def test_a_topic_nobody_measured_is_stable() -> None:
    topic = Topic(1, "말", (), 1.0, ())
    found = [dataclasses.replace(topic, recurrence=r) for r in (None, 1.0, 0.9, 0.89, 0.0)]
    assert [is_stable(one) for one in found] == [True, True, True, False, False]


def test_ties_are_what_chance_does_not_reach() -> None:
    ground = find_ground(MODEL, CODES, TERMS, VECTORS, INTERVIEWS, {}, ["P0", "P1"])
    matches = align(MODEL, ground, seed=1)
    codes = ("교통", "자신감")
    gold = {8: frozenset(["교통"]), 9: frozenset(["교통", "자신감"])}
    laying = lay(MODEL, codes, matches, ground, TERMS.segments, INTERVIEWS, gold)
    scores = {(m.topic, m.code): m.score for m in matches}
    for t, topic in enumerate(MODEL.topics):
        for c, code in enumerate(codes):
            assert laying.whole.scores[t, c] == pytest.approx(scores[topic.id, code], abs=1e-8)
    assert not (laying.whole.hardly & ~laying.whole.seldom).any()
    assert set(laying.without) == {"P0", "P1"}
    # Leaving out an interview takes its passages, and nothing else, out of the topics.
    own = MODEL.weights[[row for row, name in enumerate(INTERVIEWS) if name == "P0"]].sum(axis=0)
    left = laying.whole.weight - laying.without["P0"].weight
    assert left == pytest.approx(own)
    assert np.abs(laying.without["P0"].scores - laying.whole.scores).max() > 0.01
    assert laying.bearing == {"교통": {8, 9}, "자신감": {9}}
    assert laying.row["s03"] == 3
