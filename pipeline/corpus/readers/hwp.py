"""한글 5 documents (.hwp), by our own walk over their records.

No ready-made reader tells notes, hidden comments and deletions from what was said, and opens
distribution documents as well.
"""

from __future__ import annotations

import re
import struct
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import compress, groupby
from operator import itemgetter

from pipeline.corpus.encoding import freeze_whole
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.hwp_sections import damaged, is_hwp, read_sections
from pipeline.corpus.readers.packed_xml import row_text
from pipeline.corpus.turns import find_turns
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview

__all__ = ["is_hwp", "read"]

_PARAGRAPH, _TEXT, _RANGES, _CONTROL, _LIST, _TABLE = 66, 67, 70, 71, 72, 77
_LONG = 0xFFF
# A table in a table lies two levels deeper, a text box three.
_DEEPEST = 64
# A paragraph has four or five.
_MOST_RECORDS = 1_000_000

# Section properties with their master pages; headers and footers; foot- and endnotes; hidden
# comments. Controls are called as in the file, where the letters stand in reverse.
_LEFT_OUT = frozenset({b"dces", b"daeh", b"toof", b"  nf", b"  ne", b"tmct"})
_TABLE_CONTROL = b" lbt"
# Words with small print over them, and characters set over each other: kept in the control.
_RUBY, _OVERLAID = b"tudt", b"spct"

# A run of text; a control of eight units, its first the code, then the name; one of one unit.
_PIECE = re.compile("[^\0-\x1f]+|[\x01-\x09\x0b\x0c\x0e-\x17].{0,7}|.", re.DOTALL)
_CHARACTERS = {"\x09": "\t", "\x0a": "\n", "\x18": "-", "\x1e": " ", "\x1f": " "}
_DELETION = 17


# Packed text has no checksum: where damage happens to end it early, only this tells.
_CUT_OFF = Problem(
    "문서의 끝이 없습니다. 손상되어 뒤가 잘렸을 수 있으니 한글에서 열어 확인하고 다시 저장하세요.",
    "The document has no end: it may be damaged and cut off. Open it in 한글 and save it again.",
    level="warning",
)


class _Records:
    """The records of the sections one by one; ``level`` is the next one's, -1 after the last."""

    def __init__(self, sections: Sequence[bytes]) -> None:
        self._further = list(reversed(sections))
        self._stream = b""
        self._at = self._taken = 0
        self._look()

    def take(self) -> tuple[int, int, bytes]:
        """Return the tag, level and content of the next record, and go on.

        Raises:
            GyeolError: the record is cut off or too deep, or there are too many.
        """
        stream, level, start = self._stream, self.level, self._at + 4
        tag, size = self._header & 0x3FF, self._header >> 20
        if size == _LONG:
            size = int.from_bytes(stream[start : start + 4], "little")
            start += 4
        self._taken += 1
        if start + size > len(stream) or level > _DEEPEST or self._taken > _MOST_RECORDS:
            raise GyeolError(damaged("a record is cut off or too deep, or there are too many"))
        self._at = start + size
        self._look()
        return tag, level, stream[start : start + size]

    def skip(self, level: int) -> None:
        """Go on to the next record that is not deeper than ``level``."""
        while self.level > level:
            self.take()

    def _look(self) -> None:
        while self._further and len(self._stream) - self._at < 4:
            self._stream, self._at = self._further.pop(), 0
        header = self._stream[self._at : self._at + 4]
        self._header = int.from_bytes(header, "little")
        self.level = self._header >> 10 & 0x3FF if len(header) == 4 else -1


def read(data: bytes, name: str) -> Reading:
    """Read the 한글 document ``data`` of the file ``name`` as one interview.

    A paragraph is a line, a table row a line of cells parted by tabs; a row of two cells
    whose first could be a speaker's label reads «label: speech». Tables and text boxes come
    after the paragraph they hang on. Notes, headers, master pages, hidden comments, memos
    and tracked deletions are left out; distribution documents (배포용) are read.

    A section without a last paragraph is a warning: its end may be lost.

    Raises:
        GyeolError: of version 3, behind a password or rights management, damaged, or
            suspiciously large once unpacked.
    """
    sections = read_sections(data)
    records = _Records(sections)
    lines: list[str] = []
    ends = 0
    while records.level >= 0:
        tag, level, content = records.take()
        if tag == _PARAGRAPH:
            lines += _paragraph(records, level)
            # The highest bit tells the last paragraph of a section, or of a cell or box.
            ends += level == 0 and content[3:4] >= b"\x80"
    text = freeze_whole("\n".join(lines))
    interview = Interview(interview_id(name), text, find_turns(text), name)
    return Reading((interview,), () if ends >= len(sections) else (_CUT_OFF,))


