"""What was read of an interview, for a person to check: plain text or JSON lines."""

from __future__ import annotations

import json
import re

from pipeline.records import Interview, Turn
from pipeline.views.characters import REPLACEMENT, visible

# A terminal takes these for commands.
_C1 = re.compile("[\x7f-\x9f]")


def to_text(interview: Interview) -> str:
    """Return ``interview`` as ``[HH:MM:SS] speaker: speech`` lines, a turn a line.

    The time stands where it is known, the speaker where the file names one. A newline or
    tab inside a turn becomes a blank; controls that would reorder the text or steer a
    terminal become U+FFFD. Every line ends with a newline.
    """
    return "".join(f"{_line(interview, turn)}\n" for turn in interview.turns)


def to_jsonl(interview: Interview) -> str:
    """Return ``interview`` as JSON, one object a turn: ``speaker, role, time, text``.

    ``text`` is exactly what was read; ``time`` is in seconds, or null.
    """
    rows = (
        {
            "speaker": turn.speaker,
            "role": turn.role,
            "time": turn.time,
            "text": interview.text[turn.start : turn.end],
        }
        for turn in interview.turns
    )
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _line(interview: Interview, turn: Turn) -> str:
    time = "" if turn.time is None else f"[{_clock(turn.time)}] "
    speaker = f"{turn.speaker}: " if turn.speaker else ""
    said = " ".join(interview.text[turn.start : turn.end].split("\n"))
    return _C1.sub(REPLACEMENT, visible(time + speaker + said.replace("\t", " ")))


def _clock(time: float) -> str:
    seconds = int(time)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
