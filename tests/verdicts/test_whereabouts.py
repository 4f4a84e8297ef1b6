"""Network drives are told from this computer's own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pipeline.errors import GyeolError
from pipeline.verdicts import whereabouts
from pipeline.verdicts.store import open_store

LINUX = """\
/dev/sda1 / ext4 rw,relatime 0 0
server:/home /home/함께 nfs4 rw 0 0
//server/share /mnt/공유\\040폴더 cifs rw 0 0
나@server: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdb1 /mnt/ssh/이곳 ext4 rw 0 0
/dev/fuse /mnt/usb fuseblk rw 0 0
C: /mnt/c 9p rw 0 0
tmpfs /mnt/c tmpfs rw 0 0
"""
MACOS = """\
/dev/disk3s1 on / (apfs, sealed, local, read-only, journaled)
//나@server._smb._tcp.local/자료 on /Volumes/자료 (smbfs, nodev, nosuid, mounted by 나)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="paths of Linux and macOS")
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/나/decisions.db", None),
        ("/home/함께/decisions.db", "nfs4"),
        ("/home/함께하기/decisions.db", None),
        ("/mnt/공유 폴더/연구/decisions.db", "cifs"),
        ("/mnt/ssh/decisions.db", "fuse.sshfs"),
        ("/mnt/ssh/이곳/decisions.db", None),
        ("/mnt/usb/decisions.db", None),
        ("/mnt/c/decisions.db", None),
    ],
)
def test_the_mount_that_holds_a_path_decides(path: str, kind: str | None) -> None:
    mounts = whereabouts.mounts_of_linux(LINUX.splitlines())
    assert whereabouts.remote_kind(Path(path), mounts) == kind


@pytest.mark.skipif(sys.platform == "win32", reason="paths of Linux and macOS")
def test_what_mount_prints_on_macos_is_understood() -> None:
    mounts = whereabouts.mounts_of_macos(MACOS.splitlines())
    assert whereabouts.remote_kind(Path("/Volumes/자료/decisions.db"), mounts) == "smbfs"
    assert whereabouts.remote_kind(Path("/Users/나/decisions.db"), mounts) is None


def test_a_store_on_a_network_drive_is_refused_and_told_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = os.path.realpath(tmp_path / "공유")
    monkeypatch.setattr(
        whereabouts, "_kind", lambda path: "cifs" if path.is_relative_to(inside) else None
    )
    with pytest.raises(GyeolError) as refused:
        open_store(f"sqlite:///{inside}/decisions.db", "공유/decisions.db")
    (problem,) = refused.value.problems
    assert problem.path == "공유/decisions.db"
    assert "네트워크 드라이브(cifs)" in problem.ko
    assert "PostgreSQL" in problem.ko
    assert not (tmp_path / "공유").exists()
    open_store(f"sqlite:///{tmp_path}/decisions.db").close()
