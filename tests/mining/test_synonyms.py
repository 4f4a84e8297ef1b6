"""Synonyms: one term in counts, each its own in the text."""

from __future__ import annotations

import numpy as np
from tiny_terms import morphemes_of, segment

from pipeline.mining.synonyms import counting, merge_synonyms, merged_terms
from pipeline.mining.terms import count_terms

COUNTED_AS = {"주민학교": "주민기술학교", "기술학교": "주민기술학교"}
SAID = morphemes_of(
    {
        "P01": [("주민학교/NNG", 0, 4), ("에/JKB", 4, 5), ("기술학교/NNP", 6, 10)],
        "P02": [("주민기술학교/NNG", 0, 6), ("주민학교/NNG", 7, 11), ("주민/NNG", 12, 14)],
    }
)


def test_nouns_of_either_tag_are_counted_as_the_last() -> None:
    assert merged_terms(SAID.vocabulary, counting(COUNTED_AS, {})) == {
        "주민학교/NNG": "주민기술학교/NNG",
        "기술학교/NNP": "주민기술학교/NNG",
    }


def test_the_tag_is_that_of_the_dictionary() -> None:
    vocabulary = ("강북구/NNP", "우리구/NNG", "강북구/NNG")
    merged = merged_terms(vocabulary, counting({"우리구": "강북구"}, {"강북구": "NNP"}))
    assert merged == {"우리구/NNG": "강북구/NNP", "강북구/NNG": "강북구/NNP"}


def test_a_verb_of_the_same_form_is_another_word() -> None:
    assert merged_terms(("나누/VV", "지/VX"), counting({"나누": "나눔", "지": "나눔"}, {})) == {}
    assert merged_terms(("돕/VV",), counting({"돕": "거들"}, {"돕": "VV", "거들": "VV"})) == {
        "돕/VV": "거들/VV"
    }


def test_counts_merge_and_spans_stay() -> None:
    merged = merge_synonyms(SAID, merged_terms(SAID.vocabulary, counting(COUNTED_AS, {})))
    assert np.array_equal(merged.start, SAID.start)
    assert np.array_equal(merged.end, SAID.end)
    assert set(merged.vocabulary) == {"에/JKB", "주민기술학교/NNG", "주민/NNG"}
    segments = (segment("a", "P01", 0, 20), segment("b", "P02", 0, 20))
    terms = count_terms(segments, merged, ("NNG", "NNP"), ())
    assert terms.vocabulary == ("주민/NNG", "주민기술학교/NNG")
    assert terms.counts.toarray().tolist() == [[0, 2], [1, 2]]


def test_a_target_nobody_says_is_counted_all_the_same() -> None:
    said = morphemes_of({"P01": [("가게/NNG", 0, 2)]})
    merged = merge_synonyms(said, {"가게/NNG": "상점/NNG"})
    assert (merged.vocabulary, merged.code.tolist()) == (("상점/NNG",), [0])


def test_without_synonyms_nothing_is_made_anew() -> None:
    assert merge_synonyms(SAID, {}) is SAID
