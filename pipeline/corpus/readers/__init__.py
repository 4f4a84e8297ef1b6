"""One reader per file format: ``read(data, name) -> Reading``. The table is in ``reading.py``."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from pipeline.records import Reading

__all__ = ["Reading", "interview_id"]

# Controls, formats (joiners, directions) and the separators of lines and paragraphs.
_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})


def interview_id(name: str) -> str:
    """Return the id of the interview in the file ``name``: its stem, NFC, on one line.

    Ids stand in tables, on terminals and in lines that are read back: controls, line ends and
    signs that turn the direction of writing become «_».
    """
    stem = unicodedata.normalize("NFC", PurePosixPath(name).stem)
    return "".join("_" if unicodedata.category(sign) in _UNSEEN else sign for sign in stem)
