"""Words of spoken Korean that were not meant: fillers, repetitions, false starts.

A stop list names a form with its tag and so misses a filler that Kiwi takes for a noun
(«웅 그래» gives 웅/NNP, «인제는» 인제/NNG) and cannot see that «제가 제가 학교 학교에서» says each
word once. Whether a morpheme is such depends on its 어절, the stretch between blanks, and
on the next: both show in the spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from pipeline.records import Morphemes

# Fillers and answers where they stand alone, whatever Kiwi takes them for.
_ALONE = frozenset(
    (
        *("음", "으음", "어", "아", "에", "에에", "으", "그", "저", "뭐"),
        *("머", "머지", "예", "네", "넵", "넹", "응", "웅", "엉", "옹옹"),
        *("오", "오호", "오예", "오키", "오케이", "나도", "나두", "저도", "저두"),
        *("인제", "이제", "거시기"),
    )
)
# What may be said over and over without a blank: «네네네», «오키오키».
_SAID_OVER = re.compile(r"(네|예|응|웅|엉|음|흠|오|어|아|오키)\1+")
_SOUNDS = frozenset(("NNG", "NNP", "IC"))
# Those that may carry a topic particle («인제는»); «음은» speaks of a sound.
_WITH_TOPIC = frozenset(("인제", "이제"))
_NOUNS = frozenset(("NNG", "NNP"))
_PARTS_OF_NOUNS = _NOUNS | {"XPN", "XSN", "XR"}
_FALSE_STARTS = _NOUNS | {"NNB", "NR", "XR"}
# Marks that may stand between a word and its repetition.
_PAUSES = frozenset(("SP", "SE"))
# «그러니까 제가 그러니까 제가»: at most so many 어절 are looked at as one repetition.
_LONGEST = 2


def disfluent_rows(morphemes: Morphemes) -> np.ndarray:
    """Tell of each row of ``morphemes`` whether it is a filler, a repetition or a false start.

    Returns booleans, one a row. Of a repetition the last time stays, whether one 어절 is
    said again («제가 제가»), or two, or the noun came first («학교 학교에서» keeps «학교에서»); a
    pause may stand between («그게, 그게»). A false start is one syllable alone, read as a noun,
    before a longer noun that begins with it («마 마을에서», «주 주민센터»). Nothing reaches
    across sentences. Emphasis («골목 골목») is counted once, too: it is one thing said.
    """
    disfluent = np.zeros(len(morphemes.code), bool)
    words = _words(morphemes)
    for index, word in enumerate(words):
        if _is_filler(word) or _is_begun_again(words, index):
            disfluent[word.row : word.row + len(word.terms)] = True
        for size in range(1, _LONGEST + 1):
            if _is_repeated(words, index, size):
                last = words[index + size - 1]
                disfluent[word.row : last.row + len(last.terms)] = True
    return disfluent


@dataclass(frozen=True, slots=True)
class _Word:
    """An 어절: its first row, its (form, tag)s, marks left out at its end, its sentence."""

    row: int
    terms: tuple[tuple[str, str], ...]
    sentence: tuple[int, int]


def _words(morphemes: Morphemes) -> list[_Word]:
    """Return the 어절 of the corpus in order; marks belong to none and do not part them."""
    terms = [(form, tag) for form, _, tag in (t.rpartition("/") for t in morphemes.vocabulary)]
    words: list[_Word] = []
    for index in range(len(morphemes.interviews)):
        low, high = int(morphemes.bounds[index]), int(morphemes.bounds[index + 1])
        columns = (morphemes.code, morphemes.start, morphemes.end, morphemes.sentence)
        rows = zip(*(column[low:high].tolist() for column in columns), strict=True)
        row, found, before, sentence = low, [], 0, 0
        for number, (code, start, end, place) in enumerate(rows, low):
            is_mark = terms[code][1][0] == "S" and terms[code][1] not in {"SL", "SN", "SH"}
            if found and (is_mark or start > before or place != sentence):
                words.append(_Word(row, tuple(found), (index, sentence)))
                found = []
            if is_mark and terms[code][1] not in _PAUSES:
                words.append(_Word(number, (terms[code],), (index, place)))
            elif not is_mark:
                row = row if found else number
                found.append(terms[code])
            before, sentence = end, place
        if found:
            words.append(_Word(row, tuple(found), (index, sentence)))
    return words


def _is_filler(word: _Word) -> bool:
    form = word.terms[0][0]
    if len(word.terms) == 1 or all(tag in _SOUNDS for _, tag in word.terms):
        said = "".join(form for form, _ in word.terms)
        return said in _ALONE or bool(_SAID_OVER.fullmatch(said))
    return len(word.terms) == 2 and form in _WITH_TOPIC and word.terms[1][1] == "JX"


def _is_repeated(words: list[_Word], index: int, size: int) -> bool:
    """Tell whether ``size`` 어절 from ``index`` are said again by what follows."""
    said, again = words[index : index + size], words[index + size : index + 2 * size]
    if len(again) < size or said[0].sentence != again[0].sentence:
        return False
    if size == 1:
        first, second = said[0].terms, again[0].terms
        is_noun = all(tag in _PARTS_OF_NOUNS for _, tag in first)
        return first == second or (is_noun and first == second[: len(first)])
    return [word.terms for word in said] == [word.terms for word in again]


def _is_begun_again(words: list[_Word], index: int) -> bool:
    """Tell whether a lone syllable begins the noun that follows."""
    if index + 1 >= len(words) or words[index].sentence != words[index + 1].sentence:
        return False
    said, (form, tag) = words[index].terms, words[index + 1].terms[0]
    return (
        len(said) == 1
        and len(said[0][0]) == 1
        and said[0][1] in _FALSE_STARTS
        and tag in _NOUNS
        and len(form) > 1
        and form.startswith(said[0][0])
    )
