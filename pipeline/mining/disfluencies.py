"""Words of spoken Korean that were not meant: fillers, repetitions, false starts.

A stop list names a form with its tag and so misses a filler that Kiwi takes for a noun
(«웅 그래» gives 웅/NNP, «인제는» 인제/NNG) and cannot see that «제가 제가 학교 학교에서» says each
word once. Whether a morpheme is such depends on its 어절, the stretch between blanks, and
on the next: both show in the spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
# A word all of sounds can be a filler only if each of its morphemes is as short, or said over.
_SHORT_OR_OVER = re.compile(r".{1,3}|[네예응웅엉음흠오어아키]+")
_SOUNDS = frozenset(("NNG", "NNP", "IC"))
# Those that may carry a topic particle («인제는»); «음은» speaks of a sound.
_WITH_TOPIC = frozenset(("인제", "이제"))
_NOUNS = frozenset(("NNG", "NNP"))
_PARTS_OF_NOUNS = _NOUNS | {"XPN", "XSN", "XR"}
_FALSE_STARTS = _NOUNS | {"NNB", "NR", "XR"}
# Marks that may stand between a word and its repetition.
_PAUSES = frozenset(("SP", "SE"))
# Symbols that are words: Latin letters, numbers, Chinese characters.
_LETTERS = frozenset(("SL", "SN", "SH"))


def disfluent_rows(morphemes: Morphemes) -> np.ndarray:
    """Tell of each row of ``morphemes`` whether it is a filler, a repetition or a false start.

    Returns booleans, one a row. Of a repetition the last time stays, whether one 어절 is
    said again («제가 제가»), or two, or the noun came first («학교 학교에서» keeps «학교에서»); a
    pause may stand between («그게, 그게»). A false start is one syllable alone, read as a noun,
    before a longer noun that begins with it («마 마을에서», «주 주민센터»). Nothing reaches
    across sentences. Emphasis («골목 골목») is counted once, too: it is one thing said.
    """
    terms = [(form, tag) for form, _, tag in (t.rpartition("/") for t in morphemes.vocabulary)]
    words = _words(morphemes, terms)
    found = np.zeros(len(morphemes.code) + 1, np.int32)
    for first, last in (
        _fillers(morphemes, terms, words),
        _repeated(morphemes, terms, words),
        _repeated_pairs(morphemes, words),
        _begun_again(morphemes, terms, words),
    ):
        # From the first row of one word up to the end of another.
        np.add.at(found, words.row[first], 1)
        np.add.at(found, words.row[last] + words.size[last], -1)
    return np.cumsum(found)[:-1] > 0


_Terms = Sequence[tuple[str, str]]
# The words at which a stretch begins and at which it ends.
_Stretches = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True, slots=True)
class _Words:
    """The 어절 in order, as columns: first row, how many rows, number of the sentence."""

    row: np.ndarray
    size: np.ndarray
    sentence: np.ndarray


def _words(morphemes: Morphemes, terms: _Terms) -> _Words:
    """Return the 어절 of the corpus; marks are words of their own, and pauses belong to none."""
    mark = _by_code(terms, lambda _, tag: tag[0] == "S" and tag not in _LETTERS)[morphemes.code]
    pause = mark & _by_code(terms, lambda _, tag: tag in _PAUSES)[morphemes.code]
    opening = np.zeros(len(morphemes.code), bool)
    opening[morphemes.bounds[:-1][morphemes.bounds[:-1] < len(opening)]] = True
    opening[1:] |= morphemes.sentence[1:] != morphemes.sentence[:-1]
    begins = opening | mark
    begins[1:] |= mark[:-1] | (morphemes.start[1:] > morphemes.end[:-1])
    row = np.flatnonzero(begins & ~pause)
    ends = np.append(np.flatnonzero(begins), len(begins))
    return _Words(row, ends[np.searchsorted(ends, row, "right")] - row, np.cumsum(opening)[row])


def _by_code(terms: _Terms, holds: Callable[[str, str], bool]) -> np.ndarray:
    """Return for each code whether ``holds(form, tag)``."""
    return np.fromiter((holds(form, tag) for form, tag in terms), bool, len(terms))


def _in_all_rows(words: _Words, rows: np.ndarray) -> np.ndarray:
    """Tell of each word whether ``rows`` is true of all its rows."""
    before = np.concatenate([[0], np.cumsum(rows)])
    return before[words.row + words.size] - before[words.row] == words.size


def _fillers(morphemes: Morphemes, terms: _Terms, words: _Words) -> _Stretches:
    code = morphemes.code
    alone = (words.size == 1) & _by_code(terms, lambda form, _: _is_said_alone(form))[
        code[words.row]
    ]
    sounds = _by_code(terms, lambda f, t: t in _SOUNDS and bool(_SHORT_OR_OVER.fullmatch(f)))[code]
    joined = [
        word
        for word in np.flatnonzero((words.size > 1) & _in_all_rows(words, sounds)).tolist()
        if _is_said_alone("".join(form for form, _ in _said(morphemes, terms, words, word)))
    ]
    topic = _by_code(terms, lambda form, _: form in _WITH_TOPIC)[code[words.row]]
    particle = _by_code(terms, lambda _, tag: tag == "JX")[code[words.row + words.size - 1]]
    found = np.flatnonzero(alone | ((words.size == 2) & topic & particle))
    found = np.concatenate([found, np.array(joined, np.int64)])
    return found, found


def _is_said_alone(said: str) -> bool:
    return said in _ALONE or bool(_SAID_OVER.fullmatch(said))


def _said(morphemes: Morphemes, terms: _Terms, words: _Words, word: int) -> list[tuple[str, str]]:
    rows = slice(words.row[word], words.row[word] + words.size[word])
    return [terms[code] for code in morphemes.code[rows].tolist()]


def _repeated(morphemes: Morphemes, terms: _Terms, words: _Words) -> _Stretches:
    """Find the words said again by the next, as they are or as the noun that it begins with."""
    parts = _by_code(terms, lambda _, tag: tag in _PARTS_OF_NOUNS)[morphemes.code]
    noun = _in_all_rows(words, parts)[:-1]
    longer = words.size[1:] - words.size[:-1]
    likely = _alike(morphemes, words, 1) & ((longer == 0) | (noun & (longer > 0)))
    found = [
        word
        for word in np.flatnonzero(likely).tolist()
        if _begins(morphemes, words, word, word + 1)
    ]
    return np.array(found, np.int64), np.array(found, np.int64)


def _repeated_pairs(morphemes: Morphemes, words: _Words) -> _Stretches:
    """Find the pairs of words that the next pair says again."""
    again = words.size[2:] == words.size[:-2]
    likely = (_alike(morphemes, words, 2) & again)[:-1] & again[1:]
    found = [
        word
        for word in np.flatnonzero(likely).tolist()
        if _begins(morphemes, words, word, word + 2)
        and _begins(morphemes, words, word + 1, word + 3)
    ]
    return np.array(found, np.int64), np.array(found, np.int64) + 1


def _alike(morphemes: Morphemes, words: _Words, apart: int) -> np.ndarray:
    """Tell of each word whether the one so far ahead begins alike in the same sentence."""
    first = morphemes.code[words.row]
    same_sentence = words.sentence[apart:] == words.sentence[:-apart]
    return same_sentence & (first[apart:] == first[:-apart])


def _begins(morphemes: Morphemes, words: _Words, word: int, other: int) -> bool:
    """Tell whether the word ``other`` begins with all of ``word``."""
    size, first, second = words.size[word], words.row[word], words.row[other]
    return np.array_equal(
        morphemes.code[first : first + size], morphemes.code[second : second + size]
    )


def _begun_again(morphemes: Morphemes, terms: _Terms, words: _Words) -> _Stretches:
    """Find the lone syllables that begin the noun that follows."""
    syllable = _by_code(terms, lambda form, tag: len(form) == 1 and tag in _FALSE_STARTS)
    noun = _by_code(terms, lambda form, tag: len(form) > 1 and tag in _NOUNS)
    first = np.fromiter((ord(form[0]) if form else 0 for form, _ in terms), np.int32, len(terms))
    code = morphemes.code[words.row]
    found = np.flatnonzero(
        (words.sentence[1:] == words.sentence[:-1])
        & (words.size[:-1] == 1)
        & syllable[code[:-1]]
        & noun[code[1:]]
        & (first[code[:-1]] == first[code[1:]])
    )
    return found, found
