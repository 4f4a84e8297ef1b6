"""The matrix of terms: how often each term stands in each segment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from pipeline.errors import GyeolError, Problem
from pipeline.records import Morphemes, Segment, Terms

# What to do where a setting takes the last term.
_LOOSER = {
    "morphology.tags": (
        "그 품사의 말이 하나도 없습니다. 전사본이 제대로 읽혔는지 gyeol convert로 보고, 품사를 더 넣으세요.",
        "No word has such a tag. See with gyeol convert how the files are read, and name more tags.",
    ),
    "morphology.stopwords": (
        "불용어 목록에서 이 연구에 필요한 말을 빼세요.",
        "Take words that the study needs off the list of stop words.",
    ),
    "topics.tags": (
        "토픽에 쓸 품사를 더 넣으세요.",
        "Name more tags for topics.",
    ),
    "terms.min_segments": (
        "값을 낮추면 드물게 나온 말도 씁니다.",
        "A lower value lets rarer words in.",
    ),
    "terms.max_share": (
        "분석 단위가 서로 거의 같은 글이 아닌지 보고, 맞다면 값을 1로 올리세요.",
        "See whether the segments are all but the same text; if that is right, set it to 1.",
    ),
}


def count_terms(
    segments: Sequence[Segment],
    morphemes: Morphemes,
    tags: Collection[str],
    stopwords: Collection[str],
) -> Terms:
    """Count the terms whose tag is in ``tags`` and which are not in ``stopwords``.

    A morpheme belongs to the segment its first code point lies in. The vocabulary is sorted.
    """
    kept = np.array(
        [
            term.rpartition("/")[2] in tags and term not in stopwords
            for term in morphemes.vocabulary
        ],
        bool,
    )
    rows, codes = _rows_of_segments(segments, morphemes)
    chosen = kept[codes] if len(codes) else np.zeros(0, bool)
    counts = csr_matrix(
        (np.ones(int(chosen.sum()), np.int32), (rows[chosen], codes[chosen])),
        shape=(len(segments), len(morphemes.vocabulary)),
    )
    everything = Terms(morphemes.vocabulary, tuple(segment.id for segment in segments), counts)
    said = np.flatnonzero(_n_segments(everything))
    order = said[np.argsort([morphemes.vocabulary[index] for index in said], kind="stable")]
    return _columns(everything, order)


def _rows_of_segments(
    segments: Sequence[Segment], morphemes: Morphemes
) -> tuple[np.ndarray, np.ndarray]:
    """Return, for every morpheme that lies in a segment, the segment's row and its code."""
    place = {interview: index for index, interview in enumerate(morphemes.interviews)}
    rows, codes = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
    for row, segment in enumerate(segments):
        found = segment_slice(segment, morphemes, place)
        rows.append(np.full(found.stop - found.start, row, np.int32))
        codes.append(morphemes.code[found])
    return np.concatenate(rows), np.concatenate(codes)


def segment_slice(segment: Segment, morphemes: Morphemes, place: Mapping[str, int]) -> slice:
    """Return the rows of ``morphemes`` in ``segment``; ``place`` is each interview's index."""
    index = place[segment.interview]
    low, high = morphemes.bounds[index], morphemes.bounds[index + 1]
    first, last = np.searchsorted(morphemes.start[low:high], (segment.start, segment.end))
    return slice(int(low + first), int(low + last))


def presence(terms: Terms) -> csr_matrix:
    """Return 1.0 where a segment says a term, as segments × terms."""
    said = csr_matrix(terms.counts, dtype=float, copy=True)
    said.data[:] = 1.0
    return said


def frequent_terms(terms: Terms, min_segments: int) -> Terms:
    """Return ``terms`` without those that fewer than ``min_segments`` segments use.

    A corpus of one or two segments keeps all: none of its words could stand in more.
    """
    fewest = min(min_segments, max(1, len(terms.segments) // 2))
    return _columns(terms, np.flatnonzero(_n_segments(terms) >= fewest))


def choose_terms(
    terms: Terms,
    tags: Collection[str],
    min_segments: int,
    max_share: float,
    counted_by: str = "morphology.tags",
) -> Terms:
    """Return the terms topics are made of: with ``tags``, neither rare nor everywhere.

    ``counted_by`` is the setting to name where ``terms`` are none to begin with.

    Raises:
        GyeolError: nothing is left; names the setting that took the last.
    """
    before, settings = terms, counted_by
    for setting, narrow in (
        ("topics.tags", lambda t: _tagged(t, tags)),
        ("terms.min_segments", lambda t: frequent_terms(t, min_segments)),
        ("terms.max_share", lambda t: _not_everywhere(t, max_share)),
    ):
        if not terms.vocabulary:
            break
        before, terms, settings = terms, narrow(terms), setting
    if not terms.vocabulary:
        ko, en = _LOOSER[settings]
        if settings == "topics.tags":
            there = _tags_of(before)
            ko, en = f"{ko} 자료에 있는 품사: {there}", f"{en} The corpus has: {there}"
        raise GyeolError(
            Problem(
                f"토픽에 쓸 말이 남지 않았습니다. 설정 {settings}에서 마지막 말까지 걸러졌습니다."
                f" {ko}",
                f"No term is left for topics: {settings} took the last of them. {en}",
            )
        )
    return terms


def _tags_of(terms: Terms) -> str:
    """Return the tags of ``terms``, the most frequent first, with how many terms have them."""
    found = Counter(term.rpartition("/")[2] for term in terms.vocabulary)
    return ", ".join(f"{tag} {n:,}" for tag, n in found.most_common())


def _tagged(terms: Terms, tags: Collection[str]) -> Terms:
    return _columns(
        terms,
        np.array([i for i, t in enumerate(terms.vocabulary) if t.rpartition("/")[2] in tags], int),
    )


def _not_everywhere(terms: Terms, max_share: float) -> Terms:
    """Drop terms in more than ``max_share`` of segments, if two segments are that share."""
    most = max_share * len(terms.segments)
    return terms if most < 2 else _columns(terms, np.flatnonzero(_n_segments(terms) <= most))


def _n_segments(terms: Terms) -> np.ndarray:
    return np.bincount(terms.counts.indices, minlength=len(terms.vocabulary))


def _columns(terms: Terms, chosen: np.ndarray) -> Terms:
    counts = csr_matrix(terms.counts[:, chosen])
    counts.sum_duplicates()
    counts.sort_indices()
    return Terms(tuple(terms.vocabulary[index] for index in chosen), terms.segments, counts)


def shown_term(term: str) -> str:
    """Return a term as a reader expects it: 가/VV as «가다», 학교/NNG as «학교»."""
    form, _, tag = term.rpartition("/")
    return f"{form}다" if tag in {"VV", "VA", "VX", "VCN"} else form
