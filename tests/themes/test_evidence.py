from __future__ import annotations

import re

import numpy as np
import pytest
from kiwipiepy import Kiwi
from tiny_study import (
    ANSWERS,
    CODES,
    STOPWORDS,
    TAGS,
    Study,
    codes_of,
    study_of,
    suggestions_of,
    terms_of,
)

from pipeline.errors import Lang
from pipeline.records import Evidence, SegmentSuggestions
from pipeline.sentences import short
from pipeline.themes.evidence import Reason, find_reasons, find_seen_reasons, strongest

GOLD = {0: frozenset({"경제적 성과"}), 1: frozenset({"교통 불편"}), 3: frozenset({"건강"})}
REASONS = {
    "ko": (
        r"코드의 (이름|정의|포함 기준|예시|상위 코드|하위 코드)에 있는 말",
        r"코드의 말 «\S+»에 뜻이 가까운 말 \(\.\d\d\)",
        r"코딩된 구절 P0\d:\d{3}에도 나온 말",
    ),
    "en": (
        r"stands in the code's "
        r"(name|definition|inclusion criteria|examples|parent code|child codes)",
        r"near in meaning to the code's «\S+» \(\.\d\d\)",
        r"also said in coded passage P0\d:\d{3}",
    ),
}


@pytest.fixture(scope="module")
def study(kiwi: Kiwi) -> Study:
    return study_of(kiwi, ANSWERS, CODES)


def evidence(
    segments: tuple[SegmentSuggestions, ...], name: str, code: str
) -> tuple[Evidence, ...]:
    (found,) = [
        suggestion.evidence
        for segment in segments
        if segment.segment == name
        for suggestion in segment.suggestions
        if suggestion.code == code
    ]
    return found


@pytest.mark.parametrize("gold", [{}, GOLD], ids=["uncoded", "coded"])
def test_spans(study: Study, gold: dict[int, frozenset[str]]) -> None:
    suggested = suggestions_of(study, gold, top=4)
    by_id = {segment.id: segment for segment in study.segments}
    count = 0
    for segment in suggested.segments:
        own = by_id[segment.segment]
        text = study.texts[segment.interview]
        for suggestion in segment.suggestions:
            spans = [(e.start, e.end) for e in suggestion.evidence]
            assert spans == sorted(spans)
            assert len(set(spans)) == len(spans) <= 4
            for found in suggestion.evidence:
                assert own.start <= found.start < found.end <= own.end
                assert found.text == text[found.start : found.end]
                count += 1
    assert count >= 10


def test_no_particles_no_endings_no_stop_words(study: Study) -> None:
    morphemes = study.morphemes
    kept: set[tuple[str, int, int]] = set()
    for index, interview in enumerate(morphemes.interviews):
        for at in range(morphemes.bounds[index], morphemes.bounds[index + 1]):
            term = morphemes.vocabulary[morphemes.code[at]]
            if term.rpartition("/")[2] in TAGS and term not in STOPWORDS:
                kept.add((interview, int(morphemes.start[at]), int(morphemes.end[at])))
    for segment in suggestions_of(study, GOLD, top=4).segments:
        for suggestion in segment.suggestions:
            for found in suggestion.evidence:
                assert (segment.interview, found.start, found.end) in kept


def test_evidence_by_hand(study: Study) -> None:
    suggested = suggestions_of(study, top=4).segments
    found = {e.text: e.why for e in evidence(suggested, "P03:004", "경제적 성과")}
    assert found["소득"] == "코드의 정의에 있는 말"
    bus = {e.text: e.why for e in evidence(suggested, "P02:002", "교통 불편")}
    assert bus["버스"] == "코드의 정의에 있는 말"
    assert bus["차"] == "코드의 예시에 있는 말"


def test_a_word_counts_where_it_is_first_said(kiwi: Kiwi) -> None:
    again = study_of(kiwi, {**ANSWERS, "P04": ["버스요, 그 버스가 문제예요. 버스."]}, CODES)
    found = evidence(suggestions_of(again, top=4).segments, "P04:001", "교통 불편")
    start = again.texts["P04"].index("버스")
    assert [(e.start, e.end) for e in found if e.text == "버스"] == [(start, start + 2)]


def test_related_words_say_what_they_are_related_to(study: Study) -> None:
    found = evidence(suggestions_of(study, top=4).segments, "P03:004", "경제적 성과")
    (shrank,) = [e for e in found if e.text == "줄"]
    cosine = study.vectors["줄/VV"] @ study.vectors["늘/VV"]
    assert shrank.why == f"코드의 말 «늘다»에 뜻이 가까운 말 ({short(cosine)})"


