from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from threadpoolctl import threadpool_limits
from tiny_study import codes_of, random_vectors, terms_of

from pipeline.records import CodeTerms
from pipeline.themes.scoring import METHODS_TEXTS, Scored, read_untaught, score_codes

Gold = Mapping[int, frozenset[str]]
MONEY, ROAD = frozenset({"소득"}), frozenset({"교통"})
CODES = codes_of({"소득": "소득/NNG 돈/NNG", "교통": "버스/NNG 도로/NNG"})
# In turn on money and on the road, each a little different; six to an interview.
SAID = [
    f"{'돈/NNG 벌/VV' if row % 2 == 0 else '버스/NNG 타/VV'} 말{row % 5}/NNG" for row in range(24)
]
INTERVIEWS = [f"P{row // 6}" for row in range(24)]
TAUGHT: Gold = {row: MONEY if row % 2 == 0 else ROAD for row in range(18)}


def score(
    gold: Gold,
    said: list[str] | None = None,
    codes: CodeTerms = CODES,
    topic_scores: np.ndarray | None = None,
) -> Scored:
    said = SAID if said is None else said
    terms = terms_of(said)
    texts = [segment.replace("/NNG", "").replace("/VV", "") for segment in said]
    interviews = INTERVIEWS[: len(said)]
    vectors = random_vectors([*codes.vocabulary, *terms.vocabulary], seed=1)
    untaught = read_untaught(terms, texts, codes, vectors, topic_scores)
    scored = score_codes(untaught, interviews, gold)
    assert scored.score.shape == (len(said), len(codes.codes))
    assert np.isfinite(scored.score).all()
    assert ((scored.score >= 0) & (scored.score <= 1)).all()
    assert (scored.sure is None) == (scored.basis != "calibrated") == (scored.set_from is None)
    assert scored.cosines.shape == (len(codes.vocabulary), len(terms.vocabulary))
    assert scored.words.shape == (len(terms.vocabulary), len(codes.codes))
    return scored


def right(scored: Scored) -> int:
    """Count the segments whose best code is the one they are about."""
    return int((scored.score.argmax(axis=1) == np.arange(24) % 2).sum())


def test_without_coded_segments_scores_only_rank() -> None:
    scored = score({})
    assert scored.basis == "codebook"
    assert not scored.words.any()
    assert right(scored) == 24


def test_a_single_segment_is_ranked() -> None:
    for said, best in (("돈/NNG 벌/VV", 0), ("버스/NNG 타/VV", 1)):
        (scores,) = score({}, [said]).score
        assert scores.argmax() == best
        assert np.ptp(scores) > 0.2


def test_with_coded_segments_scores_are_probabilities() -> None:
    scored = score(TAUGHT)
    assert scored.basis == "calibrated"
    assert scored.words.any()
    assert right(scored) == 24
    unseen = scored.score[18:]
    assert unseen.max(axis=1).min() > 0.8
    assert unseen.min(axis=1).max() < 0.2


def test_codings_teach_what_the_codebook_does_not_say() -> None:
    silent = codes_of({"소득": "", "교통": ""})
    assert right(score({}, codes=silent)) == 12  # all alike: the first code, half the time right
    assert right(score(TAUGHT, codes=silent)) == 24


def test_of_a_stray_segment_one_is_less_sure_than_of_the_rest() -> None:
    stray = [*SAID[:23], "코끼리/NNG 기린/NNG"]
    sure = score(TAUGHT, stray).sure
    assert sure is not None
    assert sure[:18].mean() > 0.9
    assert not sure[23]


def test_one_coded_segment() -> None:
    scored = score({0: MONEY})
    assert scored.basis == "taught"
    # The two on the road that share their other word with it are drawn to its code.
    assert right(scored) >= 22


