from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from kiwipiepy import Kiwi
from tiny_study import ANSWERS, CODES, Study, codes_of, study_of, suggestions_of

from pipeline.records import Code, Match, Suggested, Suggestion, Topic, TopicModel
from pipeline.themes.alignment import Laid

GOLD = {0: frozenset({"경제적 성과"}), 1: frozenset({"교통 불편"}), 3: frozenset({"건강"})}


@pytest.fixture(scope="module")
def study(kiwi: Kiwi) -> Study:
    return study_of(kiwi, ANSWERS, CODES)


def best(suggested: Suggested) -> dict[str, str]:
    return {segment.segment: segment.suggestions[0].code for segment in suggested.segments}


def test_the_right_code_comes_first(study: Study) -> None:
    first = best(suggestions_of(study))
    assert first["P01:001"] == first["P03:004"] == "경제적 성과"
    assert first["P01:002"] == first["P02:002"] == "교통 불편"
    assert first["P02:001"] == "건강"
    assert first["P03:001"] == "이웃 관계"


@pytest.mark.parametrize("gold", [{}, GOLD], ids=["uncoded", "coded"])
@pytest.mark.parametrize("top", [1, 3, 4, 10])
def test_always_as_many_as_asked_for_best_first(
    study: Study, gold: dict[int, frozenset[str]], top: int
) -> None:
    suggested = suggestions_of(study, gold, top=top)
    uncoded = [s.id for row, s in enumerate(study.segments) if row not in gold]
    assert [segment.segment for segment in suggested.segments] == uncoded
    for segment in suggested.segments:
        codes = [suggestion.code for suggestion in segment.suggestions]
        assert len(codes) == len(set(codes)) == min(top, len(CODES))
        scores = [suggestion.score for suggestion in segment.suggestions]
        assert all(a >= b - 1e-9 for a, b in pairwise(scores))
        assert all(0 <= score <= 1 for score in scores)


def test_fewer_are_the_first_of_more(study: Study) -> None:
    few, many = suggestions_of(study, top=2), suggestions_of(study, top=4)
    for a, b in zip(few.segments, many.segments, strict=True):
        assert a.suggestions == b.suggestions[:2]


def test_ties_keep_the_codebooks_order(kiwi: Kiwi) -> None:
    names = [str(number * 7 % 41) for number in range(40)]
    twins = [Code(name, name, definition="버스가 드물어 불편함") for name in names]
    for segment in suggestions_of(study_of(kiwi, ANSWERS, twins), top=40).segments:
        assert [suggestion.code for suggestion in segment.suggestions] == names


@pytest.mark.parametrize("gold", [{}, GOLD], ids=["uncoded", "coded"])
def test_the_same_twice(study: Study, gold: dict[int, frozenset[str]]) -> None:
    assert suggestions_of(study, gold) == suggestions_of(study, gold)


def test_only_the_rows_asked_for_in_their_order(study: Study) -> None:
    suggested = suggestions_of(study, rows=[4, 2])
    assert [segment.segment for segment in suggested.segments] == ["P02:002", "P01:003"]
    whole = {segment.segment: segment for segment in suggestions_of(study).segments}
    assert all(segment == whole[segment.segment] for segment in suggested.segments)


def test_a_segment_without_korean_gets_its_suggestions_and_no_praise(study: Study) -> None:
    (segment,) = suggestions_of(study, rows=[8]).segments
    assert segment.segment == "P03:003"
    assert len(segment.suggestions) == 3
    assert not segment.fits


def test_no_korean_at_all(kiwi: Kiwi) -> None:
    foreign = study_of(kiwi, {"P01": ["Yes.", "No, thank you."], "P02": ["OK"]}, CODES)
    for gold in ({}, {0: frozenset({"건강"})}):
        for segment in suggestions_of(foreign, gold).segments:
            assert len(segment.suggestions) == 3
            assert not any(suggestion.evidence for suggestion in segment.suggestions)


def health_topic(study: Study) -> Laid:
    """Return one topic of the words of «허리가 아파서 …», laid on the code for health."""
    terms = (("병원/NNG", 0.6), ("다니/VV", 0.4))
    weights = np.zeros((len(study.segments), 2))
    weights[2, 0] = weights[3, 0] = 1.0
    topics = (Topic(1, "병원", terms, 0.5, ()), Topic(2, "말", (("말/NNG", 1.0),), 0.5, ()))
    model = TopicModel(topics, weights, np.zeros((2, 0)), (), "nmf", {"ko": "", "en": ""})
    matches = [
        Match(topic, code.name, float(topic == 1 and code.name == "건강"), 0.5, rank)
        for topic in (1, 2)
        for rank, code in enumerate(sorted(CODES, key=lambda code: code.name != "건강"), 1)
    ]
    return Laid(model, tuple(matches))


