from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from kiwipiepy import Kiwi
from tiny_study import codes_of, random_vectors, topics_of

from pipeline.mining.vectors import find_vectors, spread
from pipeline.records import Code, Match
from pipeline.themes.alignment import PERMUTATIONS, align, match_scores
from pipeline.themes.code_terms import describe_codes

MODEL = topics_of("돈/NNG 수입/NNG 벌/VV", "마음/NNG 용기/NNG 믿/VV", "버스/NNG 길/NNG 차/NNG")
CODES = codes_of(
    {
        "자신감": "자신감/NNG 마음/NNG",
        "경제적 성과": "소득/NNG 돈/NNG",
        "교통": "버스/NNG 도로/NNG",
        "말 없는 코드": "",
    }
)
WORDS = sorted({*CODES.vocabulary, *(term for topic in MODEL.topics for term, _ in topic.terms)})
VECTORS = random_vectors(WORDS, seed=1)


def check(matches: tuple[Match, ...], n_topics: int, codes: tuple[str, ...]) -> None:
    assert [match.topic for match in matches] == sorted(list(range(1, n_topics + 1)) * len(codes))
    for topic in range(1, n_topics + 1):
        own = [match for match in matches if match.topic == topic]
        assert sorted(match.code for match in own) == sorted(codes)
        assert [match.rank for match in own] == list(range(1, len(codes) + 1))
        scores = [match.score for match in own]
        assert all(a >= b - 1e-9 for a, b in pairwise(scores))
    assert all(0 < match.p_value <= 1 for match in matches)
    assert all(np.isfinite(match.score) for match in matches)


def test_every_topic_with_every_code() -> None:
    matches = align(MODEL, CODES, VECTORS, seed=1)
    check(matches, 3, CODES.codes)
    assert min(match.p_value for match in matches) >= 1 / (1 + PERMUTATIONS)


def test_shared_words_match() -> None:
    best = [match.code for match in align(MODEL, CODES, VECTORS, seed=1) if match.rank == 1]
    assert best == ["경제적 성과", "자신감", "교통"]


def test_meaning_matches_without_shared_words(kiwi: Kiwi) -> None:
    codes = describe_codes(
        kiwi,
        [
            Code("자신감", "1", definition="할 수 있다고 스스로를 믿는 마음"),
            Code("경제적 성과", "2", definition="소득이 늘고 매출이 오름"),
            Code("교통 불편", "3", definition="차편이 없어 다니기 어려움"),
        ],
        ("NNG", "VV", "VA"),
        (),
    )
    model = topics_of(
        "돈/NNG 수입/NNG 벌/VV", "학교/NNG 아이/NNG 선생/NNG", "버스/NNG 도로/NNG 역/NNG"
    )
    topic_words = {term for topic in model.topics for term, _ in topic.terms}
    assert not topic_words & set(codes.vocabulary)
    found = find_vectors(kiwi, sorted(topic_words | set(codes.vocabulary)), "kiwi")
    meanings = dict(zip(found.vocabulary, spread(found), strict=True))
    rank = {(m.topic, m.code): m.rank for m in align(model, codes, meanings, seed=1)}
    assert rank[1, "경제적 성과"] == 1
    assert rank[3, "교통 불편"] == 1


def test_same_seed_same_result_whatever_else_is_drawn() -> None:
    first = align(MODEL, CODES, VECTORS, seed=1)
    np.random.default_rng(5).random()
    assert align(MODEL, CODES, VECTORS, seed=1) == first
    other = align(MODEL, CODES, VECTORS, seed=2)
    assert [(m.topic, m.code, m.score) for m in other] == [
        (m.topic, m.code, m.score) for m in first
    ]
    assert [m.p_value for m in other] != [m.p_value for m in first]


def test_a_single_topic() -> None:
    matches = align(topics_of("돈/NNG 수입/NNG"), CODES, VECTORS, seed=1)
    check(matches, 1, CODES.codes)
    assert matches[0].code == "경제적 성과"


def test_codes_without_words_match_nothing() -> None:
    matches = align(MODEL, CODES, VECTORS, seed=1)
    silent = [match for match in matches if match.code == "말 없는 코드"]
    assert [(match.score, match.p_value) for match in silent] == [(0, 1)] * 3
    nothing = align(MODEL, codes_of({"하나": "", "둘": ""}), VECTORS, seed=1)
    check(nothing, 3, ("하나", "둘"))
    # Equal scores keep the codebook's order.
    assert [match.code for match in nothing] == ["하나", "둘"] * 3


def test_two_codes_with_the_same_words_keep_the_codebooks_order() -> None:
    twins = codes_of({"나": "돈/NNG 소득/NNG", "가": "돈/NNG 소득/NNG", "다": "버스/NNG"})
    matches = [m for m in align(MODEL, twins, VECTORS, seed=1) if m.topic == 1]
    assert [match.code for match in matches] == ["나", "가", "다"]
    assert matches[0].score == pytest.approx(matches[1].score)


def test_words_without_vectors_still_match_themselves() -> None:
    matches = align(MODEL, CODES, {}, seed=1)
    check(matches, 3, CODES.codes)
    assert [match.code for match in matches if match.rank == 1] == ["경제적 성과", "자신감", "교통"]


def test_no_codes_or_no_topics() -> None:
    assert align(MODEL, codes_of({}), VECTORS, seed=1) == ()
    assert align(topics_of(), CODES, VECTORS, seed=1) == ()


def test_p_values_of_nonsense_are_spread_evenly() -> None:
    words = [f"말{number:03d}/NNG" for number in range(300)]
    rng = np.random.default_rng(3)
    model = topics_of(*(" ".join(rng.choice(words, 10, replace=False)) for _ in range(20)))
    codes = codes_of({f"{n}": " ".join(rng.choice(words, 5, replace=False)) for n in range(40)})
    p_values = np.array([m.p_value for m in align(model, codes, random_vectors(words, 4), seed=1)])
    assert 0.02 < (p_values < 0.05).mean() < 0.08
    assert p_values.mean() == pytest.approx(0.5, abs=0.05)


def test_match_scores_are_the_matches_as_a_table() -> None:
    matches = align(MODEL, CODES, VECTORS, seed=1)
    table = match_scores(matches, MODEL, CODES.codes)
    assert table.shape == (3, 4)
    for match in matches:
        assert table[match.topic - 1, CODES.codes.index(match.code)] == match.score
