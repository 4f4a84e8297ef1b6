"""Subtitles (.srt): cues joined into turns, with the time each began."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from pysubs2 import SSAFile
from pysubs2.exceptions import Pysubs2Error

from pipeline.corpus.encoding import decode, freeze
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.turns import find_labels
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview, Turn

# «<i>», «</font>», «{\\an8}»; but «<불명확>» and «{웃음}» are the transcriber's words.
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one speaker says; ``speaker`` is ``None`` before the first label."""

    speaker: str | None
    time: float
    text: str


def read(data: bytes, name: str) -> Reading:
    """Read the subtitles ``data`` of the file ``name`` as one interview.

    A turn is one speaker's consecutive cues, newlines between them, its ``time`` the start
    of the first in seconds; cues before the first label belong to no turn. Labels and tags
    are left out of the text. Where no cue has a label, every cue is a turn.

    Raises:
        GyeolError: the bytes cannot be decoded, or hold no cue.
    """
    cues = _cues(freeze(decode(data)))
    if not cues:
        raise GyeolError(
            Problem(
                "자막 구간이 없습니다. «00:00:01,000 --> 00:00:03,000» 꼴의 시각이 있어야 합니다.",
                "There is no cue, such as «00:00:01,000 --> 00:00:03,000».",
            )
        )
    text, turns = _joined(_pieces(cues))
    return Reading((Interview(interview_id(name), text, turns, name),))


def _cues(text: str) -> list[_Piece]:
    # pysubs2's own patterns for tags and blank lines take quadratic time on hostile text.
    calm = re.sub(r"\n{3,}", "\n\n", text)
    try:
        file = SSAFile.from_string(calm, format_="srt", keep_html_tags=True)
    except (Pysubs2Error, ValueError) as error:
        raise GyeolError(
            Problem("자막(srt)으로 읽을 수 없습니다.", f"Not readable as subtitles ({error}).")
        ) from error
    cues = (_Piece(None, event.start / 1000, _plain(event.text)) for event in file)
    return [cue for cue in cues if cue.text]


def _plain(text: str) -> str:
    # pysubs2 writes a newline as «\N».
    return freeze(_TAG.sub("", text.replace(r"\N", "\n"))).strip()


def _pieces(cues: Sequence[_Piece]) -> list[_Piece]:
    """Return what is said, cut where the speaker changes."""
    text = "\n".join(cue.text for cue in cues)
    labels = find_labels(text)
    if not labels:
        return [_Piece("", cue.time, cue.text) for cue in cues]
    # One more than each cue's length: the newline between two of them.
    starts = [0, *accumulate(len(cue.text) + 1 for cue in cues)]
    ends = [*(label.start for label in labels[1:]), len(text)]
    pieces = [_Piece(None, cues[0].time, text[: labels[0].start].strip())]
    pieces += [
        _Piece(
            label.speaker,
            cues[bisect_right(starts, label.start) - 1].time,
            text[label.end : end].strip(),
        )
        for label, end in zip(labels, ends, strict=True)
    ]
    return [
        _Piece(speaker, same[0].time, "\n".join(piece.text for piece in same))
        for speaker, group in groupby((p for p in pieces if p.text), lambda piece: piece.speaker)
        if (same := list(group))
    ]


def _joined(pieces: Sequence[_Piece]) -> tuple[str, tuple[Turn, ...]]:
    turns: list[Turn] = []
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        if piece.speaker is not None:
            index = len(turns) + 1
            turns.append(Turn(index, piece.speaker, "participant", start, end, piece.time))
        start = end + 1
    return "\n".join(piece.text for piece in pieces), tuple(turns)
