"""What the readers of zipped XML documents share: guards, parsing, rows of tables.

Members are read into memory and never unpacked to disk, so that names such as ``../x`` and
archives inside archives do no harm.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # ships no types

from pipeline.corpus.turns import is_label
from pipeline.corpus.unread import ZIP_MAGIC
from pipeline.errors import GyeolError, Problem

_MAX_BYTES = 64 * 2**20
# Office programs' own XML packs about 20 to 1; a bomb, hundreds or thousands.
_MAX_RATIO = 200
_RATIO_MATTERS_FROM = 16 * 2**20
_COLON = ":： "

# All that zipfile and its decompressors are known to raise on a damaged or hostile archive;
# RuntimeError is an encrypted member, NotImplementedError an unknown compression.
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError,
)  # fmt: skip

Damaged = Callable[[str], Problem]
"""Makes a format's «cannot be read» out of the technical reason."""


def part_names(data: bytes) -> tuple[str, ...]:
    """Return the names of the members of the archive ``data``, none where it is no archive."""
    if not data.startswith(ZIP_MAGIC):
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except ZIP_ERRORS:
        return ()


def read_part(data: bytes, name: re.Pattern[str], damaged: Damaged) -> bytes:
    """Return the first member of the archive ``data`` whose whole name matches ``name``.

    Raises:
        GyeolError: what ``damaged`` says, or that the member is suspiciously large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
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


def parse_xml(xml: bytes, damaged: Damaged) -> etree._Element:
    """Return the root of ``xml``; entities are never resolved, nothing is fetched.

    Raises:
        GyeolError: what ``damaged`` says.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise GyeolError(damaged(str(error))) from error


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
