"""Where a store lies: SQLite's locks and its log do not hold on a network drive."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import Problem

# As /proc/mounts and `mount` name them; what FUSE brings in comes as fuse.NAME.
_REMOTE = frozenset(
    [
        "9p",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "davfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "ncp",
        "nfs",
        "nfs3",
        "nfs4",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
        "webdav",
        "prl_fs",
    ]
)
_REMOTE_FUSE = frozenset(
    [
        "sshfs",
        "rclone",
        "s3fs",
        "gcsfuse",
        "glusterfs",
        "davfs",
        "vmhgfs-fuse",
        "google-drive-ocamlfuse",
        "gvfsd-fuse",
        "cephfs",
        "onedriver",
        "curlftpfs",
        "smbnetfs",
        "mergerfs-remote",
    ]
)
_DRIVE_REMOTE = 4


def on_network_drive(path: Path, shown: str) -> Problem | None:
    """Return why a store cannot lie at ``path``, or ``None`` where it can."""
    kind = _kind(path)
    if kind is None:
        return None
    return Problem(
        f"판정 저장소를 네트워크 드라이브({kind})에 둘 수 없습니다. 잠금이 지켜지지 않아 판정이 사라질 수 "
        "있습니다. 설정의 store에 이 컴퓨터 안의 자리(예: sqlite:////home/나/판정/decisions.db)를 적으세요. "
        "여럿이 함께 쓰려면 각자 자기 컴퓨터에 두고 gyeol decisions export·merge로 모으거나 PostgreSQL을 "
        "쓰세요.",
        f"A store cannot lie on a network drive ({kind}): locks do not hold there and decisions "
        "could be lost. Set `store` to a place on this computer; to work together, keep one each "
        "and join them with gyeol decisions export and merge, or use PostgreSQL.",
        shown,
    )


def _kind(path: Path) -> str | None:
    """Return the kind of network drive ``path`` is on, ``None`` for one of this computer's."""
    path = Path(os.path.realpath(path))
    if sys.platform == "win32":
        return _kind_on_windows(path)
    if sys.platform == "darwin":
        said = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        return remote_kind(path, mounts_of_macos(said.splitlines()))
    try:
        lines = Path("/proc/mounts").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    return remote_kind(path, mounts_of_linux(lines))


def mounts_of_linux(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Return (folder, file system) of the lines of ``/proc/mounts``, in order."""
    found = []
    for line in lines:
        fields = line.split(" ")
        if len(fields) > 2:
            folder = fields[1]
            for sign, escaped in (
                (" ", "\\040"),
                ("\t", "\\011"),
                ("\n", "\\012"),
                ("\\", "\\134"),
            ):
                folder = folder.replace(escaped, sign)
            found.append((folder, fields[2]))
    return found


def mounts_of_macos(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Return (folder, file system) of what ``mount`` prints: «DEVICE on FOLDER (TYPE, …)»."""
    found = []
    for line in lines:
        head, _, options = line.rpartition(" (")
        _, on, folder = head.partition(" on ")
        if on:
            found.append((folder, options.rstrip(")").split(",")[0].strip()))
    return found


def remote_kind(path: Path, mounts: Iterable[tuple[str, str]]) -> str | None:
    """Return the file system of the mount that holds ``path`` if it is a network drive's."""
    holder, kind = "", ""
    for folder, name in mounts:
        inside = path == Path(folder) or path.is_relative_to(folder)
        # A later mount on the same folder hides the earlier one.
        if inside and len(folder) >= len(holder):
            holder, kind = folder, name
    remote = kind.lower() in _REMOTE or kind.lower().removeprefix("fuse.") in _REMOTE_FUSE
    return kind if remote else None


def _kind_on_windows(path: Path) -> str | None:
    if str(path).startswith("\\\\"):
        return "UNC"
    import ctypes

    windll = getattr(ctypes, "windll", None)
    if windll is None:
        return None
    return "network" if windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE else None
