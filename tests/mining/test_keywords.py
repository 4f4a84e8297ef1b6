from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from tiny_spoken import spoken_of
from tiny_terms import segment, terms_of

from pipeline.mining.groups import WHOLE, group_segments
from pipeline.mining.keywords import METHODS, METHODS_TEXTS, find_keywords
from pipeline.records import Keyword, Segment

SAID = ["집/NNG 집/NNG 고치/VV", "집/NNG 살/VV", "돈/NNG 벌/VV", "돈/NNG 좋/VA 서울/NNP"]
ROLES = ("귀촌", "귀촌", "토박이", "토박이")
EVERY = tuple(METHODS)


def segments_of(count: int, roles: Sequence[str] = ()) -> list[Segment]:
    """Return a segment an interview."""
    fields = [{"role": role} for role in roles] or [{}] * count
    return [segment(f"s{n:02d}", f"P{n:02d}", 0, 9, **fields[n]) for n in range(count)]


def found(
    said: Sequence[str],
    methods: Sequence[str],
    top: int,
    segments: Sequence[Segment] = (),
) -> tuple[Keyword, ...]:
    segments = segments or segments_of(len(said), [""] * len(said))
    comparisons, _ = group_segments(segments, ["role"], {})
    if not any(s.fields.get("role") for s in segments):
        comparisons = comparisons[:1]
    return find_keywords(
        segments, terms_of(said), spoken_of(said), comparisons, methods, top, min_segments=1
    )


def test_nouns_are_ranked_apart_from_verbs() -> None:
    assert [(k.term, k.tag) for k in found(SAID, ["tfidf"], 2)] == [
        ("집", "NNG"),
        ("돈", "NNG"),
        ("고치", "VV"),
        ("벌", "VV"),
    ]


def test_everything_is_counted_within_the_group() -> None:
    keywords = found(SAID, ["tfidf"], 5, segments_of(4, ROLES))
    (house,) = [k for k in keywords if k.group == "귀촌" and k.term == "집"]
    assert (house.method, house.field, house.tag) == ("tfidf", "role", "NNG")
    assert (house.frequency, house.n_segments, house.n_interviews) == (3, 2, 2)
    assert house.segments == ("s00", "s01")
    assert not [k for k in keywords if k.group == "토박이" and k.term == "집"]


def test_who_says_it_most() -> None:
    (house,) = [k for k in found(SAID, ["frequency"], 9) if k.term == "집"]
    assert house.speaker == "P00 참여자"
    assert house.largest_share == pytest.approx(2 / 3)
    # 3, 2, 2 and 3 words in the interviews; the word 2, 1, 0 and 0 times.
    deviation = (abs(2 / 3 - 0.3) + abs(1 / 3 - 0.2) + 0.2 + 0.3) / 2
    assert house.dispersion == pytest.approx(deviation / (1 - 0.2))


def test_the_effect_is_against_the_other_groups() -> None:
    keywords = found(["집/NNG 돈/NNG", "집/NNG 집/NNG 차/NNG 차/NNG"], ["frequency"], 9,
                     segments_of(2, ["가", "나"]))  # fmt: skip
    effects = {(k.group, k.term): k.effect for k in keywords}
    assert effects["전체", "집"] is None
    assert effects["가", "집"] == pytest.approx(0)
    assert effects["가", "돈"] == pytest.approx(np.log2((1 / 2) / (0.5 / 4)))


def test_a_group_of_one_interview_has_no_dispersion() -> None:
    keywords = found(SAID, ["frequency"], 9, segments_of(4, ["가", "나", "나", "나"]))
    assert {k.dispersion for k in keywords if k.group == "가"} == {None}
    assert all(k.dispersion is not None for k in keywords if k.group == "나")


def test_only_positive_scores() -> None:
    keywords = found(SAID, EVERY, 50, segments_of(4, ROLES))
    assert {k.method for k in keywords} == {*METHODS} - {"phrases"}
    assert all(k.score > 0 and k.frequency > 0 for k in keywords)
    # Nothing to compare the whole with; and a group's list holds only what it says more.
    for method in ("log_likelihood", "log_odds"):
        keyness = [k for k in keywords if k.method == method]
        assert {k.group for k in keyness} == {"귀촌", "토박이"}
        assert {k.term for k in keyness if k.group == "귀촌"} == {"집", "고치", "살"}


def test_terms_of_several_words() -> None:
    said = ["마을/NNG 학교/NNG", "마을/NNG 학교/NNG"]
    (phrase,) = found(said, ["phrases"], 5)
    assert (phrase.term, phrase.tag, phrase.score) == ("마을 학교", "NNG+NNG", 2.0)
    assert (phrase.frequency, phrase.segments) == (2, ("s00", "s01"))


def test_ties_are_broken_by_the_term() -> None:
    keywords = found(["하나/NNG 가지/NNG 나무/NNG 다리/NNG"], ["tfidf"], 3)
    assert [k.term for k in keywords] == ["가지", "나무", "다리"]


def test_best_first() -> None:
    scores = [k.score for k in found(SAID, ["tfidf"], 9) if k.tag[0] == "N"]
    assert scores == sorted(scores, reverse=True)


def test_a_form_with_a_slash_keeps_it() -> None:
    (keyword,) = found(["A/S/NNG"], ["tfidf"], 3)
    assert (keyword.term, keyword.tag) == ("A/S", "NNG")


def test_no_terms_no_keywords() -> None:
    assert found(["", ""], EVERY, 5) == ()
    assert found([], EVERY, 5) == ()


@pytest.mark.parametrize("said", [["집/NNG"] * 3, ["집/NNG 돈/NNG", "집/NNG", "집/NNG"]])
def test_a_term_in_every_segment_and_segments_all_alike(said: list[str]) -> None:
    keywords = found(said, EVERY, 9, segments_of(3, ["가", "가", "나"]))
    assert all(np.isfinite(k.score) for k in keywords)
    if said[0] == said[1]:  # all say the same: no group says anything more than another
        assert not [k for k in keywords if k.method in {"log_likelihood", "log_odds"}]
    assert {k.frequency for k in keywords if k.method == "frequency" and k.group == WHOLE} >= {3}


def test_same_in_same_out() -> None:
    segments = segments_of(4, ROLES)
    assert found(SAID, EVERY, 9, segments) == found(SAID, EVERY, 9, segments)


def test_every_method_has_its_sentence_in_both_languages() -> None:
    assert METHODS_TEXTS.keys() == METHODS.keys()
    assert all(text["ko"] and text["en"] for text in METHODS_TEXTS.values())
