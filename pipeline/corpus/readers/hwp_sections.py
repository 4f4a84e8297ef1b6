"""The sections of a 한글 5 document (.hwp): taken out of their container, unlocked, unpacked."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Sequence

from olefile import DEFECT_INCORRECT, OleFileIO

from pipeline.corpus.readers.packed_xml import refuse_bomb
from pipeline.corpus.unread import HWP_MAGIC, OLE_MAGIC
from pipeline.errors import GyeolError, Problem

_FILE_HEADER = struct.Struct("<32sII")
_PACKED, _PASSWORD, _DISTRIBUTION = 1 << 0, 1 << 1, 1 << 2
# Rights management, encryption by a certificate, rights management by a certificate.
_LOCKED = 1 << 4 | 1 << 8 | 1 << 10
_SECTION = re.compile(r"Section(\d{1,4})")

# A distribution document's section begins with a record of 256 bytes that hides its key.
_KEY_RECORD = struct.Struct("<I256s")
_KEY_RECORD_HEADER = 28 | 256 << 20
_KEY_BYTES = 16
_MAX_BYTES = 64 * 2**20

# All that olefile is known to raise on a damaged or hostile file.
_OLE_ERRORS = (
    OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError,
    struct.error,
)  # fmt: skip


def is_hwp(data: bytes) -> bool:
    """Tell whether ``data`` is a 한글 document of version 5, or of 3 and earlier."""
    return data.startswith(HWP_MAGIC) or (data.startswith(OLE_MAGIC) and HWP_MAGIC in data)


def read_sections(data: bytes) -> tuple[bytes, ...]:
    """Return the record streams of the sections of the .hwp document ``data``, in order.

    Distribution documents (배포용) are unlocked: their key lies in the file.

    Raises:
        GyeolError: of version 3, behind a password or rights management, damaged, or
            suspiciously large once unpacked.
    """
    if data.startswith(HWP_MAGIC):
        raise GyeolError(
            Problem(
                "한글 3.x 이하의 옛 문서입니다. 한글에서 열어 한글 5 문서(.hwp)나 .hwpx로 다시 "
                "저장하세요.",
                "A document of 한글 3.x or earlier. Open it in 한글 and save it as .hwp (5) or "
                ".hwpx.",
            )
        )
    if not data.startswith(OLE_MAGIC):
        raise GyeolError(damaged("no OLE compound file"))
    flags, streams = _streams(data)
    sections: list[bytes] = []
    for stream in streams:
        content = _unlocked(stream) if flags & _DISTRIBUTION else stream
        sections.append(_unpacked(content) if flags & _PACKED else content)
        refuse_bomb(sum(map(len, sections)), len(data))
    return tuple(sections)


def damaged(reason: str) -> Problem:
    """Return the problem of a .hwp file that cannot be read for the technical ``reason``."""
    return Problem(
        "한글 문서(.hwp)로 읽을 수 없습니다. 파일이 손상되었거나 보안 프로그램(DRM)으로 잠기지 "
        "않았는지 한글에서 열어 확인하고 다시 저장하세요.",
        f"Not readable as a 한글 document ({reason}). Open it in 한글 and save it again.",
    )


def _streams(data: bytes) -> tuple[int, Sequence[bytes]]:
    """Return the flags of the file's header and the sections as they are stored."""
    _refuse_endless_tables(data)
    try:
        with OleFileIO(io.BytesIO(data), raise_defects=DEFECT_INCORRECT) as container:
            header = container.openstream("FileHeader").read()
            signature, _version, flags = _FILE_HEADER.unpack_from(header)
            if not signature.startswith(HWP_MAGIC):
                raise GyeolError(damaged("no header of 한글"))
            _refuse_locked(flags)
            folder = "ViewText" if flags & _DISTRIBUTION else "BodyText"
            names = [path[1] for path in container.listdir() if path[0] == folder]
            paths = [[folder, name] for name in _in_order(names)]
            # Before one is opened: streams may share sectors, and each would be read in full.
            refuse_bomb(sum(map(container.get_size, paths)), len(data))
            return flags, [container.openstream(path).read() for path in paths]
    except _OLE_ERRORS as error:
        raise GyeolError(damaged(str(error))) from error


def _refuse_endless_tables(data: bytes) -> None:
    # olefile believes the header about how many allocation tables there are.
    try:
        (shift,) = struct.unpack_from("<H", data, 30)
        (tables,) = struct.unpack_from("<I", data, 44)
    except struct.error as error:
        raise GyeolError(damaged(str(error))) from error
    # Each table has room for a quarter as many sectors as a sector has bytes.
    if shift not in (9, 12) or tables << (2 * shift - 2) > 2 * len(data) + 2**24:
        raise GyeolError(damaged("impossible allocation tables"))


def _refuse_locked(flags: int) -> None:
    if flags & _PASSWORD:
        raise GyeolError(
            Problem(
                "암호가 걸린 문서입니다. 한글에서 암호를 풀고 다시 저장하세요.",
                "The document is encrypted. Remove the password in 한글 and save it again.",
            )
        )
    if flags & _LOCKED:
        raise GyeolError(
            Problem(
                "DRM이나 인증서로 잠긴 문서입니다. 잠금을 풀 권한이 있는 분에게 부탁하여 잠기지 "
                "않은 문서로 저장하세요.",
                "The document is locked by rights management or a certificate. Have it saved "
                "unlocked by someone who may.",
            )
        )


def _in_order(names: Sequence[str]) -> list[str]:
    """Return the names of the sections by number; one that is missing is lost text."""
    numbered = {int(match[1]): name for name in names if (match := _SECTION.fullmatch(name))}
    if not numbered or len(numbered) <= max(numbered):
        raise GyeolError(damaged("a section is missing"))
    return [name for _, name in sorted(numbered.items())]


def _unlocked(stream: bytes) -> bytes:
    """Return a distribution document's section without its key record, decrypted."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if len(stream) < _KEY_RECORD.size:
        raise GyeolError(damaged("no room for the key"))
    header, record = _KEY_RECORD.unpack_from(stream)
    if header != _KEY_RECORD_HEADER:
        raise GyeolError(damaged("no key record"))
    body = stream[_KEY_RECORD.size :]
    # ECB is what the format prescribes.
    cipher = Cipher(algorithms.AES(_key(record)), modes.ECB())
    return cipher.decryptor().update(body[: len(body) // 16 * 16])


def _key(record: bytes) -> bytes:
    """Return the AES key in a key record: shuffled by Microsoft C's ``rand()``, seed in front."""
    (seed,) = struct.unpack_from("<I", record)
    start = 4 + (seed & 15)
    state, mask, left = seed, 0, 0
    plain = bytearray(record)
    for place in range(len(record)):
        if left == 0:
            state, mask = _rand(state)
            state, run = _rand(state)
            left = (run & 15) + 1
        plain[place] ^= mask & 0xFF
        left -= 1
    return bytes(plain[start : start + _KEY_BYTES])


def _rand(state: int) -> tuple[int, int]:
    state = (state * 214013 + 2531011) & 0xFFFFFFFF
    return state, state >> 16 & 0x7FFF


def _unpacked(stream: bytes) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacker.decompress(stream, _MAX_BYTES + 1)
    except zlib.error as error:
        raise GyeolError(damaged(str(error))) from error
    refuse_bomb(len(content), len(stream))
    if not unpacker.eof:
        raise GyeolError(damaged("a section is cut off"))
    return content
