"""Timed pieces of talk (subtitles, machine transcripts), joined into an interview's turns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from pipeline.corpus.turns import find_labels
from pipeline.records import Turn


@dataclass(frozen=True, slots=True)
class Cue:
    """What one speaker says from ``time`` on, in seconds; ``None`` where it is not known.

    ``text`` is frozen, not empty and has no white space around it. ``speaker`` is empty
    where the file names none, and ``None`` where the cue is nobody's (a title, a credit).
    """

    speaker: str | None
    time: float | None
    text: str


def label_speakers(cues: Sequence[Cue]) -> list[Cue]:
    """Return ``cues`` with the labels in their text («면담자: …») as speakers, cut at each.

    What comes before the first label is nobody's. Without labels nothing changes.
    """
    text = "\n".join(cue.text for cue in cues)
    labels = find_labels(text)
    if not labels:
        return list(cues)
    # One more than each cue's length: the newline between two of them.
    starts = [0, *accumulate(len(cue.text) + 1 for cue in cues)]
    ends = [*(label.start for label in labels[1:]), len(text)]
    pieces = [Cue(None, cues[0].time, text[: labels[0].start].strip())]
    pieces += [
        Cue(
            label.speaker,
            cues[bisect_right(starts, label.start) - 1].time,
            text[label.end : end].strip(),
        )
        for label, end in zip(labels, ends, strict=True)
    ]
    return [piece for piece in pieces if piece.text]


def join_speakers(cues: Sequence[Cue], between: str) -> list[Cue]:
    """Join consecutive cues of one named speaker, ``between`` them; others stay as they are."""
    joined: list[Cue] = []
    for speaker, group in groupby(cues, lambda cue: cue.speaker):
        same = list(group)
        if speaker:
            same = [Cue(speaker, same[0].time, between.join(cue.text for cue in same))]
        joined += same
    return joined


def to_turns(cues: Sequence[Cue]) -> tuple[str, tuple[Turn, ...]]:
    """Return an interview's text, a cue after the other on lines of their own, and its turns."""
    turns: list[Turn] = []
    start = 0
    for cue in cues:
        end = start + len(cue.text)
        if cue.speaker is not None:
            index = len(turns) + 1
            turns.append(Turn(index, cue.speaker, "participant", start, end, cue.time))
        start = end + 1
    return "\n".join(cue.text for cue in cues), tuple(turns)
