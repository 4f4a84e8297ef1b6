"""From bytes to frozen text: the encoding found, newlines LF, characters NFC.

Spans count code points into frozen text, so every reader ends with ``freeze``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from pipeline.errors import GyeolError, Problem

# UTF-32's mark begins with UTF-16's: the longer one is tried first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What Korean text is made of: ASCII, jamo, punctuation, syllables, full-width forms.
_USUAL = re.compile("[\t\n\r -~ᄀ-ᇿ\u2000-\u206f\u3000-\u303f\u3130-\u318f가-힣\uff00-\uffef]")
_SAMPLE_BYTES = 8000
_MOSTLY = 0.7

# Beyond any interview (a thousand hours have 20 million characters), and what memory bears.
_LARGEST_TEXT = 64 * 2**20
_MOST_CHARACTERS = 25_000_000
_MOST_LINES = 500_000

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")
# Lone surrogates fit in no UTF-8 file, U+FFFE and U+FFFF in no XML (XLSX, DOCX).
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")


def decode(data: bytes) -> str:
    """Return the text in ``data``, a byte order mark in front left out.

    Tried in this order: a byte order mark (UTF-8, UTF-16, UTF-32), UTF-16 without a mark
    (NUL bytes tell), UTF-8, CP949. Nothing is guessed beyond that and nothing is replaced.

    Raises:
        GyeolError: too large for a text; or with the offset and the line of the first byte
            that cannot be decoded.
    """
    if len(data) > _LARGEST_TEXT:
        raise GyeolError(_too_large(f"{len(data) / 2**20:,.0f}MB", f"{len(data) / 2**20:,.0f} MB"))
    mark, encodings = _encodings(data)
    body = data[len(mark) :]
    failures: list[tuple[int, int, str]] = []
    for encoding in encodings:
        try:
            return _of_some_length(body.decode(encoding))
        except UnicodeDecodeError as error:
            lost = body.decode(encoding, "replace").count("\ufffd")
            failures.append((lost, len(mark) + error.start, encoding))
    # The encoding that loses least is the one the file was most probably written in.
    _, offset, encoding = min(failures, key=lambda failure: failure[0])
    raise GyeolError(_undecodable(data, encoding, offset))


def freeze(text: str) -> str:
    """Return ``text`` as it is kept: NFC, newlines LF, no control characters but tab and LF.

    CR, CRLF, vertical tab, form feed, NEL, U+2028 and U+2029 become LF; NUL is dropped and
    other C0 controls become a space; lone surrogates become U+FFFD; byte order marks in
    front are dropped. Freezing twice changes nothing.
    """
    text = _UNWRITABLE.sub("\ufffd", text.replace("\0", ""))
    text = _NEWLINES.sub("\n", text.lstrip("\ufeff"))
    return unicodedata.normalize("NFC", _CONTROLS.sub(" ", text))


def freeze_whole(text: str) -> str:
    """Return ``text`` frozen, as the text of a whole document.

    Raises:
        GyeolError: it has more characters or lines than any interview.
    """
    frozen = freeze(_of_some_length(text))
    refuse_many_lines(frozen)
    return frozen


def refuse_many_lines(text: str) -> None:
    """Refuse a text with more lines than any interview: each may become a turn.

    Raises:
        GyeolError: it has.
    """
    lines = text.count("\n")
    if lines > _MOST_LINES:
        raise GyeolError(
            Problem(
                f"{lines:,}줄로 너무 깁니다(한도 {_MOST_LINES:,}줄). 녹취록이 맞는지 확인하고 "
                "나누어 넣으세요.",
                f"There are {lines:,} lines (limit {_MOST_LINES:,}). Make sure it is a transcript, "
                "and split it.",
            )
        )


def _of_some_length(text: str) -> str:
    if len(text) > _MOST_CHARACTERS:
        raise GyeolError(_too_large(f"{len(text):,}자", f"{len(text):,} characters"))
    return text


def _too_large(size_ko: str, size_en: str) -> Problem:
    most = _LARGEST_TEXT // 2**20
    return Problem(
        f"글이 너무 깁니다({size_ko}, 한도 {most}MB {_MOST_CHARACTERS:,}자). 녹취록이 맞는지 확인하고 "
        "나누어 넣으세요.",
        f"The text is too long ({size_en}; limit {most} MB, {_MOST_CHARACTERS:,} characters). Make "
        "sure it is a transcript, and split it.",
    )


def _encodings(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return the byte order mark in front of ``data`` and the encodings to try after it."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return mark, (encoding,)
    wide = _utf16_without_mark(data)
    return b"", (wide,) if wide else ("utf-8", "cp949")


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[:_SAMPLE_BYTES]
    if b"\0" not in sample:
        return None
    # Counting NULs at odd and even places does not tell the byte order: 가 is U+AC00.
    share, encoding = max((_usual_share(sample, e), e) for e in ("utf-16-le", "utf-16-be"))
    return encoding if share >= _MOSTLY else None


def _usual_share(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    return len(_USUAL.findall(text)) / len(text)


def _undecodable(data: bytes, encoding: str, offset: int) -> Problem:
    before = data[:offset].decode(encoding, "replace")
    line = _NEWLINES.sub("\n", before).count("\n") + 1
    return Problem(
        f"{line}번째 줄의 글자를 읽을 수 없습니다(파일 첫머리에서 {offset:,}바이트 뒤, "
        f"값 0x{data[offset]:02X}, {encoding.upper()}로 읽을 때). 파일을 UTF-8로 다시 저장하세요.",
        f"Line {line} cannot be decoded (byte offset {offset}, value 0x{data[offset]:02X}, "
        f"read as {encoding.upper()}). Save the file as UTF-8.",
        line=line,
    )