def test_rows_coded_alike_teach_without_spilling_over() -> None:
    silent = codes_of({"소득": "", "교통": ""})
    for gold in ({0: MONEY}, dict.fromkeys(range(0, 12, 2), MONEY)):
        money, road = score(gold, codes=silent).score[18:].T
        assert money[0::2].min() > money[1::2].max()
        assert money.max() < 0.99
        assert (road == road[0]).all()


def test_a_code_often_used_is_likelier_than_one_as_near() -> None:
    silent = codes_of({"소득": "", "교통": ""})
    alike = [f"말{row}/NNG" for row in range(24)]
    gold = {row: ROAD if row % 4 else MONEY for row in range(20)}
    money, road = score(gold, alike, silent).score[20:].T
    assert (road > money).all()


def test_all_coded_segments_in_one_interview() -> None:
    scored = score({row: TAUGHT[row] for row in range(6)})
    assert right(scored) == 24
    many = [segment for segment in SAID for _ in "12"][:24]
    assert score({row: MONEY if row % 4 < 2 else ROAD for row in range(6)}, many).score.any()


def test_contradictory_codings() -> None:
    same = ["돈/NNG 벌/VV"] * 24
    scored = score({row: MONEY if row % 2 == 0 else ROAD for row in range(18)}, same)
    assert np.ptp(scored.score[18:], axis=0) == pytest.approx(0)


def test_every_segment_coded_with_every_code() -> None:
    assert score(dict.fromkeys(range(24), MONEY | ROAD)).basis == "taught"


def test_segments_coded_with_nothing() -> None:
    assert score(dict.fromkeys(range(5), frozenset())).basis == "taught"


@pytest.mark.parametrize("count", [1, 500])
@pytest.mark.parametrize("n_coded", [0, 12])
def test_a_codebook_of_one_and_of_five_hundred_codes(count: int, n_coded: int) -> None:
    codes = codes_of({f"코드{n}": f"말{n}/NNG" for n in range(count)})
    gold = {row: frozenset({f"코드{row % count}"}) for row in range(n_coded)}
    score(gold, codes=codes)


def test_a_segment_without_terms_has_the_codes_most_used() -> None:
    silent = [*SAID[:20], "", *SAID[21:]]
    often_road = {**TAUGHT, 0: ROAD, 2: ROAD}
    money, road = score({}, silent).score[20]
    assert money == road
    money, road = score(often_road, silent).score[20]
    assert money < road < 0.9


@pytest.mark.parametrize("gold", [{}, {0: MONEY}], ids=["uncoded", "coded"])
@pytest.mark.parametrize("said", [[""], ["", ""], ["돈/NNG"]], ids=["one", "two", "a word"])
def test_hardly_any_text(said: list[str], gold: Gold) -> None:
    score(gold, said)


@pytest.mark.parametrize("gold", [{}, TAUGHT], ids=["uncoded", "coded"])
def test_codes_without_words(gold: Gold) -> None:
    score(gold, codes=codes_of({"소득": "", "교통": ""}))


def test_two_codes_with_the_same_text() -> None:
    twins = codes_of({"소득": "돈/NNG", "수입": "돈/NNG", "교통": "버스/NNG"})
    scored = score({}, codes=twins)
    assert (scored.score[:, 0] == scored.score[:, 1]).all()


def test_topics_are_listened_to() -> None:
    favoured = np.zeros((24, 2))
    favoured[::3, 1] = 1.0
    plain, led = score({}).score, score({}, topic_scores=favoured).score
    assert (led[::3, 1] > plain[::3, 1]).all()


def test_the_same_bytes_twice() -> None:
    assert score(TAUGHT).score.tobytes() == score(TAUGHT).score.tobytes()


def test_every_basis_has_its_sentence_in_both_languages() -> None:
    only_ranks = {basis: "순위만" in text["ko"] for basis, text in METHODS_TEXTS.items()}
    assert only_ranks == {"codebook": True, "taught": True, "calibrated": False}
    assert ["only ranks" in text["en"] for text in METHODS_TEXTS.values()] == [True, True, False]


