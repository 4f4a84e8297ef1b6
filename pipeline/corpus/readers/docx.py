"""Word documents (.docx), by our own walk over the XML.

Ready-made readers drop content controls and tracked insertions without a word; here a
person's text is kept whichever way it got into the document, and once only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types

from pipeline.corpus.archives import part_names
from pipeline.corpus.encoding import freeze_whole
from pipeline.corpus.options import AS_IT_IS, Options
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.docx_margins import Marks, attribute, comments_in, notes_in
from pipeline.corpus.readers.packed_xml import (
    Sparing,
    local_name,
    parse_xml,
    read_part,
    row_text,
)
from pipeline.corpus.turns import find_turns
from pipeline.corpus.unread import OLE_MAGIC
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview

_BODY_PART = re.compile(r"word/document\d*\.xml")
# Deleted or moved away; properties (their w:tab is a tab stop); field codes; ruby's small
# print; and what older programs see instead of a text box.
_LEFT_OUT = frozenset(
    {
        "", "del", "moveFrom", "delText", "instrText", "rt", "Fallback",
        "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sectPr",
    }
)  # fmt: skip
# A row that is deleted says so in its properties.
_SPARING = Sparing(_LEFT_OUT - {"del", "trPr"}, frozenset({"id"}))
_REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


# Says that what follows is no part of what was said, and is no word to be counted.
_NOTE = "※ "


@dataclass(frozen=True, slots=True)
class _Beside:
    """What of a document's margins is read along with its body.

    ``notes`` are kept, by kind and id. With ``marks``, the walk gives marked text in which
    rows of tables are no labels yet.
    """

    notes: Mapping[tuple[str, str], etree._Element] = field(default_factory=dict)
    marks: Marks | None = None


def read(data: bytes, name: str, options: Options = AS_IT_IS) -> Reading:
    """Read the Word document ``data`` of the file ``name`` as one interview.

    A paragraph is a line, a table row a line of cells parted by tabs; a row of two cells
    whose first could be a speaker's label reads «label: speech». Content controls, tracked
    insertions and text boxes are kept; deletions, headers and footers are not. By
    ``options``, a footnote is a line after its paragraph, headed by «※», and comments are
    the interview's.

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
    body = parse_xml(read_part(data, _BODY_PART, _damaged), _damaged, _SPARING)
    beside = _Beside(notes_in(data, _damaged) if options.footnotes == "keep" else {})
    text = freeze_whole("\n".join(_blocks(body, beside)))
    comments = ()
    if options.comments != "ignore":
        marks = Marks()
        marked = "\n".join(_blocks(body, replace(beside, marks=marks)))
        comments = comments_in(data, text, marked, marks.met, _damaged)
    interview = Interview(interview_id(name), text, find_turns(text), name, comments=comments)
    return Reading((interview,))


def has_body(data: bytes) -> bool:
    """Tell whether ``data`` is a ZIP archive that holds a Word document's body."""
    return any(_BODY_PART.fullmatch(name) for name in part_names(data))


def _damaged(reason: str) -> Problem:
    return Problem(
        "워드 문서(.docx)로 읽을 수 없습니다. 파일이 손상되었는지 워드에서 열어 확인하고 "
        "다시 저장하세요.",
        f"Not readable as a Word document ({reason}). Open it in Word and save it again.",
    )


def _blocks(element: etree._Element, beside: _Beside) -> Iterator[str]:
    """Yield the text of each paragraph and table row under ``element``, in order."""
    for child in element:
        kind = local_name(child)
        if kind in _LEFT_OUT:
            continue
        if beside.marks and (mark := beside.marks.mark(child)):
            yield mark
        elif kind == "p":
            after: list[etree._Element] = []
            yield "".join(_inline(child, beside, after))
            for part in after:
                is_box = local_name(part) == "txbxContent"
                yield from _blocks(part, beside) if is_box else _note(part, beside)
        elif kind == "tr":
            if not _deleted_row(child):
                yield _row(child, beside)
        else:
            yield from _blocks(child, beside)


def _inline(element: etree._Element, beside: _Beside, after: list[etree._Element]) -> Iterator[str]:
    """Yield the pieces of a paragraph's text; its text boxes and notes are put into ``after``."""
    for child in element:
        kind = local_name(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _CHARACTERS:
            yield _CHARACTERS[kind]
        elif kind == "txbxContent":
            after.append(child)
        elif kind in _REFERENCES:
            note = beside.notes.get((_REFERENCES[kind], attribute(child, "id")))
            after += [] if note is None else [note]
        elif kind not in _LEFT_OUT:
            yield beside.marks.mark(child) if beside.marks else ""
            yield from _inline(child, beside, after)


def _note(note: etree._Element, beside: _Beside) -> Iterator[str]:
    # Without notes of its own: one that refers to itself would have no end.
    lines = _blocks(note, replace(beside, notes={}))
    if said := " ".join(line.strip() for line in lines if line.strip()):
        yield _NOTE + said


def _row(row: etree._Element, beside: _Beside) -> str:
    cells = ["\n".join(_blocks(cell, beside)) for cell in _cells(row)]
    return "\n".join(cells) if beside.marks else row_text(cells)


def _cells(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if local_name(child) == "tc":
            yield child
        elif local_name(child) not in _LEFT_OUT:
            # A content control may stand around a cell.
            yield from _cells(child)


def _deleted_row(row: etree._Element) -> bool:
    properties = (part for part in row if local_name(part) == "trPr")
    return any(local_name(mark) == "del" for part in properties for mark in part)
