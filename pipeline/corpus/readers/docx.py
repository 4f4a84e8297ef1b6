"""Word documents (.docx), by our own walk over the XML.

Ready-made readers drop content controls and tracked insertions without a word; here a
person's text is kept whichever way it got into the document, and once only.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types

from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.turns import find_turns, is_label
from pipeline.corpus.unread import OLE_MAGIC, ZIP_MAGIC
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview

_BODY_PART = re.compile(r"word/document\d*\.xml")
_MAX_BYTES = 64 * 2**20
# Word's own XML packs about 20 to 1; a bomb, hundreds or thousands.
_MAX_RATIO = 200
_RATIO_MATTERS_FROM = 16 * 2**20

# Deleted or moved away; properties (their w:tab is a tab stop); field codes; ruby's small
# print; and what older programs see instead of a text box.
_LEFT_OUT = frozenset(
    {
        "del", "moveFrom", "delText", "instrText", "rt", "Fallback",
        "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr",
    }
)  # fmt: skip
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

# All that zipfile and its decompressors are known to raise on a damaged or hostile archive;
# RuntimeError is an encrypted member, NotImplementedError an unknown compression.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError,
)  # fmt: skip


def read(data: bytes, name: str) -> Reading:
    """Read the Word document ``data`` of the file ``name`` as one interview.

    A paragraph is a line, a table row a line of cells parted by tabs; a row of two cells
    whose first could be a speaker's label reads «label: speech». Content controls, tracked
    insertions and text boxes are kept; deletions, comments, notes, headers are not.

    Raises:
        GyeolError: encrypted, damaged, or suspiciously large once unpacked.
    """
    if data.startswith(OLE_MAGIC):
        raise GyeolError(
            Problem(
                "암호가 걸린 문서입니다. 워드에서 암호를 풀고 .docx로 다시 저장하세요.",
                "The document is encrypted. Remove the password in Word and save it as .docx.",
            )
        )
    text = freeze("\n".join(_blocks(_parse(_body_xml(data)))))
    return Reading((Interview(interview_id(name), text, find_turns(text), name),))


def has_body(data: bytes) -> bool:
    """Tell whether ``data`` is a ZIP archive that holds a Word document's body."""
    if not data.startswith(ZIP_MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(_BODY_PART.fullmatch(name) for name in archive.namelist())
    except ZIP_ERRORS:
        return False


def _body_xml(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = next(p for p in archive.infolist() if _BODY_PART.fullmatch(p.filename))
            _refuse_bomb(part.file_size, part.compress_size)
            with archive.open(part) as file:
                xml = file.read(_MAX_BYTES + 1)
            # The declared size may lie.
            _refuse_bomb(len(xml), part.compress_size)
            return xml
    except (*ZIP_ERRORS, StopIteration) as error:
        raise GyeolError(_damaged(str(error))) from error


def _refuse_bomb(size: int, packed: int) -> None:
    too_dense = size > _RATIO_MATTERS_FROM and size > _MAX_RATIO * packed
    if size > _MAX_BYTES or too_dense:
        raise GyeolError(
            Problem(
                f"압축을 풀면 본문이 {size / 2**20:,.0f}MB를 넘어 읽지 않습니다"
                f"(한도 {_MAX_BYTES // 2**20}MB). 문서를 나누거나 텍스트로 저장하세요.",
                f"The body is over {size / 2**20:,.0f} MB once unpacked (limit "
                f"{_MAX_BYTES // 2**20} MB, {_MAX_RATIO}:1). Split the document or save it as text.",
            )
        )


def _parse(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise GyeolError(_damaged(str(error))) from error


def _damaged(reason: str) -> Problem:
    return Problem(
        "워드 문서(.docx)로 읽을 수 없습니다. 파일이 손상되었는지 워드에서 열어 확인하고 "
        "다시 저장하세요.",
        f"Not readable as a Word document ({reason}). Open it in Word and save it again.",
    )


def _blocks(element: etree._Element) -> Iterator[str]:
    """Yield the text of each paragraph and table row under ``element``, in order."""
    for child in element:
        kind = _kind(child)
        if kind in _LEFT_OUT:
            continue
        if kind == "p":
            boxes: list[etree._Element] = []
            yield "".join(_inline(child, boxes))
            for box in boxes:
                yield from _blocks(box)
        elif kind == "tr":
            if not _deleted_row(child):
                yield _row(child)
        else:
            yield from _blocks(child)


def _inline(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the pieces of a paragraph's text; its text boxes are put into ``boxes``."""
    for child in element:
        kind = _kind(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _CHARACTERS:
            yield _CHARACTERS[kind]
        elif kind == "txbxContent":
            boxes.append(child)
        elif kind not in _LEFT_OUT:
            yield from _inline(child, boxes)


def _row(row: etree._Element) -> str:
    cells = ["\n".join(_blocks(cell)).strip() for cell in _cells(row)]
    if len(cells) == 2 and cells[1] and is_label(cells[0].rstrip(":： ")):
        return f"{cells[0].rstrip(':： ')}: {cells[1]}"
    return "\t".join(cells)


def _cells(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if _kind(child) == "tc":
            yield child
        elif _kind(child) not in _LEFT_OUT:
            # A content control may stand around a cell.
            yield from _cells(child)


def _deleted_row(row: etree._Element) -> bool:
    return any(_kind(mark) == "del" for part in row if _kind(part) == "trPr" for mark in part)


def _kind(element: etree._Element) -> str:
    """Return the element's name without namespace (strict and usual files differ in it)."""
    tag = element.tag
    # Comments, processing instructions and unresolved entities have no name.
    return tag.rpartition("}")[2] if isinstance(tag, str) else "rPr"
