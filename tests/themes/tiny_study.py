"""Terms, codes and vectors written as literals, for the tests of this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from kiwipiepy import Kiwi
from scipy.sparse import csr_matrix

from pipeline.corpus.morphology import analyse
from pipeline.corpus.segments import cut_segments
from pipeline.errors import Lang
from pipeline.mining.terms import count_terms
from pipeline.mining.vectors import find_vectors, spread
from pipeline.records import (
    Code,
    CodeTerms,
    Interview,
    Morphemes,
    Segment,
    Suggested,
    Terms,
    Topic,
    TopicModel,
    Turn,
)
from pipeline.themes.alignment import Laid
from pipeline.themes.code_terms import describe_codes
from pipeline.themes.suggester import Given, suggest

Table = Mapping[str, np.ndarray]


def terms_of(segments: Sequence[str]) -> Terms:
    """Return the terms of segments written as "form/TAG form/TAG …"; ids are s00, s01, …"""
    words, counts = _counted(segments)
    ids = tuple(f"s{row:02d}" for row in range(len(segments)))
    return Terms(words, ids, csr_matrix(counts.astype(np.int32)))


def codes_of(described: Mapping[str, str]) -> CodeTerms:
    """Return codes described by the words "form/TAG form/TAG …", all standing in the name."""
    words, counts = _counted(list(described.values()))
    total = counts.sum(axis=1, keepdims=True)
    weights = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    places = csr_matrix((counts > 0).astype(float))
    return CodeTerms(tuple(described), words, csr_matrix(weights), places)


def topics_of(*topics: str) -> TopicModel:
    """Return topics of the words "form/TAG form/TAG …", the first the heaviest."""
    made = []
    for number, written in enumerate(topics, 1):
        words = written.split()
        heights = np.arange(len(words), 0, -1) / sum(range(1, len(words) + 1))
        pairs = tuple(zip(words, heights.tolist(), strict=True))
        made.append(Topic(number, words[0], pairs, 1 / len(topics), ()))
    nothing = np.zeros((0, len(topics)))
    return TopicModel(tuple(made), nothing, nothing.T, (), "nmf", {"ko": "", "en": ""})


def random_vectors(words: Iterable[str], seed: int) -> dict[str, np.ndarray]:
    """Return vectors of unit length that mean nothing."""
    rng = np.random.default_rng(seed)
    table = {word: rng.normal(size=32) for word in words}
    return {word: row / np.linalg.norm(row) for word, row in table.items()}


def _counted(rows: Sequence[str]) -> tuple[tuple[str, ...], np.ndarray]:
    said = [row.split() for row in rows]
    words = sorted({word for row in said for word in row})
    counts = np.array([[row.count(word) for word in words] for row in said], float)
    return tuple(words), counts.reshape(len(rows), len(words))


def look_up_table(words: Sequence[str], seed: int) -> np.ndarray:
    """Return words × dimensions: vectors of unit length that mean nothing."""
    return np.array(list(random_vectors(words, seed).values())).reshape(len(words), 32)


@dataclass(frozen=True)
class Study:
    """What interviews say, taken apart as a run does it; every answer is a segment."""

    segments: tuple[Segment, ...]
    texts: Mapping[str, str]
    morphemes: Morphemes
    terms: Terms
    code_terms: CodeTerms
    vectors: Table


def study_of(kiwi: Kiwi, answers: Mapping[str, Sequence[str]], codes: Sequence[Code]) -> Study:
    """Return the study of interviews, each a list of answers, with ``codes``."""
    interviews = []
    for name, given in answers.items():
        text, turns = "", []
        for number, answer in enumerate(given, 1):
            text += "참여자: "
            turns.append(Turn(number, "참여자", "participant", len(text), len(text) + len(answer)))
            text += answer + "\n"
        interviews.append(Interview(name, text, tuple(turns), f"{name}.txt"))
    morphemes = analyse(kiwi, interviews)
    segments = cut_segments(interviews, morphemes, "turn", 1)
    terms = count_terms(segments, morphemes, TAGS, STOPWORDS)
    code_terms = describe_codes(kiwi, codes, TAGS, STOPWORDS)
    words = sorted({*terms.vocabulary, *code_terms.vocabulary})
    vectors = dict(zip(words, spread(find_vectors(kiwi, words, "kiwi")), strict=True))
    texts = {interview.id: interview.text for interview in interviews}
    return Study(segments, texts, morphemes, terms, code_terms, vectors)


def suggestions_of(
    study: Study,
    gold: Mapping[int, frozenset[str]] | None = None,
    rows: Sequence[int] | None = None,
    top: int = 3,
    lang: Lang = "ko",
    laid: Laid | None = None,
    rejected: Mapping[int, frozenset[str]] | None = None,
) -> Suggested:
    """Return what is suggested for ``rows`` (all that are not coded)."""
    gold = gold or {}
    uncoded = [row for row in range(len(study.segments)) if row not in gold]
    given = Given(
        study.segments,
        study.texts,
        study.morphemes,
        study.terms,
        study.code_terms,
        study.vectors,
        laid,
        {},
    )
    return suggest(given, gold, rejected or {}, uncoded if rows is None else rows, top, lang)


TAGS = ("NNG", "NNP", "VV", "VA")
STOPWORDS = frozenset({"하/VV", "있/VV", "되/VV", "것/NNB", "같/VA", "없/VA"})
CODES = (
    Code("경제적 성과", "1", definition="소득이 늘거나 물건이 잘 팔린 경험"),
    Code(
        "교통 불편",
        "2",
        definition="버스가 드물어 다니기 힘듦",
        examples=("차가 없으면 못 나가요",),
    ),
    Code("이웃 관계", "3", definition="마을 사람들과 가까워지거나 다툰 경험"),
    Code("건강", "4", definition="아프거나 병원에 다니는 일"),
)
ANSWERS = {
    "P01": [
        "작년에는 수입이 꽤 늘었어요. 판매가 잘돼서 돈을 벌었지요.",
        "버스가 하루에 두 번밖에 안 와서 읍내 나가기가 힘들어요.",
        "옆집 할머니하고 김장도 같이 하고 이웃과 친해졌어요.",
    ],
    "P02": [
        "허리가 아파서 병원에 자주 다녔어요.",
        "차가 없으니까 버스를 기다리다가 하루가 다 가요.",
        "매출이 오르니까 마음이 놓였어요.",
    ],
    "P03": [
        "마을 사람들하고 다투기도 했는데 지금은 가깝게 지내요.",
        "약을 먹고 치료를 받으니 몸이 나아졌습니다.",
        "Yes, OK. 😀",
        "장사가 안돼서 소득이 줄었어요.",
    ],
}
