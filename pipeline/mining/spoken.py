"""Terms in the order they were said: what neighbours are looked for in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.mining.terms import segment_slice
from pipeline.records import Morphemes, Segment, Terms


@dataclass(frozen=True, slots=True)
class Spoken:
    """The terms of segments in spoken order: an entry each time one is said.

    ``term`` indexes ``vocabulary``, ``row`` the segments ``segments`` (ids). ``sentence``
    differs wherever the sentence or the segment does. ``joined`` is true where nothing, or one
    blank, stands between an entry and the one before it.
    """

    vocabulary: tuple[str, ...]
    segments: tuple[str, ...]
    term: np.ndarray
    row: np.ndarray
    sentence: np.ndarray
    joined: np.ndarray


def in_order(segments: Sequence[Segment], morphemes: Morphemes, terms: Terms) -> Spoken:
    """Return ``terms`` in the order they are said in ``segments``, whatever else is between."""
    column = {term: index for index, term in enumerate(terms.vocabulary)}
    column_of = np.array([column.get(term, -1) for term in morphemes.vocabulary], np.int64)
    at, row = rows_of_segments(segments, morphemes)
    said = np.flatnonzero(column_of[morphemes.code[at]] >= 0) if len(at) else at
    at, row = at[said], row[said]
    sentence = morphemes.sentence[at].astype(np.int64)
    new = np.ones(len(at), bool)
    new[1:] = (np.diff(row) != 0) | (np.diff(sentence) != 0)
    next_to = np.zeros(len(at), bool)
    next_to[1:] = np.diff(at) == 1
    next_to[1:] &= morphemes.start[at[1:]] - morphemes.end[at[:-1]] <= 1
    return Spoken(
        terms.vocabulary,
        terms.segments,
        column_of[morphemes.code[at]],
        row,
        np.cumsum(new) - 1,
        next_to & ~new,
    )


def rows_of_segments(
    segments: Sequence[Segment], morphemes: Morphemes
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of ``morphemes`` that lie in ``segments``, and the segment of each."""
    place = {interview: index for index, interview in enumerate(morphemes.interviews)}
    slices = [segment_slice(segment, morphemes, place) for segment in segments]
    lengths = np.array([found.stop - found.start for found in slices], np.int64)
    at = np.concatenate(
        [np.empty(0, np.int64), *(np.arange(found.start, found.stop) for found in slices)]
    )
    return at, np.repeat(np.arange(len(segments)), lengths)


def within(spoken: Spoken, rows: np.ndarray) -> Spoken:
    """Return what is said in the segments ``rows`` (a mask); they are numbered anew."""
    if rows.all():
        return spoken
    kept = rows[spoken.row]
    return Spoken(
        spoken.vocabulary,
        tuple(name for name, inside in zip(spoken.segments, rows, strict=True) if inside),
        spoken.term[kept],
        (np.cumsum(rows) - 1)[spoken.row[kept]],
        spoken.sentence[kept],
        spoken.joined[kept],
    )


def runs(spoken: Spoken, size: int, linked: np.ndarray) -> np.ndarray:
    """Return where ``size`` entries follow each other, each ``linked`` to the one before it."""
    n = len(spoken.term)
    if n < size:
        return np.empty(0, np.int64)
    starts = np.ones(n - size + 1, bool)
    for step in range(1, size):
        starts &= linked[step : n - size + 1 + step]
    return np.flatnonzero(starts)


def count_runs(spoken: Spoken, starts: np.ndarray, size: int) -> tuple[np.ndarray, csr_matrix]:
    """Count the different runs of ``size`` terms that begin at ``starts``.

    Returns:
        Their terms, as different runs × size (indices into the vocabulary, sorted by row), and
        segments × different runs, how often each is said.
    """
    numbers, example = np.zeros(len(starts), np.int64), np.empty(0, np.int64)
    # A word at a time, numbered anew each time: whole tuples would be slow to sort.
    for step in range(size):
        keys = numbers * len(spoken.vocabulary) + spoken.term[starts + step]
        _, example, numbers = np.unique(keys, return_index=True, return_inverse=True)
    first = starts[example]
    different = np.stack([spoken.term[first + step] for step in range(size)], axis=1)
    counts = csr_matrix(
        (np.ones(len(starts), np.int32), (spoken.row[starts], numbers)),
        shape=(len(spoken.segments), len(different)),
    )
    counts.sum_duplicates()
    return different, counts
