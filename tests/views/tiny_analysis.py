"""A small study, analysed by hand, for the writers to write."""

from __future__ import annotations

import dataclasses

import numpy as np

from pipeline.errors import Problem
from pipeline.records import (
    Analysis,
    Code,
    Coding,
    Comparison,
    Evidence,
    Gap,
    Interview,
    Keyword,
    Match,
    Measured,
    Ngram,
    Prevalence,
    Segment,
    SegmentSuggestions,
    Suggestion,
    Threshold,
    Thresholds,
    Topic,
    TopicModel,
    Turn,
    Uncovered,
    WordCount,
    WordCounts,
)

_P01 = "왜 오셨어요? 집수리를 배우고 싶었어요. 도배를 배웠죠. 조합도 만들었어요."
_P02 = "네. - 강사가 좋았어요. 구청이 도왔고요."


def make_analysis(**changes: object) -> Analysis:
    """Two interviews: P01 coded, P02 not; two topics; a codebook of three levels."""
    interviews = (
        Interview(
            "P01",
            _P01,
            (
                Turn(1, "면담자", "interviewer", 0, 7),
                Turn(2, "답변", "participant", 8, len(_P01), time=3725.9),
            ),
            "P01.txt",
            {"role": "참여자", "district": "A구"},
        ),
        Interview(
            "P02",
            _P02,
            (Turn(1, "", "participant", 3, len(_P02)),),
            "P02.txt",
            {"role": "=매니저", "source": "-5"},
        ),
    )
    segments = (
        Segment("P01:002.1", "P01", 2, "답변", 8, 22, {"role": "참여자"}),
        Segment("P01:002.2", "P01", 2, "답변", 23, len(_P01), {"role": "참여자"}),
        Segment("P02:001", "P02", 1, "", 3, len(_P02), {"role": "=매니저"}),
    )
    codes = (
        Code("참여자의 변화", "c1", definition="달라진 것"),
        Code("비즈니스 역량", "c2", parent="참여자의 변화", depth=1),
        Code("전문성 향상", "c3", parent="비즈니스 역량", depth=2, fields={"source": "abstract"}),
        Code("=협동조합/설립", "c4", parent="비즈니스 역량", depth=2, include=("조합을 만든 말",)),
    )
    codings = (
        Coding("P01", 23, len(_P01), "전문성 향상", "A"),
        Coding("P01", 23, len(_P01), "전문성 향상", "B"),
        Coding("P01", 23, len(_P01), "=협동조합/설립", "A"),
        Coding("P01", 8, 22, "전문성 향상", "A"),
    )
    topics = (
        Topic(
            1,
            "도배·배우다·조합",
            (("도배/NNG", 0.5), ("배우/VV", 0.3), ("조합/NNG", 0.2)),
            2 / 3,
            ("P01:002.2", "P01:002.1"),
            0.75,
        ),
        Topic(2, "강사·구청", (("강사/NNG", 0.6), ("구청/NNG", 0.4)), 1 / 3, ("P02:001",)),
    )
    model = TopicModel(topics, np.zeros((3, 2)), np.zeros((2, 5)), (), "nmf", {"ko": "", "en": ""})
    evidence = (
        Evidence("강사", 5, 7, "코드의 정의에 있는 말"),
        Evidence("사가", 6, 8, "겹치는 말"),
    )
    suggestions = (
        SegmentSuggestions(
            "P02:001",
            "P02",
            False,
            (
                Suggestion("전문성 향상", 0.1234567, evidence),
                Suggestion("=협동조합/설립", 1e-9, (Evidence("구청", 15, 17, "가까운 말"),)),
            ),
        ),
    )
    analysis = Analysis(
        study="school",
        title="주민기술학교",
        lang="ko",
        levels=("영역", "범주", "코드"),
        interviews=interviews,
        segments=segments,
        codes=codes,
        codings=codings,
        keywords=(
            Keyword("tfidf", "전체", "집수리", "NNG", 1.5, 12, 9),
            Keyword(
                "tfidf",
                "전체",
                "배우",
                "VV",
                0.25,
                3,
                2,
                "role",
                -1.0,
                0.5,
                2,
                2 / 3,
                "=주민",
                ("P01:002.1", "P02:001"),
            ),
        ),
        ngrams=(Ngram(("집/NNG", "고치/VV"), 3, 2, 0.25, 1.5, ("P01:002.1", "P02:001")),),
        model=model,
        matches=(
            Match(1, "전문성 향상", 2.5, 0.001, 1, 0.02, 1.0, 0.5, 1.0),
            Match(1, "=협동조합/설립", -0.0000001, 0.5, 2),
            Match(2, "=협동조합/설립", 0.04, 0.0499, 1),
            Match(2, "전문성 향상", -1.25, 0.9, 2),
        ),
        uncoded=("P02:001",),
        suggestions=suggestions,
        score_only_ranks=False,
        methods=({"ko": "첫 문장이다.", "en": "The first."}, {"ko": "둘째다.", "en": "Second."}),
        problems=(Problem("빈 파일입니다.", "An empty file.", "P03.txt", 2, "warning"),),
        uncovered=(Uncovered(("강사/NNG", "돕/VV"), ("P02:001",)),),
        gaps=(
            Gap(
                "unsupported", (2,), ("=협동조합/설립",), 0.04, 0.0499, 1, 1, ("P01:002.2",),
                2, 1, -0.5, 1.25, ("P02",),
            ),
            Gap(
                "uncovered", (2,), ("=협동조합/설립",), 0.04, 0.0499, 1, 0, ("P02:001",),
                2, 2, 0.01, 0.05, (),
            ),
        ),
    )  # fmt: skip
    return dataclasses.replace(analysis, **changes)  # pyright: ignore[reportArgumentType]


