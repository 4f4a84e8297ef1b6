"""Matrices of terms written as literals, for the tests of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.records import Morphemes, Segment, Terms

HOUSE = "집/NNG 수리/NNG 지붕/NNG 마당/NNG"
MONEY = "돈/NNG 수입/NNG 장사/NNG 매출/NNG"


def terms_of(segments: Sequence[str], vocabulary: Sequence[str] = ()) -> Terms:
    """Return the terms of segments written as "form/TAG form/TAG …"; ids are s00, s01, …"""
    said = [segment.split() for segment in segments]
    words = sorted({term for terms in said for term in terms} | set(vocabulary))
    counts = np.zeros((len(said), len(words)), np.int32)
    for row, terms in enumerate(said):
        for term in terms:
            counts[row, words.index(term)] += 1
    return Terms(tuple(words), tuple(f"s{row:02d}" for row in range(len(said))), csr_matrix(counts))


def two_themes() -> Terms:
    """Return 12 segments on houses and 8 on money, each with three of its theme's words."""
    return terms_of(
        [_without(HOUSE, i) for i in range(12)] + [_without(MONEY, i) for i in range(8)]
    )


def _without(theme: str, left_out: int) -> str:
    words = theme.split()
    words.pop(left_out % len(words))
    return " ".join(words)


def morphemes_of(interviews: Mapping[str, Sequence[tuple[str, int, int]]]) -> Morphemes:
    """Return the morphemes of interviews, each a list of (term, start, end) in spoken order."""
    rows = [row for said in interviews.values() for row in said]
    vocabulary = tuple(dict.fromkeys(term for term, _, _ in rows))
    return Morphemes(
        vocabulary=vocabulary,
        code=np.array([vocabulary.index(term) for term, _, _ in rows], np.int32),
        start=np.array([start for _, start, _ in rows], np.int32),
        end=np.array([end for _, _, end in rows], np.int32),
        sentence=np.zeros(len(rows), np.int32),
        interviews=tuple(interviews),
        bounds=np.cumsum([0, *(len(said) for said in interviews.values())]).astype(np.int64),
    )


def segment(name: str, interview: str, start: int, end: int, **fields: str) -> Segment:
    """Return a segment of an interview's only turn."""
    return Segment(name, interview, 1, "참여자", start, end, fields)
