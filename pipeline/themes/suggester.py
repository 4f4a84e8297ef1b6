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
from pipeline.themes.evidence import find_evidence
from pipeline.themes.scoring import METHODS_TEXT, Scored, score_codes


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
        return Suggested((), calibrated=False, methods_text=METHODS_TEXT[False])
    said = [texts[s.interview][s.start : s.end] for s in segments]
    interviews = [s.interview for s in segments]
    scored = score_codes(terms, said, interviews, code_terms, vectors, topic_scores, gold)
    seen_in = _where_seen(segments, terms, code_terms, gold, scored)
    place = {interview: index for index, interview in enumerate(morphemes.interviews)}
    suggested = []
    for row in rows:
        segment = segments[row]
        order = np.argsort(-np.round(scored.score[row], 9), kind="stable")[:top]
        suggested.append(
            SegmentSuggestions(
                segment.id,
                segment.interview,
                bool(scored.fits[row]),
                tuple(
                    Suggestion(
                        code_terms.codes[code],
                        float(scored.score[row, code]),
                        find_evidence(
                            segment,
                            row,
                            int(code),
                            texts[segment.interview],
                            morphemes,
                            place,
                            terms,
                            code_terms,
                            scored,
                            seen_in,
                            lang,
                        ),
                    )
                    for code in order
                ),
            )
        )
    return Suggested(tuple(suggested), scored.calibrated, METHODS_TEXT[bool(gold)])


def _where_seen(
    segments: Sequence[Segment],
    terms: Terms,
    code_terms: CodeTerms,
    gold: Mapping[int, frozenset[str]],
    scored: Scored,
) -> dict[tuple[int, int], str]:
    """Return, for (term, code), the id of a coded segment that says the term under the code.

    Of several, the one that says least else: there the term stands out most.
    """
    if scored.taught is None:
        return {}
    column = {code: index for index, code in enumerate(code_terms.codes)}
    lengths = np.diff(terms.counts.indptr)
    seen: dict[tuple[int, int], str] = {}
    for row in sorted(gold, key=lambda row: (int(lengths[row]), segments[row].id)):
        for term in terms.counts.indices[terms.counts.indptr[row] : terms.counts.indptr[row + 1]]:
            for code in gold[row]:
                seen.setdefault((int(term), column[code]), segments[row].id)
    return seen
