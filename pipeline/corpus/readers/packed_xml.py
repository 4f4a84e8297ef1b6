"""What the readers of zipped XML documents share: guards, parsing, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

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
_MOST_PARTS = 1_500_000

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


def parse_xml(
    xml: bytes, damaged: Damaged, passed_over: frozenset[str] = frozenset()
) -> etree._Element:
    """Return the root of ``xml``; entities are never resolved, nothing is fetched.

    Elements whose local name is in ``passed_over`` may be missing, with all that is in them
    but the text after them: a long document is parsed without them, to spare memory.

    Raises:
        GyeolError: what ``damaged`` says, or that there are far too many elements.
    """
    easy = xml.count(b"<") + 2 * xml.count(b"=") <= _EASY
    try:
        return etree.fromstring(xml, _parser(None if easy else _Sparing(passed_over)))
    except etree.XMLSyntaxError as error:
        raise GyeolError(damaged(str(error))) from error


def _parser(target: _Sparing | None) -> etree.XMLParser:
    return etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )


class _Sparing:
    """Builds a tree of what is not passed over, and stops where that is still too much."""

    def __init__(self, passed_over: frozenset[str]) -> None:
        self._passed_over = passed_over
        self._builder = etree.TreeBuilder()
        self._depth = self._parts = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an element's beginning."""
        if self._depth or tag.rpartition("}")[2] in self._passed_over:
            self._depth += 1
            return
        self._parts += 1 + 2 * len(attributes)
        if self._parts > _MOST_PARTS:
            raise GyeolError(
                Problem(
                    f"문서의 구조가 너무 복잡합니다(한도 {_MOST_PARTS:,}개 요소). 문서를 나누거나 "
                    "텍스트로 저장하세요.",
                    f"The document has too many elements (limit {_MOST_PARTS:,}). Split it or "
                    "save it as text.",
                )
            )
        self._builder.start(tag, attributes)

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
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def row_text(cells: Sequence[str]) -> str:
    """Return a table's row as a line: «label: speech» of two cells, else parted by tabs."""
    trimmed = [cell.strip() for cell in cells]
    if len(trimmed) == 2 and trimmed[1] and is_label(trimmed[0].rstrip(_COLON)):
        return f"{trimmed[0].rstrip(_COLON)}: {trimmed[1]}"
    return "\t".join(trimmed)
