"""``codebook.yaml`` under change: the truth, never overwritten unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import codebook_file
from pipeline.codebook_file import change_study_codebook, codebook_in_force, no_codes
from pipeline.config import load_study
from pipeline.decisions import store_of
from pipeline.errors import GyeolError, Problem
from pipeline.records import CodeChange
from pipeline.verdicts.versions import OUTSIDE, versions_of

RENAME = CodeChange("rename", ("자신감",), ("해낸다는 믿음",))


def test_a_change_is_in_the_file_and_in_the_store(study: Path) -> None:
    opened = load_study(study)
    path = opened.folder / "codebook.yaml"
    path.write_text(f"# 머리말\n{path.read_text('utf-8')}", "utf-8")
    with store_of(opened) as store:
        version = change_study_codebook(opened, store, RENAME, "가", "말이 흐려서")
        assert (version.number, version.author, version.reason) == (2, "가", "말이 흐려서")
        assert version.changes == (RENAME,)
        assert versions_of(store)[-1] == version
        assert path.read_text("utf-8") == version.text
        assert version.text.startswith("# 머리말\n")
        assert codebook_in_force(opened, store) == version


def test_what_was_edited_elsewhere_is_recorded_before_a_change(study: Path) -> None:
    opened = load_study(study)
    path = opened.folder / "codebook.yaml"
    with store_of(opened) as store:
        codebook_in_force(opened, store)
        path.write_text(path.read_text("utf-8") + "- name: 새 코드\n", "utf-8")
        change_study_codebook(opened, store, RENAME, "가", "")
        assert [(v.reason, [c.kind for c in v.changes]) for v in versions_of(store)][1:] == [
            (OUTSIDE, ["add"]),
            ("", ["rename"]),
        ]
        assert "새 코드" in path.read_text("utf-8")


def test_a_file_written_meanwhile_is_not_overwritten(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = load_study(study)
    path = opened.folder / "codebook.yaml"
    changed = codebook_file.change_codebook

    def slow(*given: object) -> str:
        path.write_text("- name: 남이 씀\n", "utf-8")
        return changed(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(codebook_file, "change_codebook", slow)
    with store_of(opened) as store:
        with pytest.raises(GyeolError, match="meanwhile"):
            change_study_codebook(opened, store, RENAME, "가", "")
        assert path.read_text("utf-8") == "- name: 남이 씀\n"
        assert len(versions_of(store)) == 1


def test_a_change_that_is_refused_leaves_the_file(study: Path) -> None:
    opened = load_study(study)
    before = (opened.folder / "codebook.yaml").read_bytes()
    with store_of(opened) as store, pytest.raises(GyeolError, match="already"):
        taken = CodeChange("rename", ("자신감",), ("담당자 교체",))
        change_study_codebook(opened, store, taken, "가", "")
    assert (opened.folder / "codebook.yaml").read_bytes() == before


def test_line_ends_and_mark_of_the_file_stay(study: Path) -> None:
    opened = load_study(study)
    path = opened.folder / "codebook.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    with store_of(opened) as store:
        change_study_codebook(opened, store, RENAME, "가", "")
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf- name")
        assert data.count(b"\r\n") == data.count(b"\n")
        assert len(versions_of(store)) == 2
        codebook_in_force(opened, store)
        assert len(versions_of(store)) == 2


def test_a_table_is_known_but_not_changed(study: Path) -> None:
    folder = study.parent.parent / "corpora/작은연구"
    (folder / "codebook.yaml").unlink()
    table = folder / "codebook.csv"
    table.write_text("name,definition,parent\n돈,번 돈,\n빚,진 돈,돈\n", "utf-8-sig")
    opened = load_study(study)
    with store_of(opened) as store:
        first = codebook_in_force(opened, store)
        table.write_text("name,definition,parent\n돈,쓴 돈,\n빚,진 돈,돈\n", "utf-8-sig")
        second = codebook_in_force(opened, store)
        assert first is not None
        assert second is not None
        assert second.changes == (CodeChange("edit", ("돈",), ("돈",)),)
        with pytest.raises(GyeolError, match="convert"):
            change_study_codebook(opened, store, RENAME, "가", "")


def test_a_study_without_a_codebook_has_no_version(study: Path) -> None:
    (study.parent.parent / "corpora/작은연구/codebook.yaml").unlink()
    opened = load_study(study)
    with store_of(opened) as store:
        assert codebook_in_force(opened, store) is None
        with pytest.raises(GyeolError, match="no codebook"):
            change_study_codebook(opened, store, RENAME, "가", "")


def test_without_codes_an_error_says_what_is_needed_and_notices_stay_out(study: Path) -> None:
    opened = load_study(study)
    notice = Problem("건너뜁니다.", "Skipped.", level="warning")
    broken = Problem("깨졌습니다.", "Broken.")
    found = no_codes(opened, [notice, broken]).problems
    assert found[0].text() == (
        "corpora/작은연구/codebook.yaml: 코드북에 코드가 없습니다. "
        "codebook.yaml을 두거나 설정에 codebook을 적고 다시 하세요."
    )
    assert found[0].level == "error"
    assert found[1:] == (broken,)
