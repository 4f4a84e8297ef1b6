"""한글 HWPX documents (.hwpx), by a walk over the XML of their sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types

from pipeline.corpus.archives import ZIP_ERRORS, open_archive, part_names
from pipeline.corpus.encoding import freeze_whole
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.packed_xml import (
    Sparing,
    local_name,
    parse_xml,
    read_part,
    refuse_bomb,
    row_text,
)
from pipeline.corpus.turns import find_turns
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview

_SECTION = re.compile(r"Contents/section(\d{1,4})\.xml", re.IGNORECASE)
_MANIFEST = re.compile(r"META-INF/manifest\.xml")
_LARGEST_SECTION = 64 * 2**20

# Headers, footers, notes, hidden comments; what a field is about (a memo's text stands in it);
# memos; master pages; ruby's small print; and what older programs see instead.
_LEFT_OUT = frozenset(
    {
        "", "header", "footer", "footNote", "endNote", "hiddenComment", "fieldBegin",
        "memogroup", "masterPage", "subText", "default", "secPr", "linesegarray",
    }
)  # fmt: skip
_SPARING = Sparing(_LEFT_OUT, frozenset({"composeText"}))
# Tracked deletions begin and end anywhere, so they are marked with characters no XML can hold.
_CHARACTERS = {
    "tab": "\t", "lineBreak": "\n", "nbSpace": " ", "fwSpace": " ", "hyphen": "-",
    "deleteBegin": "\1", "deleteEnd": "\2",
}  # fmt: skip
_DELETED = re.compile("\1[^\1\2]*\2")


def read(data: bytes, name: str) -> Reading:
    """Read the HWPX document ``data`` of the file ``name`` as one interview.

    A paragraph is a line, a table row a line of cells parted by tabs; a row of two cells
    whose first could be a speaker's label reads «label: speech». Tables and text boxes come
    after the paragraph they hang on. Notes, headers, hidden comments, memos and tracked
    deletions are left out.

    Raises:
        GyeolError: encrypted, damaged, or suspiciously large once unpacked.
    """
    if _is_encrypted(data):
        raise GyeolError(
            Problem(
                "암호가 걸린 문서입니다. 한글에서 암호를(배포용이면 배포용 설정을) 풀고 다시 "
                "저장하세요.",
                "The document is encrypted. Remove the password in 한글 and save it again.",
            )
        )
    lines: list[str] = []
    for xml in _sections(data):
        lines += _blocks(parse_xml(xml, _damaged, _SPARING))
    text = freeze_whole(_without_deletions("\n".join(lines)))
    return Reading((Interview(interview_id(name), text, find_turns(text), name),))


def has_body(data: bytes) -> bool:
    """Tell whether ``data`` is a ZIP archive that holds an HWPX document's body."""
    return any(_SECTION.fullmatch(name) for name in part_names(data))


def _is_encrypted(data: bytes) -> bool:
    if not any(_MANIFEST.fullmatch(name) for name in part_names(data)):
        return False
    return b"encryption-data" in read_part(data, _MANIFEST, _damaged)


def _damaged(reason: str) -> Problem:
    return Problem(
        "한글 문서(.hwpx)로 읽을 수 없습니다. 파일이 손상되었는지 한글에서 열어 확인하고 다시 "
        "저장하세요.",
        f"Not readable as an HWPX document ({reason}). Open it in 한글 and save it again.",
    )


def _sections(data: bytes) -> list[bytes]:
    """Return the XML of the sections by their numbers; one that is missing is lost text."""
    try:
        with open_archive(data) as archive:
            parts = {int(match[1]): part for part in archive.infolist()
                     if (match := _SECTION.fullmatch(part.filename))}  # fmt: skip
            if not parts or len(parts) <= max(parts):
                raise GyeolError(_damaged("a section is missing"))
            sections: list[bytes] = []
            for _, part in sorted(parts.items()):
                with archive.open(part) as file:
                    sections.append(file.read(_LARGEST_SECTION + 1))
                # What a member declares may lie; all sections together are held to the limit.
                refuse_bomb(len(sections[-1]), part.compress_size)
                refuse_bomb(sum(map(len, sections)), len(data))
            return sections
    except ZIP_ERRORS as error:
        raise GyeolError(_damaged(str(error))) from error


def _blocks(element: etree._Element) -> Iterator[str]:
    """Yield the text of each paragraph and table row under ``element``, in order."""
    for child in element:
        kind = local_name(child)
        if kind == "p":
            hanging: list[etree._Element] = []
            line = "".join(_inline(child, hanging))
            if line or not hanging:
                yield line
            for part in hanging:
                yield from _blocks(part)
        elif kind == "tr":
            cells = (cell for cell in child if local_name(cell) == "tc")
            yield row_text(["\n".join(_blocks(cell)) for cell in cells])
        elif kind not in _LEFT_OUT:
            yield from _blocks(child)


def _inline(element: etree._Element, hanging: list[etree._Element]) -> Iterator[str]:
    """Yield the pieces of a paragraph's text; what holds paragraphs is put into ``hanging``."""
    for child in element:
        kind = local_name(child)
        if kind in {"t", "mainText"}:
            yield from _text(child)
        elif kind in {"tbl", "subList"}:
            hanging.append(child)
        elif kind == "compose":
            yield child.get("composeText", "")
        elif kind not in _LEFT_OUT:
            yield from _inline(child, hanging)


def _text(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield _CHARACTERS.get(local_name(child), "")
        yield child.tail or ""


def _without_deletions(text: str) -> str:
    # The ends of lines stay: a label must not slip to the end of another's words.
    kept = _DELETED.sub(lambda match: "\n" * match[0].count("\n"), text)
    return kept.replace("\1", "").replace("\2", "")
