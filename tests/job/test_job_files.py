"""File operations that leave all or nothing, on one file system and between two."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline.job import files
from tests.job.inbox_of_six import part_folders


@pytest.fixture
def two_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    part_folders(monkeypatch)


def there(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): p.read_text("utf-8")
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_a_move_makes_folders_and_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("가")
    files.move(tmp_path / "a", tmp_path / "b" / "c" / "a")
    assert there(tmp_path) == {"b/c/a": "가"}
    (tmp_path / "a").write_text("나")
    with pytest.raises(FileExistsError):
        files.move(tmp_path / "a", tmp_path / "b" / "c" / "a")
    assert there(tmp_path) == {"a": "나", "b/c/a": "가"}


def test_private_folders_are_their_owners(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("가")
    files.move(tmp_path / "a", tmp_path / "b" / "c" / "a", private=True)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("b", "b/c")] == [0o700, 0o700]


@pytest.mark.usefixtures("two_systems")
def test_a_move_between_file_systems(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("가")
    os.utime(tmp_path / "a", (1e9, 1e9))
    files.move(tmp_path / "a", tmp_path / "b" / "a")
    assert there(tmp_path) == {"b/a": "가"}
    assert (tmp_path / "b" / "a").stat().st_mtime == 1e9


@pytest.mark.usefixtures("two_systems")
def test_a_link_is_moved_between_file_systems_and_not_what_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("남의 글")
    (tmp_path / "a").symlink_to(tmp_path / "secret")
    (tmp_path / "b").symlink_to(tmp_path / "nowhere")
    for name in ("a", "b"):
        files.move(tmp_path / name, tmp_path / "to" / name)
    moved = [(tmp_path / "to" / name).readlink().name for name in ("a", "b")]
    assert moved == ["secret", "nowhere"]
    assert there(tmp_path) == {"secret": "남의 글", "to/a": "남의 글"}


@pytest.mark.usefixtures("two_systems")
@pytest.mark.parametrize("name", ["fsync", "unlink"])
def test_a_move_between_file_systems_that_breaks_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "a").write_text("가")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail)
        with pytest.raises(OSError, match="No space"):
            files.move(tmp_path / "a", tmp_path / "b" / "a")
    left = there(tmp_path)
    assert left.pop("a") == "가"
    assert left in ({}, {"b/a": "가"})


def test_lines_are_added_whole(tmp_path: Path) -> None:
    log = tmp_path / "log" / "x.jsonl"
    files.append_line(log, "하나")
    files.append_line(log, "둘")
    log.write_bytes(log.read_bytes() + "세".encode()[:2])
    files.append_line(log, "셋")
    assert log.read_text("utf-8") == "하나\n둘\n셋\n"


def test_a_line_that_does_not_fit_leaves_the_log_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "x.jsonl"
    files.append_line(log, "하나")

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(OSError, match="No space"):
            files.append_line(log, "둘")
    assert log.read_text("utf-8") == "하나\n"


def test_removing_what_is_gone_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("가")
    files.remove(tmp_path / "a")
    files.remove(tmp_path / "a")
    assert there(tmp_path) == {}


def test_only_the_jobs_own_half_files_are_cleared(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/.P01.txt.31295.part", "b/.P01.txt.part", "b/P01.txt.12.part", "b/.x.12.party"):
        (tmp_path / name).write_text("가")
    files.clear_partial_copies(tmp_path)
    assert set(there(tmp_path)) == {"b/.P01.txt.part", "b/P01.txt.12.part", "b/.x.12.party"}
    files.clear_partial_copies(tmp_path / "none")