def test_topics_are_listened_to_and_named_as_evidence(study: Study) -> None:
    def health(laid: Laid | None) -> Suggestion:
        (found,) = suggestions_of(study, rows=[2], top=4, laid=laid).segments
        return next(s for s in found.suggestions if s.code == "건강")

    assert health(health_topic(study)).score > health(None).score
    (patient,) = suggestions_of(study, rows=[3], top=1, laid=health_topic(study)).segments
    assert patient.suggestions[0].code == "건강"
    why = [evidence.why for evidence in patient.suggestions[0].evidence]
    assert any("병원" in text or "정의" in text for text in why)


def test_the_coded_passage_most_like_it_is_named(study: Study) -> None:
    gold = {
        0: frozenset({"경제적 성과"}),
        9: frozenset({"경제적 성과"}),
        1: frozenset({"교통 불편"}),
    }
    (found,) = suggestions_of(study, gold, rows=[4], top=4).segments
    like = {suggestion.code: suggestion.like for suggestion in found.suggestions}
    assert like["교통 불편"] == "P01:002"  # another bus
    assert like["경제적 성과"] in {"P01:001", "P03:004"}
    assert like["건강"] is None


def test_a_rejected_code_sinks_for_segments_like_it(study: Study) -> None:
    plain = suggestions_of(study, GOLD, rows=[4], top=4).segments[0]
    refused = suggestions_of(
        study, GOLD, rows=[4], top=4, rejected={4: frozenset({"교통 불편"})}
    ).segments[0]

    def rank(suggestions: tuple[Suggestion, ...]) -> int:
        return [s.code for s in suggestions].index("교통 불편")

    assert rank(refused.suggestions) >= rank(plain.suggestions)


def test_methods_text_says_whether_codings_stood_behind(study: Study) -> None:
    assert "순위만" in suggestions_of(study).methods_text["ko"]
    assert "only ranks" in suggestions_of(study).methods_text["en"]
    assert not suggestions_of(study).calibrated


def test_methods_text_claims_no_probabilities_where_there_are_none(study: Study) -> None:
    few = suggestions_of(study, GOLD)
    assert not few.calibrated
    assert "코딩된 구절로 배운" in few.methods_text["ko"]
    assert "확률로 바꾸지 못하므로" in few.methods_text["ko"]
    assert "only ranks" in few.methods_text["en"]


@pytest.mark.parametrize(
    ("said", "code", "fits"),
    [
        ("올해는 소득이 늘고 판매도 잘됐어요.", "경제적 성과", True),
        ("병원에 갔더니 많이 아프냐고 물었어요.", "건강", True),
        ("냉장고 냉동실 청소기 선풍기", None, False),
        ("Yes.", None, False),
        ("", None, False),
    ],
)
def test_a_single_segment(kiwi: Kiwi, said: str, code: str | None, fits: bool) -> None:
    (segment,) = suggestions_of(study_of(kiwi, {"P01": [said]}, CODES), top=4).segments
    assert segment.fits == fits
    assert len(segment.suggestions) == 4
    if code is not None:
        assert segment.suggestions[0].code == code


def test_a_segment_fits_where_a_word_speaks_for_its_best_code(study: Study) -> None:
    for gold in ({}, GOLD):
        for segment in suggestions_of(study, gold).segments:
            assert segment.fits == bool(segment.suggestions[0].evidence)


def test_nothing_to_suggest(study: Study) -> None:
    assert suggestions_of(study, rows=[]).segments == ()
    assert suggestions_of(replace(study, code_terms=codes_of({}))).segments == ()


def test_rows_in_a_tuple_and_codes_the_codebook_lacks(study: Study) -> None:
    gold = {**GOLD, 5: frozenset({"딴 코드"}), 6: frozenset({"딴 코드", "이웃 관계"})}
    suggested = suggestions_of(study, gold, rows=(2, 4))
    assert [segment.segment for segment in suggested.segments] == ["P01:003", "P02:002"]
    assert all(len(segment.suggestions) == 3 for segment in suggested.segments)
