"""Keys of the room ``mining``: terms, topics, keywords, the network, tables of words."""

from __future__ import annotations

import math
from typing import Annotated, Literal, get_args

from pydantic import Field, field_validator

from pipeline.settings.declared import Section, Tag, key

KeywordMethod = Literal[
    "frequency", "tfidf", "ctfidf", "log_likelihood", "log_odds", "textrank", "phrases",
]  # fmt: skip


class TermsConfig(Section):
    """Which terms enter the matrix."""

    min_segments: int = key(
        2, "이보다 적은 단위에 나온 말은 뺍니다", "terms in fewer segments are left out", ge=1
    )
    max_share: float = key(
        0.5,
        "이 비율보다 많은 단위에 나온 말은 토픽에서 뺍니다(0~1)",
        "terms in a larger share of segments are left out of topics (0 to 1)",
        gt=0,
        le=1,
    )


class TopicsConfig(Section):
    """How topics are found."""

    method: Literal["nmf", "lda", "consensus"] = key(
        "consensus",
        "토픽 방법: consensus(면담을 덜어 내며 되풀이한 nmf의 합의), nmf(scikit-learn), lda(gensim)",
        "consensus (of nmf over resampled interviews), nmf (scikit-learn), lda (gensim)",
    )
    count: Annotated[int, Field(ge=1, le=500)] | Literal["auto"] = key(
        "auto",
        "토픽 수. auto는 range 안에서 정합성·안정성·배타성을 재어 정합니다",
        "number of topics; auto: chosen within `range` by coherence, stability and exclusivity",
    )
    seeds: dict[str, Annotated[list[str], Field(min_length=1)]] = key(
        {},
        "씨앗 토픽: 이름마다 그 토픽으로 끌어올 말, 예: {주거: [월세, 보증금]}. 코드북의 코드 이름을 적으면 그 코드의 말을 씁니다",
        "seeded topics: words that pull one, by name, as {housing: [rent, deposit]}; the name of a"
        " code stands for the code's words",
    )
    range: list[Annotated[int, Field(ge=2, le=200)]] = key(
        [5, 30],
        "count가 auto일 때 견줄 토픽 수의 처음과 끝",
        "fewest and most topics that auto compares",
        min_length=2,
        max_length=2,
    )
    tags: list[Tag] = key(
        ["NNG", "NNP"], "토픽에 쓸 품사", "parts of speech used for topics", min_length=1
    )

    @field_validator("range")
    @classmethod
    def _ascending(cls, limits: list[int]) -> list[int]:
        if limits[0] > limits[1]:
            raise ValueError("작은 수를 먼저 적으세요.", "Give the smaller number first.")
        return limits


class KeywordsConfig(Section):
    """How keywords are found."""

    methods: list[KeywordMethod] = key(
        ["frequency", "tfidf", "log_likelihood", "phrases"],
        f"키워드 방법: {', '.join(get_args(KeywordMethod))}",
        "methods",
    )
    group: str | Annotated[list[str], Field(min_length=1)] = key(
        "role",
        "견줄 집단의 열 이름(participants.csv 등의 열), 또는 interview(면담끼리), code(코드끼리)."
        " 여럿은 [role, district]. 없는 열이면 면담끼리 견줍니다",
        "the column that groups segments, or interview, or code; several as [role, district];"
        " where it is missing, interviews are compared",
    )
    top: int = key(30, "방법과 집단마다 적을 키워드 수", "keywords a method and group", ge=1)
    ngrams: int = key(
        200, "길이(2, 3)마다 적을 N-gram의 수(자주 나온 순)", "n-grams of each length", ge=0
    )


class NetworkConfig(Section):
    """How the network of terms (의미연결망) is made."""

    top: int = key(
        50, "연결망에 넣을 말의 수(자주 나온 순)", "terms, the most frequent", ge=1, le=2000
    )
    within: Literal["segment", "sentence", "window"] = key(
        "segment",
        "함께 나왔다고 볼 범위: segment(분석 단위), sentence(문장), window(이어진 말 window개)",
        "where terms count as said together: segment, sentence, window (of `window` terms)",
    )
    window: int = key(5, "within이 window일 때 말의 수", "terms in a window", ge=2, le=200)
    measure: Literal["pmi", "npmi", "log_likelihood", "jaccard", "count"] = key(
        "npmi",
        "연결의 세기: pmi, npmi, log_likelihood, jaccard, count(함께 나온 횟수)",
        "weight of a tie: pmi, npmi, log_likelihood, jaccard, count",
    )
    threshold: float | Literal["auto"] = key(
        "auto",
        "이 값보다 약한 연결은 뺍니다. auto는 말 하나에 연결이 세 개꼴로 남게 정합니다",
        "weaker ties are left out; auto leaves three ties a term",
    )
    depth: int = key(2, "CONCOR를 나누는 깊이(2면 블록 넷까지)", "splits of CONCOR", ge=1, le=5)
    tags: list[Tag] = key(
        ["NNG", "NNP"], "연결망에 쓸 품사", "parts of speech of the network", min_length=1
    )

    @field_validator("threshold")
    @classmethod
    def _finite(cls, threshold: float | Literal["auto"]) -> float | Literal["auto"]:
        if threshold != "auto" and not math.isfinite(threshold):
            raise ValueError("수를 적거나 auto를 적으세요.", "Give a number, or auto.")
        return threshold


class TablesConfig(Section):
    """The tables as papers print them."""

    top: int = key(
        50,
        "빈도분석 표에 실을 낱말 수(빈도순, TF-IDF순)",
        "words of the table of frequencies",
        ge=1,
    )
    tags: list[Tag] = key(
        ["NNG", "NNP"], "빈도분석 표에 실을 품사", "parts of speech of that table", min_length=1
    )
