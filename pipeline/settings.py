"""Every key of a study's configuration: its default, its meaning, its limits.

This is the one place where a key is declared. ``gyeol init`` writes its file from it,
``config`` checks a file against it.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from pipeline.corpus.options import Column, Comments, Notes
from pipeline.corpus.speaker_pattern import fault_in
from pipeline.errors import Lang
from pipeline.records import Role

PersonalKind = Literal[
    "rrn", "phone", "card", "account", "plate", "email", "url", "handle", "birth", "address", "name",
    "district",
]  # fmt: skip
PersonalRule = Literal["mask", "keep", "generalise"]
# What there is a coarser word for: a decade, a lettered district.
GENERALISABLE: frozenset[PersonalKind] = frozenset({"birth", "address", "district"})
KeywordMethod = Literal[
    "frequency", "tfidf", "ctfidf", "log_likelihood", "log_odds", "textrank", "phrases",
]  # fmt: skip
Typos = Literal["off", "basic", "continual", "basic_with_continual", "lengthening", "all"]
Dialect = Literal[  # of Kiwi's list, «archaic» left out: nobody is interviewed in it
    "gyeonggi", "chungcheong", "gangwon", "gyeongsang", "jeolla", "jeju",
    "hwanghae", "hamgyeong", "pyeongan",
]  # fmt: skip
Tag = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,3}$")]


def _key(default: Any, ko: str, en: str, **limits: Any) -> Any:  # noqa: ANN401
    """Declare a key: its default and what it means, in both languages."""
    make = (
        {"default_factory": lambda: list(default)}
        if isinstance(default, list)
        else {"default": default}
    )
    return Field(**make, json_schema_extra={"ko": ko, "en": en}, **limits)


class Section(BaseModel):
    """A part of the config: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadingConfig(Section):
    """How files are read, where a reader alone could not decide it."""

    columns: dict[Column, str | Annotated[list[str], Field(min_length=1)]] = _key(
        {},
        "표(CSV, XLSX)의 열: {text: 응답, interview: 번호, speaker: 화자, role: 구분, time: 시각}."
        " 설문의 여러 문항은 {text: [문항1, 문항2], interview: 번호}. 비우면 열 이름으로 알아봅니다",
        "columns of a table (CSV, XLSX), as {text: answer, interview: no, speaker: who, role: asks,"
        " time: at}; several questions: {text: [Q1, Q2]}; empty: known by their headings",
    )
    speaker: str | None = _key(
        None,
        "화자 표시를 찾는 정규식. 줄 첫머리에 맞추며 화자를 괄호 하나로 묶습니다. 예: '^([가-힣 ]+)\\)'",
        "regular expression for the heads of lines, the speaker's label in ( ); empty: detected",
    )
    roles: dict[str, Role] = _key(
        {},
        "화자마다 역할: {박 실장: interviewer, 김씨: participant}. interviewer보다 앞섭니다",
        "role of each speaker: {Park: interviewer, Kim: participant}; goes before `interviewer`",
    )
    footnotes: Notes = _key(
        "drop",
        "워드 문서의 각주와 미주: drop(뺌), keep(문단 뒤에 «※»를 붙여 둠)",
        "footnotes and endnotes of Word documents: drop, or keep (after the paragraph, with «※»)",
    )
    comments: Comments = _key(
        "ignore",
        "워드 문서의 메모: ignore(읽지 않음), memos(비공개 폴더에만 둠), codings(메모 글 = 코드 이름)",
        "comments of Word documents: ignore, memos (kept in the private folder), codings (a"
        " comment's text is the code's name)",
    )

    @field_validator("speaker")
    @classmethod
    def _usable(cls, pattern: str | None) -> str | None:
        if pattern is not None and (fault := fault_in(pattern)):
            raise ValueError(*fault)
        return pattern


class SegmentsConfig(Section):
    """How interviews are cut into segments."""

    unit: Literal["turn", "sentence", "window"] = _key(
        "turn",
        "분석 단위: turn(응답 발화), sentence(문장), window(문장 size개씩)",
        "unit of analysis: turn (an answer), sentence, window (of `size` sentences)",
    )
    size: int = _key(3, "window일 때 한 단위에 넣을 문장 수", "sentences in a window", ge=1, le=100)


