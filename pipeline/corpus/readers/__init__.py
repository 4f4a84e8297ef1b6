"""One reader per file format: ``read(data, name) -> Reading``. The table is in ``reading.py``."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.errors import Problem
from pipeline.records import Interview


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of one or more files: interviews in order, and what was wrong."""

    interviews: tuple[Interview, ...] = ()
    problems: tuple[Problem, ...] = ()


def interview_id(name: str) -> str:
    """Return the id of the interview in the file ``name``: its stem, NFC."""
    return unicodedata.normalize("NFC", PurePosixPath(name).stem)
