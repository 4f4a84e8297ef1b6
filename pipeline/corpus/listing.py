"""Which files of a folder are transcripts: asked by every run, so that no reader is loaded for it."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from pipeline.errors import GyeolError, Problem

_NOT_TRANSCRIPTS = frozenset({"thumbs.db", "desktop.ini"})
# What browsers have not finished fetching, and what 한글 and Word keep beside a document of theirs:
# read, it would be half an interview, or an older text of one that is there.
_NOT_WHOLE = (".crdownload", ".partial", ".part", ".download", ".tmp")
_KEPT_BESIDE = (".asv", ".bak", ".wbk")


def list_files(folder: Path) -> tuple[Path, ...]:
    """Return the files under ``folder``, sorted by their NFC names.

    Hidden files and folders, lock files of office programs (``~$…``), their backups
    (``.bak``, ``.asv``), unfinished downloads (``.crdownload``, ``.tmp``) and Windows' own
    ``Thumbs.db`` and ``desktop.ini`` are left out.

    Raises:
        GyeolError: there is no such folder.
    """
    if not folder.is_dir():
        raise GyeolError(
            Problem("폴더가 없습니다.", "There is no such folder.", path=folder.as_posix())
        )
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names if _may_be_transcript(name)]
    return tuple(sorted((path for path in found if path.is_file()), key=_sort_key))


def _may_be_transcript(name: str) -> bool:
    low = name.lower()
    return not (
        low.startswith((".", "~$"))
        or low.endswith(_NOT_WHOLE + _KEPT_BESIDE)
        or low in _NOT_TRANSCRIPTS
    )


def _sort_key(path: Path) -> tuple[str, str]:
    return unicodedata.normalize("NFC", path.as_posix()), path.as_posix()
