"""Evaluation from end to end: a study, a file of coded segments, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import gyeol

from pipeline.config import load_study
from pipeline.errors import GyeolError, UsageError
from pipeline.evaluate import evaluate_files, evaluate_study
from pipeline.progress import Silent
from pipeline.views.evaluation_page import Evaluated

TALK = {
    "소득": ("장터에서 반찬을 팔아 돈을 벌었어요.", "월급이 올라 통장에 돈이 남아요."),
    "교통": ("버스가 안 와서 지하철을 타요.", "길이 막혀 버스에서 한 시간을 서 있어요."),
}
CODEBOOK = "- {name: 소득, definition: 번 돈과 월급}\n- {name: 교통, definition: 버스와 길}\n"


def nothing(_done: int, _total: int) -> None:
    """Hear of progress and say nothing."""


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    path = tmp_path / "codebook.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    return path


def write_rows(tmp_path: Path, **fields: str) -> Path:
    """Write twelve coded segments, four a person; ``fields`` are further ones of each row."""
    rows = [
        {"id": f"s{n}", "text": f"{TALK[code][n // 2 % 2]} {n}번째예요.", "codes": [code], **fields}
        | {"person": f"{n // 4}"}
        for n, code in enumerate(["소득", "교통"] * 6)
    ]
    path = tmp_path / "coded.jsonl"
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    return path


def measure(coded: Path, codebook: Path, group: str | None = None) -> Evaluated:
    return evaluate_files(coded, codebook, group, (0, 1), 1, 5, "interview", "ko", advanced=nothing)


def test_segments_without_interview_count_each_for_itself(tmp_path: Path, codebook: Path) -> None:
    measured = measure(write_rows(tmp_path), codebook).evaluation
    assert (measured.n_segments, measured.n_interviews, measured.folds) == (12, 12, 12)
    assert measured.steps[1].methods["gyeol"].p_1.value == 1


def test_a_field_says_what_is_held_out_together(tmp_path: Path, codebook: Path) -> None:
    measured = measure(write_rows(tmp_path), codebook, "person")
    assert (measured.evaluation.n_interviews, measured.evaluation.folds) == (3, 3)
    assert not measured.synthetic
    with pytest.raises(UsageError) as refused:
        measure(write_rows(tmp_path), codebook, "persona")
    assert "person, speaker" in refused.value.problems[0].en


def test_one_interview_is_refused_and_the_leaking_split_named(
    tmp_path: Path, codebook: Path
) -> None:
    with pytest.raises(GyeolError) as refused:
        measure(write_rows(tmp_path, interview="P01"), codebook)
    assert "--split random" in refused.value.problems[0].ko


def test_codes_that_nobody_knows_are_named_and_left_out(tmp_path: Path, codebook: Path) -> None:
    path = write_rows(tmp_path)
    path.write_text(path.read_text("utf-8").replace('["교통"]', '["교통", "낯섦"]'), "utf-8")
    measured = measure(path, codebook)
    assert ["낯섦" in p.ko for p in measured.problems] == [True]
    assert measured.evaluation.n_codings == 12


def test_examples_quoted_from_the_material_are_noticed(tmp_path: Path, codebook: Path) -> None:
    codebook.write_text(
        "- {name: 소득, examples: [월급이 올라 통장에 돈이 남아요]}\n- name: 교통\n",
        encoding="utf-8",
    )
    assert "1 codes" in measure(write_rows(tmp_path), codebook).problems[-1].en


def test_a_study_is_measured_on_its_own_codings(study: Path) -> None:
    heard: list[tuple[int, int]] = []
    measured = evaluate_study(
        load_study(study), (0, 1), 1, "interview", Silent(), lambda *n: heard.append(n)
    )
    assert (measured.evaluation.n_segments, measured.evaluation.n_interviews) == (2, 2)
    assert measured.title == "작은 연구"
    assert heard[-1] == (3, 3)
    assert not measured.synthetic


def test_a_study_of_synthetic_interviews_says_so(study: Path) -> None:
    interviews = study.parent.parent / "corpora/작은연구/interviews"
    for path in interviews.iterdir():
        text = path.read_text("utf-8")
        path.write_text(f"[합성 자료 · synthetic] 지어낸 말입니다.\n{text}", encoding="utf-8")
    measured = evaluate_study(load_study(study), (0,), 1, "interview", Silent(), nothing)
    assert measured.synthetic


def test_the_command_prints_a_table_and_writes_a_studys_page(study: Path, tmp_path: Path) -> None:
    done = gyeol(
        "evaluate", study, "--rounds", "1", "--examples", "30", "--json", tmp_path / "all.json"
    )
    assert done.returncode == 0, done.stderr
    assert "재는 중" in done.stderr
    assert done.stdout.splitlines()[-1].startswith(
        "split:interview|folds:2|examples:0,1,3,5,10,30|"
    )
    outputs = study.parent.parent / "outputs/작은연구"
    assert (outputs / "evaluation.json").read_bytes() == (tmp_path / "all.json").read_bytes()
    assert "<svg" in (outputs / "evaluation.html").read_text("utf-8")


def test_wrong_usage_ends_with_2(study: Path, tmp_path: Path) -> None:
    for arguments in ([], [study, "--group", "role"], ["--coded", tmp_path / "a.jsonl"]):
        done = gyeol("evaluate", *arguments)
        assert done.returncode == 2
        assert "--codebook" in done.stderr


def test_a_missing_file_is_a_message(tmp_path: Path, codebook: Path) -> None:
    done = gyeol("evaluate", "--coded", tmp_path / "없음.jsonl", "--codebook", codebook)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
