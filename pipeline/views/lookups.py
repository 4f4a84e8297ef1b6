"""What lies on what in an ``Analysis``: the look-ups that tables and report share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.corpus.codings import codes_of_segments
from pipeline.records import Analysis, Code, Coding, Topic


@dataclass(frozen=True, slots=True)
class Usage:
    """How often something (a code, a coder) was met among codings."""

    n_codings: int = 0
    n_segments: int = 0
    n_interviews: int = 0
    by_coder: Mapping[str, int] = field(default_factory=dict)


UNUSED = Usage()


def segment_texts(analysis: Analysis) -> dict[str, str]:
    """Return each segment's own text by segment id."""
    texts = {interview.id: interview.text for interview in analysis.interviews}
    return {s.id: texts[s.interview][s.start : s.end] for s in analysis.segments}


def main_topics(analysis: Analysis) -> dict[str, Topic]:
    """Return the topic each segment belongs to most; segments without terms have none."""
    return {segment: topic for topic in analysis.model.topics for segment in topic.segments}


def segment_codes(analysis: Analysis) -> dict[str, tuple[str, ...]]:
    """Return the codes of each coded segment, in the codebook's order."""
    place = {code.name: index for index, code in enumerate(in_tree_order(analysis.codes))}
    coded = codes_of_segments(analysis.segments, analysis.codings)
    return {
        segment: tuple(sorted(codes, key=lambda name: (place.get(name, len(place)), name)))
        for segment, codes in coded.items()
    }


def code_usage(analysis: Analysis) -> dict[str, Usage]:
    """Return how often each code was used; codes that never were are missing."""
    by_code: dict[str, list[Coding]] = defaultdict(list)
    for coding in analysis.codings:
        by_code[coding.code].append(coding)
    coded = codes_of_segments(analysis.segments, analysis.codings)
    on_segments = Counter(code for codes in coded.values() for code in codes)
    return {code: _usage(codings, on_segments[code]) for code, codings in by_code.items()}


def coder_usage(analysis: Analysis) -> dict[str, Usage]:
    """Return how much each coder coded, coders in the order of their names."""
    by_coder: dict[str, list[Coding]] = {coder: [] for coder in coders(analysis)}
    for coding in analysis.codings:
        by_coder[coding.coder].append(coding)
    coded = codes_of_segments(analysis.segments, analysis.codings)
    on_segments = Counter(
        coder for codes in coded.values() for coder in frozenset().union(*codes.values())
    )
    return {coder: _usage(codings, on_segments[coder]) for coder, codings in by_coder.items()}


def _usage(codings: Sequence[Coding], n_segments: int) -> Usage:
    by_coder = Counter(coding.coder for coding in codings)
    n_interviews = len({coding.interview for coding in codings})
    return Usage(len(codings), n_segments, n_interviews, by_coder)


def coders(analysis: Analysis) -> list[str]:
    """Return the names of everyone who coded, sorted."""
    return sorted({coding.coder for coding in analysis.codings})


def code_paths(codes: Sequence[Code]) -> dict[str, tuple[str, ...]]:
    """Return each code's chain of names from the top of the codebook down to itself."""
    parents = {code.name: code.parent for code in codes}
    paths: dict[str, tuple[str, ...]] = {}
    for code in codes:
        chain = [code.name]
        while (above := parents.get(chain[-1])) is not None:
            chain.append(above)
        paths[code.name] = tuple(reversed(chain))
    return paths


def in_tree_order(codes: Sequence[Code]) -> list[Code]:
    """Return ``codes`` with each directly before its children; siblings keep their order."""
    children: dict[str | None, list[Code]] = defaultdict(list)
    for code in codes:
        children[code.parent].append(code)
    ordered: list[Code] = []
    waiting = children[None][::-1]
    while waiting:
        code = waiting.pop()
        ordered.append(code)
        waiting.extend(children[code.name][::-1])
    return ordered


def leaves(codes: Sequence[Code]) -> list[Code]:
    """Return the codes that no code names as parent, in tree order: those one codes with."""
    above = {code.parent for code in codes}
    return [code for code in in_tree_order(codes) if code.name not in above]


def field_names(mappings: Iterable[Mapping[str, str]]) -> list[str]:
    """Return every key of several mappings, in the order they are first met."""
    return list(dict.fromkeys(key for mapping in mappings for key in mapping))
