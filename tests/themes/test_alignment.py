from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from kiwipiepy import Kiwi
from tiny_study import codes_of, random_vectors, study_of, terms_of

from pipeline.mining.topics import find_topics
from pipeline.records import Code, CodeTerms, Match, Terms, Topic, TopicModel
from pipeline.themes.alignment import (
    PERMUTATIONS,
    Ground,
    Laid,
    align,
    false_discovery,
    find_ground,
    find_parts,
    uncoded_scores,
)

SAID = [
    "돈/NNG 수입/NNG 벌/VV", "돈/NNG 벌/VV 장사/NNG", "수입/NNG 돈/NNG", "장사/NNG 돈/NNG 벌/VV",
    "마음/NNG 용기/NNG 믿/VV", "마음/NNG 믿/VV", "용기/NNG 마음/NNG 힘/NNG", "마음/NNG 힘/NNG",
    "버스/NNG 길/NNG 차/NNG", "버스/NNG 차/NNG", "길/NNG 버스/NNG 역/NNG", "차/NNG 역/NNG 버스/NNG",
]  # fmt: skip
TERMS = terms_of(SAID)
INTERVIEWS = [f"P{row % 4}" for row in range(len(SAID))]
CODES = codes_of(
    {
        "자신감": "자신감/NNG 마음/NNG",
        "경제적 성과": "소득/NNG 돈/NNG",
        "교통": "버스/NNG 도로/NNG",
        "말 없는 코드": "",
    }
)
VECTORS = random_vectors(sorted({*CODES.vocabulary, *TERMS.vocabulary}), seed=1)


def model_of(terms: Terms, count: int) -> TopicModel:
    return find_topics(terms, "nmf", count, seed=1)


MODEL = model_of(TERMS, 3)
TOPIC_OF = {topic.terms[0][0]: topic.id for topic in MODEL.topics}


def ground_of(
    codes: CodeTerms = CODES,
    model: TopicModel = MODEL,
    gold: Mapping[int, frozenset[str]] | None = None,
    vectors: Mapping[str, np.ndarray] = VECTORS,
    terms: Terms = TERMS,
) -> Ground:
    interviews = [f"P{row % 4}" for row in range(len(terms.segments))]
    return find_ground(model, codes, terms, vectors, interviews, gold or {}, ["P0"])


def aligned(
    codes: CodeTerms = CODES,
    gold: Mapping[int, frozenset[str]] | None = None,
    seed: int = 1,
    vectors: Mapping[str, np.ndarray] = VECTORS,
) -> tuple[Match, ...]:
    return align(MODEL, ground_of(codes, gold=gold, vectors=vectors), seed)


def best(matches: tuple[Match, ...]) -> dict[int, str]:
    return {match.topic: match.code for match in matches if match.rank == 1}


RIGHT = {
    TOPIC_OF["돈/NNG"]: "경제적 성과",
    TOPIC_OF["마음/NNG"]: "자신감",
    TOPIC_OF["버스/NNG"]: "교통",
}


def check(matches: tuple[Match, ...], n_topics: int, codes: tuple[str, ...]) -> None:
    assert [match.topic for match in matches] == sorted(list(range(1, n_topics + 1)) * len(codes))
    for topic in range(1, n_topics + 1):
        own = [match for match in matches if match.topic == topic]
        assert sorted(match.code for match in own) == sorted(codes)
        assert [match.rank for match in own] == list(range(1, len(codes) + 1))
        assert all(a >= b - 1e-9 for a, b in pairwise(match.score for match in own))
    for match in matches:
        assert 1 / (1 + PERMUTATIONS) <= match.p_value <= match.q_value <= 1
        assert match.score == pytest.approx(match.near + match.said + match.coded)
        assert match.seldom <= match.hardly
        assert np.isfinite(match.score)


def test_every_topic_with_every_code() -> None:
    check(aligned(), 3, CODES.codes)


def test_shared_words_match() -> None:
    assert best(aligned()) == RIGHT


def test_words_without_vectors_still_match_themselves() -> None:
    matches = aligned(vectors={})
    check(matches, 3, CODES.codes)
    assert best(matches) == RIGHT
    assert {match.near for match in matches if match.code == "말 없는 코드"} == {0}


def test_meaning_matches_without_shared_words(kiwi: Kiwi) -> None:
    answers = {
        "P01": ["수입이 늘어 돈을 벌었어요.", "판매가 잘돼서 돈이 남았지요.", "장사로 수입을 벌었어요."],
        "P02": ["버스를 타고 역에 가요.", "역까지 버스로 한참 가지요.", "택시나 버스를 타요."],
    }  # fmt: skip
    codes = (Code("매출 증가", "1"), Code("교통", "2"))
    study = study_of(kiwi, answers, codes)
    assert not set(study.terms.vocabulary) & set(study.code_terms.vocabulary)
    model = model_of(study.terms, 2)
    interviews = [segment.interview for segment in study.segments]
    ground = find_ground(model, study.code_terms, study.terms, study.vectors, interviews, {})
    found = best(align(model, ground, seed=1))
    for topic in model.topics:
        about_money = any(term == "돈/NNG" for term, _ in topic.terms[:3])
        assert found[topic.id] == ("매출 증가" if about_money else "교통")


def test_coded_passages_count_the_more_the_more_there_are() -> None:
    topic = TOPIC_OF["버스/NNG"]

    def score(rows: int) -> float:
        gold = {row: frozenset(["교통"]) for row in range(8, 8 + rows)}
        gold |= {row: frozenset(["자신감"]) for row in range(4)}
        found = {(m.topic, m.code): m.coded for m in aligned(gold=gold)}
        return found[topic, "말 없는 코드"] + found[topic, "교통"]

    assert 0 < score(1) < score(2) < score(4)


