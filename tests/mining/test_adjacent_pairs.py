from __future__ import annotations

from tiny_terms import morphemes_of, segment

from pipeline.mining.adjacent_pairs import adjacent_pairs

# «집 수리. 집수리, 집을 수리» and, in another segment, «집수리»
SAID = morphemes_of(
    {
        "P1": [
            ("집/NNG", 0, 1),
            ("수리/NNG", 2, 4),
            ("집/NNG", 6, 7),
            ("수리/NNG", 7, 9),
            ("집/NNG", 11, 12),
            ("수리/NNG", 14, 16),
            ("집/NNG", 20, 21),
            ("수리/NNG", 21, 23),
        ]
    }
)
SEGMENTS = (segment("s1", "P1", 0, 16), segment("s2", "P1", 20, 23))
WORDS = {"집/NNG", "수리/NNG"}


def test_words_side_by_side_are_a_phrase_written_as_most_do() -> None:
    found = adjacent_pairs(SEGMENTS, SAID, WORDS)
    assert set(found) == {("집/NNG", "수리/NNG")}
    phrase = found["집/NNG", "수리/NNG"]
    assert phrase.shown == "집수리"
    assert phrase.rows.tolist() == [0, 0, 1]


def test_written_apart_by_most_it_is_shown_apart() -> None:
    found = adjacent_pairs(SEGMENTS[:1], SAID, WORDS)
    assert found["집/NNG", "수리/NNG"].shown == "집 수리"


def test_only_the_words_asked_for_and_within_one_segment() -> None:
    assert adjacent_pairs(SEGMENTS, SAID, {"집/NNG"}) == {}
    parted = (segment("s1", "P1", 0, 2), segment("s2", "P1", 2, 5))
    assert adjacent_pairs(parted, SAID, WORDS) == {}
    assert adjacent_pairs((), SAID, WORDS) == {}
