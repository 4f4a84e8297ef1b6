"""Which files of the inbox have been left alone long enough to be whole.

Time is the machine's own (monotonic) and what counts is what was seen: a file is settled when
two looks, ``settle`` seconds apart or more, found the same size and time of change. The clock on
the wall may be set back and files may be dated in the future.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.listing import list_files


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as last looked at, and since when (seconds, monotonic) it has been like that."""

    size: int
    changed: int
    since: float


def look(inbox: Path, before: Mapping[Path, Seen], now: float) -> dict[Path, Seen]:
    """Look at the files of the inbox, at the time ``now``, having seen ``before``."""
    seen: dict[Path, Seen] = {}
    for path in list_files(inbox) if inbox.is_dir() else ():
        try:
            state = path.lstat()
        except OSError:  # taken away between the listing and the look
            continue
        last = before.get(path)
        same = last and (last.size, last.changed) == (state.st_size, state.st_mtime_ns)
        since = last.since if last and same else now
        seen[path] = Seen(state.st_size, state.st_mtime_ns, since)
    return seen


def settled(seen: Mapping[Path, Seen], settle: float, now: float) -> tuple[Path, ...]:
    """Return the files that have stayed as they are for ``settle`` seconds, in order."""
    return tuple(path for path, one in seen.items() if now - one.since >= settle)


def wait_until_settled(
    inbox: Path, settle: float, sleep: Callable[[float], None] = time.sleep
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Look, wait ``settle`` seconds and look again: the files that settled, and those not yet.

    An empty inbox costs no waiting.
    """
    begun = time.monotonic()
    seen = look(inbox, {}, begun)
    while seen and (left := begun + settle - time.monotonic()) > 0:
        sleep(left)
    now = time.monotonic()
    seen = look(inbox, seen, now)
    ready = settled(seen, settle, now)
    return ready, tuple(path for path in seen if path not in ready)
