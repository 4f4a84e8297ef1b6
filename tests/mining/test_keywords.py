from __future__ import annotations

import numpy as np
from tiny_terms import segment, terms_of

from pipeline.mining.keywords import METHODS, METHODS_TEXTS, WHOLE, find_keywords, group_segments

BOTH = np.ones(4, bool)
TERMS = terms_of(["집/NNG 집/NNG 고치/VV", "집/NNG 살/VV", "돈/NNG 벌/VV", "돈/NNG 좋/VA 서울/NNP"])
GROUPS = {
    WHOLE: BOTH,
    "귀촌": np.array([True, True, False, False]),
    "토박이": np.array([False, False, True, True]),
}


def test_groups_are_the_values_of_the_field() -> None:
    segments = [
        segment("1", "P01", 0, 1, role="주민"),
        segment("2", "P02", 0, 1, role="강사"),
        segment("3", "P03", 0, 1, role="주민"),
        segment("4", "P04", 0, 1),
    ]
    masks = group_segments(segments, "role")
    assert list(masks) == [WHOLE, "강사", "주민"]
    assert masks[WHOLE].tolist() == [True] * 4
    assert masks["강사"].tolist() == [False, True, False, False]
    # A segment of which nothing is known belongs to no group.
    assert masks["주민"].tolist() == [True, False, True, False]


def test_without_the_field_groups_are_interviews() -> None:
    segments = [segment("1", "P02", 0, 1), segment("2", "P01", 0, 1), segment("3", "P01", 2, 3)]
    masks = group_segments(segments, "role")
    assert list(masks) == [WHOLE, "P01", "P02"]
    assert masks["P01"].tolist() == [False, True, True]


def test_one_group_and_more_than_forty_leave_the_whole_alone() -> None:
    def names(count: int) -> list[str]:
        segments = [segment(f"{n}", f"P{n:02d}", 0, 1) for n in range(count)]
        return list(group_segments(segments, "role"))

    assert names(1) == [WHOLE]
    assert len(names(40)) == 41
    assert names(41) == [WHOLE]
    assert names(0) == [WHOLE]


def test_nouns_are_ranked_apart_from_verbs() -> None:
    keywords = find_keywords(TERMS, {WHOLE: BOTH}, ["tfidf"], 2)
    assert [(k.term, k.tag) for k in keywords] == [
        ("집", "NNG"),
        ("돈", "NNG"),
        ("고치", "VV"),
        ("벌", "VV"),
    ]


def test_frequency_and_segments_are_counted_within_the_group() -> None:
    keywords = find_keywords(TERMS, GROUPS, ["tfidf"], 5)
    (house,) = [k for k in keywords if k.group == "귀촌" and k.term == "집"]
    assert (house.method, house.tag, house.frequency, house.n_segments) == ("tfidf", "NNG", 3, 2)
    assert not [k for k in keywords if k.group == "토박이" and k.term == "집"]


def test_only_positive_scores() -> None:
    keywords = find_keywords(TERMS, GROUPS, ["tfidf", "log_likelihood"], 50)
    assert keywords
    assert all(k.score > 0 and k.frequency > 0 for k in keywords)
    # Nothing to compare the whole with; and a group's list holds only what it says more.
    keyness = [k for k in keywords if k.method == "log_likelihood"]
    assert {k.group for k in keyness} == {"귀촌", "토박이"}
    assert {k.term for k in keyness if k.group == "귀촌"} == {"집", "고치", "살"}


def test_ties_are_broken_by_the_term() -> None:
    alike = terms_of(["하나/NNG 가지/NNG 나무/NNG 다리/NNG"])
    keywords = find_keywords(alike, {WHOLE: np.ones(1, bool)}, ["tfidf"], 3)
    assert [k.term for k in keywords] == ["가지", "나무", "다리"]


def test_best_first() -> None:
    scores = [k.score for k in find_keywords(TERMS, {WHOLE: BOTH}, ["tfidf"], 9) if k.tag[0] == "N"]
    assert scores == sorted(scores, reverse=True)


def test_a_form_with_a_slash_keeps_it() -> None:
    (keyword,) = find_keywords(terms_of(["A/S/NNG"]), {WHOLE: np.ones(1, bool)}, ["tfidf"], 3)
    assert (keyword.term, keyword.tag) == ("A/S", "NNG")


def test_no_terms_no_keywords() -> None:
    assert find_keywords(terms_of(["", ""]), {WHOLE: np.ones(2, bool)}, list(METHODS), 5) == ()


def test_every_method_has_its_sentence_in_both_languages() -> None:
    assert METHODS_TEXTS.keys() == METHODS.keys()
    assert all(text["ko"] and text["en"] for text in METHODS_TEXTS.values())
