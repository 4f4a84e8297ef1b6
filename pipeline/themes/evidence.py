"""Evidence (근거): the words of a segment that speak for a suggested code, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.errors import Lang
from pipeline.mining.terms import segment_slice, shown_term
from pipeline.records import CodeTerms, Evidence, Morphemes, Segment, Terms, Topic
from pipeline.sentences import short
from pipeline.themes.code_terms import PLACES

_MOST = 4
_CITED = 2
# Of two words drawn at random one pair in five hundred is as near as this. Those that are
# belong to one subject, opposites included: «늘다» and «줄다» have .6, «수입» and «소득» .32.
_NEAR = 0.3
# Even a word that is next to nothing of a long description counts this much for its code,
# where one that is all of it counts this and 1.
_LEAST_WEIGHT = 0.2
_TOPIC_WORDS_SHOWN = 3
_TOPIC_STRENGTH = 0.01
_PLACE_WORDS = {
    "ko": {
        "name": "이름",
        "definition": "정의",
        "include": "포함 기준",
        "examples": "예시",
        "parent": "상위 코드",
        "children": "하위 코드",
    },
    "en": {
        "name": "name",
        "definition": "definition",
        "include": "inclusion criteria",
        "examples": "examples",
        "parent": "parent code",
        "children": "child codes",
    },
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a word speaks for a code; ``strength`` is only there to rank by."""

    strength: float
    why: str


def find_reasons(
    code: int, terms: Terms, code_terms: CodeTerms, cosines: np.ndarray, lang: Lang
) -> dict[int, Reason]:
    """Return the terms that speak for ``code`` by the codebook's words: index and reason.

    ``cosines`` is code words × vocabulary of ``terms``.
    """
    described = slice(code_terms.weights.indptr[code], code_terms.weights.indptr[code + 1])
    words = code_terms.weights.indices[described]
    if not len(words):
        return {}
    near = cosines[words]
    weight = _LEAST_WEIGHT + code_terms.weights.data[described]
    strength = np.where(near >= _NEAR, near, 0) * weight[:, None]
    best = strength.argmax(axis=0)
    reasons: dict[int, Reason] = {}
    for term in np.flatnonzero(strength.any(axis=0)).tolist():
        word = int(words[best[term]])
        why = (
            _same(code, word, code_terms, lang)
            if code_terms.vocabulary[word] == terms.vocabulary[term]
            else _related(code_terms.vocabulary[word], float(near[best[term], term]), lang)
        )
        reasons[term] = Reason(float(strength[best[term], term]), why)
    return reasons


def where_seen(
    gold: Mapping[int, frozenset[str]],
    segments: Sequence[Segment],
    terms: Terms,
    codes: Sequence[str],
) -> list[dict[int, tuple[str, ...]]]:
    """Return, for each of ``codes`` and each term, ids of coded segments that say it under it.

    ``gold`` gives the codes of coded rows. Of several segments the two that say least else:
    there the term stands out most, and one of the two is not the segment at hand.
    """
    number = {code: index for index, code in enumerate(codes)}
    bounds, said = terms.counts.indptr, terms.counts.indices
    lengths = np.diff(bounds)
    seen: list[dict[int, tuple[str, ...]]] = [{} for _ in codes]
    for row in sorted(gold, key=lambda row: (int(lengths[row]), segments[row].id)):
        for term in said[bounds[row] : bounds[row + 1]].tolist():
            for code in gold[row] & number.keys():
                before = seen[number[code]].get(term, ())
                if len(before) < _CITED:
                    seen[number[code]][term] = (*before, segments[row].id)
    return seen


