from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_terms import morphemes_of, segment, terms_of

from pipeline.errors import GyeolError
from pipeline.mining.terms import (
    choose_terms,
    count_terms,
    frequent_terms,
    presence,
    segment_slice,
    shown_term,
)
from pipeline.records import Terms

# «집을 고쳐요. 집이 좋아요.» and «돈을 벌어요.»
SAID = morphemes_of(
    {
        "P01": [
            ("집/NNG", 0, 1),
            ("을/JKO", 1, 2),
            ("고치/VV", 3, 5),
            ("어요/EF", 4, 6),
            ("집/NNG", 8, 9),
            ("이/JKS", 9, 10),
            ("좋/VA", 11, 12),
        ],
        "P02": [("돈/NNG", 0, 1), ("을/JKO", 1, 2), ("벌/VV", 3, 4)],
    }
)
SEGMENTS = (
    segment("P01:1", "P01", 0, 7),
    segment("P01:2", "P01", 8, 15),
    segment("P02:1", "P02", 0, 7),
)


def table(terms: Terms) -> dict[tuple[str, str], int]:
    cells = terms.counts.tocoo()
    return {
        (terms.segments[row], terms.vocabulary[column]): int(count)
        for row, column, count in zip(cells.row, cells.col, cells.data, strict=True)
    }


def test_counts_by_hand() -> None:
    terms = count_terms(SEGMENTS, SAID, ("NNG", "VV", "VA"), ())
    assert terms.vocabulary == ("고치/VV", "돈/NNG", "벌/VV", "좋/VA", "집/NNG")
    assert terms.segments == ("P01:1", "P01:2", "P02:1")
    assert table(terms) == {
        ("P01:1", "집/NNG"): 1,
        ("P01:1", "고치/VV"): 1,
        ("P01:2", "집/NNG"): 1,
        ("P01:2", "좋/VA"): 1,
        ("P02:1", "돈/NNG"): 1,
        ("P02:1", "벌/VV"): 1,
    }


def test_one_segment_adds_up_what_it_says_twice() -> None:
    whole = (segment("P01", "P01", 0, 15),)
    assert table(count_terms(whole, SAID, ("NNG",), ())) == {("P01", "집/NNG"): 2}


def test_tags_and_stop_words() -> None:
    assert count_terms(SEGMENTS, SAID, ("VV",), ()).vocabulary == ("고치/VV", "벌/VV")
    assert count_terms(SEGMENTS, SAID, ("NNG",), ("집/NNG",)).vocabulary == ("돈/NNG",)
    # A stop word is a form with its tag: 집 alone is none.
    assert "집/NNG" in count_terms(SEGMENTS, SAID, ("NNG",), ("집", "집/VV")).vocabulary


def test_a_morpheme_belongs_to_the_segment_of_its_first_code_point() -> None:
    # 고치/VV is 3 to 5, 어요/EF 4 to 6.
    halves = (segment("a", "P01", 0, 4), segment("b", "P01", 4, 15))
    counted = table(count_terms(halves, SAID, ("VV", "EF"), ()))
    assert counted == {("a", "고치/VV"): 1, ("b", "어요/EF"): 1}
    place = {"P01": 0, "P02": 1}
    assert segment_slice(halves[0], SAID, place) == slice(0, 3)
    assert segment_slice(halves[1], SAID, place) == slice(3, 7)
    assert segment_slice(SEGMENTS[2], SAID, place) == slice(7, 10)


def test_a_segment_without_terms_keeps_its_row() -> None:
    terms = count_terms((segment("empty", "P01", 6, 8), *SEGMENTS), SAID, ("NNG",), ())
    assert terms.segments[0] == "empty"
    assert terms.counts.sum(axis=1).ravel().tolist() == [[0, 1, 1, 1]]


def test_no_segments_and_no_morphemes() -> None:
    assert count_terms((), SAID, ("NNG",), ()).counts.shape == (0, 0)
    silent = morphemes_of({"P01": []})
    assert count_terms((segment("a", "P01", 0, 5),), silent, ("NNG",), ()).counts.shape == (1, 0)


