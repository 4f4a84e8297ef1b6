"""An analysis as it may leave the private part: every text masked, every span carried over.

The one place where masks are applied for outputs: writers get nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.corpus.masking import Mask, Masked, mask
from pipeline.corpus.personal import find_personal
from pipeline.corpus.pseudonyms import LABELS, replacer
from pipeline.errors import Problem
from pipeline.mining.groups import person_of
from pipeline.records import (
    Analysis,
    Coding,
    Comparison,
    Interview,
    Network,
    Quote,
    Segment,
    SegmentSuggestions,
    TopicModel,
    WordCount,
    WordCounts,
)
from pipeline.views.passages import merge

Unnamed = Callable[[str], str]
_QUOTED = re.compile("«[^»]*»")


def mask_analysis(
    analysis: Analysis, masks: Mapping[str, Sequence[Mask]], key: Mapping[str, str]
) -> Analysis:
    """Return ``analysis`` with ``masks`` (by interview id) applied to all its text and spans.

    ``key`` maps names to pseudonyms, and ids that hold a name to the ids shown: in ids,
    speakers' labels, metadata, notes and messages, which are not part of a frozen text, they
    are replaced wherever they stand. No two segments come to have the same id.
    """
    texts = {
        interview.id: mask(interview.text, 0, len(interview.text), masks.get(interview.id, ()))
        for interview in analysis.interviews
    }
    unnamed = replacer(key)
    ids = shown_ids([segment.id for segment in analysis.segments], unnamed)
    return replace(
        analysis,
        title=unnamed(analysis.title),
        interviews=tuple(_interview(i, texts[i.id], unnamed) for i in analysis.interviews),
        segments=tuple(_segment(s, texts[s.interview], ids, unnamed) for s in analysis.segments),
        codings=tuple(_coding(c, texts[c.interview], unnamed) for c in analysis.codings),
        keywords=tuple(
            replace(
                k,
                group=unnamed(k.group),
                speaker=unnamed(k.speaker),
                segments=tuple(ids[segment] for segment in k.segments),
            )
            for k in analysis.keywords
        ),
        ngrams=tuple(
            replace(ngram, segments=tuple(ids[segment] for segment in ngram.segments))
            for ngram in analysis.ngrams
        ),
        model=_model(analysis.model, ids),
        uncoded=tuple(ids[segment] for segment in analysis.uncoded),
        suggestions=tuple(
            _suggested(s, texts[s.interview], ids, unnamed) for s in analysis.suggestions
        ),
        uncovered=tuple(
            replace(group, segments=tuple(ids[segment] for segment in group.segments))
            for group in analysis.uncovered
        ),
        gaps=tuple(
            replace(
                gap,
                segments=tuple(ids[segment] for segment in gap.segments),
                hangs_on=tuple(unnamed(interview) for interview in gap.hangs_on),
            )
            for gap in analysis.gaps
        ),
        network=None if analysis.network is None else _network(analysis.network, ids),
        word_counts=_word_counts(analysis.word_counts, ids),
        comparison=_comparison(analysis.comparison, ids, unnamed),
        problems=masked_problems(analysis.problems, key),
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is to be shown of a segment (``row`` of all segments), as spans of the frozen text."""

    row: int
    start: int
    end: int
    marked: tuple[tuple[int, int], ...] = ()


def mask_stretches(
    interviews: Sequence[Interview],
    segments: Sequence[Segment],
    stretches: Sequence[Stretch],
    masks: Mapping[str, Sequence[Mask]],
    key: Mapping[str, str],
) -> tuple[Quote, ...]:
    """Return ``stretches`` of interviews with ``masks`` and ``key`` applied as in outputs.

    ``segments`` are all of the study: ids come out as they stand in the tables.
    """
    unnamed = replacer(key)
    ids = shown_ids([segment.id for segment in segments], unnamed)
    by_id = {interview.id: interview for interview in interviews}
    times = {(i.id, turn.index): turn.time for i in interviews for turn in i.turns}
    quotes = []
    for one in stretches:
        segment = segments[one.row]
        text, own = by_id[segment.interview].text, masks.get(segment.interview, ())
        said = mask(text, one.start, one.end, own)
        quotes.append(
            Quote(
                ids[segment.id],
                unnamed(segment.interview),
                unnamed(segment.speaker),
                unnamed(person_of(segment)),
                times.get((segment.interview, segment.turn)),
                said.text,
                merge(said.span(start, end) for start, end in one.marked),
            )
        )
    return tuple(quotes)


def mask_corpus(
    interviews: Sequence[Interview],
    segments: Sequence[Segment],
    codings: Sequence[Coding],
    masks: Mapping[str, Sequence[Mask]],
    key: Mapping[str, str],
) -> tuple[tuple[Interview, ...], tuple[Segment, ...], tuple[Coding, ...]]:
    """Do what ``mask_analysis`` does with less: the same texts, spans and ids, in the order given."""
    texts = {i.id: mask(i.text, 0, len(i.text), masks.get(i.id, ())) for i in interviews}
    unnamed = replacer(key)
    ids = shown_ids([segment.id for segment in segments], unnamed)
    return (
        tuple(_interview(i, texts[i.id], unnamed) for i in interviews),
        tuple(_segment(s, texts[s.interview], ids, unnamed) for s in segments),
        tuple(_coding(c, texts[c.interview], unnamed) for c in codings),
    )