def make_taught() -> Analysis:
    """The same study with all that enough coded segments and an evaluation add."""
    analysis = make_analysis()
    (found,) = analysis.suggestions
    first, second = found.suggestions
    first = dataclasses.replace(first, like="P01:002.2", above=True)
    likely = ("전문성 향상", "=협동조합/설립")
    return dataclasses.replace(
        analysis,
        suggestions=(
            dataclasses.replace(
                found,
                suggestions=(first, dataclasses.replace(second, above=False)),
                likely=likely,
            ),
        ),
        thresholds=Thresholds(
            0.8,
            240,
            Threshold(None, 0.4567, 720, 90),
            (Threshold("전문성 향상", 0.3, 40, 22), Threshold("=협동조합/설립", None, 35, 0)),
        ),
        measured=Measured(
            {
                0: {"gyeol": (0.4, 0.3, 0.5), "overlap": (0.3, 0.2, 0.4)},
                10: {"gyeol": (0.66, 0.6, 0.7), "linear": (0.5, 0.4, 0.6), "overlap": (0.3, 0.2, 0.4)},
            },
            123, 7, 171, 52, rounds=3, split="interview", synthetic=False, outdated=False,
        ),
    )  # fmt: skip


def make_empty() -> Analysis:
    """One interview in which nothing was found, and no codebook."""
    analysis = make_analysis()
    return dataclasses.replace(
        analysis,
        codes=(),
        codings=(),
        keywords=(),
        ngrams=(),
        model=dataclasses.replace(analysis.model, topics=()),
        matches=(),
        suggestions=(),
        methods=(),
        problems=(),
        uncovered=(),
        gaps=(),
    )


def make_comparison() -> Comparison:
    """Topic 1 of the whole corpus and of two roles, one of them with an interval."""
    found = (
        ("", "", 0.3, 0.2, 0.4, 0.1, 0.5, None, None, None, 60, 8, 8, ("P01:002.1", "P01:002.2")),
        ("role", "참여자", 0.5, 0.25, 0.75, 0.1, 0.9, -0.25, -0.5, 0.0, 40, 7, 6, ("P01:002.1",)),
        ("role", "=매니저", 0.75, None, None, 0.5, 1.0, 0.25, None, None, 20, 2, 2, ()),
    )
    rows = tuple(Prevalence("topic", "1", *row) for row in found)
    return Comparison(rows, 2000, {"ko": "비중을 견주었다.", "en": "Compared."})


def make_word_counts() -> WordCounts:
    """Two words; the more frequent one is said everywhere."""
    often = WordCount("집/NNG", 9, 75.0, 2, 0.0, ("P01:002.1", "P01:002.2", "P02:001"))
    seldom = WordCount("=도배/NNG", 3, 25.0, 1, 1.25, ("P01:002.1",))
    return WordCounts((often, seldom), (seldom, often), {"ko": "세었다.", "en": "Counted."})


def retold(analysis: Analysis, text: str) -> Analysis:
    """Return ``analysis`` with a last interview, P09, whose one segment says ``text``."""
    interview = Interview("P09", text, (Turn(1, text, "participant", 0, len(text)),), text)
    segment = Segment("P09:001", "P09", 1, text, 0, len(text), {"note": text})
    topic = dataclasses.replace(analysis.model.topics[0], label=text, segments=("P09:001",))
    return dataclasses.replace(
        analysis,
        title=text,
        interviews=(*analysis.interviews, interview),
        segments=(*analysis.segments, segment),
        codes=(*analysis.codes, Code(text, "odd", definition=text)),
        codings=(*analysis.codings, Coding("P01", 8, 22, text, text)),
        keywords=(Keyword("tfidf", text, text, "NNG", 1.0, 1, 1),),
        model=dataclasses.replace(analysis.model, topics=(topic,)),
        matches=(Match(1, text, 1.0, 0.001, 1),),
        gaps=(Gap("uncovered", (1,), (text,), 1, 0.5, 1, 0, ("P09:001",), 2, 1, 0, 1, (text,)),),
        suggestions=(
            SegmentSuggestions(
                "P09:001",
                "P09",
                True,
                (Suggestion(text, 0.5, (Evidence(text, 0, len(text), text),)),),
            ),
        ),
        uncoded=("P09:001",),
        problems=(Problem(text, text, text),),
    )
