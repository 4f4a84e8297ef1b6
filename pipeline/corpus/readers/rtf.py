"""Rich text (.rtf), by our own walk over its groups and control words.

Ready-made readers keep what tracked changes deleted, misread Korean in a font of no
particular character set, write cells as «|», lose text boxes, and hang on hostile input.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from pipeline.corpus.encoding import freeze_whole
from pipeline.corpus.readers import Reading, interview_id
from pipeline.corpus.readers.packed_xml import row_text
from pipeline.corpus.readers.rtf_words import (
    BOXES,
    CHARACTERS,
    CHARSETS,
    KNOWN_STARRED,
    LEFT_OUT,
    SYMBOLS,
    code_page,
)
from pipeline.corpus.turns import find_turns
from pipeline.errors import GyeolError, Problem
from pipeline.records import Interview

_MAGIC = b"{\\rtf"
_LARGEST = 64 * 2**20
_DEEPEST = 10_000
# Word writes a hundred control words for a paragraph of many fonts.
_MOST_TOKENS = 5_000_000
_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|(?P<hex>(?:\\'[0-9a-fA-F]{2}){1,100})"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<plain>[^\\{}\r\n]+)"
    rb"|[\r\n]+|\\",
    re.DOTALL,
)


@dataclass(slots=True)
class _Group:
    """What holds until the group's closing brace."""

    skipped: bool = False
    deleted: bool = False
    fonts: bool = False
    box: bool = False
    font: int | None = None
    fallback: int = 1


@dataclass(slots=True)
class _Flow:
    """Text as it grows: whole lines, the cells of an open row, boxes set at this place."""

    pieces: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell_start: int = 0
    boxes: list[str] = field(default_factory=list)


def read(data: bytes, name: str) -> Reading:
    """Read the rich text ``data`` of the file ``name`` as one interview.

    A paragraph is a line, a table row a line of cells parted by tabs; a row of two cells
    whose first could be a speaker's label reads «label: speech». Text boxes come after
    their paragraph; tracked deletions, comments, notes, headers are left out. A file cut
    short, or with bytes that are no characters, is read and warned of.

    Raises:
        GyeolError: no rich text, or too large.
    """
    if not data.lstrip().startswith(_MAGIC):
        raise GyeolError(
            Problem(
                "RTF 문서로 읽을 수 없습니다. 파일이 손상되었거나 확장자가 다릅니다. 만든 "
                "프로그램에서 다시 저장하세요.",
                "Not readable as RTF: damaged, or another format. Save it again.",
            )
        )
    if len(data) > _LARGEST:
        raise GyeolError(
            Problem(
                f"RTF 문서가 너무 큽니다(한도 {_LARGEST // 2**20}MB). 그림을 빼거나 .docx로 "
                "저장하세요.",
                f"The RTF file is too large (limit {_LARGEST // 2**20} MB). Take out pictures, or "
                "save it as .docx.",
            )
        )
    walk = _Walk(data)
    walk.run()
    text = freeze_whole(walk.text())
    interview = Interview(interview_id(name), text, find_turns(text), name)
    return Reading((interview,), tuple(walk.problems()))


def _too_many_tokens() -> Problem:
    return Problem(
        f"RTF 문서의 서식이 너무 많습니다(한도 {_MOST_TOKENS:,}개). 나누거나 .docx로 저장하세요.",
        f"The RTF file has over {_MOST_TOKENS:,} control words. Split it, or save it as .docx.",
    )


def is_rtf(data: bytes) -> bool:
    """Tell whether ``data`` begins as rich text does."""
    return data[:1024].lstrip().startswith(_MAGIC)


