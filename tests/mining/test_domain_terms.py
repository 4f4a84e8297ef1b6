"""Terms Kiwi cuts up: how they are counted, scored and ranked."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_terms import morphemes_of

from pipeline.mining.domain_terms import DomainTerm, Span, find_domain_terms
from pipeline.records import Morphemes


def said(*words: str) -> list[tuple[str, int, int]]:
    """Return the morphemes of 어절 written «주민/NNG+학교/NNG+에서/JKB», a blank between them."""
    rows, at = [], 0
    for word in words:
        for term in word.split("+"):
            length = len(term.rpartition("/")[0])
            rows.append((term, at, at + length))
            at += length
        at += 1
    return rows


def corpus(*interviews: Sequence[str]) -> Morphemes:
    return morphemes_of({f"P{n:02d}": said(*words) for n, words in enumerate(interviews, 1)})


SPLIT = "주민/NNG+기술/NNG+학교/NNG+에서/JKB"
WHOLE = "주민기술학교/NNP+는/JX"


def only(terms: Sequence[DomainTerm], form: str) -> DomainTerm:
    (term,) = [term for term in terms if term.form == form]
    return term


def test_one_word_here_and_three_there() -> None:
    morphemes = corpus([SPLIT, WHOLE], [SPLIT], [WHOLE])
    (term,) = find_domain_terms(morphemes)
    assert (term.form, term.tag) == ("주민기술학교", "NNG")
    assert (term.n_whole, term.n_split, term.n_interviews) == (2, 2, 2)
    assert term.splits == ((("주민/NNG", "기술/NNG", "학교/NNG"), 2),)
    assert term.examples == (Span("P01", 0, 6), Span("P02", 0, 6))
    assert (term.cohesion, term.freedom) == (1.0, pytest.approx(1.0))
    assert term.score == pytest.approx(math.log2(1 + 2 * 2), abs=1e-6)


def test_a_part_of_a_term_is_none() -> None:
    forms = [term.form for term in find_domain_terms(corpus([SPLIT] * 4, [SPLIT] * 4))]
    assert forms == ["주민기술학교"]


def test_a_part_that_also_stands_alone_is_one() -> None:
    morphemes = corpus([SPLIT] * 3 + ["기술/NNG+학교/NNG+도/JX"] * 5)
    assert {t.form for t in find_domain_terms(morphemes)} == {"주민기술학교", "기술학교"}


def test_cohesion_by_hand() -> None:
    # 4 times 집수리; 집 stands 8 times, 수리 4 times: forward 4/8, backward 4/4.
    morphemes = corpus(["집/NNG+수리/NNG+를/JKO"] * 4 + ["집/NNG+이/JKS"] * 4)
    term = only(find_domain_terms(morphemes), "집수리")
    assert term.cohesion == pytest.approx((4 / 8 + 4 / 4) / 2)
    assert term.score == pytest.approx(term.cohesion * math.log2(1 + 4), abs=1e-6)


def test_freedom_by_hand() -> None:
    # Three at an edge, one before 관: entropy of (1/4 three times, 1/4), all differ: 1.
    # Twice before 관: shares 1/4, 1/4, 2/4.
    edge, inside = "공유/NNG+공간/NNG+에/JKB", "공유/NNG+공간/NNG+관/NNG"
    differing = only(find_domain_terms(corpus([edge] * 3 + [inside])), "공유공간")
    alike = only(find_domain_terms(corpus([edge] * 2 + [inside] * 2)), "공유공간")
    assert differing.freedom == pytest.approx(1.0)
    assert alike.freedom == pytest.approx(1.5 * math.log(2) / math.log(4))


def test_what_would_change_more_ranks_higher() -> None:
    rare = ["협동조합/NNG"] * 20 + ["협동/NNG+조합/NNG"]
    often = ["공유/NNG+공간/NNG"] * 10
    assert [t.form for t in find_domain_terms(corpus(rare + often))] == ["공유공간", "협동조합"]


def test_agreement_of_the_extractor_raises_the_score_and_lets_loose_words_in() -> None:
    loose = ["우리/NNG+마을/NNG"] * 3 + ["우리/NNG", "마을/NNG"] * 40
    assert find_domain_terms(corpus(loose)) == ()
    (term,) = find_domain_terms(corpus(loose), extracted=["우리마을"])
    assert term.extracted
    assert term.score == pytest.approx((1 + term.cohesion) / 2 * math.log2(1 + 3), abs=1e-6)


@pytest.mark.parametrize(
    "word",
    [
        "주민/NNG 센터/NNG",  # apart
        "주민/NNG+들/XSN",  # a plural is no word of its own
        "정숙/NNP+님/XSN",
        "사회/NNG+적/XSN",
        "강/NNG+가/NNG",  # two syllables
        "가/VV+는/ETM+사람/NNG",
    ],
)
def test_what_is_no_term(word: str) -> None:
    assert find_domain_terms(corpus(word.split() * 5)) == ()


def test_suffixes_and_prefixes_belong_to_terms() -> None:
    words = ["수료/NNG+생/XSN+이/JKS", "소/XPN+상공인/NNG", "사회/NNG+적/XSN+경제/NNG"] * 3
    assert {t.form for t in find_domain_terms(corpus(words))} == {
        "수료생",
        "소상공인",
        "사회적경제",
    }


def test_known_words_rare_words_and_stop_words_are_left_out() -> None:
    words = [SPLIT] * 3 + ["사업/NNG+후/NNG+에/JKB"] * 3 + ["공유/NNG+공간/NNG"] * 2
    morphemes = corpus(words)
    forms = [t.form for t in find_domain_terms(morphemes, stopwords=["후/NNG", "기술/NNG"])]
    assert forms == ["주민기술학교"]
    assert "사업후" in {t.form for t in find_domain_terms(morphemes)}
    assert "주민기술학교" not in {t.form for t in find_domain_terms(morphemes, ["주민기술학교"])}
    assert "공유공간" in {t.form for t in find_domain_terms(morphemes, min_count=2)}


def test_a_run_does_not_reach_into_the_next_interview() -> None:
    # The spans of both begin at 0: 주민 ends where 학교 of the next would begin.
    touching = {f"P{n}": [("주민/NNG", 0, 2)] if n % 2 else [("학교/NNG", 2, 4)] for n in range(8)}
    assert find_domain_terms(morphemes_of(touching)) == ()


def test_ties_rank_by_form() -> None:
    words = ["다라/NNG+마바/NNG", "가나/NNG+마사/NNG"] * 3
    assert [t.form for t in find_domain_terms(corpus(words))] == ["가나마사", "다라마바"]


def test_examples_are_of_different_interviews_first() -> None:
    word = "공유/NNG+공간/NNG"
    term = only(find_domain_terms(corpus([word] * 6, [word], [word])), "공유공간")
    assert [span.interview for span in term.examples] == ["P01", "P02", "P03", "P01", "P01"]


def test_nothing_said() -> None:
    assert find_domain_terms(corpus()) == ()
    assert find_domain_terms(corpus([], [])) == ()


noun = st.sampled_from(
    ["마을/NNG", "집/NNG", "수리/NNG", "생/XSN", "소/XPN", "에/JKB", "집수리/NNG"]
)
words = st.lists(st.lists(noun, min_size=1, max_size=4).map("+".join), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=1, max_size=3))
def test_counts_and_spans_agree_with_the_corpus(interviews: list[list[str]]) -> None:
    morphemes = corpus(*interviews)
    texts = {
        f"P{n:02d}": " ".join("".join(t.rpartition("/")[0] for t in w.split("+")) for w in said)
        for n, said in enumerate(interviews, 1)
    }
    terms = find_domain_terms(morphemes, min_count=2)
    assert terms == tuple(sorted(terms, key=lambda t: (-t.score, t.form)))
    for term in terms:
        assert term.n_split == sum(count for _, count in term.splits) >= 1
        assert term.n_whole + term.n_split >= 2
        assert 0 < term.cohesion <= 1
        assert 0 <= term.freedom <= 1 + 1e-9
        assert all(texts[s.interview][s.start : s.end] == term.form for s in term.examples)
        assert all(
            "".join(t.rpartition("/")[0] for t in split) == term.form for split, _ in term.splits
        )
