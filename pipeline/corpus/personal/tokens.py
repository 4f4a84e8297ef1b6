"""Kiwi's tokens of a text of any length, findable by their place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

# Kiwi's memory grows with the length of one text.
_LONGEST_PIECE = 5_000


@dataclass(frozen=True, slots=True)
class Token:
    """A morpheme: ``text[start:end]``, its form and its tag without the mark of irregularity.

    ``guessed`` is true for a noun that Kiwi does not know, as many names are.
    """

    form: str
    tag: str
    start: int
    end: int
    guessed: bool = False


@dataclass(frozen=True)
class Tokens:
    """The morphemes of one text, in its order."""

    all: tuple[Token, ...]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.all]

    def inside(self, start: int, end: int) -> Sequence[Token]:
        """Return the tokens that start in ``text[start:end]``."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


NO_TOKENS = Tokens(())


def tokens_of(kiwi: Kiwi, text: str) -> Tokens:
    """Return Kiwi's tokens of ``text``, which is read line by line."""
    pieces = [piece for piece in _pieces(text) if not piece[1].isspace()]
    analysed = kiwi.tokenize(piece for _, piece in pieces)
    return Tokens(tuple(_placed(pieces, analysed)))


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