class _Walk:
    """The state of one walk over a document."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0
        self._groups: list[_Group] = []
        self._now = _Group()
        self._flows = [_Flow()]
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._starred = False
        self._to_skip = 0
        self._bytes = bytearray()
        self._lost = 0
        self._closed = False

    def run(self) -> None:
        """Walk to the end of the document's outermost group."""
        on = {
            "word": self._on_word,
            "number": self._on_word,
            "hex": lambda match: self._on_bytes(
                bytes.fromhex(match["hex"].replace(b"\\'", b"").decode())
            ),
            "symbol": lambda match: self._on_symbol(match["symbol"]),
            "brace": self._on_brace,
            "plain": lambda match: self._on_bytes(match["plain"]),
        }
        tokens = 0
        while not self._closed and (match := _TOKEN.match(self._data, self._place)):
            self._place = match.end()
            tokens += 1
            if tokens > _MOST_TOKENS:
                raise GyeolError(_too_many_tokens())
            if match.lastgroup is not None:
                on[match.lastgroup](match)
        self._decode()

    def text(self) -> str:
        """Return what was read, surrogate pairs joined."""
        while len(self._flows) > 1:
            self._close_box()
        self._end_row(self._flows[0])
        said = "".join(self._flows[0].pieces + self._flows[0].boxes)
        return said.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def problems(self) -> list[Problem]:
        """Return what a person should know of this document."""
        found = []
        if not self._closed:
            found.append(
                Problem(
                    "RTF 문서의 끝이 없습니다. 파일이 중간에 잘렸는지 확인하세요.",
                    "The RTF document does not end: the file may be cut short.",
                    level="warning",
                )
            )
        if self._lost:
            found.append(
                Problem(
                    f"글자 {self._lost}자를 읽을 수 없어 �로 두었습니다. .docx로 다시 저장하면 "
                    "읽을 수 있습니다.",
                    f"{self._lost} characters could not be decoded. Save it as .docx.",
                    level="warning",
                )
            )
        return found

    def _on_brace(self, match: re.Match[bytes]) -> None:
        self._decode()
        self._starred, self._to_skip = False, 0
        if match["brace"] == b"{":
            if len(self._groups) >= _DEEPEST:
                raise GyeolError(
                    Problem("RTF 문서의 구조가 너무 깊습니다.", "RTF nested too deep.")
                )
            self._groups.append(self._now)
            self._now = replace(self._now, box=False)
            return
        if self._now.box:
            self._close_box()
        self._now = self._groups.pop() if self._groups else _Group()
        self._closed = not self._groups

    def _on_word(self, match: re.Match[bytes]) -> None:
        self._decode()
        word = match["word"]
        number = None if match["number"] is None else int(match["number"])
        starred, self._starred, self._to_skip = self._starred, False, 0
        if word == b"bin":
            self._place += max(number or 0, 0)
        elif word in LEFT_OUT or (starred and word not in KNOWN_STARRED):
            self._now.fonts = word == b"fonttbl"
            self._now.skipped = True
        elif self._now.fonts:
            self._on_font_table(word, number)
        elif word in CHARACTERS:
            self._write(CHARACTERS[word])
        elif word in BOXES and not self._now.skipped:
            self._now.box = True
            self._flows.append(_Flow())
        else:
            self._on_state(word, number)

    def _on_state(self, word: bytes, number: int | None) -> None:
        if word == b"u" and number is not None:
            self._write(chr(number % 0x10000))
            self._to_skip = self._now.fallback
        elif word == b"uc":
            self._now.fallback = min(max(number or 0, 0), 100)
        elif word == b"f":
            self._now.font = number
        elif word == b"plain":
            self._now.deleted = False
        elif word == b"deleted":
            self._now.deleted = number != 0
        elif word == b"ansicpg":
            self._code_page = code_page(number) or self._code_page
        elif word in {b"trowd", b"cell", b"row", b"nesttableprops"} and not self._now.skipped:
            self._on_table(word)

    def _on_table(self, word: bytes) -> None:
        flow = self._flows[-1]
        if word == b"nesttableprops":
            self._write("\n")
            self._now.skipped = True
        elif word == b"trowd" and not flow.cells:
            flow.cell_start = len(flow.pieces)
        elif word == b"cell":
            flow.cells.append("".join(flow.pieces[flow.cell_start :] + flow.boxes))
            del flow.pieces[flow.cell_start :]
            flow.boxes.clear()
        elif word == b"row":
            self._end_row(flow)

    def _end_row(self, flow: _Flow) -> None:
        if flow.cells:
            # A cell left open is text after the row.
            rest = flow.pieces[flow.cell_start :]
            flow.pieces[flow.cell_start :] = [row_text(flow.cells), "\n", *rest]
            flow.cells.clear()
        flow.cell_start = len(flow.pieces)

    def _on_font_table(self, word: bytes, number: int | None) -> None:
        if word == b"f":
            self._now.font = number
        elif word == b"fcharset" and self._now.font is not None and number in CHARSETS:
            self._fonts[self._now.font] = CHARSETS[number]

    def _on_symbol(self, symbol: bytes) -> None:
        self._decode()
        self._to_skip = 0
        if symbol == b"*":
            self._starred = True
        elif symbol in SYMBOLS:
            self._write(SYMBOLS[symbol])

    def _on_bytes(self, said: bytes) -> None:
        self._starred = False
        passed = min(self._to_skip, len(said))
        self._to_skip -= passed
        if not (self._now.skipped or self._now.deleted):
            self._bytes += said[passed:]

    def _decode(self) -> None:
        """Write the bytes gathered: two of them, in two notations, may be one character."""
        if not self._bytes:
            return
        said, self._bytes = bytes(self._bytes), bytearray()
        own = self._fonts.get(-1 if self._now.font is None else self._now.font)
        pages = [page for page in (own, self._code_page) if page] + ["cp949", "cp1252"]
        for page in dict.fromkeys(pages):
            try:
                self._write(said.decode(page))
            except UnicodeDecodeError:
                continue
            return
        broken = said.decode(pages[0], "replace")
        self._lost += broken.count("\ufffd")
        self._write(broken)

    def _write(self, text: str) -> None:
        if self._now.skipped or self._now.deleted:
            return
        flow = self._flows[-1]
        flow.pieces.append(text)
        if text == "\n" and flow.boxes:
            flow.pieces += flow.boxes
            flow.boxes.clear()

    def _close_box(self) -> None:
        box = self._flows.pop()
        self._end_row(box)
        said = "".join(box.pieces + box.boxes).strip("\n")
        if said:
            self._flows[-1].boxes.append(said + "\n")
