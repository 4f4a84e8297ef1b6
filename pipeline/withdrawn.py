"""Which interviews were withdrawn (동의 철회): what keeps them from being taken in again.

A line of ``private/forgotten.jsonl`` each, without content: hashes of the id and of the files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from pipeline.config import Study
from pipeline.memory import write_whole

_TOMBSTONES = "forgotten.jsonl"


def withdrawn_files(study: Study) -> frozenset[str]:
    """Return the SHA-256 of every file that held nothing but a withdrawn interview."""
    return frozenset(digest for stone in _tombstones(study) for digest in stone["files"])


def withdrawn_interviews(study: Study) -> frozenset[str]:
    """Return the SHA-256 of the id of every interview withdrawn."""
    return frozenset(stone["interview"] for stone in _tombstones(study))


def bury(study: Study, interview: str, files: Sequence[str]) -> None:
    """Add a tombstone for ``interview``; ``files`` are the SHA-256 of those that held it alone."""
    path = study.private / _TOMBSTONES
    earlier = path.read_bytes() if path.is_file() else b""
    stone = {"interview": hashlib.sha256(interview.encode()).hexdigest(), "files": list(files)}
    write_whole(path, earlier + json.dumps(stone).encode() + b"\n", private=True)


def _tombstones(study: Study) -> list[dict[str, Any]]:
    path = study.private / _TOMBSTONES
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
