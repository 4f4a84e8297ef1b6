"""What the readers of zipped XML documents share: guards, parsing, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types

from pipeline.corpus.archives import ZIP_ERRORS, open_archive
from pipeline.corpus.turns import is_label
from pipeline.errors import GyeolError, Problem

_MAX_BYTES = 64 * 2**20
# Office programs' own XML packs about 20 to 1; a bomb, hundreds or thousands.
_MAX_RATIO = 200
_RATIO_MATTERS_FROM = 16 * 2**20
_COLON = ":： "

# What an element costs in memory beside its text is some 100 bytes, and an attribute twice
# that: estimated from their brackets and equals signs, and at leisure where that is too much.
_EASY = 1_000_000
_MOST_PARTS = 1_200_000

Damaged = Callable[[str], Problem]
"""Makes a format's «cannot be read» out of the technical reason."""


def read_part(data: bytes, name: re.Pattern[str], damaged: Damaged) -> bytes:
    """Return the first member of the archive ``data`` whose whole name matches ``name``.

    Raises:
        GyeolError: what ``damaged`` says, or that the member is suspiciously large.
    """
    try:
        with open_archive(data) as archive:
            part = next(p for p in archive.infolist() if name.fullmatch(p.filename))
            refuse_bomb(part.file_size, part.compress_size)
            with archive.open(part) as file:
                content = file.read(_MAX_BYTES + 1)
            # The declared size may lie.
            refuse_bomb(len(content), part.compress_size)
            return content
    except (*ZIP_ERRORS, StopIteration) as error:
        raise GyeolError(damaged(str(error))) from error


def refuse_bomb(size: int, packed: int) -> None:
    """Refuse a member of ``size`` bytes out of ``packed`` that is too large or too dense.

    Raises:
        GyeolError: it is.
    """
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


@dataclass(frozen=True, slots=True)
class Sparing:
    """What need not be kept of a long document: elements and attributes by local name.

    Of the elements ``passed_over`` nothing is kept but the text after them; of attributes
    only those ``read``.
    """

    passed_over: frozenset[str] = frozenset()
    read: frozenset[str] = frozenset()


def parse_xml(xml: bytes, damaged: Damaged, sparing: Sparing | None = None) -> etree._Element:
    """Return the root of ``xml``; entities are never resolved, nothing is fetched.

    A long document is parsed without what ``sparing`` says it can do without.

    Raises:
        GyeolError: what ``damaged`` says, or that there are far too many elements.
    """
    easy = xml.count(b"<") + 2 * xml.count(b"=") <= _EASY
    if not easy and b"<!ENTITY" in xml:
        # A parser that builds nothing itself would resolve them; no program writes any.
        raise GyeolError(damaged("entities"))
    target = None if easy else _Builder(sparing)
    parser = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        too_many = target is not None and target.parts > _MOST_PARTS
        raise GyeolError(_too_many_parts() if too_many else damaged(str(error))) from error


def _too_many_parts() -> Problem:
    return Problem(
        f"문서의 구조가 너무 복잡합니다(한도 요소 {_MOST_PARTS:,}개). 문서를 나누거나 텍스트로 "
        "저장하세요.",
        f"The document has too many elements (limit {_MOST_PARTS:,}). Split it or save it as text.",
    )


class _Builder:
    """Builds a tree of what is to be kept, and stops where that is still too much."""

    def __init__(self, sparing: Sparing | None) -> None:
        self._passed_over = sparing.passed_over if sparing else frozenset[str]()
        self._read = sparing.read if sparing else None
        self._builder = etree.TreeBuilder()
        self._depth = self.parts = 0

    def start(self, tag: str, attributes: Mapping[str, str], namespaces: Mapping[str, str]) -> None:
        """Take an element's beginning.

        Raises:
            ValueError: it is one too many. The parser may say that its input ended.
        """
        if self._depth or _without_namespace(tag) in self._passed_over:
            self._depth += 1
            return
        if self._read is not None:
            attributes = {
                k: v for k, v in attributes.items() if _without_namespace(k) in self._read
            }
        self.parts += 1 + 2 * len(attributes)
        if self.parts > _MOST_PARTS:
            raise ValueError
        # The parser calls the default namespace "", the builder None.
        self._builder.start(tag, attributes, {k or None: v for k, v in namespaces.items()})

    def end(self, tag: str) -> None:
        """Take an element's end."""
        if self._depth:
            self._depth -= 1
        else:
            self._builder.end(tag)

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if not self._depth:
            self._builder.data(text)

    def close(self) -> etree._Element:
        """Return the root."""
        return self._builder.close()


def local_name(element: etree._Element) -> str:
    """Return the element's name without namespace, "" for what has none.

    Comments, processing instructions and unresolved entities have no name.
    """
    tag = element.tag
    return _without_namespace(tag) if isinstance(tag, str) else ""


def _without_namespace(name: str) -> str:
    return name.rpartition("}")[2]


def row_text(cells: Sequence[str]) -> str:
    """Return a table's row as a line: «label: speech» of two cells, else parted by tabs."""
    trimmed = [cell.strip() for cell in cells]
    if len(trimmed) == 2 and trimmed[1] and is_label(trimmed[0].rstrip(_COLON)):
        return f"{trimmed[0].rstrip(_COLON)}: {trimmed[1]}"
    return "\t".join(trimmed)
