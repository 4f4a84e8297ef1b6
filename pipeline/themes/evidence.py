"""Evidence (근거): the words of a segment that speak for a suggested code, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.errors import Lang
from pipeline.mining.terms import segment_slice, shown_term
from pipeline.records import CodeTerms, Evidence, Morphemes, Segment, Terms
from pipeline.themes.code_terms import PLACES
from pipeline.themes.scoring import Scored

_MOST = 4
# Two words this near are used alike: «강사» and «선생님» have .5, random pairs about 0.
_NEAR = 0.35
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


def find_evidence(
    segment: Segment,
    row: int,
    code: int,
    text: str,
    morphemes: Morphemes,
    place: Mapping[str, int],
    terms: Terms,
    code_terms: CodeTerms,
    scored: Scored,
    seen_in: Mapping[tuple[int, int], str],
    lang: Lang,
) -> tuple[Evidence, ...]:
    """Return the segment's words that speak most for the code, in spoken order.

    ``text`` is the interview's; ``place`` gives an interview's index in ``morphemes``;
    ``seen_in`` names, for (term, code), a coded segment that says the term under that code.
    A word counts once, where it is first said. Particles and endings are never evidence:
    they are not among the terms.
    """
    reasons = _reasons(row, code, terms, code_terms, scored, seen_in, lang)
    found: dict[str, Evidence] = {}
    rows = segment_slice(segment, morphemes, dict(place))
    for at in range(rows.start, rows.stop):
        term = morphemes.vocabulary[morphemes.code[at]]
        if term in reasons and term not in found:
            start, end = int(morphemes.start[at]), int(morphemes.end[at])
            if start < end:
                found[term] = Evidence(text[start:end], start, end, reasons[term])
    return tuple(sorted(found.values(), key=lambda e: (e.start, e.end)))


def _reasons(
    row: int,
    code: int,
    terms: Terms,
    code_terms: CodeTerms,
    scored: Scored,
    seen_in: Mapping[tuple[int, int], str],
    lang: Lang,
) -> dict[str, str]:
    """Return the strongest terms of the segment for the code, each with its reason."""
    said = terms.counts.indices[terms.counts.indptr[row] : terms.counts.indptr[row + 1]]
    weights = code_terms.weights[[code]]
    words, weight = weights.indices, weights.data
    if not len(said):
        return {}
    strength: list[tuple[float, int, str]] = []
    cosines = scored.cosines[np.ix_(words, said)] if len(words) else np.zeros((0, len(said)))
    for column, term in enumerate(said):
        name = terms.vocabulary[term]
        if len(words):
            best = int(np.argmax(cosines[:, column] * (0.2 + weight)))
            near = float(cosines[best, column])
            if near >= _NEAR:
                word = code_terms.vocabulary[words[best]]
                why = (
                    _same(code, words[best], code_terms, lang)
                    if word == name
                    else _near(word, near, lang)
                )
                strength.append((near * (0.2 + float(weight[best])), int(term), why))
        if scored.taught is not None and (int(term), code) in seen_in:
            force = float(scored.taught.words[term, code])
            if force > 0:
                passage = seen_in[int(term), code]
                why = (
                    f"코딩된 구절 {passage}에도 나온 말"
                    if lang == "ko"
                    else f"also said in coded passage {passage}"
                )
                strength.append((force, int(term), why))
    strongest: dict[str, str] = {}
    for _, term, why in sorted(strength, key=lambda s: (-round(s[0], 9), s[1])):
        strongest.setdefault(terms.vocabulary[term], why)
        if len(strongest) == _MOST:
            break
    return strongest


def _same(code: int, word: int, code_terms: CodeTerms, lang: Lang) -> str:
    places: Sequence[str] = list(PLACES)
    number = int(code_terms.places[code, word])
    where = _PLACE_WORDS[lang][places[number - 1]]
    return f"코드의 {where}에 있는 말" if lang == "ko" else f"stands in the code's {where}"


def _near(word: str, near: float, lang: Lang) -> str:
    shown = shown_term(word)
    if lang == "ko":
        return f"코드의 말 «{shown}»과(와) 뜻이 가까움 ({near:.2f})"
    return f"near in meaning to the code's «{shown}» ({near:.2f})"
