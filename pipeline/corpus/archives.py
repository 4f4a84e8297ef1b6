"""ZIP archives as they come: hostile until shown to be harmless.

Members are read into memory and never unpacked to disk, so that names such as ``../x`` and
archives inside archives do no harm.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib

ZIP_MAGIC = b"PK\x03\x04"
ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError,
)  # fmt: skip
"""All that zipfile and its decompressors are known to raise on a damaged or hostile archive.

RuntimeError is an encrypted member, NotImplementedError an unknown compression.
"""

# In memory, an entry of the list of members takes ten times its bytes.
_MOST_MEMBERS = 20_000
_ENTRY = b"PK\x01\x02"


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Return the archive in ``data``, once its list of members is known to be of usual length.

    Raises:
        one of ``ZIP_ERRORS``: no archive, damaged, or far too many members.
    """
    if data.count(_ENTRY) > _MOST_MEMBERS:
        raise zipfile.BadZipFile(f"more than {_MOST_MEMBERS:,} members")
    return zipfile.ZipFile(io.BytesIO(data))


def part_names(data: bytes) -> tuple[str, ...]:
    """Return the names of the members of the archive ``data``, none where it is no archive."""
    if not data.startswith(ZIP_MAGIC):
        return ()
    try:
        with open_archive(data) as archive:
            return tuple(archive.namelist())
    except ZIP_ERRORS:
        return ()
