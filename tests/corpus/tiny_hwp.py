"""한글 files made byte by byte, for the tests of their readers."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

SECTOR = 512
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
PACKED, PASSWORD, DISTRIBUTION, DRM, CERTIFICATE = 1, 2, 4, 16, 256
PARAGRAPH, TEXT, RANGES, CONTROL, LIST, SHAPE, TABLE, MEMO = 66, 67, 70, 71, 72, 76, 77, 93


def record(tag: int, level: int, content: bytes = b"") -> bytes:
    size = len(content)
    head = struct.pack("<I", tag | level << 10 | min(size, 0xFFF) << 20)
    return head + (struct.pack("<I", size) if size >= 0xFFF else b"") + content


def units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def mark(code: int, kind: str = "    ") -> str:
    """Return the eight units that stand for a control in a paragraph's text."""
    name = kind[::-1].encode("ascii").decode("utf-16-le")
    return f"{chr(code)}{name}{chr(0) * 4}{chr(code)}"


def paragraph(text: str = "", *hanging: bytes, level: int = 0, last: bool = False) -> bytes:
    """Return a paragraph's records; what hangs on it was made for ``level + 1``."""
    said = units(text + "\r")
    header = struct.pack("<I", len(said) // 2 | last << 31).ljust(22, b"\0")
    return (
        record(PARAGRAPH, level, header)
        + (record(TEXT, level + 1, said) if text else b"")
        + b"".join(hanging)
    )


def control(kind: str, *inside: bytes, level: int = 1, content: bytes = b"") -> bytes:
    return record(CONTROL, level, kind[::-1].encode("ascii") + content) + b"".join(inside)


def listed(*paragraphs: bytes, level: int = 2) -> bytes:
    """Return paragraphs with the record that heads them on their own level."""
    return record(LIST, level, struct.pack("<HHI", len(paragraphs), 0, 0)) + b"".join(paragraphs)


def table(*rows: Sequence[str | bytes], level: int = 1, caption: bytes = b"") -> bytes:
    """Return a table; a cell is a text, or its paragraphs' records made for ``level + 1``."""
    cells = [
        record(LIST, level + 1, struct.pack("<HHIHHHH", 1, 0, 0, column, row, 1, 1))
        + (cell if isinstance(cell, bytes) else paragraph(cell, level=level + 1))
        for row, texts in enumerate(rows)
        for column, cell in enumerate(texts)
    ]
    return control("tbl ", caption, record(TABLE, level + 1), *cells, level=level)


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def file_header(flags: int) -> bytes:
    return struct.pack("<32sII", b"HWP Document File", 0x05010100, flags).ljust(256, b"\0")


def hwp(*sections: bytes, flags: int = PACKED) -> bytes:
    """Return a document of ``sections``, which are packed if ``flags`` say so."""
    stored = [deflated(section) if flags & PACKED else section for section in sections]
    bodies = {f"BodyText/Section{index}": content for index, content in enumerate(stored)}
    return compound({"FileHeader": file_header(flags), **bodies})


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE compound file; paths have one folder at most, contents are padded by NULs.

    Every stream is padded to the size from which on it needs no stream of small ones.
    """
    folders = sorted({path.partition("/")[0] for path in streams if "/" in path})
    names = ["Root Entry", *folders, *streams]
    fat: list[int] = []
    body = b""
    places: dict[str, tuple[int, int]] = {}
    for path, content in streams.items():
        padded = content.ljust(4096, b"\0")
        places[path] = (len(fat), len(padded))
        body += _sectors(padded, fat)
    directory = b"".join(_entry(name, names, folders, places) for name in names)
    first = len(fat)
    body += _sectors(directory.ljust(-len(directory) % SECTOR + len(directory), b"\0"), fat)
    tables = 1
    while tables * SECTOR // 4 < len(fat) + tables:
        tables += 1
    own = list(range(len(fat), len(fat) + tables))
    fat += [FAT_SECTOR] * tables
    fat += [FREE] * (tables * SECTOR // 4 - len(fat))
    header = struct.pack(
        "<8s16sHHHHHHIIIIIIIIII",
        bytes.fromhex("D0CF11E0A1B11AE1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, 0,
        0, tables, first, 0, 4096, END, 0, END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *own, *[FREE] * (109 - tables))
    return header + body + struct.pack(f"<{len(fat)}I", *fat)


def _sectors(content: bytes, fat: list[int]) -> bytes:
    """Chain the sectors of ``content`` in ``fat``, and return it filled up to whole ones."""
    count = -(-len(content) // SECTOR)
    fat += [*range(len(fat) + 1, len(fat) + count), END]
    return content.ljust(count * SECTOR, b"\0")


def _entry(
    name: str, names: Sequence[str], folders: Sequence[str], places: Mapping[str, tuple[int, int]]
) -> bytes:
    """Return the directory's entry for ``name``; the entries of a folder are a chain."""
    root = name == names[0]
    folder = "" if root else name
    inside = [n for n in names[1:] if n.rpartition("/")[0] == folder]
    beside = [n for n in names[1:] if n.rpartition("/")[0] == name.rpartition("/")[0]]
    after = [] if root else beside[beside.index(name) + 1 :]
    holds = root or name in folders
    start, size = places.get(name, (END if root else 0, 0))
    short = units(name.rpartition("/")[2])
    return struct.pack(
        "<64sHBBIII16sIQQIII",
        short, len(short) + 2, 5 if root else 1 if holds else 2, 1, FREE,
        names.index(after[0]) if after else FREE,
        names.index(inside[0]) if holds and inside else FREE,
        bytes(16), 0, 0, 0, start, size, 0,
    )  # fmt: skip


def hwpx(*sections: str | bytes, **further: str) -> bytes:
    """Return an HWPX archive; ``further`` members are called with ``__`` for a slash."""
    parts = {f"Contents/section{index}.xml": xml for index, xml in enumerate(sections)}
    parts |= {name.replace("__", "/"): content for name, content in further.items()}
    return archive(parts)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/hwp+zip", zipfile.ZIP_STORED)
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()
