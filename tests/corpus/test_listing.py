"""Which files of a folder are transcripts."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pipeline.corpus.listing import list_files
from pipeline.errors import GyeolError


def test_files_are_listed_by_name_and_leftovers_ignored(tmp_path: Path) -> None:
    (tmp_path / "B구").mkdir()
    (tmp_path / ".git").mkdir()
    nfd = unicodedata.normalize("NFD", "나.txt")
    for name in ("다.txt", nfd, "가.txt", "B구/라.txt", ".DS_Store", "~$가.docx", "Thumbs.db",
                 "desktop.ini", ".git/config", "가.txt.crdownload", "마.hwp.part", "~WRL1.TMP",
                 "가.BAK", "가.asv"):  # fmt: skip
        (tmp_path / name).write_text("말")
    names = [path.relative_to(tmp_path).as_posix() for path in list_files(tmp_path)]
    assert names == ["B구/라.txt", "가.txt", nfd, "다.txt"]


def test_a_missing_folder_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(GyeolError, match="no such folder"):
        list_files(tmp_path / "없음")
