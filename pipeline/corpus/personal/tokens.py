"""Kiwi's tokens of a text of any length, findable by their place and by their word.

They are columns: a corpus has millions of tokens, and the rules look at a few in a hundred.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

# Kiwi's memory grows with the length of one text.
_LONGEST_PIECE = 5_000


class Word(NamedTuple):
    """A form with its tag, the mark of irregularity left out.

    ``guessed`` is true for a noun that Kiwi does not know, as many names are.
    """

    form: str
    tag: str
    guessed: bool = False


class Token(NamedTuple):
    """A morpheme, read as a ``Word``: ``text[start:end]``."""

    form: str
    tag: str
    start: int
    end: int
    guessed: bool = False


def is_proper_or_guessed(word: Word) -> bool:
    """Tell whether ``word`` is a proper noun or a noun that Kiwi does not know."""
    return word.guessed or word.tag == "NNP"


class Words:
    """The different words of one or more texts; a token's ``code`` is its word's index."""

    def __init__(self, words: Iterable[Word]) -> None:
        """Take ``words``, each once."""
        self.all = tuple(words)
        self._chosen: dict[Callable[[Word], bool], np.ndarray] = {}

    def chosen(self, wanted: Callable[[Word], bool]) -> np.ndarray:
        """Return which words are ``wanted``, asked once of each word."""
        if wanted not in self._chosen:
            self._chosen[wanted] = np.array([wanted(word) for word in self.all], bool)
        return self._chosen[wanted]


class Tokens:
    """The morphemes of one text, in its order."""

    def __init__(self, words: Words, code: np.ndarray, start: np.ndarray, end: np.ndarray) -> None:
        """Take columns of one row a morpheme, sorted by ``start``."""
        self._words, self._code, self._start, self._end = words, code, start, end

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> Tokens:
        """Return ``tokens``, sorted by where they start, as columns."""
        given = list(tokens)
        codes: dict[Word, int] = {}
        code = [codes.setdefault(Word(t.form, t.tag, t.guessed), len(codes)) for t in given]
        columns = (code, [t.start for t in given], [t.end for t in given])
        return cls(Words(codes), *(np.array(column, np.int64) for column in columns))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._code)

    def __getitem__(self, place: int) -> Token:
        """Return the token at ``place``."""
        form, tag, guessed = self._words.all[self._codes[place]]
        return Token(form, tag, self._starts[place], self._ends[place], guessed)

    def places(self, wanted: Callable[[Word], bool]) -> list[int]:
        """Return the places of the tokens whose word is ``wanted``, in order."""
        return np.flatnonzero(self._words.chosen(wanted)[self._code]).tolist()

    def inside(self, start: int, end: int) -> Sequence[Token]:
        """Return the tokens that start in ``text[start:end]``."""
        first = bisect_left(self._starts, start)
        return self._between(first, bisect_left(self._starts, end, first))

    def following(self, place: int, most: int) -> Sequence[Token]:
        """Return up to ``most`` tokens after the one at ``place``."""
        return self._between(place + 1, place + 1 + most)

    def _between(self, first: int, last: int) -> list[Token]:
        words, rows = self._words.all, slice(first, last)
        columns = zip(self._codes[rows], self._starts[rows], self._ends[rows], strict=True)
        return [Token(words[c].form, words[c].tag, s, e, words[c].guessed) for c, s, e in columns]

    # Lists, since a search among them takes a tenth of what it takes in an array.
    @cached_property
    def _codes(self) -> list[int]:
        return self._code.tolist()

    @cached_property
    def _starts(self) -> list[int]:
        return self._start.tolist()

    @cached_property
    def _ends(self) -> list[int]:
        return self._end.tolist()


NO_TOKENS = Tokens.of(())


def tokens_of(kiwi: Kiwi, text: str) -> Tokens:
    """Return Kiwi's tokens of ``text``, which is read line by line."""
    pieces = [piece for piece in _pieces(text) if not piece[1].isspace()]
    analysed = kiwi.tokenize(piece for _, piece in pieces)
    return Tokens.of(_placed(pieces, analysed))


def _placed(pieces: Sequence[tuple[int, str]], analysed: Iterable) -> Iterator[Token]:
    for (offset, _), tokens in zip(pieces, analysed, strict=True):
        for token in tokens:
            start = offset + token.start
            tag = token.tag.partition("-")[0]
            guessed = token.oov and tag.startswith("NN")
            yield Token(token.form, tag, start, start + token.len, guessed)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        while start < end:
            stop = min(end, start + _LONGEST_PIECE)
            if stop < end:
                blank = text.rfind(" ", start + 1, stop)
                stop = blank + 1 if blank > 0 else stop
            yield start, text[start:stop]
            start = stop
        start = end + 1
