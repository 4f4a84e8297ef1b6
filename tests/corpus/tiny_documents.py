"""The same talk in every format Gyeol reads: each function takes turns and gives a file.

A turn is a speaker's label and what was said, on one line.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

Talk = Sequence[tuple[str, str]]

_SECONDS_A_TURN = 5
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_HWPML = "http://www.hancom.co.kr/hwpml/2011"


def lines(talk: Talk) -> list[str]:
    return [f"{speaker}: {said}" for speaker, said in talk]


def txt(talk: Talk, encoding: str = "utf-8") -> bytes:
    return "\n".join(lines(talk)).encode(encoding)


def docx(talk: Talk) -> bytes:
    """Return a Word document as people make them: labels bold, a run for each."""
    paragraphs = "".join(
        f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{escape(speaker)}:</w:t></w:r>"
        f'<w:r><w:t xml:space="preserve"> {escape(said)}</w:t></w:r></w:p>'
        for speaker, said in talk
    )
    body = f'<w:document xmlns:w="{WORD}"><w:body>{paragraphs}</w:body></w:document>'
    return packed({"word/document.xml": body})


def docx_table(talk: Talk) -> bytes:
    """Return a Word document that keeps labels and talk in two columns."""
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{escape(c)}</w:t></w:r></w:p></w:tc>" for c in turn)
        + "</w:tr>"
        for turn in talk
    )
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>'
    return packed({"word/document.xml": body})


def odt(talk: Talk) -> bytes:
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines(talk))
    names = f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0"'
    body = (
        f"<office:document-content {names}><office:body><office:text>{paragraphs}</office:text>"
        "</office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": body})


def hwpx(talk: Talk) -> bytes:
    paragraphs = "".join(
        f"<hp:p><hp:run><hp:t>{escape(line)}</hp:t></hp:run></hp:p>" for line in lines(talk)
    )
    names = f'xmlns:hs="{_HWPML}/section" xmlns:hp="{_HWPML}/paragraph"'
    section = f"<hs:sec {names}>{paragraphs}</hs:sec>"
    return packed({"mimetype": "application/hwp+zip", "Contents/section0.xml": section})


def rtf(talk: Talk) -> bytes:
    """Return rich text as Windows writes it: Korean as hexadecimal bytes of CP949."""
    text = "\\par\r\n".join(lines(talk))
    coded = "".join(
        sign if sign.isascii() else "".join(f"\\'{byte:02x}" for byte in sign.encode("cp949"))
        for sign in text
    )
    return f"{{\\rtf1\\ansi\\ansicpg949 {coded}}}".encode("ascii")


def srt(talk: Talk) -> bytes:
    cues = (
        f"{number}\r\n{_clock(number - 1)},000 --> {_clock(number)},000\r\n{line}\r\n"
        for number, line in enumerate(lines(talk), 1)
    )
    return "\r\n".join(cues).encode("utf-8-sig")


def vtt(talk: Talk) -> bytes:
    cues = (
        f"\n{_clock(number)}.000 --> {_clock(number + 1)}.000\n<v {escape(speaker)}>{escape(said)}</v>\n"
        for number, (speaker, said) in enumerate(talk)
    )
    return ("WEBVTT\n" + "".join(cues)).encode()


def clova(talk: Talk) -> bytes:
    """Return the text export of Clova Note: title, date and recorder, then blocks."""
    head = "면담 녹음\n2024.05.02 목 오후 2:03 ・ 45분 12초\n기록자\n"
    blocks = (
        f"\n{speaker} {_clock(number)[3:]}\n{said}\n" for number, (speaker, said) in enumerate(talk)
    )
    return (head + "".join(blocks)).encode()


def whisper(talk: Talk) -> bytes:
    """Return what WhisperX writes: each turn in two segments, with a blank in front."""
    segments = []
    for number, (speaker, said) in enumerate(talk):
        first, _, rest = said.partition(" ")
        start = float(number * _SECONDS_A_TURN)
        segments += [
            {
                "start": start + place,
                "end": start + place + 1,
                "text": f" {part}",
                "speaker": speaker,
            }
            for place, part in enumerate((first, rest))
            if part
        ]
    return json.dumps({"segments": segments, "language": "ko"}, ensure_ascii=False).encode()


def table(talk: Talk) -> bytes:
    """Return a CSV file as Excel saves it, with Korean headings."""
    made = io.StringIO(newline="")
    csv.writer(made).writerows(
        [("시각", "화자", "내용"), *((_clock(n), *t) for n, t in enumerate(talk))]
    )
    return made.getvalue().encode("utf-8-sig")


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _clock(number: int) -> str:
    minutes, seconds = divmod(number * _SECONDS_A_TURN, 60)
    return f"00:{minutes:02}:{seconds:02}"
