"""``gyeol codings``: out of a study and into it again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.agreement import run_to_codings
from pipeline.cli import app
from pipeline.coded import export_codings
from pipeline.config import load_study
from pipeline.errors import GyeolError
from pipeline.progress import Silent
from pipeline.verdicts.store import append, made, open_store

RUNNER = CliRunner()


@pytest.mark.parametrize("name", ["내보냄.csv", "내보냄.xlsx"])
def test_a_study_reads_its_codings_in_again(study: Path, tmp_path: Path, name: str) -> None:
    loaded = load_study(study)
    before = run_to_codings(loaded, Silent()).result("codings")
    done = RUNNER.invoke(app, ["codings", str(study), "--out", str(tmp_path / name)])
    assert done.exit_code == 0
    assert "코딩 2개" in done.stdout
    old = study.parent.parent / "corpora/작은연구/codings.csv"
    old.unlink()
    (tmp_path / name).replace(old.with_suffix(Path(name).suffix))
    after = run_to_codings(load_study(study), Silent()).result("codings")
    assert sorted(after, key=repr) == sorted(before, key=repr)


def test_an_interview_called_by_a_name_comes_back_under_its_pseudonym(
    study: Path, tmp_path: Path
) -> None:
    corpus = study.parent.parent / "corpora/작은연구"
    (corpus / "interviews/장터.txt").rename(corpus / "interviews/김철수.txt")
    said = (corpus / "interviews/김철수.txt").read_text("utf-8")
    text = said.replace("처음에는 ", "처음에는 김철수 씨가 ")
    (corpus / "interviews/김철수.txt").write_text(text, "utf-8")
    (corpus / "participants.csv").write_text("interview,participant\n김철수,김철수\n", "utf-8-sig")
    old = corpus / "codings.csv"
    old.write_text(old.read_text("utf-8-sig").replace("장터,", "김철수,", 1), "utf-8-sig")
    before = run_to_codings(load_study(study), Silent()).result("codings")
    assert {coding.interview for coding in before} == {"김철수", "집수리"}
    out = tmp_path / "내보냄.csv"
    assert RUNNER.invoke(app, ["codings", str(study), "--out", str(out)]).exit_code == 0
    assert "김철수" not in out.read_text("utf-8-sig")
    out.replace(old)
    after = run_to_codings(load_study(study), Silent()).result("codings")
    assert sorted(after, key=repr) == sorted(before, key=repr)
    checked = RUNNER.invoke(app, ["check", str(study)])
    assert "모르는 면담" not in checked.output


def test_decisions_are_among_them_joint_ones_too(study: Path) -> None:
    loaded = load_study(study)
    place = {"interview": "장터", "start": 0, "end": 5, "code": "자신감"}
    with open_store(loaded.store_url) as store:
        append(store, [made("나", "put", **place), made("나", "put", joint=True, **place)])
    rows = export_codings(loaded, Silent()).table.rows
    assert [row[4] for row in rows if row[3] == "자신감" and row[0] == "장터"] == ["나", "합의"]


@pytest.mark.parametrize("name", ["내보냄.txt", "codings.csv"])
def test_neither_strange_names_nor_the_studys_own_file(study: Path, name: str) -> None:
    own = study.parent.parent / "corpora/작은연구/codings.csv"
    kept = own.read_bytes()
    done = RUNNER.invoke(app, ["codings", str(study), "--out", str(own.with_name(name))])
    assert isinstance(done.exception, GyeolError)
    assert own.read_bytes() == kept


def test_rows_hold_what_was_said_and_asked(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "내보냄.csv"
    RUNNER.invoke(app, ["codings", str(study), "--out", str(out)])
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["interview"]: row for row in csv.DictReader(file)}
    assert rows["장터"]["text"] == "번 돈은 통장에 모았다가 명절에 나눴어요"
    assert rows["장터"]["question"] == "돈은 어떻게 나누셨어요?"
    assert rows["장터"]["context"].startswith("장터에서 번 돈은")
