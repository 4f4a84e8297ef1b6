from __future__ import annotations

import dataclasses

import numpy as np
from tiny_terms import segment

from pipeline.mining.comparison import compare
from pipeline.mining.groupings import Grouping, group_by
from pipeline.records import Comparison, Prevalence, Topic, TopicModel

SEGMENTS = [
    segment("a", "P1", 0, 1, role="주민"),
    segment("b", "P1", 1, 2, role="주민"),
    segment("c", "P2", 0, 1, role="강사"),
    segment("d", "P3", 0, 1, role="강사"),
]
TOPICS = (
    Topic(1, "도배", (("도배/NNG", 1.0),), 0.5, ("b", "a")),
    Topic(2, "구청", (("구청/NNG", 1.0),), 0.5, ("d", "c")),
)
WEIGHTS = np.array([[0.6, 0.4], [0.9, 0.1], [0.2, 0.8], [0.0, 1.0]])
MODEL = TopicModel(TOPICS, WEIGHTS, np.zeros((2, 0)), (), "nmf", {})
NOTHING = TopicModel((), np.zeros((4, 0)), np.zeros((0, 0)), (), "nmf", {})
CODED = {"a": {"기술": ("가",)}, "b": {"보람": ("가",), "기술": ("나",)}, "d": {"보람": ("가",)}}


def compared(model: TopicModel, coded: dict[str, dict[str, tuple[str, ...]]]) -> Comparison:
    by_role = group_by(SEGMENTS, "role")
    clusters = np.array([0, 0, 1, 2])
    return compare(SEGMENTS, clusters, [by_role], model, ["보람", "안 쓴 코드", "기술"], coded, 1)


def row(found: Comparison, item: str, group: str) -> Prevalence:
    (one,) = (one for one in found.rows if (one.item, one.group) == (item, group))
    return one


def test_topics_are_shares_of_all_segments() -> None:
    found = compared(MODEL, {})
    assert [(r.item, r.field, r.group) for r in found.rows][:2] == [("1", "", ""), ("2", "", "")]
    teachers = row(found, "2", "강사")
    assert round(teachers.value, 9) == 0.9
    assert round(teachers.difference or 0, 9) == 0.65
    assert (teachers.lowest, teachers.highest) == (0.8, 1.0)
    assert (teachers.low, teachers.difference_low) == (None, None)
    assert (teachers.n_segments, teachers.n_interviews, teachers.n_participants) == (2, 2, 2)
    # Traced to the passages, in the corpus's order.
    assert teachers.segments == ("c", "d")
    assert row(found, "1", "강사").segments == ()


def test_codes_are_shares_of_coded_segments() -> None:
    found = compared(NOTHING, CODED)
    # In the order of the codebook, without the code nobody used.
    assert list(dict.fromkeys(r.item for r in found.rows)) == ["보람", "기술"]
    assert {r.kind for r in found.rows} == {"code"}
    teachers = row(found, "보람", "강사")
    assert (teachers.value, teachers.n_segments, teachers.n_participants) == (1.0, 1, 1)
    assert teachers.segments == ("d",)
    residents = row(found, "기술", "주민")
    assert (residents.value, residents.segments) == (1.0, ("a", "b"))
    assert row(found, "기술", "").value == 2 / 3


def test_nothing_found_is_nothing_compared() -> None:
    assert compared(NOTHING, {}).rows == ()


def test_the_methods_text_names_what_was_used() -> None:
    text = compared(MODEL, {}).methods_text
    assert "열 role(으)로 나눈" in text["ko"]
    assert "참여자가 3명이라 구간을 내지 않았고, 유의확률은" in text["ko"]
    assert "부트스트랩" not in text["ko"]
    assert "groups by role" in text["en"]
    alone = compare(SEGMENTS, np.arange(4), [Grouping("x", {})], MODEL, [], {}, 1)
    assert "over the whole corpus" in alone.methods_text["en"]


def test_resampling_is_told_of_where_there_were_people_enough() -> None:
    people = [segment(str(n), f"P{n}", 0, 1) for n in range(6)]
    topics = tuple(dataclasses.replace(topic, segments=("0",)) for topic in TOPICS)
    model = dataclasses.replace(MODEL, topics=topics, weights=np.full((6, 2), 0.5))
    whole = Grouping("", {"전체": np.ones(6, bool)})
    text = compare(people, np.arange(6), [whole], model, [], {}, 1).methods_text
    assert "참여자 6명" in text["ko"]
    assert "2,000회(씨앗 1)" in text["ko"]
    assert "draw 6 participants" in text["en"]
