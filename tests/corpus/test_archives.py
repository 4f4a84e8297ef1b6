from __future__ import annotations

import zipfile

import pytest
from tiny_workbook import archive

from pipeline.corpus import archives
from pipeline.corpus.archives import ZIP_ERRORS, open_archive, part_names


def test_members_are_named_as_they_stand() -> None:
    data = archive({"x/body.xml": "", "../body.xml": "", "/etc/x": ""})
    assert part_names(data) == ("x/body.xml", "../body.xml", "/etc/x")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 99, b"text"])
def test_what_is_no_archive_has_no_members(data: bytes) -> None:
    assert part_names(data) == ()
    with pytest.raises(ZIP_ERRORS):
        open_archive(data)


def test_an_endless_list_of_members_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive({str(number): "" for number in range(12)})
    assert len(part_names(data)) == 12
    monkeypatch.setattr(archives, "_MOST_MEMBERS", 11)
    assert part_names(data) == ()
    with pytest.raises(zipfile.BadZipFile, match="more than 11 members"):
        open_archive(data)
