"""What each coder decided on each passage, with suggestions in sight or without."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.records import Decision, Segment


@dataclass(frozen=True, slots=True)
class DecidedPassage:
    """One coder's decisions on one segment, in the order of time.

    Of a passage whose suggestions were hidden at first, ``aided`` is false and ``decisions`` are
    those made before they were shown. ``done`` says that all codes that fit are on it.
    """

    coder: str
    segment: str
    interview: str
    aided: bool
    done: bool
    decisions: tuple[Decision, ...]


def decided_passages(
    standing: Iterable[Decision], segments: Sequence[Segment]
) -> tuple[DecidedPassage, ...]:
    """Return what was decided on each passage by each coder alone, by coder, then as spoken.

    ``standing`` are decisions nobody took back. Joint decisions and those made in bulk are left
    out: neither shows what a coder decides looking at the passage. A span that lies on several
    segments belongs to the one it shares most with.
    """
    spans = _by_interview(segments)
    place = {segment.id: at for at, segment in enumerate(segments)}
    found: dict[tuple[str, int], list[Decision]] = {}
    for decision in standing:
        alone = not decision.joint and decision.bulk is None
        if alone and decision.action in ("put", "reject", "done"):
            segment = _segment_of(decision, spans.get(decision.interview, ()))
            if segment is not None:
                found.setdefault((decision.coder, place[segment.id]), []).append(decision)
    return tuple(
        _passage(coder, segments[at], sorted(own, key=lambda d: (d.time, d.id)))
        for (coder, at), own in sorted(found.items())
    )


def _passage(coder: str, segment: Segment, decisions: Sequence[Decision]) -> DecidedPassage:
    aided = decisions[0].aided
    counted = tuple(d for d in decisions if aided or not d.aided)
    done = any(d.action == "done" for d in decisions)
    return DecidedPassage(coder, segment.id, segment.interview, aided, done, counted)


def _by_interview(segments: Sequence[Segment]) -> dict[str, list[Segment]]:
    found: dict[str, list[Segment]] = {}
    for segment in segments:
        found.setdefault(segment.interview, []).append(segment)
    return {name: sorted(own, key=lambda s: (s.end, s.start)) for name, own in found.items()}


def _segment_of(decision: Decision, segments: Sequence[Segment]) -> Segment | None:
    """Return the segment ``decision`` shares most with; ``segments`` are sorted by their ends."""
    best, most = None, 0
    for segment in segments[bisect_left(segments, decision.start, key=lambda s: s.end) :]:
        shared = min(segment.end, decision.end) - max(segment.start, decision.start)
        if shared > most:
            best, most = segment, shared
        elif segment.start >= decision.end:
            break
    return best
