"""What each coder decided on each passage, with suggestions in sight or without."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.records import CodebookVersion, Decision, Segment
from pipeline.verdicts.code_names import Today, today_of
from pipeline.verdicts.codings import standing


@dataclass(frozen=True, slots=True)
class Hidden:
    """A suggestion (0 to 1) hidden from a coder, and whether she put its code all the same."""

    code: str
    score: float
    put: bool


@dataclass(frozen=True, slots=True)
class DecidedPassage:
    """One coder's decisions on one segment, in the order of time.

    Of a passage whose suggestions were hidden at first, ``aided`` is false, ``decisions`` are
    those that stood when they were shown, whatever was changed since, and ``hidden`` are the
    suggestions, best first. ``done`` says that all codes that fit are on it.
    """

    coder: str
    segment: str
    interview: str
    aided: bool
    done: bool
    decisions: tuple[Decision, ...]
    hidden: tuple[Hidden, ...] = ()


def decided_passages(
    log: Iterable[Decision],
    segments: Sequence[Segment],
    versions: Sequence[CodebookVersion] = (),
) -> tuple[DecidedPassage, ...]:
    """Return what was decided on each passage by each coder alone, by coder, then as spoken.

    ``log`` is everything logged, what was taken back too. Joint decisions and those made in bulk
    are left out: neither shows what a coder decides looking at the passage. A span that lies on
    several segments belongs to the one it shares most with. ``versions`` tell that a code
    renamed meanwhile is the same code.
    """
    logged = list(log)
    stands = _by_passage(standing(logged, versions=versions), segments)
    # What a coder changed after she had seen the suggestions is left out of account.
    unseen = [decision for decision in logged if not decision.aided]
    unaided = _by_passage(standing(unseen, versions=versions), segments)
    today = today_of(versions)
    return tuple(
        _passage(
            coder, segments[at], stands.get((coder, at), ()), unaided.get((coder, at), ()), today
        )
        for coder, at in sorted({*stands, *unaided})
    )


def _by_passage(
    decisions: Iterable[Decision], segments: Sequence[Segment]
) -> dict[tuple[str, int], list[Decision]]:
    """Return decisions by coder and by their segment's place, in the order of time."""
    spans = _by_interview(segments)
    place = {segment.id: at for at, segment in enumerate(segments)}
    found: dict[tuple[str, int], list[Decision]] = {}
    for decision in sorted(decisions, key=_moment):
        alone = not decision.joint and decision.bulk is None
        if alone and decision.action in ("put", "reject", "done"):
            segment = _segment_of(decision, spans.get(decision.interview, ()))
            if segment is not None:
                found.setdefault((decision.coder, place[segment.id]), []).append(decision)
    return found


def _passage(
    coder: str,
    segment: Segment,
    stands: Sequence[Decision],
    unaided: Sequence[Decision],
    today: Today,
) -> DecidedPassage:
    aided = min((*stands, *unaided), key=_moment).aided
    done = any(d.action == "done" for d in stands)
    if aided:
        return DecidedPassage(coder, segment.id, segment.interview, aided, done, tuple(stands))
    hidden = _hidden(unaided, today)
    return DecidedPassage(coder, segment.id, segment.interview, aided, done, tuple(unaided), hidden)


def _hidden(unaided: Sequence[Decision], today: Today) -> tuple[Hidden, ...]:
    """Return what was hidden when the last of ``unaided`` was decided, under today's names."""
    put = {today.name(d.code, d.codebook) for d in unaided if d.action == "put" and d.code}
    last = next((d for d in reversed(unaided) if d.offered), None)
    if last is None:
        return ()
    named = [(today.name(code, last.codebook), score) for code, score in last.offered]
    return tuple(Hidden(name, score, name in put) for name, score in named if name is not None)


def _moment(decision: Decision) -> tuple[str, str]:
    return decision.time, decision.id


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
