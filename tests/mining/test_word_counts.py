from __future__ import annotations

import math

from tiny_terms import segment, terms_of

from pipeline.mining.word_counts import count_words
from pipeline.records import WordCounts

SAID = ["집/NNG 집/NNG 돈/NNG", "집/NNG 배우/VV 서울/NNP", "집/NNG 돈/NNG", "집/NNG"]
SEGMENTS = [
    segment("s00", "P1", 0, 1),
    segment("s01", "P1", 1, 2),
    segment("s02", "P2", 0, 1),
    segment("s03", "P2", 1, 2),
]


def counted(top: int = 9, tags: tuple[str, ...] = ("NNG", "NNP")) -> WordCounts:
    return count_words(SEGMENTS, terms_of(SAID), tags, top)


def test_words_by_frequency_with_where_they_stand() -> None:
    first, second, third = counted().frequent
    assert [(w.term, w.frequency) for w in (first, second, third)] == [
        ("집/NNG", 5), ("돈/NNG", 2), ("서울/NNP", 1),
    ]  # fmt: skip
    assert (first.percent, second.percent, third.percent) == (62.5, 25.0, 12.5)
    assert (second.segments, second.n_interviews) == (("s00", "s02"), 2)
    assert third.n_interviews == 1


def test_tfidf_of_what_everyone_says_is_nothing() -> None:
    words = {word.term: word.tfidf for word in counted().characteristic}
    assert words["집/NNG"] == 0
    assert words["돈/NNG"] == 2 * math.log(2)
    assert words["서울/NNP"] == math.log(4)
    # 2 ln 2 is ln 4: of equals the one that comes first in the dictionary.
    assert list(words) == ["돈/NNG", "서울/NNP", "집/NNG"]


def test_only_the_first_and_only_the_tags_asked_for() -> None:
    found = counted(top=1)
    assert [w.term for w in found.frequent] == ["집/NNG"]
    assert [w.term for w in found.characteristic] == ["돈/NNG"]
    assert [w.term for w in counted(tags=("VV",)).frequent] == ["배우/VV"]
    assert counted(tags=("SL",)).frequent == ()


def test_the_sentence_has_the_numbers_really_used() -> None:
    text = counted().methods_text
    assert "낱말 3가지(모두 8번)" in text["ko"]
    assert "분석 단위 4개" in text["ko"]
    assert "of 4 segments" in text["en"]