def test_a_code_without_words_is_found_by_its_codings() -> None:
    gold = {row: frozenset(["말 없는 코드" if row >= 8 else "자신감"]) for row in range(12)}
    assert best(aligned(gold=gold))[TOPIC_OF["버스/NNG"]] == "말 없는 코드"


def test_same_seed_same_result_whatever_else_is_drawn() -> None:
    first = aligned()
    np.random.default_rng(5).random()
    assert aligned() == first
    other = aligned(seed=2)
    assert [(m.topic, m.code, m.score) for m in other] == [
        (m.topic, m.code, m.score) for m in first
    ]
    assert [m.p_value for m in other] != [m.p_value for m in first]


def test_a_single_topic_is_laid_by_its_words() -> None:
    terms = terms_of(SAID[:4])
    model = model_of(terms, 1)
    matches = align(model, ground_of(model=model, terms=terms), seed=1)
    check(matches, 1, CODES.codes)
    assert matches[0].code == "경제적 성과"


def test_a_single_code() -> None:
    matches = aligned(codes_of({"교통": "버스/NNG 도로/NNG"}))
    check(matches, 3, ("교통",))
    surest = max(matches, key=lambda match: match.score)
    assert surest.topic == TOPIC_OF["버스/NNG"]
    assert min(match.p_value for match in matches) == surest.p_value


def test_codes_without_words_or_codings_match_nothing() -> None:
    silent = [match for match in aligned() if match.code == "말 없는 코드"]
    assert [(match.score, match.p_value) for match in silent] == [(0, 1)] * 3
    nothing = aligned(codes_of({"하나": "", "둘": ""}))
    check(nothing, 3, ("하나", "둘"))
    # Equal scores keep the codebook's order.
    assert [match.code for match in nothing] == ["하나", "둘"] * 3


def test_two_codes_with_the_same_words_keep_the_codebooks_order() -> None:
    twins = codes_of({"나": "돈/NNG 소득/NNG", "가": "돈/NNG 소득/NNG", "다": "버스/NNG"})
    matches = [m for m in aligned(twins) if m.topic == TOPIC_OF["돈/NNG"]]
    assert [match.code for match in matches] == ["나", "가", "다"]
    assert matches[0].score == pytest.approx(matches[1].score)


def test_three_segments() -> None:
    terms = terms_of(["돈/NNG 수입/NNG", "버스/NNG 길/NNG", "돈/NNG 버스/NNG"])
    model = model_of(terms, 2)
    matches = align(model, ground_of(model=model, terms=terms), seed=1)
    check(matches, len(model.topics), CODES.codes)


def test_a_topic_that_no_segment_bears_says_nothing() -> None:
    weights = np.column_stack([MODEL.weights, np.zeros(len(SAID))])
    rows = np.vstack([MODEL.term_weights, MODEL.term_weights[:1]])
    topics = (*MODEL.topics, Topic(4, "빈 토픽", (), 0.0, ()))
    model = TopicModel(topics, weights, rows, MODEL.vocabulary, "nmf", {})
    parts = find_parts(ground_of(model=model))
    assert parts.total()[3].tolist() == [0, 0, 0, 0]


def test_no_codes_or_no_topics() -> None:
    assert aligned(codes_of({})) == ()
    none = TopicModel((), np.zeros((12, 0)), np.zeros((0, 0)), (), "nmf", {})
    assert align(none, ground_of(model=none), seed=1) == ()


def test_p_values_of_nonsense_are_spread_evenly() -> None:
    words = [f"말{number:03d}/NNG" for number in range(200)]
    rng = np.random.default_rng(3)
    terms = terms_of([" ".join(rng.choice(words, 8, replace=False)) for _ in range(120)])
    weights = rng.dirichlet(np.full(12, 0.2), size=120)
    topics = tuple(Topic(n, str(n), (), 1 / 12, ()) for n in range(1, 13))
    model = TopicModel(topics, weights, np.zeros((12, 0)), (), "nmf", {})
    codes = codes_of({f"{n}": " ".join(rng.choice(words, 5, replace=False)) for n in range(40)})
    gold = {row: frozenset(f"{n}" for n in rng.choice(40, 2, replace=False)) for row in range(120)}
    ground = find_ground(model, codes, terms, random_vectors(words, 4), ["P"] * 120, gold)
    p_values = np.array([match.p_value for match in align(model, ground, seed=1)])
    assert 0.02 < (p_values < 0.05).mean() < 0.08
    assert p_values.mean() == pytest.approx(0.5, abs=0.05)


def test_false_discovery_is_benjamini_and_hochberg() -> None:
    # The worked example: p of .01, .04, .03, .005 among four.
    q_values = false_discovery(np.array([[0.01, 0.04], [0.03, 0.005]]))
    assert q_values == pytest.approx(np.array([[0.02, 0.04], [0.04, 0.02]]))


def test_those_who_suggest_see_no_codings() -> None:
    gold = {row: frozenset(["말 없는 코드" if row >= 8 else "자신감"]) for row in range(12)}
    plain, coded = aligned(), aligned(gold=gold)
    assert best(coded) != best(plain)
    assert uncoded_scores(coded, MODEL, CODES.codes) == pytest.approx(
        uncoded_scores(plain, MODEL, CODES.codes), abs=1e-8
    )
    assert Laid(MODEL, coded).best_codes() == best(plain)
    assert Laid(MODEL, plain).scores(CODES.codes) == pytest.approx(
        MODEL.weights @ uncoded_scores(plain, MODEL, CODES.codes)
    )
