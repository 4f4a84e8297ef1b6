"""One reader per file format: ``read(data, name) -> Reading``. The table is in ``reading.py``."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from pipeline.records import Reading

__all__ = ["Reading", "interview_id"]


def interview_id(name: str) -> str:
    """Return the id of the interview in the file ``name``: its stem, NFC."""
    return unicodedata.normalize("NFC", PurePosixPath(name).stem)
