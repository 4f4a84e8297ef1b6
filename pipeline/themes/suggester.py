"""Suggested codes (제안) with their evidence. Codings are handed in: nothing here opens a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from pipeline.errors import Lang
from pipeline.records import (
    CodeTerms,
    Morphemes,
    Segment,
    SegmentSuggestions,
    Suggested,
    Suggestion,
    Terms,
)
from pipeline.themes.evidence import find_evidence, find_reasons, first_said
from pipeline.themes.scoring import METHODS_TEXTS, score_codes


def suggest(
    segments: Sequence[Segment],
    texts: Mapping[str, str],
    morphemes: Morphemes,
    terms: Terms,
    code_terms: CodeTerms,
    vectors: Mapping[str, np.ndarray],
    topic_scores: np.ndarray | None,
    gold: Mapping[int, frozenset[str]],
    rows: Sequence[int],
    top: int,
    lang: Lang,
) -> Suggested:
    """Suggest ``min(top, codes)`` codes for each of the segments ``rows``, best first.

    ``texts`` are the interviews' by id; ``terms`` has a row a segment; ``vectors`` maps terms
    to unit vectors; ``topic_scores`` is segments × codes or ``None``; ``gold`` gives the
    codes of coded rows. Equal scores are ranked by the codebook's order.
    """
    if not rows or not code_terms.codes:
        return Suggested((), calibrated=False, methods_text=METHODS_TEXTS["codebook"])
    said = [texts[s.interview][s.start : s.end] for s in segments]
    interviews = [s.interview for s in segments]
    scored = score_codes(terms, said, interviews, code_terms, vectors, topic_scores, gold)
    order = np.argsort(-np.round(scored.score[rows], 9), axis=1, kind="stable")[:, :top]
    seen_in = _where_seen(segments, terms, code_terms, gold)
    reasons = {
        code: find_reasons(
            code, terms, code_terms, scored.cosines, scored.words, seen_in[code], lang
        )
        for code in np.unique(order).tolist()
    }
    place = {interview: index for index, interview in enumerate(morphemes.interviews)}
    column = {term: index for index, term in enumerate(terms.vocabulary)}
    term_of = [column.get(term, -1) for term in morphemes.vocabulary]
    suggested = []
    for row, best in zip(rows, order.tolist(), strict=True):
        segment = segments[row]
        text = texts[segment.interview]
        said = first_said(segment, morphemes, place, term_of)
        suggestions = tuple(
            Suggestion(
                code_terms.codes[code],
                float(scored.score[row, code]),
                find_evidence(text, said, reasons[code]),
            )
            for code in best
        )
        # Where nothing tells how sure is sure enough, a word has to speak for the best code.
        # That holds for one segment as for many, and whatever the number of codes.
        fits = bool(suggestions[0].evidence if scored.sure is None else scored.sure[row])
        suggested.append(SegmentSuggestions(segment.id, segment.interview, fits, suggestions))
    return Suggested(tuple(suggested), scored.sure is not None, METHODS_TEXTS[scored.basis])


def _where_seen(
    segments: Sequence[Segment],
    terms: Terms,
    code_terms: CodeTerms,
    gold: Mapping[int, frozenset[str]],
) -> list[dict[int, str]]:
    """Return, for each code and term, the id of a coded segment that says the term under it.

    Of several, the one that says least else: there the term stands out most.
    """
    number = {code: index for index, code in enumerate(code_terms.codes)}
    bounds, said = terms.counts.indptr, terms.counts.indices
    lengths = np.diff(bounds)
    seen: list[dict[int, str]] = [{} for _ in code_terms.codes]
    for row in sorted(gold, key=lambda row: (int(lengths[row]), segments[row].id)):
        for term in said[bounds[row] : bounds[row + 1]].tolist():
            for code in gold[row]:
                seen[number[code]].setdefault(term, segments[row].id)
    return seen
