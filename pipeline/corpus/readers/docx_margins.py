"""What stands in a Word document beside its body: footnotes, endnotes, comments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types

from pipeline.corpus.archives import part_names
from pipeline.corpus.encoding import freeze
from pipeline.corpus.readers.packed_xml import (
    Damaged,
    local_name,
    parse_xml,
    read_part,
)
from pipeline.records import Comment

MARK = "\1"
"""Where a comment begins or ends, in marked text: a character that no XML can hold."""

_NOTES = {
    "footnote": re.compile(r"word/footnotes\d*\.xml"),
    "endnote": re.compile(r"word/endnotes\d*\.xml"),
}
_COMMENTS = re.compile(r"word/comments\d*\.xml")
_MARKS = {"commentRangeStart": "start", "commentRangeEnd": "end", "commentReference": "reference"}
_COLONS = ":："


@dataclass(slots=True)
class Marks:
    """The marks met on a walk over a document, in the order of the text: (comment, kind)."""

    met: list[tuple[str, str]] = field(default_factory=list)

    def mark(self, element: etree._Element) -> str:
        """Return ``MARK`` and note what it stands for if ``element`` is one, else nothing."""
        kind = _MARKS.get(local_name(element))
        if kind is None:
            return ""
        self.met.append((attribute(element, "id"), kind))
        return MARK


def notes_in(data: bytes, damaged: Damaged) -> dict[tuple[str, str], etree._Element]:
    """Return the document's notes by («footnote» or «endnote», id); rules and such left out.

    Raises:
        GyeolError: what ``damaged`` says, or that a part is suspiciously large.
    """
    return {
        (kind, attribute(note, "id")): note
        for kind, part in _NOTES.items()
        for note in _children(data, part, damaged)
        if local_name(note) == kind and attribute(note, "type") in {"", "normal"}
    }


def comments_in(
    data: bytes, text: str, marked: str, marks: Sequence[tuple[str, str]], damaged: Damaged
) -> tuple[Comment, ...]:
    """Return the document's comments in the order of the spans of ``text`` they stand beside.

    ``marked`` is the same text as ``text``, white space and colons aside, with a ``MARK`` for
    each of ``marks``. A comment on a point of the text stands beside that point's line; one
    on nothing that is left of the text is left out.

    Raises:
        GyeolError: what ``damaged`` says, or that the part is suspiciously large.
    """
    places = _places(text, marked, marks)
    found: list[Comment] = []
    for element in _children(data, _COMMENTS, damaged):
        said = freeze("\n".join(_paragraphs(element))).strip()
        span = _span(text, places.get(attribute(element, "id"), {}))
        if local_name(element) == "comment" and said and span:
            author, time = (freeze(attribute(element, name)) for name in ("author", "date"))
            found.append(Comment(*span, said, author.strip(), time))
    return tuple(sorted(found, key=lambda comment: (comment.start, comment.end)))


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute, whatever its namespace (there are two in use), "" without one."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return str(next(found, ""))


def _children(data: bytes, part: re.Pattern[str], damaged: Damaged) -> list[etree._Element]:
    if not any(part.fullmatch(name) for name in part_names(data)):
        return []
    return list(parse_xml(read_part(data, part, damaged), damaged))


def _paragraphs(comment: etree._Element) -> list[str]:
    return [
        "".join(piece.text or "" for piece in paragraph.iter("{*}t"))
        for paragraph in comment.iter("{*}p")
    ]


def _places(
    text: str, marked: str, marks: Sequence[tuple[str, str]]
) -> Mapping[str, Mapping[str, tuple[int, int]]]:
    """Return, by comment and kind of mark, the signs after and before the mark.

    Signs are counted that reading neither adds nor takes away.
    """
    solid = [place for place, sign in enumerate(text) if _is_solid(sign)]
    pieces = marked.split(MARK)[: len(marks)]
    passed = accumulate(sum(map(_is_solid, freeze(piece))) for piece in pieces)
    places: dict[str, dict[str, tuple[int, int]]] = {}
    for (comment, kind), count in zip(marks, passed, strict=False):
        following = solid[count] if count < len(solid) else len(text)
        preceding = solid[min(count, len(solid)) - 1] + 1 if count and solid else 0
        places.setdefault(comment, {})[kind] = following, preceding
    return places


def _is_solid(sign: str) -> bool:
    return not sign.isspace() and sign not in _COLONS


def _span(text: str, marks: Mapping[str, tuple[int, int]]) -> tuple[int, int] | None:
    if "start" in marks and "end" in marks:
        start, end = marks["start"][0], marks["end"][1]
        if start < end:
            return start, end
    if not marks:
        return None
    point = next(iter(marks.values()))[1]
    start = text.rfind("\n", 0, max(point - 1, 0)) + 1
    end = text.find("\n", point)
    line = text[start : len(text) if end < 0 else end]
    start += len(line) - len(line.lstrip())
    return (start, start + len(line.strip())) if line.strip() else None
