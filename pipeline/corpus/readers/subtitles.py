"""Subtitles (.srt, .vtt): cues joined into turns, with the time each began."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pysubs2 import SSAFile
from pysubs2.exceptions import Pysubs2Error

from pipeline.corpus.encoding import decode, freeze, freeze_whole
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.cues import Cue, join_speakers, label_speakers, to_turns
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview

# «<i>», «</font>», «{\\an8}»; but «<불명확>» and «{웃음}» are the transcriber's words.
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|\{\\[^{}\n]{0,200}\}")
# An hour has one or two thousand.
_MOST_CUES = 100_000
_VTT = re.compile(r"WEBVTT(?:[ \t\n]|$)")
_VTT_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}[.,]\d{1,3})[ \t]*-->")
# «<v 김철수>», «<v.loud 김철수>»; a voice lasts until «</v>», the next one or the cue's end.
_VOICE = re.compile(r"<v(?:\.[^ \t<>\n]{0,100})?[ \t]([^<>\n]{0,200})>|</v>")
# «<00:01:02.500>» says when the next word comes.
_WORD_TIME = re.compile(r"<[\d:.]{5,16}>")


def read(data: bytes, name: str) -> Reading:
    """Read the subtitles ``data`` of the file ``name`` as one interview.

    A turn is one speaker's consecutive cues, newlines between them, its ``time`` the start
    of the first in seconds; cues before the first label belong to no turn. Labels and tags
    are left out of the text; WebVTT's voices (``<v 김철수>``) are speakers. Where no cue
    has a label, every cue is a turn.

    Raises:
        GyeolError: the bytes cannot be decoded, or hold no cue.
    """
    text = freeze_whole(decode(data))
    if (arrows := text.count("-->")) > _MOST_CUES:
        raise GyeolError(_too_many(arrows))
    cues = list(_vtt_cues(text) if is_vtt(text) else _srt_cues(text))
    if not cues:
        raise GyeolError(
            Problem(
                "자막 구간이 없습니다. «00:00:01,000 --> 00:00:03,000» 꼴의 시각이 있어야 합니다.",
                "There is no cue, such as «00:00:01,000 --> 00:00:03,000».",
            )
        )
    if not any(cue.speaker for cue in cues):
        cues = label_speakers(cues)
    joined, turns = to_turns(join_speakers(cues, "\n"))
    return Reading((Interview(interview_id(name), joined, turns, name),))


def _too_many(cues: int) -> Problem:
    return Problem(
        f"자막 구간이 {cues:,}개로 너무 많습니다(한도 {_MOST_CUES:,}개). 파일을 나누어 넣으세요.",
        f"There are {cues:,} cues (limit {_MOST_CUES:,}). Split the file.",
    )


def is_vtt(head: str) -> bool:
    """Tell whether a text that begins with ``head`` is WebVTT."""
    return bool(_VTT.match(head.lstrip("\ufeff")))


def _srt_cues(text: str) -> Iterator[Cue]:
    # pysubs2's own patterns for tags and blank lines take quadratic time on hostile text.
    calm = re.sub(r"\n{3,}", "\n\n", text)
    try:
        file = SSAFile.from_string(calm, format_="srt", keep_html_tags=True)
    except (Pysubs2Error, ValueError) as error:
        raise GyeolError(
            Problem("자막(srt)으로 읽을 수 없습니다.", f"Not readable as subtitles ({error}).")
        ) from error
    for event in file:
        # pysubs2 writes a newline as «\N».
        said = _plain(event.text.replace(r"\N", "\n"))
        if said:
            yield Cue("", event.start / 1000, said)


def _vtt_cues(text: str) -> Iterator[Cue]:
    """Yield the cues of a WebVTT file: blocks with an arrow (notes and styles have none)."""
    for block in re.split(r"\n(?:[ \t]*\n)+", text):
        lines = block.split("\n")
        timing = next((n for n, line in enumerate(lines[:2]) if "-->" in line), None)
        match = _VTT_TIME.match(lines[timing].strip()) if timing is not None else None
        if timing is None or match is None:
            continue
        hours, minutes, seconds = match.groups()
        start = int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))
        yield from _voices("\n".join(lines[timing + 1 :]), start)


def _voices(payload: str, time: float) -> Iterator[Cue]:
    speaker, start = "", 0
    for match in _VOICE.finditer(payload):
        yield from _vtt_cue(speaker, time, payload[start : match.start()])
        speaker, start = _plain(html.unescape(match[1] or "")), match.end()
    yield from _vtt_cue(speaker, time, payload[start:])


def _vtt_cue(speaker: str, time: float, payload: str) -> Iterator[Cue]:
    # Tags first: «&lt;불명확&gt;» is text.
    said = freeze(html.unescape(_plain(_WORD_TIME.sub("", payload)))).strip()
    if said:
        yield Cue(speaker, time, said)


def _plain(text: str) -> str:
    return freeze(_TAG.sub("", text)).strip()
