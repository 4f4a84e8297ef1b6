"""Interviews of one-sentence segments, and codings on them, for the tests of agreement."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.records import Coding, Segment

WIDTH = 10


def segments_of(interview: str, count: int) -> list[Segment]:
    """Return ``count`` segments of ten characters, one blank between two."""
    return [
        Segment(f"{interview}:{n}", interview, n, "답변", n * (WIDTH + 1), n * (WIDTH + 1) + WIDTH)
        for n in range(count)
    ]


def coded(coder: str, code: str, segments: Sequence[Segment]) -> list[Coding]:
    """Return ``code`` put on the whole of each segment by ``coder``."""
    return [Coding(s.interview, s.start, s.end, code, coder) for s in segments]
