"""Withdrawal: nothing of the interview is left in what Gyeol keeps, and the rest is whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.config import load_study
from pipeline.errors import GyeolError
from pipeline.forget import forget_interview
from pipeline.progress import Silent
from pipeline.runner import run_stages
from pipeline.stages import STAGES
from pipeline.withdrawn import withdrawn_files


def files_with(folder: Path, words: str) -> list[str]:
    return [p.name for p in folder.rglob("*") if p.is_file() and words.encode() in p.read_bytes()]


def test_text_caches_codings_and_outputs_are_gone(study: Path) -> None:
    run_stages(load_study(study), STAGES, Silent())
    assert files_with(study.parent.parent, "명절에 나눴")
    done = forget_interview(load_study(study), "장터")
    assert files_with(study.parent.parent, "명절에 나눴") == []
    assert files_with(study.parent.parent, "이웃집 도배를")
    assert "corpora/작은연구/interviews/장터.txt" in done.deleted
    assert "corpora/작은연구/codings.csv" in done.changed
    assert not (study.parent.parent / "outputs/작은연구").exists()
    after = run_stages(load_study(study), STAGES, Silent())
    assert {s.interview for s in after.result("segments")} == {"집수리", "구청"}
    assert [c.interview for c in after.result("codings")] == ["집수리"]


def test_the_tombstone_has_no_content_and_the_file_is_not_taken_again(study: Path) -> None:
    source = study.parent.parent / "corpora/작은연구/interviews/장터.txt"
    text = source.read_bytes()
    forget_interview(load_study(study), "장터")
    stone = (study.parent.parent / "corpora/작은연구/private/forgotten.jsonl").read_text("utf-8")
    assert "장터" not in stone
    assert len(withdrawn_files(load_study(study))) == 1
    (source.parent / "다른이름.txt").write_bytes(text)
    done = run_stages(load_study(study), STAGES, Silent())
    assert {s.interview for s in done.result("segments")} == {"집수리", "구청"}
    assert any("철회" in p.ko and "다른이름.txt" in str(p.path) for p in done.problems)


def test_rows_of_a_segments_file_go_and_the_others_stay(tmp_path: Path) -> None:
    folder = tmp_path / "corpora/설문/interviews"
    folder.mkdir(parents=True)
    (tmp_path / "configs").mkdir()
    config = tmp_path / "configs/설문.yaml"
    config.write_text("title: 설문\n", encoding="utf-8")
    rows = [
        {"id": f"{i}", "interview": "가" if i < 2 else "나", "text": f"말 {i}"} for i in range(4)
    ]
    path = folder / "답.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    done = forget_interview(load_study(config), "가")
    assert done.changed == ("corpora/설문/interviews/답.jsonl",)
    kept = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert kept == rows[2:]


def test_an_unknown_interview_changes_nothing(study: Path) -> None:
    with pytest.raises(GyeolError, match="없는면담"):
        forget_interview(load_study(study), "없는면담")
    assert not (study.parent.parent / "corpora/작은연구/private").exists()


def test_what_remains_elsewhere_is_said(study: Path) -> None:
    (study.parent.parent / ".git").mkdir()
    remains = " ".join(p.ko for p in forget_interview(load_study(study), "장터").remains)
    assert "백업" in remains
    assert "git" in remains


def test_rows_of_a_table_read_by_configured_columns_go(tmp_path: Path) -> None:
    folder = tmp_path / "corpora/설문/interviews"
    folder.mkdir(parents=True)
    (tmp_path / "configs").mkdir()
    config = tmp_path / "configs/설문.yaml"
    config.write_text("reading:\n  columns: {interview: 번호, text: 답}\n", encoding="utf-8")
    path = folder / "답.csv"
    path.write_text("번호,답\n가,골목이 좁아요\n나,시장이 멀어요\n가,집을 고쳤어요\n", "utf-8")
    done = forget_interview(load_study(config), "가")
    assert done.changed == ("corpora/설문/interviews/답.csv",)
    assert path.read_text("utf-8-sig") == "번호,답\n나,시장이 멀어요\n"


def test_names_only_the_withdrawn_said_leave_the_key(study: Path) -> None:
    folder = study.parent.parent / "corpora/작은연구"
    said = (folder / "interviews/장터.txt").read_text("utf-8")
    (folder / "interviews/장터.txt").write_text(
        f"{said}답변: 박서연 씨하고 김민수 씨가 왔어요.\n", "utf-8"
    )
    other = (folder / "interviews/집수리.txt").read_text("utf-8")
    (folder / "interviews/집수리.txt").write_text(f"{other}답변: 김민수 씨가 도왔어요.\n", "utf-8")
    run_stages(load_study(study), STAGES, Silent())
    before = json.loads((folder / "private/key.json").read_bytes())["people"]
    assert {"박서연", "김민수"} <= set(before)
    done = forget_interview(load_study(study), "장터")
    after = json.loads((folder / "private/key.json").read_bytes())["people"]
    assert "박서연" not in after
    assert after["김민수"] == before["김민수"]
    assert "corpora/작은연구/private/key.json" in done.changed


def test_what_the_job_kept_of_it_goes_too(study: Path) -> None:
    small = load_study(study)
    text = (small.interviews / "장터.txt").read_text("utf-8")
    kept = small.private / "superseded" / "0123456789abcdef" / "장터.txt"
    aside = small.folder / "quarantine" / "장터.txt"
    for path in (kept, aside):
        path.parent.mkdir(parents=True)
        path.write_text(text.replace("명절", "설날"), encoding="utf-8")
    kept.with_name("changed.json").write_text('[{"quote": "명절에 나눴"}]', encoding="utf-8")
    aside.with_name("장터.txt.reason.txt").write_text("겹칩니다", encoding="utf-8")
    other = kept.parent.with_name("fedcba9876543210") / "집수리.txt"
    other.parent.mkdir()
    other.write_text("질문: 네?\n답변: 도배요.\n", encoding="utf-8")
    forget_interview(small, "장터")
    left = {p.name for folder in (small.private, aside.parent) for p in folder.rglob("*.*")}
    assert left == {"집수리.txt", "forgotten.jsonl"}
