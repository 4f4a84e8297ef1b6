"""Segments of words parted by blanks, each word a noun; an interview a segment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.mining.network import NetworkOptions, make_network
from pipeline.mining.terms import count_terms
from pipeline.records import Morphemes, Network, Segment, Terms


def segments_of(said: Sequence[str]) -> list[Segment]:
    return [Segment(f"S{n:04d}", f"S{n:04d}", 1, "", 0, len(text)) for n, text in enumerate(said)]


def morphemes_of(said: Sequence[str]) -> Morphemes:
    words = [text.split() for text in said]
    vocabulary = tuple(sorted({f"{word}/NNG" for own in words for word in own}))
    code = {term: index for index, term in enumerate(vocabulary)}
    starts = [at for own in words for at in range(len(own))]
    return Morphemes(
        vocabulary,
        np.array([code[f"{word}/NNG"] for own in words for word in own], np.int32),
        np.array(starts, np.int64),
        np.array(starts, np.int64) + 1,
        np.zeros(len(starts), np.int64),
        tuple(segment.id for segment in segments_of(said)),
        np.cumsum([0, *(len(own) for own in words)]),
    )


def terms_of(said: Sequence[str]) -> Terms:
    return count_terms(segments_of(said), morphemes_of(said), ("NNG",), ())


def network_of(said: Sequence[str], options: NetworkOptions | None = None) -> Network:
    terms = terms_of(said)
    frequency = np.asarray(terms.counts.sum(axis=0)).ravel()
    order = sorted(range(len(terms.vocabulary)), key=lambda i: (-frequency[i], i))
    top = [terms.vocabulary[i] for i in order]
    return make_network(
        segments_of(said), morphemes_of(said), terms, top, options or NetworkOptions()
    )