def test_income_is_related_to_earnings(study: Study) -> None:
    found = evidence(suggestions_of(study, top=4).segments, "P01:001", "경제적 성과")
    (income,) = [e for e in found if e.text == "수입"]
    assert re.fullmatch(r"코드의 말 «소득»에 뜻이 가까운 말 \(\.3\d\)", income.why)


def test_of_the_words_that_are_related_the_strongest_is_named() -> None:
    # One all but the same as a word of little weight, one half related to the weightiest.
    terms, codes = terms_of(["돈/NNG"]), codes_of({"소득": "소득/NNG 소득/NNG 벌이/NNG"})
    cosines = np.array([[0.95], [0.5]], np.float32)
    assert codes.vocabulary == ("벌이/NNG", "소득/NNG")
    reasons = find_reasons(0, terms, codes, cosines, "ko")
    assert reasons[0].why == "코드의 말 «벌이»에 뜻이 가까운 말 (.95)"
    assert reasons[0].strength == pytest.approx(0.95 * (0.2 + 1 / 3))
    near_one_only = np.array([[0.29], [0.31]], np.float32)
    weak = find_reasons(0, terms, codes, near_one_only, "ko")
    assert weak[0].why == "코드의 말 «소득»에 뜻이 가까운 말 (.31)"


def test_a_word_that_only_seems_alike_is_no_reason() -> None:
    terms, codes = terms_of(["돈/NNG"]), codes_of({"소득": "소득/NNG"})
    below = np.array([[0.29]], np.float32)
    assert find_reasons(0, terms, codes, below, "ko") == {}
    # What speaks against the code in coded passages is none, either.
    seen = {0: ("P01:001",)}
    assert find_seen_reasons([0], "P01:002", seen, np.array([-1.0]), "ko") == {}
    found = find_seen_reasons([0], "P01:002", seen, np.array([1.0]), "en")
    assert found[0].why == "also said in coded passage P01:001"


def test_of_two_reasons_the_stronger_is_given() -> None:
    weak, strong = Reason(0.2, "약한 까닭"), Reason(0.4, "강한 까닭")
    assert strongest({0: weak, 1: strong}, {0: strong, 1: weak}) == {0: strong, 1: strong}
    assert strongest({0: weak}, {0: Reason(0.2, "나중 까닭")}) == {0: weak}


def test_a_passage_is_no_evidence_for_itself(study: Study) -> None:
    alone = suggestions_of(study, GOLD, rows=[1], top=4).segments
    cited = [e.why for one in alone[0].suggestions for e in one.evidence]
    assert cited
    assert not any("코딩된 구절 P01:002" in why for why in cited)
    # Nor is it the coded passage most like itself.
    assert "P01:002" not in [one.like for one in alone[0].suggestions]
    # A word that another says, too, is that one's.
    row = next(n for n, s in enumerate(study.segments) if s.id == "P02:002")
    both = {**GOLD, row: frozenset({"교통 불편"})}
    shared = evidence(suggestions_of(study, both, rows=[1], top=4).segments, "P01:002", "교통 불편")
    assert "코딩된 구절 P02:002에도 나온 말" in [e.why for e in shared]


def test_words_of_coded_passages_name_the_passage(study: Study) -> None:
    found = evidence(suggestions_of(study, GOLD, top=4).segments, "P02:002", "교통 불편")
    (day,) = [e for e in found if e.text == "하루"]
    assert day.why == "코딩된 구절 P01:002에도 나온 말"


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_reasons_in_both_languages(study: Study, lang: Lang) -> None:
    reasons = [
        found.why
        for segment in suggestions_of(study, GOLD, top=4, lang=lang).segments
        for suggestion in segment.suggestions
        for found in suggestion.evidence
    ]
    for reason in reasons:
        assert any(re.fullmatch(pattern, reason) for pattern in REASONS[lang]), reason
    for pattern in REASONS[lang]:
        assert any(re.fullmatch(pattern, reason) for reason in reasons), pattern


def test_the_language_changes_nothing_else(study: Study) -> None:
    def spans(lang: Lang) -> list[tuple[str, str, float, int, int]]:
        return [
            (segment.segment, suggestion.code, suggestion.score, e.start, e.end)
            for segment in suggestions_of(study, GOLD, lang=lang).segments
            for suggestion in segment.suggestions
            for e in suggestion.evidence
        ]

    assert spans("ko") == spans("en")


def test_a_segment_without_korean_has_no_evidence(study: Study) -> None:
    for code in CODES:
        assert evidence(suggestions_of(study, GOLD, top=4).segments, "P03:003", code.name) == ()
