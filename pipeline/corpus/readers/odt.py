"""OpenDocument text (.odt), as LibreOffice and 한글 save it, by a walk over its XML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types

from pipeline.corpus.archives import part_names
from pipeline.corpus.encoding import freeze_whole
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.packed_xml import (
    Sparing,
    local_name,
    parse_xml,
    read_part,
    row_text,
)
from pipeline.corpus.turns import find_turns
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview

_BODY_PART = re.compile(r"content\.xml")
_MANIFEST = re.compile(r"META-INF/manifest\.xml")
# LibreOffice 24.8 and later put the whole document into this member.
_ENCRYPTED_PART = "encrypted-package"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

# Deletions that are tracked; comments and notes; ruby's small print; pictures' data and
# descriptions; templates of lists of contents; forms, scripts and events.
_LEFT_OUT = frozenset(
    {
        "", "tracked-changes", "annotation", "annotation-end", "note", "ruby-text",
        "binary-data", "title", "desc", "forms", "event-listeners", "script", "sequence-decls",
        "variable-decls", "user-field-decls", "table-of-content-source", "covered-table-cell",
    }
)  # fmt: skip
_SPARING = Sparing(_LEFT_OUT, frozenset({"c"}))
_PARAGRAPHS = frozenset({"p", "h"})
# In ODF a run of white space is one blank. Characters that stand for themselves are kept
# apart from it as control characters, which no XML can hold, until that is done.
_KEPT = {"\1": " ", "\2": "\t", "\3": "\n"}
_CHARACTERS = {"tab": "\2", "line-break": "\3"}
_WHITE = re.compile(r"[ \t\r\n]+")
# A hostile document says «ten thousand million blanks» in few bytes.
_MOST_BLANKS = 99


def read(data: bytes, name: str) -> Reading:
    """Read the OpenDocument text ``data`` of the file ``name`` as one interview.

    A paragraph or heading is a line, a table row a line of cells parted by tabs; a row of
    two cells whose first could be a speaker's label reads «label: speech». Text boxes come
    after their paragraph; tracked deletions, comments, notes, headers are left out.

    Raises:
        GyeolError: encrypted, damaged, no text document, or suspiciously large once unpacked.
    """
    if _is_encrypted(data):
        raise GyeolError(
            Problem(
                "암호가 걸린 문서입니다. 암호를 풀고 .odt로 다시 저장하세요.",
                "The document is encrypted. Remove the password and save it as .odt again.",
            )
        )
    root = parse_xml(read_part(data, _BODY_PART, _damaged), _damaged, _SPARING)
    bodies = [child for body in root.iter("{*}body") for child in body]
    body = next((child for child in bodies if local_name(child) == "text"), None)
    if body is None:
        raise GyeolError(_no_text_document([local_name(child) for child in bodies]))
    text = freeze_whole("\n".join(_blocks(body)))
    return Reading((Interview(interview_id(name), text, find_turns(text), name),))


def has_body(data: bytes) -> bool:
    """Tell whether ``data`` is a ZIP archive that holds an OpenDocument's body."""
    return bool({"content.xml", _ENCRYPTED_PART} & set(part_names(data)))


def _is_encrypted(data: bytes) -> bool:
    names = part_names(data)
    if _ENCRYPTED_PART in names:
        return True
    if not any(_MANIFEST.fullmatch(name) for name in names):
        return False
    return b"encryption-data" in read_part(data, _MANIFEST, _damaged)


def _damaged(reason: str) -> Problem:
    return Problem(
        "ODT 문서로 읽을 수 없습니다. 파일이 손상되었는지 리브레오피스나 한글에서 열어 확인하고 "
        "다시 저장하세요.",
        f"Not readable as an ODT document ({reason}). Open it in LibreOffice and save it again.",
    )


def _no_text_document(kinds: list[str]) -> Problem:
    found = ", ".join(filter(None, kinds)) or "?"
    return Problem(
        f"글 문서가 아닌 오픈도큐먼트입니다({found}). 글이면 .odt로, 표면 .xlsx나 .csv로 "
        "저장하세요.",
        f"An OpenDocument, but no text ({found}). Save text as .odt, tables as .xlsx or .csv.",
    )


def _blocks(element: etree._Element) -> Iterator[str]:
    """Yield the text of each paragraph, heading and table row under ``element``, in order."""
    for child in element:
        kind = local_name(child)
        if kind in _LEFT_OUT:
            continue
        if kind in _PARAGRAPHS:
            boxes: list[etree._Element] = []
            yield _paragraph(child, boxes)
            for box in boxes:
                yield from _blocks(box)
        elif kind == "table-row":
            yield row_text(["\n".join(_blocks(cell)) for cell in _cells(child)])
        else:
            yield from _blocks(child)


def _paragraph(element: etree._Element, boxes: list[etree._Element]) -> str:
    text = _WHITE.sub(" ", "".join(_inline(element, boxes))).strip(" ")
    for mark, character in _KEPT.items():
        text = text.replace(mark, character)
    return text


def _inline(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the pieces of a paragraph's text; its text boxes are put into ``boxes``."""
    yield element.text or ""
    for child in element:
        kind = local_name(child)
        if kind in _LEFT_OUT:
            pass
        elif kind == "s":
            yield "\1" * _blanks(child)
        elif kind in _CHARACTERS:
            yield _CHARACTERS[kind]
        elif any(local_name(inner) in _PARAGRAPHS for inner in child):
            # A text box, or a shape with words in it.
            boxes.append(child)
        else:
            yield from _inline(child, boxes)
        yield child.tail or ""


def _blanks(element: etree._Element) -> int:
    count = element.get(f"{_TEXT}c", "1")
    if not re.fullmatch(r"[0-9]+", count):
        return 1
    return int(count) if len(count) <= 2 else _MOST_BLANKS


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row if local_name(cell) == "table-cell")