class MorphologyConfig(Section):
    """How Kiwi reads, and what of its morphemes is kept."""

    tags: list[Tag] = _key(
        ["NNG", "NNP", "XR", "SL", "VV", "VA"],
        "남길 품사(세종 품사 태그). 동사·형용사(VV, VA)는 명사와 따로 다룹니다",
        "parts of speech kept; verbs and adjectives are kept apart from nouns",
        min_length=1,
    )
    dictionary: str | None = _key(
        None,
        "사용자 사전 파일. 비우면 연구 폴더의 dictionary.txt(있을 때)",
        "user dictionary; empty: dictionary.txt in the study's folder, if there",
    )
    stopwords: str | None = _key(
        None,
        "불용어 파일(기본 목록에 더함). 비우면 연구 폴더의 stopwords.txt(있을 때)",
        "stop words added to the built-in list; empty: stopwords.txt, if there",
    )
    typos: Typos = _key(
        "off",
        f"오타 교정(원문은 그대로 두고 읽기만): {', '.join(get_args(Typos))}. "
        "continual은 이어 적기(«머거써»), lengthening은 늘여 적기(«진짜아아»)",
        f"typos read as what they stand for: {', '.join(get_args(Typos))}",
    )
    dialects: list[Dialect] = _key(
        [],
        f"함께 읽을 방언: {', '.join(get_args(Dialect))}",
        f"dialects read beside the standard language: {', '.join(get_args(Dialect))}",
    )


class PrivacyConfig(Section):
    """What personal data is masked."""

    names: str | None = _key(
        None,
        "이름 목록 파일(한 줄에 한 사람, «-하나»는 이름이 아님). 비우면 연구 폴더의 names.txt(있을 때)",
        "list of names (a person a line; «-하나» is no name); empty: names.txt, if there",
    )
    rules: dict[PersonalKind, PersonalRule] = _key(
        {},
        f"종류마다 규칙, 예: {{address: generalise, url: keep}}. 종류: {', '.join(get_args(PersonalKind))}."
        " mask(가명·표시로), keep(그대로), generalise(넓게: birth «1960년대생», district «A구», address는 구까지만)."
        " 적지 않은 종류는 mask, district(구 이름)만 keep",
        f"a rule by kind, as {{address: generalise, url: keep}}. Kinds: {', '.join(get_args(PersonalKind))}."
        " mask, keep, or generalise (birth: the decade; district: a letter; address: down to its"
        " district). Kinds not named are masked, but for district, which is kept",
    )

    @field_validator("rules")
    @classmethod
    def _possible(cls, rules: dict[PersonalKind, PersonalRule]) -> dict[PersonalKind, PersonalRule]:
        wrong = [k for k, rule in rules.items() if rule == "generalise" and k not in GENERALISABLE]
        if wrong:
            able = ", ".join(sorted(GENERALISABLE))
            ko = f"{', '.join(wrong)}: 넓게 바꿀 수 없는 종류입니다. mask나 keep을 적으세요(generalise는 {able}에만)."
            en = f"{', '.join(wrong)} cannot be generalised; use mask or keep (only {able} can)."
            raise ValueError(ko, en)
        return rules


class TermsConfig(Section):
    """Which terms enter the matrix."""

    min_segments: int = _key(
        2, "이보다 적은 단위에 나온 말은 뺍니다", "terms in fewer segments are left out", ge=1
    )
    max_share: float = _key(
        0.5,
        "이 비율보다 많은 단위에 나온 말은 토픽에서 뺍니다(0~1)",
        "terms in a larger share of segments are left out of topics (0 to 1)",
        gt=0,
        le=1,
    )


