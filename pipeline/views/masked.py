"""An analysis as it may leave the private part: every text masked, every span carried over.

The one place where masks are applied for outputs: writers get nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.corpus.masking import Mask, Masked, mask
from pipeline.errors import Problem
from pipeline.records import Analysis, Coding, Interview, Segment, SegmentSuggestions


def mask_analysis(
    analysis: Analysis, masks: Mapping[str, Sequence[Mask]], key: Mapping[str, str]
) -> Analysis:
    """Return ``analysis`` with ``masks`` (by interview id) applied to all its text and spans.

    ``key`` maps names to pseudonyms: in speakers' labels, metadata, notes and messages, which
    are not part of a frozen text, they are replaced wherever they stand.
    """
    texts = {
        interview.id: mask(interview.text, 0, len(interview.text), masks.get(interview.id, ()))
        for interview in analysis.interviews
    }
    names = _longest_first(key)
    return replace(
        analysis,
        interviews=tuple(_interview(i, texts[i.id], names) for i in analysis.interviews),
        segments=tuple(_segment(s, texts[s.interview], names) for s in analysis.segments),
        codings=tuple(_coding(c, texts[c.interview], names) for c in analysis.codings),
        suggestions=tuple(_suggested(s, texts[s.interview]) for s in analysis.suggestions),
        problems=masked_problems(analysis.problems, key),
    )


def masked_problems(problems: Iterable[Problem], key: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return ``problems`` with the names in ``key`` replaced: messages quote speakers' labels."""
    names = _longest_first(key)
    return tuple(replace(p, ko=_unnamed(p.ko, names), en=_unnamed(p.en, names)) for p in problems)


Names = Sequence[tuple[str, str]]


def _longest_first(key: Mapping[str, str]) -> Names:
    """Return names and pseudonyms, «김철수» before «철수»; a lone surname is no word to replace."""
    pairs = [(name, pseudonym) for name, pseudonym in key.items() if len(name) > 1]
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))


def _unnamed(text: str, names: Names) -> str:
    for name, pseudonym in names:
        text = text.replace(name, pseudonym)
    return text


def _fields(fields: Mapping[str, str], names: Names) -> dict[str, str]:
    return {key: _unnamed(value, names) for key, value in fields.items()}


def _interview(interview: Interview, masked: Masked, names: Names) -> Interview:
    turns = []
    for turn in interview.turns:
        start, end = masked.span(turn.start, turn.end)
        turns.append(
            replace(
                turn,
                start=start,
                end=end,
                speaker=_unnamed(turn.speaker, names),
                fields=_fields(turn.fields, names),
            )
        )
    return replace(
        interview, text=masked.text, turns=tuple(turns), fields=_fields(interview.fields, names)
    )


def _segment(segment: Segment, masked: Masked, names: Names) -> Segment:
    start, end = masked.span(segment.start, segment.end)
    return replace(
        segment,
        start=start,
        end=end,
        speaker=_unnamed(segment.speaker, names),
        fields=_fields(segment.fields, names),
    )


def _coding(coding: Coding, masked: Masked, names: Names) -> Coding:
    start, end = masked.span(coding.start, coding.end)
    return replace(coding, start=start, end=end, note=_unnamed(coding.note, names))


def _suggested(suggested: SegmentSuggestions, masked: Masked) -> SegmentSuggestions:
    return replace(
        suggested,
        suggestions=tuple(
            replace(
                suggestion,
                evidence=tuple(
                    replace(e, start=start, end=end, text=masked.text[start:end])
                    for e in suggestion.evidence
                    for start, end in [masked.span(e.start, e.end)]
                ),
            )
            for suggestion in suggested.suggestions
        ),
    )