def test_learning_anew_after_one_more_coding_is_learning_from_all() -> None:
    terms = terms_of(SAID)
    vectors = random_vectors([*CODES.vocabulary, *terms.vocabulary], seed=1)
    untaught = read_untaught(terms, SAID, CODES, vectors, None)
    before = score_codes(untaught, INTERVIEWS, TAUGHT)
    more = {**TAUGHT, 20: MONEY}
    grown = score_codes(untaught, INTERVIEWS, more, known=before.gram)
    anew = score_codes(untaught, INTERVIEWS, more)
    assert grown.score == pytest.approx(anew.score, abs=1e-8)
    assert grown.set_from == pytest.approx(anew.set_from)


def test_a_parent_gains_from_its_children() -> None:
    family = codes_of({"살림": "살림/NNG", "소득": "돈/NNG", "교통": "버스/NNG"})
    terms = terms_of(SAID)
    vectors = random_vectors([*family.vocabulary, *terms.vocabulary], seed=3)

    def money_over_road(parents: Mapping[str, str]) -> float:
        untaught = read_untaught(terms, SAID, family, vectors, None, parents)
        household = score_codes(untaught, INTERVIEWS, {}).score[:, 0]
        return float(household[::2].mean() - household[1::2].mean())

    assert money_over_road({}) < 0.1  # its own word tells nothing
    assert money_over_road({"소득": "살림"}) > 0.3


def test_rejections_alone_teach() -> None:
    terms = terms_of(SAID)
    vectors = random_vectors([*CODES.vocabulary, *terms.vocabulary], seed=1)
    untaught = read_untaught(terms, SAID, CODES, vectors, None)
    refused = score_codes(untaught, INTERVIEWS, {}, {0: MONEY, 2: MONEY})
    assert refused.basis == "taught"
    assert np.isfinite(refused.score).all()


def test_the_same_bytes_whatever_the_threads() -> None:
    rng = np.random.default_rng(1)
    said = [" ".join(f"말{word}/NNG" for word in rng.integers(0, 300, 12)) for _ in range(400)]
    codes = codes_of({f"코드{n}": f"말{n}/NNG 말{n + 40}/NNG" for n in range(40)})
    terms = terms_of(said)
    vectors = random_vectors([*codes.vocabulary, *terms.vocabulary], seed=1)
    gold = {row: frozenset({f"코드{row % 40}"}) for row in range(300)}
    topics = rng.normal(size=(400, 40))
    made = []
    for threads in (1, 4):
        with threadpool_limits(threads, "blas"):
            untaught = read_untaught(terms, said, codes, vectors, topics, {"코드1": "코드0"})
            scored = score_codes(untaught, [f"P{row // 30}" for row in range(400)], gold)
            made.append(scored.score.tobytes())
    assert made[0] == made[1]


def test_segments_whose_codes_the_codebook_lacks_do_not_lower_what_is_sure() -> None:
    stray = [*SAID[:16], "코끼리/NNG 기린/NNG", "하마/NNG 사자/NNG", *SAID[18:23], "곰/NNG 범/NNG"]
    gold = {**TAUGHT, 16: frozenset({"동물"}), 17: frozenset[str]()}
    scored = score(gold, stray)
    assert scored.basis == "calibrated"
    assert scored.sure is not None
    assert scored.sure[:16].mean() > 0.9
    assert not scored.sure[[16, 17, 23]].any()


def test_taking_a_coding_back_is_never_having_had_it() -> None:
    terms = terms_of(SAID)
    vectors = random_vectors([*CODES.vocabulary, *terms.vocabulary], seed=1)
    untaught = read_untaught(terms, SAID, CODES, vectors, None)
    more = score_codes(untaught, INTERVIEWS, {**TAUGHT, 20: MONEY})
    back = score_codes(untaught, INTERVIEWS, TAUGHT, known=more.gram)
    assert back.score == pytest.approx(score_codes(untaught, INTERVIEWS, TAUGHT).score, abs=1e-8)
