"""Machine transcripts in JSON: Whisper and its kin (WhisperX, whisper.cpp), Clova Speech."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from pipeline.corpus.encoding import decode, freeze
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.cues import Cue, join_speakers, to_turns
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview

# Parsed JSON takes many times its bytes; an hour's talk with times for each word is 2 MB, and
# holds some ten thousand lists and objects.
_LARGEST = 32 * 2**20
_MOST_OBJECTS = 1_000_000
# Where nobody is named: a turn ends at a pause, or at the end of a sentence once it is long
# enough to stand for itself, or anywhere once it is too long (Whisper often writes no stops).
_PAUSE_SECONDS = 2.0
_LONG_ENOUGH = 300
_TOO_LONG = 600
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’)\]]*$")


def read(data: bytes, name: str) -> Reading:
    """Read the machine transcript ``data`` of the file ``name`` as one interview.

    Consecutive segments of one speaker are a turn, blanks between them, its ``time`` the
    start of the first in seconds. Where the file names no speaker at all, segments are
    joined up to a pause of 2 seconds, or to the end of a sentence from 300 characters on.

    Raises:
        GyeolError: the bytes cannot be decoded, are no such JSON, or hold no segment.
    """
    found = _segments(_parsed(data))
    if found is None:
        raise GyeolError(
            Problem(
                '전사 JSON이 아닙니다. {"segments": [{"start": …, "end": …, "text": …}]} '
                "꼴이어야 합니다.",
                'Not a transcript in JSON, such as {"segments": [{"start": …, "text": …}]}.',
            )
        )
    segments = list(found)
    if not segments:
        raise GyeolError(
            Problem("전사 JSON에 말이 없습니다.", "The transcript holds no segment with text.")
        )
    cues = [cue for cue, _ in segments]
    named = any(cue.speaker for cue in cues)
    text, turns = to_turns(join_speakers(cues, " ") if named else list(_by_pauses(segments)))
    return Reading((Interview(interview_id(name), text, turns, name),))


def is_transcript(data: bytes) -> bool:
    """Tell whether ``data`` is JSON as a whole and holds a list of segments."""
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start.startswith((b"{", b"[")) or not re.search(rb'"(?:text|segments)"', data):
        return False
    if _is_too_large(data):
        # A transcript by its beginning; reading it says what is wrong.
        return bool(re.search(rb'"(?:segments|transcription)"', start))
    try:
        return _segments(_parsed(data)) is not None
    except GyeolError:
        return False


def _is_too_large(data: bytes) -> bool:
    return len(data) > _LARGEST or data.count(b"[") + data.count(b"{") > _MOST_OBJECTS


def _parsed(data: bytes) -> object:
    if _is_too_large(data):
        raise GyeolError(
            Problem(
                f"JSON 파일이 너무 큽니다(한도 {_LARGEST // 2**20}MB, 묶음 {_MOST_OBJECTS:,}개). "
                "단어별 시각을 빼고 내보내거나 나누어 넣으세요.",
                f"The JSON file is too large (limit {_LARGEST // 2**20} MB, {_MOST_OBJECTS:,} "
                "objects). Export it without the times of words, or split it.",
            )
        )
    try:
        return json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise GyeolError(
            Problem(
                "JSON으로 읽을 수 없습니다. 파일이 중간에 잘리지 않았는지 확인하세요.",
                f"Not readable as JSON ({error}). The file may be cut short.",
                line=line,
            )
        ) from error


def _segments(parsed: object) -> Iterator[tuple[Cue, float | None]] | None:
    """Return each segment with its end, ``None`` where ``parsed`` is no transcript at all."""
    cpp = parsed.get("transcription") if isinstance(parsed, dict) else None
    if _are_segments(cpp):
        return _read_segments([_from_whisper_cpp(row) for row in cpp], 1)
    rows = parsed.get("segments") if isinstance(parsed, dict) else parsed
    if not _are_segments(rows):
        return None
    # Clova Speech counts milliseconds and describes its speakers; Whisper counts seconds.
    clova = any(isinstance(row.get("speaker"), dict) for row in rows)
    return _read_segments(rows, 1000 if clova else 1)


def _are_segments(rows: object) -> TypeGuard[list[dict[str, Any]]]:
    return (
        isinstance(rows, list)
        and bool(rows)
        and all(isinstance(row, dict) and isinstance(row.get("text"), str) for row in rows)
        and any("start" in row or "offsets" in row for row in rows)
    )


def _from_whisper_cpp(row: Mapping[str, Any]) -> Mapping[str, Any]:
    offsets = row.get("offsets")
    start, end = (
        (_number(offsets.get("from")), _number(offsets.get("to")))
        if isinstance(offsets, dict)
        else (None, None)
    )
    return {
        **row,
        "start": None if start is None else start / 1000,
        "end": None if end is None else end / 1000,
    }


def _read_segments(
    rows: Sequence[Mapping[str, Any]], units_a_second: int
) -> Iterator[tuple[Cue, float | None]]:
    for row in rows:
        text = " ".join(freeze(row["text"]).split())
        if text:
            start, end = (_number(row.get(key)) for key in ("start", "end"))
            cue = Cue(_speaker(row), None if start is None else start / units_a_second, text)
            yield cue, None if end is None else end / units_a_second


def _speaker(row: Mapping[str, Any]) -> str:
    speaker = row.get("speaker")
    if isinstance(speaker, dict):
        speaker = speaker.get("name") or speaker.get("label")
    if isinstance(speaker, int) and not isinstance(speaker, bool):
        speaker = str(speaker)
    return " ".join(freeze(speaker).split()) if isinstance(speaker, str) else ""


def _number(value: object) -> float | None:
    """Return a time that is one: no text, no NaN, nothing before the beginning."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # A whole number of hundreds of digits fits no float.
    number = float(value) if abs(value) < 1e12 else math.nan
    return number if number >= 0 else None


def _by_pauses(segments: Sequence[tuple[Cue, float | None]]) -> Iterator[Cue]:
    group: list[Cue] = []
    length, last_end = 0, None
    for cue, end in segments:
        if group and (_is_full(length, group[-1].text) or _paused(last_end, cue.time)):
            yield _joined(group)
            group, length = [], 0
        group.append(cue)
        length += len(cue.text) + 1
        last_end = end
    yield _joined(group)


def _is_full(length: int, last: str) -> bool:
    return length > _TOO_LONG or (length > _LONG_ENOUGH and bool(_SENTENCE_END.search(last)))


def _paused(end: float | None, start: float | None) -> bool:
    return end is not None and start is not None and start - end >= _PAUSE_SECONDS


def _joined(group: Sequence[Cue]) -> Cue:
    return Cue("", group[0].time, " ".join(cue.text for cue in group))
