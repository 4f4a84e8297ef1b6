from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
from test_alignment import CODES, INTERVIEWS, MODEL, TERMS, TOPIC_OF, VECTORS
from tiny_study import codes_of, random_vectors, terms_of

from pipeline.mining.topics import find_topics
from pipeline.records import Code, CodeTerms, Gap, Match, TopicModel
from pipeline.themes.alignment import align, find_ground
from pipeline.themes.gaps import find_gaps
from pipeline.themes.laying import choose_left_out

TREE = tuple(Code(name, name) for name in CODES.codes)
MONEY, HEART, BUS = (TOPIC_OF[word] for word in ("돈/NNG", "마음/NNG", "버스/NNG"))


def gaps_of(
    pressed: Mapping[tuple[int, str], str],
    codes: Sequence[Code] = TREE,
    code_terms: CodeTerms = CODES,
    gold: Mapping[int, frozenset[str]] | None = None,
    model: TopicModel = MODEL,
    interviews: Sequence[str] = INTERVIEWS,
) -> tuple[Gap, ...]:
    """Find gaps where ``pressed`` says which matches chance reaches seldom, hardly or often.

    Twelve segments are too few to get so far by themselves: the scores are those there are,
    and what chance reaches is set a little below or far above them.
    """
    ground = find_ground(
        model, code_terms, TERMS, VECTORS, interviews, gold or {}, choose_left_out(interviews)
    )
    return find_gaps(
        model,
        codes,
        code_terms,
        [_pressed(m, pressed.get((m.topic, m.code), "")) for m in align(model, ground, seed=1)],
        ground,
        TERMS.segments,
        interviews,
        gold or {},
    )


def _pressed(match: Match, how: str) -> Match:
    seldom = match.score - 10 if how in {"seldom", "hardly"} else match.score + 10
    hardly = match.score - 10 if how == "hardly" else match.score + 10
    return dataclasses.replace(match, seldom=seldom, hardly=hardly)


def of_kind(gaps: Sequence[Gap], kind: str) -> list[Gap]:
    return [gap for gap in gaps if gap.kind == kind]


ALL_WELL = {(MONEY, "경제적 성과"): "hardly", (HEART, "자신감"): "hardly", (BUS, "교통"): "hardly"}


def test_where_each_finds_its_own_only_the_unreadable_code_is_left() -> None:
    (gap,) = gaps_of(ALL_WELL)
    assert (gap.kind, gap.codes, gap.topics) == ("unread", ("말 없는 코드",), ())


def test_a_code_that_no_topic_supports_and_a_topic_that_no_code_covers() -> None:
    found = gaps_of({**ALL_WELL, (BUS, "교통"): ""}, gold={9: frozenset(["교통"])})
    (code,) = of_kind(found, "unsupported")
    assert (code.codes, code.topics) == (("교통",), (BUS,))
    assert code.segments == ("s09",)
    assert code.n_segments == 1
    (topic,) = of_kind(found, "uncovered")
    assert (topic.topics, topic.codes) == ((BUS,), ("교통",))
    assert set(topic.segments) <= set(MODEL.topics[BUS - 1].segments)
    assert (topic.n_segments, topic.n_coded) == (4, 1)
    # One passage of each interview before a second of any.
    assert len({INTERVIEWS[TERMS.segments.index(s)] for s in topic.segments}) == 3


def test_a_topic_that_does_not_recur_is_no_support() -> None:
    topics = tuple(
        dataclasses.replace(topic, recurrence=0.5 if topic.id == BUS else 0.95)
        for topic in MODEL.topics
    )
    found = gaps_of(ALL_WELL, model=dataclasses.replace(MODEL, topics=topics))
    (code,) = of_kind(found, "unsupported")
    assert code.codes == ("교통",)
    assert code.topics != (BUS,)
    assert of_kind(found, "uncovered") == []


def test_where_no_topic_recurs_all_are_looked_at() -> None:
    topics = tuple(dataclasses.replace(topic, recurrence=0.2) for topic in MODEL.topics)
    assert gaps_of(ALL_WELL, model=dataclasses.replace(MODEL, topics=topics)) == gaps_of(ALL_WELL)