def _lines(records: _Records, level: int) -> Iterator[str]:
    """Yield the text of the paragraphs and table rows deeper than ``level``."""
    while records.level > level:
        tag, own_level, _ = records.take()
        if tag == _PARAGRAPH:
            yield from _paragraph(records, own_level)


def _paragraph(records: _Records, level: int) -> list[str]:
    """Return the text of the paragraph at ``level``, and of what hangs on it."""
    units, ranges = "", b""
    within: deque[str] = deque()
    below: list[str] = []
    aside = False
    while records.level > level:
        tag, own_level, content = records.take()
        if tag == _TEXT:
            units = _units(content)
        elif tag == _RANGES:
            ranges = content
        elif tag == _LIST:
            # Not in a control: memos or a master page.
            aside = True
        elif tag == _PARAGRAPH and aside:
            records.skip(own_level)
        elif tag == _PARAGRAPH:
            below += _paragraph(records, own_level)
        elif tag == _CONTROL:
            kind = content[:4]
            if kind in (_RUBY, _OVERLAID):
                within.append(_own_text(content))
            if kind in _LEFT_OUT:
                records.skip(own_level)
            elif kind == _TABLE_CONTROL:
                below += _table(records, own_level)
            else:
                below += _lines(records, own_level)
    line = _line(units, _kept(units, ranges), within)
    return [line, *below] if line or not below else below


def _table(records: _Records, level: int) -> list[str]:
    """Return the caption of the table at ``level``, and a line for each of its rows."""
    caption: list[str] = []
    cells: list[tuple[int, list[str]]] = []
    in_table = False
    while records.level > level:
        tag, own_level, content = records.take()
        if tag == _TABLE:
            in_table = True
        elif tag == _LIST and in_table:
            cells.append((int.from_bytes(content[10:12], "little"), []))
        elif tag == _PARAGRAPH:
            (cells[-1][1] if cells else caption).extend(_paragraph(records, own_level))
    rows = groupby(cells, key=itemgetter(0))
    return caption + [row_text(["\n".join(lines) for _, lines in row]) for _, row in rows]


def _units(content: bytes) -> str:
    """Return ``content`` with a character for each UTF-16 unit, surrogates apart."""
    # As UTF-32, a unit each: a long paragraph must not become a list of numbers first.
    wide = bytearray(len(content) // 2 * 4)
    wide[0::4], wide[1::4] = content[: len(content) // 2 * 2 : 2], content[1::2]
    return wide.decode("utf-32-le", "surrogatepass")


def _own_text(content: bytes) -> str:
    """Return the text a control begins with: after its name the length, then the units."""
    length = int.from_bytes(content[4:6], "little")
    return _units(content[6 : 6 + 2 * length])


def _kept(units: str, ranges: bytes) -> Sequence[int] | None:
    """Return 0 for each unit in a tracked deletion and 1 for the others; ``None``: all kept."""
    whole = ranges[: len(ranges) // 12 * 12]
    found = sorted(
        (start, end) for start, end, kind in struct.iter_unpack("<3I", whole)
        if kind >> 24 == _DELETION
    )  # fmt: skip
    if not found:
        return None
    kept = bytearray(b"\1") * len(units)
    done = 0
    for start, end in found:
        begin, stop = max(start, done), min(end, len(units))
        if begin < stop:
            kept[begin:stop] = bytes(stop - begin)
            done = stop
    return kept


def _line(units: str, kept: Sequence[int] | None, within: deque[str]) -> str:
    """Return the text of a paragraph; ``within`` is what its controls say, in order."""
    pieces: list[str] = []
    for match in _PIECE.finditer(units):
        piece, start = match[0], match.start()
        if piece[0] >= " ":
            shown = piece if kept is None else "".join(compress(piece, kept[start : match.end()]))
        else:
            shown = _CHARACTERS.get(piece[0], "")
            if piece[1:3] in _TEXT_CONTROLS and within:
                shown = within.popleft()
            if kept is not None and not kept[start]:
                shown = ""
        pieces.append(shown)
    # Now the surrogates find each other; one that stays alone becomes U+FFFD.
    return "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_TEXT_CONTROLS = frozenset({_units(_RUBY), _units(_OVERLAID)})
