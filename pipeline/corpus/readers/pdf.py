"""PDF with a text layer: its lines, joined again where the page broke them."""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Sequence

import pypdfium2 as pdfium

from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.printed_lines import join_lines, without_furniture
from pipeline.corpus.turns import find_turns
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview

_MOST_PAGES = 3000
_MOST_CHARACTERS = 20_000_000
_PASSWORD_ERROR = 4
# PDFium takes about fourteen times what is packed in its memory. Pictures are let through.
_MOST_UNPACKED = 40 * 2**20
_MOST_STREAMS = 100_000
_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY_BYTES = 400
_PIECE = 2**12
# PDFium keeps state of its own and must not be entered twice at a time.
_LOCK = threading.Lock()

# What PDFium gives for a hyphen that parts a word at a line's end.
_HYPHEN = re.compile("[\2\u00ad\ufffe][ \t]*\n")
# The number of a shape in a font that does not say which character it is.
_NO_CHARACTER = re.compile("[\0\3-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_MOSTLY = 0.3
_SHOWN = 10


def read(data: bytes, name: str) -> Reading:
    """Read the text layer of the PDF ``data`` of the file ``name`` as one interview.

    Lines that reach the right margin go on in the next one unless that begins with a
    speaker's label; page numbers and lines that head or foot most pages are left out. A PDF
    does not say whether a word went on in the next line: where that was guessed, a warning
    says so, as it does for pages without text.

    Raises:
        GyeolError: damaged, behind a password, too many pages, or no text to read.
    """
    texts = _page_texts(data)
    if _are_unreadable(texts):
        raise GyeolError(_unknown_characters())
    pages = [_lines(text) for text in texts]
    kept = without_furniture(pages)
    if not any(kept):
        raise GyeolError(_scan())
    lines = [line for page in kept for line in page]
    text, guessed = join_lines(lines)
    empty = [number for number, page in enumerate(pages, 1) if not page]
    problems = [_empty_pages(empty)] * bool(empty) + [_guessed_spaces()] * guessed
    interview = Interview(interview_id(name), text, find_turns(text), name)
    return Reading((interview,), tuple(problems))


def is_pdf(data: bytes) -> bool:
    """Tell whether ``data`` begins as a PDF does: the mark may come within its first 1 KB."""
    return data[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n").startswith(b"%PDF-")


def _page_texts(data: bytes) -> list[str]:
    _refuse_bomb(data)
    with _LOCK:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            raise GyeolError(_not_opened(error)) from error
        try:
            return _texts_of(document)
        finally:
            document.close()


def _refuse_bomb(data: bytes) -> None:
    """Refuse a document whose streams, pictures aside, are far too large once unpacked."""
    unpacked = 0
    for number, match in enumerate(_STREAM.finditer(data)):
        if number > _MOST_STREAMS:
            raise GyeolError(
                _too_long(f"묶음 {_MOST_STREAMS:,}개 이상", f"over {_MOST_STREAMS:,} streams")
            )
        dictionary = data[max(match.start() - _DICTIONARY_BYTES, 0) : match.start()]
        # What ends an object before this one is not its own.
        dictionary = dictionary[dictionary.rfind(b"endobj") + 1 :]
        if b"/Image" in dictionary or b"Flate" not in dictionary:
            continue
        unpacked += _unpacked_size(data, match.end(), _MOST_UNPACKED - unpacked + 1)
        if unpacked > _MOST_UNPACKED:
            size = f"{_MOST_UNPACKED // 2**20}"
            raise GyeolError(_too_long(f"압축을 풀면 {size}MB 이상", f"over {size} MB unpacked"))


def _unpacked_size(data: bytes, start: int, most: int) -> int:
    """Return how many bytes, ``most`` at most, are packed in the stream at ``start``."""
    unpacker = zlib.decompressobj()
    size = 0
    for place in range(start, len(data), _PIECE):
        piece = data[place : place + _PIECE]
        while piece:
            try:
                size += len(unpacker.decompress(piece, 2**20))
            except zlib.error:
                return size
            if size >= most or unpacker.eof:
                return size
            piece = unpacker.unconsumed_tail
    return size


def _texts_of(document: pdfium.PdfDocument) -> list[str]:
    if len(document) > _MOST_PAGES:
        raise GyeolError(_too_long(f"{len(document):,}쪽", f"{len(document):,} pages"))
    texts: list[str] = []
    length = 0
    for number in range(len(document)):
        texts.append(_text_of(document, number))
        length += len(texts[-1])
        if length > _MOST_CHARACTERS:
            raise GyeolError(_too_long(f"{length:,}자 이상", f"over {length:,} characters"))
    return texts


def _text_of(document: pdfium.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pdfium.PdfiumError:
        # A damaged page is as empty as a scanned one, and counted with them.
        return ""
    try:
        layer = page.get_textpage()
        try:
            return layer.get_text_range(errors="replace")
        finally:
            layer.close()
    except pdfium.PdfiumError:
        return ""
    finally:
        page.close()


def _are_unreadable(texts: Sequence[str]) -> bool:
    shown = sum(len(text) - sum(map(text.count, " \1\r\n")) for text in texts)
    return sum(len(_NO_CHARACTER.findall(text)) for text in texts) > _MOSTLY * shown


def _lines(page: str) -> list[str]:
    """Return the lines of a page that hold something; a blank at a line's end is kept."""
    # Some writers give U+0001 for a blank.
    text = page.replace("\r\n", "\n").replace("\r", "\n").replace("\1", " ")
    frozen = freeze(_HYPHEN.sub("", text).replace("\2", ""))
    return [line.lstrip() for line in frozen.split("\n") if line.strip()]


def _not_opened(error: pdfium.PdfiumError) -> Problem:
    if error.err_code == _PASSWORD_ERROR:
        return Problem(
            "암호가 걸린 PDF입니다. 암호를 풀고 다시 저장하세요.",
            "The PDF is encrypted. Remove the password and save it again.",
        )
    return Problem(
        "PDF로 읽을 수 없습니다. 파일이 손상되었는지 열어 확인하고 다시 저장하세요.",
        f"Not readable as PDF ({error}). Open it and save it again.",
    )


def _too_long(found_ko: str, found_en: str) -> Problem:
    return Problem(
        f"PDF가 너무 깁니다({found_ko}, 한도 {_MOST_PAGES:,}쪽 {_MOST_CHARACTERS:,}자). "
        "녹취록이 맞는지 확인하고 나누어 넣으세요.",
        f"The PDF is too long ({found_en}; limit {_MOST_PAGES} pages, {_MOST_CHARACTERS:,} "
        "characters). Make sure it is a transcript, and split it.",
    )


def _scan() -> Problem:
    return Problem(
        "글자가 없는 스캔 PDF입니다. 글자 인식(OCR)을 한 PDF나 원래 문서를 넣으세요.",
        "A scanned PDF without text. Run OCR on it, or use the document it was made from.",
    )


def _unknown_characters() -> Problem:
    return Problem(
        "PDF의 글꼴이 어떤 글자인지 알려 주지 않아 읽을 수 없습니다. 원래 문서를 넣으세요.",
        "The PDF's fonts do not say which characters they show. Use the original document.",
    )


def _empty_pages(numbers: Sequence[int]) -> Problem:
    shown = ", ".join(map(str, numbers[:_SHOWN])) + (", …" if len(numbers) > _SHOWN else "")
    return Problem(
        f"글자가 없는 쪽이 {len(numbers)}쪽 있습니다: {shown}. 빈 쪽이 아니라 그림(스캔)이면 글자 "
        "인식(OCR)이 필요합니다.",
        f"{len(numbers)} pages have no text: {shown}. If they are scans, they need OCR.",
        level="warning",
    )


def _guessed_spaces() -> Problem:
    return Problem(
        "PDF에는 줄 끝의 띄어쓰기가 남아 있지 않아 줄이 바뀌는 곳의 띄어쓰기를 짐작했습니다. "
        "원래 문서(.docx, .hwp)가 있으면 그것을 넣으세요.",
        "The PDF does not keep blanks at the ends of lines: there they were guessed. Use the "
        "original document if there is one.",
        level="warning",
    )
