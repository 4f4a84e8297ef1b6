from __future__ import annotations

import pytest
from kiwipiepy import Kiwi

from pipeline.corpus.dictionary import Entry
from pipeline.corpus.morphology import load_kiwi
from pipeline.mining.synonyms import counting, merged_terms
from pipeline.records import Code, CodeTerms
from pipeline.themes.code_terms import PLACES, describe_codes

TAGS = ("NNG", "NNP", "VV", "VA")


def described(kiwi: Kiwi, *codes: Code, stopwords: tuple[str, ...] = ()) -> CodeTerms:
    return describe_codes(kiwi, codes, TAGS, stopwords)


def words(terms: CodeTerms, row: int) -> dict[str, float]:
    cells = terms.weights[[row]].tocoo()
    return {terms.vocabulary[c]: float(v) for c, v in zip(cells.col, cells.data, strict=True)}


def places(terms: CodeTerms, row: int) -> dict[str, str]:
    cells = terms.places[[row]].tocoo()
    names = list(PLACES)
    return {
        terms.vocabulary[c]: names[int(v) - 1] for c, v in zip(cells.col, cells.data, strict=True)
    }


def test_a_name_alone_describes_the_code(kiwi: Kiwi) -> None:
    terms = described(kiwi, Code("소득 불안", "1"))
    assert terms.codes == ("소득 불안",)
    assert words(terms, 0) == pytest.approx({"소득/NNG": 0.5, "불안/NNG": 0.5})
    assert set(places(terms, 0).values()) == {"name"}


def test_places_are_weighed(kiwi: Kiwi) -> None:
    terms = described(
        kiwi, Code("소득", "1", definition="건강", include=("병원",), examples=("학교",))
    )
    total = 4 + 2 + 1.5 + 1.5
    assert words(terms, 0) == pytest.approx(
        {
            "소득/NNG": 4 / total,
            "건강/NNG": 2 / total,
            "병원/NNG": 1.5 / total,
            "학교/NNG": 1.5 / total,
        }
    )
    assert places(terms, 0) == {
        "소득/NNG": "name",
        "건강/NNG": "definition",
        "병원/NNG": "include",
        "학교/NNG": "examples",
    }


def test_words_share_their_place(kiwi: Kiwi) -> None:
    terms = described(kiwi, Code("소득", "1", definition="학교, 병원, 병원, 건강"))
    assert words(terms, 0)["병원/NNG"] == pytest.approx(2 / 4 * 2 / 6)
    assert words(terms, 0)["학교/NNG"] == pytest.approx(1 / 4 * 2 / 6)


def test_the_weightiest_place_is_named(kiwi: Kiwi) -> None:
    terms = described(kiwi, Code("소득", "1", definition="소득과 건강"))
    assert places(terms, 0)["소득/NNG"] == "name"


def test_parents_and_children_describe_each_other(kiwi: Kiwi) -> None:
    terms = described(kiwi, Code("건강", "1"), Code("병원", "2", parent="건강", depth=1))
    assert places(terms, 0) == {"건강/NNG": "name", "병원/NNG": "children"}
    assert places(terms, 1) == {"병원/NNG": "name", "건강/NNG": "parent"}


def test_what_a_code_excludes_does_not_describe_it(kiwi: Kiwi) -> None:
    assert "병원/NNG" not in described(kiwi, Code("소득", "1", exclude=("병원",))).vocabulary


def test_tags_and_stop_words(kiwi: Kiwi) -> None:
    terms = described(kiwi, Code("소득", "1", definition="돈을 많이 벌다"), stopwords=("벌/VV",))
    # 을/JKO and 많이/MAG are not among the tags.
    assert terms.vocabulary == ("돈/NNG", "소득/NNG")


def test_synonyms_are_counted_as_in_the_segments() -> None:
    counted = counting({"주민학교": "주민기술학교"}, {})
    kiwi = load_kiwi(1, [Entry("주민학교", "NNG"), Entry("주민기술학교", "NNG")])
    said = merged_terms(["주민기술학교/NNG"], counted)
    terms = describe_codes(
        kiwi,
        [Code("주민학교", "1", definition="주민기술학교에서 배움")],
        TAGS,
        ["주민학교/NNG"],  # a stop word of what is no longer counted: of no account
        counted,
    )
    assert said == {}  # what segments say stays as it is, and codes meet it there
    assert "주민학교/NNG" not in terms.vocabulary
    assert places(terms, 0)["주민기술학교/NNG"] == "name"
    assert words(terms, 0)["주민기술학교/NNG"] > 4 / 6


def test_irregular_marks_are_dropped(kiwi: Kiwi) -> None:
    assert "돕/VV" in described(kiwi, Code("이웃을 돕다", "1")).vocabulary


def test_codes_without_words_keep_their_rows(kiwi: Kiwi) -> None:
    terms = described(kiwi, Code("123", "1"), Code("소득", "2"), Code("?!", "3"))
    assert terms.weights.sum(axis=1).ravel().tolist() == [[0.0, 1.0, 0.0]]
    assert described(kiwi, Code("123", "1")).weights.shape == (1, 0)


def test_rows_sum_to_one_and_the_vocabulary_is_sorted(kiwi: Kiwi) -> None:
    terms = described(
        kiwi,
        Code("경제적 성과", "1", definition="소득이 늘거나 판매가 잘된 경험"),
        Code("자신감", "2", definition="할 수 있다고 믿게 됨", examples=("이제는 겁나지 않아요",)),
    )
    assert terms.weights.sum(axis=1).ravel().tolist()[0] == pytest.approx([1, 1])
    assert terms.vocabulary == tuple(sorted(terms.vocabulary))
    assert (terms.places.data >= 1).all()


def test_two_codes_with_the_same_text_have_the_same_words(kiwi: Kiwi) -> None:
    terms = described(kiwi, Code("①", "1", definition="건강"), Code("②", "2", definition="건강"))
    assert words(terms, 0)["건강/NNG"] == words(terms, 1)["건강/NNG"]


def test_no_codes(kiwi: Kiwi) -> None:
    terms = described(kiwi)
    assert (terms.codes, terms.vocabulary, terms.weights.shape) == ((), (), (0, 0))
