"""Every key of a study's configuration: its default, its meaning, its limits.

This is the one place where a key is declared, a file a room. ``gyeol init`` writes its file from
it, ``config`` checks a file against it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.errors import Lang
from pipeline.settings.corpus import (
    MorphologyConfig,
    PrivacyConfig,
    ReadingConfig,
    SegmentsConfig,
)
from pipeline.settings.deciding import JobConfig, ReviewConfig, SuggestConfig
from pipeline.settings.declared import Section, key
from pipeline.settings.mining import (
    KeywordsConfig,
    NetworkConfig,
    TablesConfig,
    TermsConfig,
    TopicsConfig,
)


class StudyConfig(Section):
    """One study (연구). Paths are relative to the folder that holds ``configs/``."""

    title: str = key("", "연구 제목", "the study's title")
    lang: Lang = key("ko", "화면과 결과의 언어: ko 또는 en", "language of messages and outputs")
    seed: int = key(2026, "난수 씨앗. 같은 값이면 같은 결과", "random seed", ge=0, le=2**32 - 1)
    workers: int = key(
        0,
        "일꾼(스레드) 수. 0은 이 컴퓨터에 맞춤. 결과는 달라지지 않습니다",
        "threads; 0: as many as fit",
        ge=0,
        le=256,
    )
    engine: Literal["local", "dask"] = key(
        "local",
        "일하는 곳: local(이 컴퓨터) 또는 dask(돌고 있는 클러스터, gyeol[cluster]). 결과는 같습니다",
        "where work is done: local, or dask (a running cluster); results are the same",
    )
    scheduler: str | None = key(
        None,
        "dask 스케줄러의 주소(tcp://주소:8786). 면담 원문이 그 컴퓨터들로 갑니다",
        "address of the Dask scheduler; the text of interviews goes to its machines",
    )
    levels: list[str] = key(
        ["영역", "범주", "코드"],
        "코드북 단계의 이름, 위에서 아래로",
        "names of the codebook's levels",
    )
    corpus: str | None = key(
        None, "자료 폴더. 비우면 corpora/설정이름", "data folder; empty: corpora/NAME"
    )
    codebook: str | None = key(
        None,
        "코드북 파일. 비우면 자료 폴더의 codebook.yaml(.csv .xlsx .json)",
        "codebook file; empty: codebook.yaml (.csv .xlsx .json) in the data folder",
    )
    participants: str | None = key(
        None,
        "참여자 표. 비우면 자료 폴더의 participants.csv(.xlsx)",
        "list of participants; empty: participants.csv (.xlsx) in the data folder",
    )
    private: str | None = key(
        None,
        "원문과 열쇠를 두는 비공개 폴더. 비우면 자료 폴더의 private/",
        "private folder for frozen texts; empty: private/ in the data folder",
    )
    interviewer: list[str] = key(
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
    groups: list[str] = key(
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
    store: str | None = key(
        None,
        "판정 저장소(SQLAlchemy URL). 비우면 자료 폴더의 decisions.db",
        "store of decisions (SQLAlchemy URL); empty: decisions.db in the data folder",
    )
