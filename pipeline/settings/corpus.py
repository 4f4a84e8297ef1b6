"""Keys of the room ``corpus``: how files are read, cut, tokenised and masked."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from pydantic import Field, field_validator

from pipeline.corpus.options import Column, Comments, Notes
from pipeline.corpus.speaker_pattern import fault_in
from pipeline.records import Role
from pipeline.settings.declared import Section, Tag, key

PersonalKind = Literal[
    "rrn", "phone", "card", "account", "plate", "email", "url", "handle", "birth", "address", "name",
    "district",
]  # fmt: skip
PersonalRule = Literal["mask", "keep", "generalise"]
# What there is a coarser word for: a decade, a lettered district.
GENERALISABLE: frozenset[PersonalKind] = frozenset({"birth", "address", "district"})
Typos = Literal["off", "basic", "continual", "basic_with_continual", "lengthening", "all"]
Dialect = Literal[  # of Kiwi's list, «archaic» left out: nobody is interviewed in it
    "gyeonggi", "chungcheong", "gangwon", "gyeongsang", "jeolla", "jeju",
    "hwanghae", "hamgyeong", "pyeongan",
]  # fmt: skip


class ReadingConfig(Section):
    """How files are read, where a reader alone could not decide it."""

    columns: dict[Column, str | Annotated[list[str], Field(min_length=1)]] = key(
        {},
        "표(CSV, XLSX)의 열: {text: 응답, interview: 번호, speaker: 화자, role: 구분, time: 시각}."
        " 설문의 여러 문항은 {text: [문항1, 문항2], interview: 번호}. 비우면 열 이름으로 알아봅니다",
        "columns of a table (CSV, XLSX), as {text: answer, interview: no, speaker: who, role: asks,"
        " time: at}; several questions: {text: [Q1, Q2]}; empty: known by their headings",
    )
    speaker: str | None = key(
        None,
        "화자 표시를 찾는 정규식. 줄 첫머리에 맞추며 화자를 괄호 하나로 묶습니다. 예: '^([가-힣 ]+)\\)'",
        "regular expression for the heads of lines, the speaker's label in ( ); empty: detected",
    )
    roles: dict[str, Role] = key(
        {},
        "화자마다 역할: {박 실장: interviewer, 김씨: participant}. interviewer보다 앞섭니다",
        "role of each speaker: {Park: interviewer, Kim: participant}; goes before `interviewer`",
    )
    footnotes: Notes = key(
        "drop",
        "워드 문서의 각주와 미주: drop(뺌), keep(문단 뒤에 «※»를 붙여 둠)",
        "footnotes and endnotes of Word documents: drop, or keep (after the paragraph, with «※»)",
    )
    comments: Comments = key(
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

    unit: Literal["turn", "sentence", "window"] = key(
        "turn",
        "분석 단위: turn(응답 발화), sentence(문장), window(문장 size개씩)",
        "unit of analysis: turn (an answer), sentence, window (of `size` sentences)",
    )
    size: int = key(3, "window일 때 한 단위에 넣을 문장 수", "sentences in a window", ge=1, le=100)


class MorphologyConfig(Section):
    """How Kiwi reads, and what of its morphemes is kept."""

    tags: list[Tag] = key(
        ["NNG", "NNP", "XR", "SL", "VV", "VA"],
        "남길 품사(세종 품사 태그). 동사·형용사(VV, VA)는 명사와 따로 다룹니다",
        "parts of speech kept; verbs and adjectives are kept apart from nouns",
        min_length=1,
    )
    dictionary: str | None = key(
        None,
        "사용자 사전 파일. 비우면 연구 폴더의 dictionary.txt(있을 때)",
        "user dictionary; empty: dictionary.txt in the study's folder, if there",
    )
    stopwords: str | None = key(
        None,
        "불용어 파일(기본 목록에 더함). 비우면 연구 폴더의 stopwords.txt(있을 때)",
        "stop words added to the built-in list; empty: stopwords.txt, if there",
    )
    typos: Typos = key(
        "off",
        f"오타 교정(원문은 그대로 두고 읽기만): {', '.join(get_args(Typos))}. "
        "continual은 이어 적기(«머거써»), lengthening은 늘여 적기(«진짜아아»)",
        f"typos read as what they stand for: {', '.join(get_args(Typos))}",
    )
    dialects: list[Dialect] = key(
        [],
        f"함께 읽을 방언: {', '.join(get_args(Dialect))}",
        f"dialects read beside the standard language: {', '.join(get_args(Dialect))}",
    )


class PrivacyConfig(Section):
    """What personal data is masked."""

    names: str | None = key(
        None,
        "이름 목록 파일(한 줄에 한 사람, «-하나»는 이름이 아님). 비우면 연구 폴더의 names.txt(있을 때)",
        "list of names (a person a line; «-하나» is no name); empty: names.txt, if there",
    )
    rules: dict[PersonalKind, PersonalRule] = key(
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
