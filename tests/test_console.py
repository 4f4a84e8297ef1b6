"""What the command line says: once, in the study's language, and only what is news."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
import typer
from command_line import gyeol

from pipeline.console import print_news, print_problems
from pipeline.errors import Problem

TALK = "".join(f"면담자: 어땠어요?\n참여자: {said} 마을 예산이 늘 걸려요.\n" for said in "가나다라")


def study(folder: Path, config: str = "", **files: str) -> Path:
    interviews = folder / "corpora/가/interviews"
    interviews.mkdir(parents=True)
    for name in ("P1.txt", "P2.txt"):
        (interviews / name).write_text(TALK, "utf-8")
    for name, text in files.items():
        (folder / "corpora/가" / name.replace("_", ".")).write_text(text, "utf-8")
    path = folder / "configs/가.yaml"
    path.parent.mkdir()
    path.write_text(f"workers: 1\n{config}", "utf-8")
    return path


def test_what_many_files_have_alike_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    alike = [Problem("면담자가 없습니다.", "No interviewer.", f"{n}.txt") for n in range(10)]
    other = Problem("빈 파일입니다.", "Empty.", "빈.txt", level="warning")
    print_problems([*alike[:5], other, *alike[5:]], "ko")
    assert capsys.readouterr().err.splitlines() == [
        "오류: 0.txt, 1.txt, 2.txt 외 파일 7개: 면담자가 없습니다.",
        "알림: 빈.txt: 빈 파일입니다.",
    ]
    print_problems([other, other], "ko")
    assert capsys.readouterr().err.count("빈.txt") == 1
    print_problems(alike[:3], "en")
    assert capsys.readouterr().err.count("error: ") == 3


def test_lines_of_a_file_are_each_named(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([Problem("모르는 코드.", "?", "codings.csv", n) for n in range(2, 9)], "ko")
    assert [line[:22] for line in capsys.readouterr().err.splitlines()] == [
        f"오류: codings.csv:{n}: 모르는" for n in range(2, 9)
    ]


def test_only_news_is_told_again(capsys: pytest.CaptureFixture[str]) -> None:
    print_news(
        [
            Problem("빈 파일입니다.", "Empty.", "a.txt", told=True),
            Problem("가명처리 미확인.", "Not confirmed.", level="warning", told=True),
            Problem("모르는 코드.", "Unknown code."),
        ],
        "ko",
    )
    assert capsys.readouterr().err.splitlines() == [
        "오류: 모르는 코드.",
        "알림: 앞서 알린 오류 1건이 그대로 있습니다. gyeol check로 모두 볼 수 있습니다.",
    ]


def test_a_command_that_only_asks_does_not_repeat_what_was_wrong_with_files(tmp_path: Path) -> None:
    config = study(tmp_path, codebook_yaml="- name: 예산\n- name: 마을\n")
    (tmp_path / "corpora/가/interviews/빈.txt").touch()
    first, second = gyeol("codings", config, "--out", tmp_path / "c.csv"), gyeol("terms", config)
    assert first.stderr.count("빈.txt: 빈 파일입니다.") == 1
    assert "빈 파일입니다" not in second.stderr
    assert "앞서 알린 오류 1건" in second.stderr
    assert "빈 파일입니다" in gyeol("check", config).stderr


@pytest.mark.parametrize(
    "command", [["agreement"], ["evaluate"], ["sheet", "--out", "x.xlsx"], ["codings", "--out", "c.csv"]]
)  # fmt: skip
def test_without_a_codebook_that_is_what_is_said(tmp_path: Path, command: list[str]) -> None:
    config = study(tmp_path)
    (tmp_path / "corpora/가/interviews/빈.txt").touch()
    done = gyeol(command[0], config, *command[1:])
    assert done.returncode == 1
    assert [line[:18] for line in done.stderr.splitlines()] == ["오류: corpora/가: 코드북"]


def test_what_stops_a_run_does_not_hide_what_was_wrong_before(tmp_path: Path) -> None:
    config = study(tmp_path, "topics: {tags: [SL]}")
    (tmp_path / "corpora/가/interviews/빈.txt").touch()
    done = gyeol("run", "-q", config)
    assert done.returncode == 1
    assert "빈.txt: 빈 파일입니다." in done.stderr
    assert done.stderr.splitlines()[-1].startswith("오류: 토픽에 쓸 말이 남지 않았습니다.")


@pytest.mark.parametrize("config", ["lang: en\n", "lang: en\nseed: abc\n"])
def test_an_english_study_is_told_of_errors_in_english(tmp_path: Path, config: str) -> None:
    done = gyeol("agreement", study(tmp_path, config))
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert not [sign for sign in done.stderr.replace("가", "") if "가" <= sign <= "힣"]


@pytest.mark.parametrize("pressed", [typer.Abort(), KeyboardInterrupt()])
def test_ctrl_c_at_a_question_is_told_as_one(tmp_path: Path, pressed: BaseException) -> None:
    config = study(tmp_path)
    with patch("typer.confirm", side_effect=pressed):
        done = gyeol("forget", config, "P1")
    assert done.returncode == 130
    assert done.stderr.strip().startswith("멈췄습니다.")
    assert (tmp_path / "corpora/가/interviews/P1.txt").is_file()


def test_no_is_an_answer(tmp_path: Path) -> None:
    config = study(tmp_path)
    with patch("typer.confirm", return_value=False):
        done = gyeol("forget", config, "P1")
    assert (done.returncode, done.stderr) == (1, "지우지 않았습니다.\n")
    assert (tmp_path / "corpora/가/interviews/P1.txt").is_file()