def masked_problems(problems: Iterable[Problem], key: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return ``problems`` with the names in ``key`` replaced: messages quote labels and files.

    What stands between «» may be anybody's words: numbers and addresses in it are masked too.
    """
    return tuple(
        replace(
            p,
            ko=_QUOTED.sub(_without_numbers, masked_line(p.ko, key)),
            en=_QUOTED.sub(_without_numbers, masked_line(p.en, key)),
            path=None if p.path is None else masked_line(p.path, key),
        )
        for p in problems
    )


def _without_numbers(quoted: re.Match[str]) -> str:
    said, parts, at = quoted[0], [], 0
    for find in find_personal(said):
        if find.kind in LABELS:
            parts += [said[at : find.start], LABELS[find.kind]]
            at = find.end
    return "".join([*parts, said[at:]])


def masked_line(line: str, key: Mapping[str, str]) -> str:
    """Return a message or a file's name, NFC, with the names in ``key`` replaced."""
    return replacer(key)(line)


def shown_ids(ids: Sequence[str], unnamed: Unnamed) -> dict[str, str]:
    """Return the ids to show, different ones for different ids."""
    shown = {one: unnamed(one) for one in ids}
    taken = {one for one, other in shown.items() if one == other}
    for one, wanted in shown.items():
        if wanted == one:
            continue
        number = 1
        while shown[one] in taken:
            number += 1
            shown[one] = f"{wanted}-{number}"
        taken.add(shown[one])
    return shown


def _fields(fields: Mapping[str, str], unnamed: Unnamed) -> dict[str, str]:
    return {key: unnamed(value) for key, value in fields.items()}


def _interview(interview: Interview, masked: Masked, unnamed: Unnamed) -> Interview:
    turns = []
    for turn in interview.turns:
        start, end = masked.span(turn.start, turn.end)
        turns.append(
            replace(
                turn,
                start=start,
                end=end,
                speaker=unnamed(turn.speaker),
                id=None if turn.id is None else unnamed(turn.id),
                fields=_fields(turn.fields, unnamed),
            )
        )
    return replace(
        interview,
        id=unnamed(interview.id),
        text=masked.text,
        turns=tuple(turns),
        source=unnamed(interview.source),
        fields=_fields(interview.fields, unnamed),
        comments=(),
    )


def _segment(segment: Segment, masked: Masked, ids: Mapping[str, str], unnamed: Unnamed) -> Segment:
    start, end = masked.span(segment.start, segment.end)
    return replace(
        segment,
        id=ids[segment.id],
        interview=unnamed(segment.interview),
        start=start,
        end=end,
        speaker=unnamed(segment.speaker),
        fields=_fields(segment.fields, unnamed),
    )


def _coding(coding: Coding, masked: Masked, unnamed: Unnamed) -> Coding:
    start, end = masked.span(coding.start, coding.end)
    return replace(
        coding,
        interview=unnamed(coding.interview),
        start=start,
        end=end,
        note=unnamed(coding.note),
    )


def _model(model: TopicModel, ids: Mapping[str, str]) -> TopicModel:
    topics = tuple(
        replace(topic, segments=tuple(ids[segment] for segment in topic.segments))
        for topic in model.topics
    )
    return replace(model, topics=topics)


def _network(network: Network, ids: Mapping[str, str]) -> Network:
    # Its terms need no mask: they were counted outside of masks.
    return replace(
        network,
        terms=tuple(
            replace(term, segments=tuple(ids[segment] for segment in term.segments))
            for term in network.terms
        ),
        edges=tuple(
            replace(edge, segments=tuple(ids[segment] for segment in edge.segments))
            for edge in network.edges
        ),
    )


def _word_counts(found: WordCounts | None, ids: Mapping[str, str]) -> WordCounts | None:
    if found is None:
        return None

    def shown(words: Sequence[WordCount]) -> tuple[WordCount, ...]:
        return tuple(replace(w, segments=tuple(ids[name] for name in w.segments)) for w in words)

    return replace(
        found, frequent=shown(found.frequent), characteristic=shown(found.characteristic)
    )


def _comparison(
    found: Comparison | None, ids: Mapping[str, str], unnamed: Unnamed
) -> Comparison | None:
    if found is None:
        return None
    rows = (
        replace(
            row, group=unnamed(row.group), segments=tuple(ids[segment] for segment in row.segments)
        )
        for row in found.rows
    )
    return replace(found, rows=tuple(rows))


def _suggested(
    suggested: SegmentSuggestions, masked: Masked, ids: Mapping[str, str], unnamed: Unnamed
) -> SegmentSuggestions:
    return replace(
        suggested,
        segment=ids[suggested.segment],
        interview=unnamed(suggested.interview),
        suggestions=tuple(
            replace(
                suggestion,
                like=None if suggestion.like is None else ids[suggestion.like],
                evidence=tuple(
                    replace(
                        e, start=start, end=end, text=masked.text[start:end], why=unnamed(e.why)
                    )
                    for e in suggestion.evidence
                    for start, end in [masked.span(e.start, e.end)]
                ),
            )
            for suggestion in suggested.suggestions
        ),
    )
