"""Formats that are known but not read yet: how to tell one, and what to do about it.

A format that gets a reader leaves these tables for ``reading.FORMATS``.
"""

from __future__ import annotations

from pipeline.corpus.archives import ZIP_MAGIC, part_names
from pipeline.errors import Problem

OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
HWP_MAGIC = b"HWP Document File"
_START_BYTES = 1024

_SAVE = ("그 프로그램에서 .docx나 .txt로 저장하세요", "save it as .docx or .txt")
_EXPORT = ("그 프로그램에서 글을 .docx나 .txt로 내보내세요", "export its texts as .docx or .txt")
_TRANSCRIBE = ("먼저 글로 옮기세요(전사)", "transcribe it first")
_UNPACK = ("압축을 풀어 넣으세요", "unpack it")
# Formats that are known but not read yet: their name, and what to do.
_UNREAD: dict[str, tuple[str, tuple[str, str]]] = {
    ".doc": ("Word 97–2003 DOC", _SAVE),
    ".html": ("HTML", _SAVE),
    ".xls": ("Excel XLS", _SAVE),
    ".pptx": ("PowerPoint PPTX", _SAVE),
    ".qdpx": ("REFI-QDA QDPX", _EXPORT),
    ".mp3": ("MP3", _TRANSCRIBE),
    ".m4a": ("M4A/MP4", _TRANSCRIBE),
    ".wav": ("WAV", _TRANSCRIBE),
    ".png": ("PNG", _TRANSCRIBE),
    ".jpg": ("JPEG", _TRANSCRIBE),
    ".zip": ("ZIP", _UNPACK),
    ".gz": ("GZIP", _UNPACK),
    ".7z": ("7-Zip", _UNPACK),
}
# How such a file begins, or what its container holds, whatever it is called.
_BEGINNINGS = (
    (b"ID3\x03", ".mp3"),
    (b"ID3\x04", ".mp3"),
    (b"RIFF", ".wav"),
    (b"\x89PNG\r\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"\x1f\x8b", ".gz"),
    (b"7z\xbc\xaf", ".7z"),
)
_IN_OLE = (
    ("WordDocument".encode("utf-16-le"), ".doc"),
    ("Workbook".encode("utf-16-le"), ".xls"),
)
_IN_ZIP = (("ppt/presentation.xml", ".pptx"), ("project.qde", ".qdpx"))


def unread_by_content(data: bytes) -> str | None:
    """Return the usual suffix of the unread format ``data`` is in, if its bytes tell."""
    if data.startswith(OLE_MAGIC):
        if HWP_MAGIC in data:
            # 한글 documents are read; files of Word or Excel may lie in them.
            return None
        return next((suffix for mark, suffix in _IN_OLE if mark in data), None)
    if data.startswith(ZIP_MAGIC):
        members = part_names(data)
        return next((suffix for part, suffix in _IN_ZIP if part in members), None)
    if data[4:8] == b"ftyp":
        return ".m4a"
    start = data[:_START_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((suffix for mark, suffix in _BEGINNINGS if start.startswith(mark)), None)


def is_unread(suffix: str) -> bool:
    """Tell whether ``suffix`` (lower case, with its dot) is an unread format's."""
    return suffix in _UNREAD


def not_read_yet(suffix: str) -> Problem:
    """Return the problem that names the unread format of ``suffix`` and what to do."""
    kind, (ko, en) = _UNREAD[suffix]
    return Problem(
        f"아직 읽지 못하는 형식입니다: {kind}. {ko}.",
        f"This format is not read yet: {kind}. Please {en}.",
    )
