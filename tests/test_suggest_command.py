"""``gyeol suggest`` from outside: what is written where, and the exit codes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from command_line import gyeol

ROWS = [{"id": "나", "text": "버스가 없어요."}, {"id": "가", "text": "병원에 다녀요."}]


def suggest(*arguments: str | Path) -> CompletedProcess[str]:
    return gyeol("suggest", *arguments)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    codebook, new = tmp_path / "c.json", tmp_path / "n.jsonl"
    codebook.write_text('[{"name": "교통", "definition": "버스"}, {"name": "건강"}]', "utf-8")
    new.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    return codebook, new


def test_without_a_study(files: tuple[Path, Path], tmp_path: Path) -> None:
    codebook, new = files
    out = tmp_path / "deep" / "out.jsonl"
    done = suggest("--codebook", codebook, "--new", new, "--out", out, "--top", "1")
    assert done.returncode == 0
    assert done.stdout == ""
    for told in ("읽기", "코드 제안", "out.jsonl", "점수는 순위만 뜻합니다"):
        assert told in done.stderr
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["나", "가"]
    assert [len(line["suggestions"]) for line in lines] == [1, 1]
    assert [path.name for path in out.parent.iterdir()] == ["out.jsonl"]
    if os.name == "posix":  # nothing is masked without a study
        assert out.stat().st_mode & 0o777 == 0o600


def test_to_standard_output_and_quiet_in_english(files: tuple[Path, Path]) -> None:
    codebook, new = files
    new.write_text(new.read_text("utf-8") + "{broken\n", "utf-8")
    done = suggest("--codebook", codebook, "--new", new, "--out", "-", "-q", "--lang", "en")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["나", "가"]
    error, warning = done.stderr.splitlines()
    assert error.startswith(f"error: {new.as_posix()}:3: Not a JSON object")
    assert "only ranks" in warning
    assert json.loads(done.stdout.splitlines()[0])["suggestions"][0]["evidence"][0]["why"].isascii()


def test_refused_with_the_reason_and_nothing_written(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    codebook, new = files
    new.write_text("nothing\n", "utf-8")
    out = tmp_path / "out.jsonl"
    out.write_text("what was there", "utf-8")
    done = suggest("--codebook", codebook, "--new", new, "--out", out)
    assert done.returncode == 1
    assert "JSON 객체가 아니어서" in done.stderr
    assert out.read_text("utf-8") == "what was there"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--codebook", "c.json"],
        ["--codebook", "c.json", "--new", "n.jsonl"],
        ["a.yaml", "--codebook", "c.json"],
        ["--codebook", "c.json", "--new", "n.jsonl", "--out", "-", "--top", "0"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    done = suggest(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_inputs_are_not_written_over(files: tuple[Path, Path]) -> None:
    codebook, new = files
    before = new.read_bytes()
    assert suggest("--codebook", codebook, "--new", new, "--out", new).returncode == 2
    assert suggest("--codebook", codebook, "--new", new, "--out", new.parent).returncode == 2
    assert new.read_bytes() == before


def test_with_a_study(study: Path, tmp_path: Path) -> None:
    outputs = study.parent.parent / "outputs/작은연구"
    done = suggest(study, "--top", "1")
    assert done.returncode == 0, done.stderr
    assert str(outputs / "suggestions.jsonl") in done.stderr
    lines = (outputs / "suggestions.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == 7
    assert all(len(json.loads(line)["suggestions"]) == 1 for line in lines)

    new = tmp_path / "새면담.txt"
    new.write_text("질문: 네?\n답변: 구청 담당자가 또 바뀌었어요.\n", "utf-8")
    done = suggest(study, "--new", new)
    assert done.returncode == 0, done.stderr
    (line,) = (outputs / "suggestions_new.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["suggestions"][0]["code"] == "담당자 교체"
