"""``suggestions.jsonl``: one line for each set of suggestions, for other programs."""

from __future__ import annotations

import json
import re
from typing import Any

from pipeline.records import Analysis, Evidence, SegmentSuggestions, Suggestion
from pipeline.views.tables import rounded

# A reader that splits at every kind of line end must find as many lines as there are
# segments, and a lone surrogate cannot be written as UTF-8: JSON lets both be escaped.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def to_jsonl(analysis: Analysis) -> str:
    """Return one line a segment, in the order of ``analysis.suggestions``; empty for none."""
    starts = {segment.id: segment.start for segment in analysis.segments}
    return "".join(
        to_line(
            found.segment, found.interview, found, starts[found.segment], analysis.score_only_ranks
        )
        for found in analysis.suggestions
    )


def to_line(
    segment: str | int | None,
    interview: str | None,
    found: SegmentSuggestions,
    offset: int,
    score_only_ranks: bool,
) -> str:
    """Return one segment's suggestions as a line of JSON with its line feed.

    ``segment`` is its id, written as it was given: text, a whole number, or none.
    ``offset`` is where the segment's text starts in the text that evidence counts into:
    the line counts code points into the segment's own text. ``interview`` is left out where
    there is none. Scores have six decimals at most; ``score_only_ranks`` is written, as
    true, only where it holds. So is, after the fixed fields, what can be told only with coded
    segments: ``likely``, the codes that hold a right one nine times in ten; of a suggestion
    ``like``, the coded segment most like this one, and ``above``, whether the score reaches
    the threshold that was asked for.

    Raises:
        ValueError: a score is not a number.
    """
    line: dict[str, Any] = {"id": segment}
    if interview is not None:
        line["interview"] = interview
    line["fits"] = found.fits
    if score_only_ranks:
        line["score_only_ranks"] = True
    line["suggestions"] = [_suggestion(suggestion, offset) for suggestion in found.suggestions]
    if found.likely is not None:
        line["likely"] = list(found.likely)
    text = json.dumps(line, ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _suggestion(suggestion: Suggestion, offset: int) -> dict[str, Any]:
    written: dict[str, Any] = {
        "code": suggestion.code,
        "score": rounded(suggestion.score),
        "evidence": [_evidence(evidence, offset) for evidence in suggestion.evidence],
    }
    if suggestion.like is not None:
        written["like"] = suggestion.like
    if suggestion.above is not None:
        written["above"] = suggestion.above
    return written


def _evidence(evidence: Evidence, offset: int) -> dict[str, Any]:
    return {
        "text": evidence.text,
        "start": evidence.start - offset,
        "end": evidence.end - offset,
        "why": evidence.why,
    }