words = st.sampled_from(["나/NNG", "가/VV", "다/NNG", "을/JKO", "마/NNG"])


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list, list]:
    starts = sorted(draw(st.lists(st.integers(0, 60), max_size=30)))
    said = [(draw(words), start, start + draw(st.integers(0, 3))) for start in starts]
    marks = sorted(draw(st.sets(st.integers(0, 63), max_size=8)))
    pairs = list(zip(marks[::2], marks[1::2], strict=False))
    return said, pairs


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_total_counts_are_the_kept_morphemes_inside_segments(made: tuple[list, list]) -> None:
    said, pairs = made
    segments = [segment(f"{n}", "P01", a, b) for n, (a, b) in enumerate(pairs)]
    terms = count_terms(segments, morphemes_of({"P01": said}), ("NNG",), ("마/NNG",))
    inside = [
        term
        for term, start, _ in said
        if term in {"나/NNG", "다/NNG"} and any(a <= start < b for a, b in pairs)
    ]
    assert terms.counts.sum() == len(inside)
    assert terms.vocabulary == tuple(sorted(set(inside)))
    assert (terms.counts.data > 0).all()
    assert terms.counts.has_canonical_format


def test_presence() -> None:
    terms = terms_of(["가/NNG 가/NNG 나/NNG", "", "가/NNG"])
    assert presence(terms).toarray().tolist() == [[1.0, 1.0], [0.0, 0.0], [1.0, 0.0]]
    assert terms.counts.max() == 2


def test_frequent_terms() -> None:
    terms = terms_of(["가/NNG 나/NNG", "가/NNG 가/NNG", "가/NNG 다/NNG", "다/NNG 라/NNG 라/NNG"])
    # 라 is said twice, but by one segment.
    assert frequent_terms(terms, 2).vocabulary == ("가/NNG", "다/NNG")
    assert frequent_terms(terms, 1).vocabulary == terms.vocabulary
    kept = frequent_terms(terms, 2)
    assert kept.counts.toarray().tolist() == [[1, 0], [2, 0], [1, 1], [0, 1]]
    assert kept.segments == terms.segments


def test_frequent_terms_of_a_corpus_of_two_segments_are_all() -> None:
    terms = terms_of(["가/NNG 나/NNG", "다/NNG"])
    assert frequent_terms(terms, 5).vocabulary == terms.vocabulary


FOUR = ["가/NNG 나/NNG", "가/NNG 다/NNG", "가/NNG 라/VV", "나/NNG 마/NNG"]


def test_choose_terms_keeps_what_is_neither_rare_nor_everywhere() -> None:
    assert choose_terms(terms_of(FOUR), ("NNG",), 2, 0.5).vocabulary == ("나/NNG",)
    assert choose_terms(terms_of(FOUR), ("NNG",), 2, 1.0).vocabulary == ("가/NNG", "나/NNG")


def test_a_share_below_two_segments_drops_nothing() -> None:
    alike = terms_of(["가/NNG", "가/NNG", "가/NNG"])
    assert choose_terms(alike, ("NNG",), 2, 0.5).vocabulary == ("가/NNG",)


@pytest.mark.parametrize(
    ("segments", "tags", "min_segments", "max_share", "setting"),
    [
        (["", ""], ("NNG",), 2, 0.5, "morphology.tags"),
        (FOUR, ("NNP",), 2, 0.5, "topics.tags"),
        (["가/NNG", "나/NNG", "다/NNG", "라/NNG"], ("NNG",), 2, 0.5, "terms.min_segments"),
        (["가/NNG"] * 4, ("NNG",), 2, 0.5, "terms.max_share"),
    ],
)
def test_choose_terms_names_the_setting_that_took_the_last(
    segments: list[str], tags: tuple[str, ...], min_segments: int, max_share: float, setting: str
) -> None:
    with pytest.raises(GyeolError) as raised:
        choose_terms(terms_of(segments), tags, min_segments, max_share)
    (problem,) = raised.value.problems
    assert f" {setting}에서 " in problem.ko
    assert f" {setting} took " in problem.en


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        ("학교/NNG", "학교"),
        ("가/VV", "가다"),
        ("좋/VA", "좋다"),
        ("A/S/NNG", "A/S"),
        ("빨리/MAG", "빨리"),
    ],
)
def test_shown_term(term: str, shown: str) -> None:
    assert shown_term(term) == shown


def test_counts_are_whole_numbers() -> None:
    assert count_terms(SEGMENTS, SAID, ("NNG",), ()).counts.dtype.kind == np.dtype(int).kind
