from __future__ import annotations

import dataclasses

import numpy as np
from tiny_terms import morphemes_of, segment

from pipeline.mining.occurrences import content_of, find_occurrences

# «집을 고치고 집수리 도와요.»
SAID = morphemes_of(
    {
        "P01": [
            ("집/NNG", 0, 1), ("을/JKO", 1, 2), ("고치/VV", 3, 5), ("고/EC", 5, 6),
            ("집/NNG", 7, 8), ("수리/NNG", 8, 10), ("돕/VV", 11, 13), ("어요/EF", 12, 14),
            ("./SF", 14, 15),
        ]
    }
)  # fmt: skip
SEGMENTS = [segment("a", "P01", 0, 15)]


def spans(*wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    return [(o.start, o.end) for o in find_occurrences(SEGMENTS, SAID, wanted)]


def test_a_noun_alone_and_inside_a_word() -> None:
    assert spans(("집/NNG",)) == [(0, 1), (7, 8)]


def test_a_verb_with_its_endings() -> None:
    assert spans(("고치/VV",)) == [(3, 6)]
    assert spans(("돕/VV",)) == [(11, 14)]


def test_several_words_over_particles() -> None:
    assert spans(("집/NNG", "고치/VV")) == [(0, 6)]
    assert spans(("집/NNG", "수리/NNG")) == [(7, 10)]
    assert spans(("수리/NNG", "집/NNG")) == []


def test_the_longest_of_those_that_begin_together() -> None:
    assert spans(("집/NNG",), ("집/NNG", "수리/NNG")) == [(0, 1), (7, 10)]


def test_not_over_the_end_of_a_segment_or_a_sentence() -> None:
    two = [segment("a", "P01", 0, 2), segment("b", "P01", 3, 15)]
    assert find_occurrences(two, SAID, [("집/NNG", "고치/VV")]) == ()
    sentence = np.array([0, 0, 1, 1, 1, 1, 1, 1, 1], np.int32)
    parted = dataclasses.replace(SAID, sentence=sentence)
    assert find_occurrences(SEGMENTS, parted, [("집/NNG", "고치/VV")]) == ()


def test_nothing_wanted_nothing_said() -> None:
    assert spans() == []
    assert spans(()) == []
    assert spans(("없/VA",)) == []
    assert find_occurrences([], SAID, [("집/NNG",)]) == ()


def test_particles_and_endings_are_no_content() -> None:
    assert content_of(["돕/VV", "어/EC", "주/VX", "는/ETM", "집/NNG", "을/JKO"]) == (
        "돕/VV", "주/VX", "집/NNG",
    )  # fmt: skip
