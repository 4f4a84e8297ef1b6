from __future__ import annotations

import numpy as np
import pytest
from tiny_study import random_vectors, terms_of

from pipeline.records import Terms, Uncovered
from pipeline.themes import uncovered as module
from pipeline.themes.features import Features, find_features
from pipeline.themes.nearness import look_up
from pipeline.themes.uncovered import group_uncovered

SAID = [
    "주차/NNG 딱지/NNG 골목/NNG 구청/NNG",  # 0
    "강사/NNG 수업/NNG 도배/NNG 배우/VV",  # 1
    "주차/NNG 골목/NNG 차/NNG 세우/VV",  # 2
    "고양이/NNG 사료/NNG 밥/NNG 주/VV",  # 3
    "주차/NNG 딱지/NNG 차/NNG 억울/XR",  # 4
    "길/NNG 고양이/NNG 사료/NNG 겨울/NNG",  # 5
    "허리/NNG 병원/NNG 약/NNG 먹/VV",  # 6
    "주차/NNG",  # 7
    "",  # 8
]


def made(said: list[str]) -> tuple[Features, Terms]:
    terms = terms_of(said)
    table = look_up(terms.vocabulary, random_vectors(terms.vocabulary, seed=3))
    return find_features(terms, said, table), terms


def test_what_is_alike_is_grouped_and_nothing_else_is() -> None:
    features, terms = made(SAID)
    parking, cats = group_uncovered(features, terms, range(len(SAID)))
    assert set(parking.segments) == {"s00", "s02", "s04"}
    assert set(parking.terms) == {"주차/NNG", "딱지/NNG", "골목/NNG", "차/NNG"}
    assert cats == Uncovered(("고양이/NNG", "사료/NNG"), ("s03", "s05"))


def test_only_the_rows_asked_for() -> None:
    features, terms = made(SAID)
    assert [g.segments for g in group_uncovered(features, terms, [1, 3, 5, 6])] == [("s03", "s05")]
    assert group_uncovered(features, terms, [1, 6]) == ()


@pytest.mark.parametrize("rows", [[], [0], [7, 8], [8]])
def test_too_little_to_group(rows: list[int]) -> None:
    features, terms = made(SAID)
    assert group_uncovered(features, terms, rows) == ()


def test_the_order_of_rows_does_not_matter() -> None:
    features, terms = made(SAID)
    forth, back = range(len(SAID)), list(reversed(range(len(SAID))))
    assert group_uncovered(features, terms, forth) == group_uncovered(features, terms, back)


def test_the_same_answer_again_and_again_is_one_group() -> None:
    features, terms = made(["수업/NNG 시간/NNG 짧/VA"] * 5 + ["집/NNG 멀/VA 버스/NNG"])
    (group,) = group_uncovered(features, terms, range(6))
    assert group.segments == ("s00", "s01", "s02", "s03", "s04")
    assert set(group.terms) == {"수업/NNG", "시간/NNG", "짧/VA"}


def test_two_passages_with_one_word_in_common_are_no_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_APART", 0.99)
    features, terms = made(
        ["찍/VV 낙서/NNG 욕/NNG", "찍/VV 도장/NNG 시간/NNG", "가/VV 나/VV 다/VV"]
    )
    assert group_uncovered(features, terms, range(3)) == ()


def test_of_very_many_those_that_say_most_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_SEGMENTS", 2)
    said = ["주차/NNG 딱지/NNG 골목/NNG"] * 3 + ["주차/NNG 딱지/NNG 골목/NNG 차/NNG"] * 2
    features, terms = made([*said, *SAID])
    (group,) = group_uncovered(features, terms, range(5))
    assert group.segments == ("s03", "s04")


def test_meaning_alone_does_not_name_a_group() -> None:
    terms = terms_of(["수업/NNG 강사/NNG 듣/VV", "강의/NNG 교사/NNG 배우/VV"])
    same = np.ones((len(terms.vocabulary), 8)) / np.sqrt(8)
    features = find_features(terms, ["가", "나"], same)
    assert group_uncovered(features, terms, [0, 1]) == ()
