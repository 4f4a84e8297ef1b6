"""File operations that hold through a crash: each is done or not done, and on the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from pathlib import Path

from pipeline.memory import write_whole

# As ``write_whole`` and ``move`` call what they have not finished: with the process's number.
_PARTIAL = re.compile(r"\..+\.\d+\.part", re.DOTALL)


def move(source: Path, target: Path, *, private: bool = False) -> None:
    """Move a file to where nothing is yet; across file systems it is copied whole, then removed.

    Folders are made on the way, ``private`` ones for their owner only. A crash on the way to
    another file system may leave both, never none, and never half a ``target``.

    Raises:
        FileExistsError: there is something at ``target``.
        OSError: the file cannot be moved.

    """
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    _make_folder(target.parent, 0o700 if private else 0o777)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy_whole(source, target)
        remove(source)
    sync_folder(target.parent)
    sync_folder(source.parent)


def write(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file whole, and its entry in the folder too."""
    write_whole(path, data, private=private)
    sync_folder(path.parent)


def remove(path: Path) -> None:
    """Remove a file that may be gone already."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def append_line(path: Path, line: str) -> None:
    """Add a line at the end of a file; half a line that a crash left there is dropped first.

    Raises:
        OSError: it cannot be written; the file is then as it was before.

    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b") as file:
        kept = file.read()
        end = kept.rfind(b"\n") + 1
        try:
            file.seek(end)
            file.truncate()
            file.write(line.encode("utf-8", "surrogatepass") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(file.fileno(), end)
            raise
    sync_folder(path.parent)


def clear_partial_copies(folder: Path) -> None:
    """Remove what a killed job left half-written below ``folder``: other programs' files stay."""
    for path in folder.rglob(".*.part"):
        if _PARTIAL.fullmatch(path.name):
            remove(path)


def sync_folder(folder: Path) -> None:
    """Bring a folder's entries to the disk, where the system lets one ask for it."""
    with contextlib.suppress(OSError):  # Windows opens no folders, some shares sync none
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _make_folder(folder: Path, mode: int) -> None:
    """Make a folder and those above it, each on the disk before anything is put in."""
    if not folder.is_dir():
        _make_folder(folder.parent, mode)
        folder.mkdir(exist_ok=True, mode=mode)
        sync_folder(folder.parent)


def _copy_whole(source: Path, target: Path) -> None:
    partial = target.with_name(f".gyeol.{os.getpid()}.part")  # a name may be long already
    try:
        if source.is_symlink():  # moved as it is, as a rename does: never what it points to
            partial.symlink_to(source.readlink())
        else:
            with source.open("rb") as read, partial.open("wb") as written:
                shutil.copyfileobj(read, written)
                written.flush()
                os.fsync(written.fileno())
            shutil.copystat(source, partial)
        partial.replace(target)
        sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