class TopicsConfig(Section):
    """How topics are found."""

    method: Literal["nmf", "lda", "consensus"] = _key(
        "consensus",
        "토픽 방법: consensus(면담을 덜어 내며 되풀이한 nmf의 합의), nmf(scikit-learn), lda(gensim)",
        "consensus (of nmf over resampled interviews), nmf (scikit-learn), lda (gensim)",
    )
    count: Annotated[int, Field(ge=1, le=500)] | Literal["auto"] = _key(
        "auto",
        "토픽 수. auto는 range 안에서 정합성·안정성·배타성을 재어 정합니다",
        "number of topics; auto: chosen within `range` by coherence, stability and exclusivity",
    )
    seeds: dict[str, Annotated[list[str], Field(min_length=1)]] = _key(
        {},
        "씨앗 토픽: 이름마다 그 토픽으로 끌어올 말, 예: {주거: [월세, 보증금]}. 코드북의 코드 이름을 적으면 그 코드의 말을 씁니다",
        "seeded topics: words that pull one, by name, as {housing: [rent, deposit]}; the name of a"
        " code stands for the code's words",
    )
    range: list[Annotated[int, Field(ge=2, le=200)]] = _key(
        [5, 30],
        "count가 auto일 때 견줄 토픽 수의 처음과 끝",
        "fewest and most topics that auto compares",
        min_length=2,
        max_length=2,
    )
    tags: list[Tag] = _key(
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

    methods: list[KeywordMethod] = _key(
        ["frequency", "tfidf", "log_likelihood", "phrases"],
        f"키워드 방법: {', '.join(get_args(KeywordMethod))}",
        "methods",
    )
    group: str | Annotated[list[str], Field(min_length=1)] = _key(
        "role",
        "견줄 집단의 열 이름(participants.csv 등의 열), 또는 interview(면담끼리), code(코드끼리)."
        " 여럿은 [role, district]. 없는 열이면 면담끼리 견줍니다",
        "the column that groups segments, or interview, or code; several as [role, district];"
        " where it is missing, interviews are compared",
    )
    top: int = _key(30, "방법과 집단마다 적을 키워드 수", "keywords a method and group", ge=1)
    ngrams: int = _key(
        200, "길이(2, 3)마다 적을 N-gram의 수(자주 나온 순)", "n-grams of each length", ge=0
    )


class NetworkConfig(Section):
    """How the network of terms (의미연결망) is made."""

    top: int = _key(
        50, "연결망에 넣을 말의 수(자주 나온 순)", "terms, the most frequent", ge=1, le=2000
    )
    within: Literal["segment", "sentence", "window"] = _key(
        "segment",
        "함께 나왔다고 볼 범위: segment(분석 단위), sentence(문장), window(이어진 말 window개)",
        "where terms count as said together: segment, sentence, window (of `window` terms)",
    )
    window: int = _key(5, "within이 window일 때 말의 수", "terms in a window", ge=2, le=200)
    measure: Literal["pmi", "npmi", "log_likelihood", "jaccard", "count"] = _key(
        "npmi",
        "연결의 세기: pmi, npmi, log_likelihood, jaccard, count(함께 나온 횟수)",
        "weight of a tie: pmi, npmi, log_likelihood, jaccard, count",
    )
    threshold: float | Literal["auto"] = _key(
        "auto",
        "이 값보다 약한 연결은 뺍니다. auto는 말 하나에 연결이 세 개꼴로 남게 정합니다",
        "weaker ties are left out; auto leaves three ties a term",
    )
    depth: int = _key(2, "CONCOR를 나누는 깊이(2면 블록 넷까지)", "splits of CONCOR", ge=1, le=5)
    tags: list[Tag] = _key(
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

    top: int = _key(
        50,
        "빈도분석 표에 실을 낱말 수(빈도순, TF-IDF순)",
        "words of the table of frequencies",
        ge=1,
    )
    tags: list[Tag] = _key(
        ["NNG", "NNP"], "빈도분석 표에 실을 품사", "parts of speech of that table", min_length=1
    )


class SuggestConfig(Section):
    """How codes are suggested."""

    top: int = _key(5, "단위마다 제안할 코드 수", "suggestions a segment", ge=1, le=50)
    precision: float | None = _key(
        None,
        "목표 정밀도(0~1): 0.8이면 열에 여덟꼴로 맞는 제안을 따로 표시합니다. 비우면 표시하지 않습니다",
        "target precision (0 to 1): with 0.8, suggestions right eight times in ten are marked;"
        " empty: none are",
        gt=0,
        le=1,
    )
    encoder: str | None = _key(
        None,
        "내려받아 둔 문장 모형의 폴더(model2vec, sentence-transformers; gyeol[embeddings]). 비우면 쓰지 않음",
        "folder of a sentence model at hand (gyeol[embeddings]); empty: none",
    )


class ReviewConfig(Section):
    """How coders review."""

    lead: str = _key(
        "",
        "책임 연구자의 코더 이름. 서로의 판정을 보이게 하고 합의 판정을 적을 수 있습니다. 비우면 누구나",
        "the lead's coder name, who lets coders see each other's decisions; empty: anybody may",
    )
    unaided: float = _key(
        0.1,
        "코더가 판정할 때까지 제안을 숨기는 구절의 비율(0~1): 제안이 사람을 이끄는지 재려면 있어야 합니다",
        "share of passages whose suggestions stay hidden until the coder has decided (0 to 1)",
        ge=0,
        le=1,
    )
    shared: list[str] = _key(
        [],
        "코딩 파일(codings.csv)에서 모두가 미리 본 연습 코딩의 코더 이름: 모든 코더의 제안이 이 코딩에서도 배웁니다",
        "coders in the codings file whose codings all have seen: everybody's suggestions learn from"
        " them",
    )
    unmasked: bool = _key(
        False,
        "true면 검토 화면에 개인정보를 가리지 않고 원문대로 보입니다. 이 컴퓨터의 화면에만 해당합니다",
        "true shows personal data as said on the review pages, and there only",
    )


class JobConfig(Section):
    """How ``gyeol job`` takes in new interviews."""

    settle: float = _key(5.0, "그대로인 파일을 받기까지(초)", "seconds of no change", ge=0)
    hook: list[str] = _key(
        [],
        "마친 뒤 실행할 명령: [프로그램, 인자, …]. 요약(JSON)을 표준 입력으로 받습니다. 비우면 없음",
        "command run afterwards, [program, argument, …], the summary as JSON on its standard input",
    )
    timeout: float = _key(4.0, "예약된 작업이 걸려도 되는 시간", "hours a job may take", gt=0)
    overdue: float = _key(
        26.0,
        "마지막 성공이 이보다(시간) 오래되면 --health가 1",
        "hours until --health says 1",
        gt=0,
    )


class StudyConfig(Section):
    """One study (연구). Paths are relative to the folder that holds ``configs/``."""

    title: str = _key("", "연구 제목", "the study's title")
    lang: Lang = _key("ko", "화면과 결과의 언어: ko 또는 en", "language of messages and outputs")
    seed: int = _key(2026, "난수 씨앗. 같은 값이면 같은 결과", "random seed", ge=0, le=2**32 - 1)
    workers: int = _key(
        0,
        "일꾼(스레드) 수. 0은 이 컴퓨터에 맞춤. 결과는 달라지지 않습니다",
        "threads; 0: as many as fit",
        ge=0,
        le=256,
    )
    engine: Literal["local", "dask"] = _key(
        "local",
        "일하는 곳: local(이 컴퓨터) 또는 dask(돌고 있는 클러스터, gyeol[cluster]). 결과는 같습니다",
        "where work is done: local, or dask (a running cluster); results are the same",
    )
    scheduler: str | None = _key(
        None,
        "dask 스케줄러의 주소(tcp://주소:8786). 면담 원문이 그 컴퓨터들로 갑니다",
        "address of the Dask scheduler; the text of interviews goes to its machines",
    )
    levels: list[str] = _key(
        ["영역", "범주", "코드"],
        "코드북 단계의 이름, 위에서 아래로",
        "names of the codebook's levels",
    )
    corpus: str | None = _key(
        None, "자료 폴더. 비우면 corpora/설정이름", "data folder; empty: corpora/NAME"
    )
    codebook: str | None = _key(
        None,
        "코드북 파일. 비우면 자료 폴더의 codebook.yaml(.csv .xlsx .json)",
        "codebook file; empty: codebook.yaml (.csv .xlsx .json) in the data folder",
    )
    participants: str | None = _key(
        None,
        "참여자 표. 비우면 자료 폴더의 participants.csv(.xlsx)",
        "list of participants; empty: participants.csv (.xlsx) in the data folder",
    )
    private: str | None = _key(
        None,
        "원문과 열쇠를 두는 비공개 폴더. 비우면 자료 폴더의 private/",
        "private folder for frozen texts; empty: private/ in the data folder",
    )
    interviewer: list[str] = _key(
        [],
        "면담자의 화자 표시. 비우면 질문·면담자·연구자 등을 알아봅니다",
        "the interviewer's labels; empty: the usual ones are recognised",
    )
    reading: ReadingConfig = Field(default_factory=ReadingConfig)
    segments: SegmentsConfig = Field(default_factory=SegmentsConfig)
    morphology: MorphologyConfig = Field(default_factory=MorphologyConfig)
    privacy: PrivacyConfig = Field(default_factory=PrivacyConfig)
    terms: TermsConfig = Field(default_factory=TermsConfig)
    topics: TopicsConfig = Field(default_factory=TopicsConfig)
    groups: list[str] = _key(
        [],
        "비중을 견줄 열(participants.csv 등의 열 이름), 예: [role, district, round]. 비우면 role, district,"
        " round, date, 역할, 구분, 지역, 회차, 차수, 시기, 날짜 가운데 값이 2–12가지인 것",
        "columns whose groups are compared, as [role, district, round]; empty: the usual ones"
        " that have 2 to 12 values",
    )
    keywords: KeywordsConfig = Field(default_factory=KeywordsConfig)
    network: NetworkConfig = Field(default_factory=NetworkConfig)
    tables: TablesConfig = Field(default_factory=TablesConfig)
    suggest: SuggestConfig = Field(default_factory=SuggestConfig)
    review: ReviewConfig = Field(default_factory=ReviewConfig)
    job: JobConfig = Field(default_factory=JobConfig)
    store: str | None = _key(
        None,
        "판정 저장소(SQLAlchemy URL). 비우면 자료 폴더의 decisions.db",
        "store of decisions (SQLAlchemy URL); empty: decisions.db in the data folder",
    )
