"""``gyeol sheet``: made for a coder, filled in, read back into the store."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.config import load_study
from pipeline.errors import GyeolError
from pipeline.progress import Silent
from pipeline.sheet import make_sheet, take_sheet
from pipeline.verdicts.codings import codings_of
from pipeline.verdicts.sheet_rows import read_sheet
from pipeline.verdicts.store import decisions_of, open_store
from pipeline.verdicts.versions import versions_of
from tests.test_cli import gyeol
from tests.verdicts.tiny_sheet import filled, saved


def fill(path: Path, cells: dict[int, dict[str, str]]) -> None:
    path.write_bytes(saved(path.read_bytes(), filled(cells)))


def test_round_trip(study: Path, tmp_path: Path) -> None:
    path = tmp_path / "검토.xlsx"
    made = gyeol("sheet", study, "--coder", "나", "--out", path)
    assert made.returncode == 0, made.stderr
    assert "대목 9개" in made.stdout
    first, *_, last = read_sheet(path.read_bytes(), "검토.xlsx").rows
    assert len(first.suggested) == 3
    fill(path, {1: {"코드 1": "담당자 교체", "메모": "=1+1"}, 9: {"코드 1": "없는 코드"}})
    read = gyeol("sheet", study, "--read", path, "--coder", "나")
    assert read.returncode == 1
    assert "10행의 코드 «없는 코드»" in read.stderr
    assert "판정 3개를 더했습니다(코드 1, 메모 1, 다 봄 1, 되돌림 0)" in read.stdout
    again = gyeol("sheet", study, "--read", path, "--coder", "나")
    assert "판정 0개를 더했습니다" in again.stdout
    loaded = load_study(study)
    with open_store(loaded.store_url) as store:
        log, versions = decisions_of(store), versions_of(store)
    (coding,) = codings_of(log, versions)
    assert (coding.interview, coding.code, coding.coder) == (
        first.id.split(":")[0],
        "담당자 교체",
        "나",
    )
    assert (coding.start, coding.end) == (first.start, first.end)
    rest = make_sheet(loaded, "나", "ko", Silent())
    assert rest.n_passages == 8
    assert last.id in {row.id for row in read_sheet(rest.data, "x").rows}


def test_a_sheet_shows_the_question_before_and_masks(study: Path) -> None:
    interview = study.parent.parent / "corpora/작은연구/interviews/장터.txt"
    said = interview.read_text("utf-8").replace("반찬 가격을", "010-1234-5678 반찬 가격을")
    interview.write_text(said, "utf-8")
    rows: list[list[str]] = []
    saved(make_sheet(load_study(study), "", "ko", Silent()).data, lambda r: rows.extend(r) or r)
    market = next(row for row in rows[1:] if "골목 장터에서" in row[5])
    assert market[4] == "장터를 처음 여셨을 때는 어떠셨어요?"
    assert "1234-5678" not in "".join(cell for row in rows for cell in row)


def test_anothers_sheet_is_not_taken(study: Path, tmp_path: Path) -> None:
    path = tmp_path / "검토.xlsx"
    path.write_bytes(make_sheet(load_study(study), "나", "ko", Silent()).data)
    with pytest.raises(GyeolError, match="made for «나»"):
        take_sheet(load_study(study), path, "다", Silent())


def test_a_filled_sheet_is_not_overwritten(study: Path) -> None:
    outputs = study.parent.parent / "outputs/작은연구/sheets"
    outputs.mkdir(parents=True)
    (outputs / "검토____나.xlsx").write_bytes(b"filled")
    done = gyeol("sheet", study, "--coder", "../나")
    assert done.returncode == 2
    assert "덮어쓰지 않습니다" in done.stderr
    assert (outputs / "검토____나.xlsx").read_bytes() == b"filled"


@pytest.mark.parametrize(
    "wrong", [("--read", "x.xlsx"), ("--read", "x.xlsx", "--coder", "나", "--out", "y.xlsx")]
)
def test_reading_takes_a_coder_and_no_out(study: Path, wrong: tuple[str, ...]) -> None:
    assert CliRunner().invoke(app, ["sheet", str(study), *wrong]).exit_code != 0


def test_a_sheet_is_written_under_the_name_of_a_workbook(study: Path, tmp_path: Path) -> None:
    done = gyeol("sheet", study, "--coder", "나", "--out", tmp_path / "시트.csv")
    assert done.returncode == 2
    assert "이름을 .xlsx로 끝내세요" in done.stderr
    assert not (tmp_path / "시트.csv").exists()