def test_codes_that_share_a_topic() -> None:
    twins = codes_of({"돈": "돈/NNG 벌/VV", "수입": "돈/NNG 수입/NNG", "교통": "버스/NNG"})
    tree = tuple(Code(name, name) for name in twins.codes)
    pressed = {(MONEY, "돈"): "hardly", (MONEY, "수입"): "hardly", (BUS, "교통"): "hardly"}
    gold = {0: frozenset(["돈", "수입"]), 1: frozenset(["돈"]), 8: frozenset(["교통"])}
    (gap,) = of_kind(gaps_of(pressed, tree, twins, gold), "shared")
    assert gap.topics == (MONEY,)
    assert sorted(gap.codes) == ["돈", "수입"]
    assert (gap.n_segments, gap.n_coded) == (1, 2)
    assert gap.segments[0] == "s00"
    # A code and the one above it are meant to go together.
    nested = (Code("돈", "돈"), Code("수입", "수입", parent="돈", depth=1), tree[2])
    assert of_kind(gaps_of(pressed, nested, twins, gold), "shared") == []


def test_a_code_that_falls_into_two_topics() -> None:
    found = gaps_of({**ALL_WELL, (HEART, "교통"): "hardly"}, gold={9: frozenset(["교통"])})
    (gap,) = of_kind(found, "split")
    assert gap.codes == ("교통",)
    assert set(gap.topics) == {HEART, BUS}
    assert gap.segments[0] == "s09" or gap.segments[1] == "s09"
    alike = dataclasses.replace(MODEL, term_weights=np.ones_like(MODEL.term_weights))
    assert of_kind(gaps_of({**ALL_WELL, (HEART, "교통"): "hardly"}, model=alike), "split") == []


def test_every_interview_is_left_out_in_turn() -> None:
    found = gaps_of({**ALL_WELL, (BUS, "교통"): ""})
    for gap in found:
        assert gap.n_left_out == 4
        assert gap.n_standing == 4 - len(gap.hangs_on)
        assert gap.lowest <= gap.highest


def test_a_topic_of_one_interview_hangs_on_it() -> None:
    interviews = ["P1"] * 4 + ["P2"] * 4 + ["P3"] * 4
    (gap,) = of_kind(gaps_of({**ALL_WELL, (BUS, "교통"): ""}, interviews=interviews), "uncovered")
    assert gap.hangs_on == ("P3",)
    assert gap.n_standing == 2


def test_of_a_single_interview_nothing_is_left_out() -> None:
    found = gaps_of({}, interviews=["P1"] * 12)
    assert len(found) > 3
    for gap in found:
        assert (gap.n_left_out, gap.n_standing, gap.hangs_on) == (0, 0, ())
        assert gap.lowest == gap.highest == gap.score


def test_no_codebook_one_code_one_topic_three_segments() -> None:
    assert gaps_of({}, (), codes_of({})) == ()
    lone = codes_of({"교통": "버스/NNG"})
    found = gaps_of({(BUS, "교통"): "hardly"}, (Code("교통", "1"),), lone)
    assert [(gap.kind, gap.topics) for gap in found] == [
        ("uncovered", (topic,)) for topic in sorted({MONEY, HEART})
    ]
    terms = terms_of(["돈/NNG 수입/NNG", "버스/NNG 길/NNG", "돈/NNG 버스/NNG"])
    vectors = random_vectors([*terms.vocabulary, *CODES.vocabulary], 3)
    for count in (1, 3):
        model = find_topics(terms, "nmf", count, seed=1)
        names = ["P1", "P2", "P3"]
        ground = find_ground(model, CODES, terms, vectors, names, {}, names)
        found = find_gaps(
            model, TREE, CODES, align(model, ground, 1), ground, terms.segments, names, {}
        )
        unread = of_kind(found, "unread")
        assert [gap.codes for gap in unread] == [("말 없는 코드",)]
        assert all(set(gap.segments) <= set(terms.segments) for gap in found)


def test_only_codes_one_codes_with_are_looked_at() -> None:
    tree = (
        Code("변화", "0"),
        *(Code(name, name, parent="변화", depth=1) for name in CODES.codes[:3]),
    )
    wider = codes_of({"변화": "변화/NNG", **dict.fromkeys(CODES.codes[:3], "버스/NNG")})
    named = {code for gap in gaps_of({}, tree, wider) for code in gap.codes}
    assert named == set(CODES.codes[:3])
    used = gaps_of({}, tree, wider, gold={0: frozenset(["변화"])})
    assert "변화" in {code for gap in used for code in gap.codes}