def find_seen_reasons(
    said: Iterable[int],
    segment: str,
    seen_in: Mapping[int, Sequence[str]],
    force: np.ndarray,
    lang: Lang,
) -> dict[int, Reason]:
    """Return the terms of ``said`` that coded segments taught to speak for a code.

    ``seen_in`` names, by term, coded segments that say it under the code, the most telling
    first; ``force`` is how much each term of the vocabulary speaks for it. What only
    ``segment`` itself says, whose terms ``said`` are, is no reason: that would be its own coding.
    """
    reasons: dict[int, Reason] = {}
    for term in said:
        other = next((one for one in seen_in.get(term, ()) if one != segment), None)
        if other is not None and force[term] > 0:
            reasons[term] = Reason(float(force[term]), _seen(other, lang))
    return reasons


def strongest(*found: Mapping[int, Reason]) -> dict[int, Reason]:
    """Return, by term, the strongest reason of several; of equals the first."""
    best: dict[int, Reason] = {}
    for reasons in found:
        for term, reason in reasons.items():
            if term not in best or best[term].strength < reason.strength:
                best[term] = reason
    return best


def find_topic_reasons(topic: Topic, place: Mapping[str, int], lang: Lang) -> dict[int, Reason]:
    """Return the words a segment inherits ``topic``'s code by: index of the term and reason.

    ``place`` gives the index of a term. A word of the codebook or of coded segments says more:
    these reasons are weaker than any of those.
    """
    shown = "·".join(shown_term(term) for term, _ in topic.terms[:_TOPIC_WORDS_SHOWN])
    why = (
        f"토픽 {topic.id}({shown})의 말, 이 토픽에 가장 가까운 코드"
        if lang == "ko"
        else f"word of topic {topic.id} ({shown}), which this code fits best"
    )
    return {
        place[term]: Reason(_TOPIC_STRENGTH * weight, why)
        for term, weight in topic.terms
        if term in place
    }


def first_said(
    segment: Segment, morphemes: Morphemes, place: Mapping[str, int], term_of: Sequence[int]
) -> dict[int, tuple[int, int]]:
    """Return where the segment first says each of its terms: its index and the span.

    ``place`` gives an interview's index in ``morphemes``, ``term_of`` the term of a morpheme
    by its code, or -1. Particles and endings are not among the terms.
    """
    rows = segment_slice(segment, morphemes, place)
    columns = (morphemes.code[rows], morphemes.start[rows], morphemes.end[rows])
    said: dict[int, tuple[int, int]] = {}
    for code, start, end in zip(*(column.tolist() for column in columns), strict=True):
        if term_of[code] >= 0 and start < end:
            said.setdefault(term_of[code], (start, end))
    return said


def find_evidence(
    text: str, said: Mapping[int, tuple[int, int]], reasons: Mapping[int, Reason]
) -> tuple[Evidence, ...]:
    """Return the words of ``said`` that speak most for a code, in spoken order.

    ``text`` is the interview's, which the spans of ``said`` count into.
    """
    speaking = [(-round(reasons[term].strength, 9), term) for term in said if term in reasons]
    found = [
        Evidence(text[start:end], start, end, reasons[term].why)
        for _, term in sorted(speaking)[:_MOST]
        for start, end in [said[term]]
    ]
    return tuple(sorted(found, key=lambda e: (e.start, e.end)))


def _same(code: int, word: int, code_terms: CodeTerms, lang: Lang) -> str:
    places: Sequence[str] = list(PLACES)
    number = int(code_terms.places[code, word])
    where = _PLACE_WORDS[lang][places[number - 1]]
    return f"코드의 {where}에 있는 말" if lang == "ko" else f"stands in the code's {where}"


def _related(word: str, near: float, lang: Lang) -> str:
    shown = shown_term(word)
    if lang == "ko":
        return f"코드의 말 «{shown}»에 뜻이 가까운 말 ({short(near)})"
    return f"near in meaning to the code's «{shown}» ({short(near)})"


def _seen(passage: str, lang: Lang) -> str:
    if lang == "ko":
        return f"코딩된 구절 {passage}에도 나온 말"
    return f"also said in coded passage {passage}"
