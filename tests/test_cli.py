"""The command line: exit codes, languages, what scripts and people are told."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import gyeol

from pipeline.stages import STAGES


def in_a_process_of_its_own(*arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
        check=False,
    )


def test_run_ends_by_naming_the_files_to_open(study: Path) -> None:
    done = in_a_process_of_its_own("run", study)
    assert done.returncode == 0, done.stderr
    assert "읽기" in done.stderr
    for name in ("report.html", "작은연구.xlsx", "suggestions.jsonl"):
        assert name in done.stdout
    again = gyeol("run", study)
    assert again.stderr.count("그대로 (건너뜀)") == len(STAGES)


def test_run_speaks_english_when_asked(study: Path) -> None:
    done = gyeol("run", study, "--lang", "en")
    assert done.returncode == 0
    assert "morphology" in done.stderr
    assert "Files to open" in done.stdout


def test_json_is_one_object_and_nothing_else(study: Path) -> None:
    done = gyeol("run", study, "--json")
    summary = json.loads(done.stdout)
    assert done.stderr == ""
    assert [stage["name"] for stage in summary["stages"]][:2] == ["read", "morphology"]
    assert "report.html" in summary["files"]
    assert summary["problems"] == []


def test_quiet_prints_problems_only(study: Path) -> None:
    (study.parent.parent / "corpora/작은연구/interviews/빈.txt").write_bytes(b"")
    done = gyeol("run", study, "--quiet")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == "오류: corpora/작은연구/interviews/빈.txt: 빈 파일입니다.\n"


def test_the_manifest_says_what_made_the_outputs(study: Path) -> None:
    gyeol("run", study, "--quiet")
    path = study.parent.parent / "outputs/작은연구/manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    assert manifest["seed"] == 2026
    assert {"kiwipiepy", "kiwipiepy_model", "gensim", "scikit-learn"} <= set(manifest["libraries"])
    assert set(manifest["morphology_made_with"].values()) == {3}
    assert "corpora/작은연구/codebook.yaml" in manifest["inputs"]
    assert manifest["config"]["topics"]["count"] == 3
    assert not any(stage["skipped"] for stage in manifest["stages"])


@pytest.mark.parametrize("arguments", [["run"], ["run", "없는.yaml"], ["nonsense"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    done = gyeol(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_check_lists_every_problem_and_ends_with_1(study: Path) -> None:
    folder = study.parent.parent / "corpora/작은연구"
    study.write_text("titel: 가\nsegments: {unit: turns}\n", encoding="utf-8")
    (folder / "codebook.yaml").write_text("- name: 가\n- name: 가\n", encoding="utf-8")
    (folder / "dictionary.txt").write_text("낱말\tXYZ\n", encoding="utf-8")
    (folder / "interviews/빈.txt").write_bytes(b"")
    done = gyeol("check", study)
    assert done.returncode == 1
    told = done.stderr.splitlines()
    for part in ("titel", "segments.unit", "«가»인 코드", "XYZ", "빈 파일"):
        assert sum(part in line for line in told) == 1, done.stderr
    assert not (study.parent.parent / "outputs").exists()


def test_check_of_a_sound_study_says_so(study: Path) -> None:
    done = gyeol("check", study)
    assert done.returncode == 0
    assert "면담 3편, 응답 발화 9개, 코드 3개, 코딩 2개" in done.stdout
    assert "문제가 없습니다." in done.stdout


def test_init_then_run_works_from_any_folder(tmp_path: Path) -> None:
    rows = [
        {
            "id": f"줄{n}",
            "text": f"{word} 이야기를 했어요. {word}이 좋아요.",
            "codes": [word],
            "month": "5",
        }
        for n, word in enumerate(["장터", "도배", "예산", "장터", "도배", "예산"])
    ]
    del rows[5]["codes"]
    source = tmp_path / "답변.jsonl"
    source.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    made = gyeol("init", "설문", "--corpus", source, "--at", tmp_path / "곳")
    assert made.returncode == 0, made.stderr
    config = tmp_path / "곳/configs/설문.yaml"
    assert gyeol("run", config, "--quiet").stderr == ""
    suggestions = (tmp_path / "곳/outputs/설문/suggestions.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in suggestions] == ["줄5"]
    topics = (tmp_path / "곳/outputs/설문/tables/topics.csv").read_text("utf-8-sig")
    assert topics.startswith("topic,label,recurrence,prevalence,terms,n_segments,segment_ids")
    assert gyeol("init", "설문", "--corpus", source, "--at", tmp_path / "곳").returncode == 2


def test_help_is_korean_or_english_and_loads_nothing_heavy() -> None:
    assert "분석합니다" in in_a_process_of_its_own("--help").stdout
    assert "Analyse a study" in in_a_process_of_its_own("--help", "--lang", "en").stdout
    assert "Analyse a study" in in_a_process_of_its_own("--help", GYEOL_LANG="en").stdout
    assert not {*HEAVY, "pydantic", "pipeline.records"} & loaded_by("--help")


HEAVY = ("numpy", "scipy", "sklearn", "gensim", "kiwipiepy", "sqlalchemy", "lxml")


# The rooms' own slow modules: readers of formats, patterns of personal data.
SLOW = {"pipeline.corpus.reading", "pipeline.corpus.personal", "pipeline.views.masked"}


def loaded_by(*arguments: str | Path) -> set[str]:
    """Return the modules that a command has loaded by its end, in a process of its own."""
    program = (
        "import atexit, sys; from pipeline.cli import main\n"
        "atexit.register(lambda: print('loaded:', *sys.modules))\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.rpartition("loaded:")[2].split())


def test_a_run_with_nothing_to_do_loads_nothing_heavy(study: Path) -> None:
    assert gyeol("run", study, "--quiet").returncode == 0
    loaded = loaded_by("run", study, "--json")
    assert "pipeline.runner" in loaded
    assert not {*HEAVY, *SLOW} & loaded


def test_a_night_without_new_files_loads_nothing_heavy(study: Path) -> None:
    loaded = loaded_by("job", study)
    assert "pipeline.job.one_pass" in loaded
    assert not {*HEAVY, *SLOW} & loaded


def test_the_manifest_stays_where_nothing_was_made(study: Path) -> None:
    path = study.parent.parent / "outputs/작은연구/manifest.json"
    gyeol("run", study, "--quiet")
    made = path.read_bytes()
    gyeol("run", study, "--quiet")
    assert path.read_bytes() == made
    # The config says something else now, though nothing that a result depends on.
    study.write_text(study.read_text("utf-8") + "# 2026\n", encoding="utf-8")
    gyeol("run", study, "--quiet")
    assert json.loads(path.read_bytes())["inputs"] != json.loads(made)["inputs"]
    path.write_text("{", encoding="utf-8")
    gyeol("run", study, "--quiet")
    assert all(stage["skipped"] for stage in json.loads(path.read_bytes())["stages"])


def test_a_file_name_cannot_steer_the_terminal(study: Path) -> None:
    name = "나쁜\x1b[31m이름.txt"
    (study.parent.parent / "corpora/작은연구/interviews" / name).write_bytes(b"")
    done = gyeol("run", study, "--quiet")
    assert "\x1b" not in done.stderr
    assert "빈 파일입니다" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="interrupts by signal")
def test_ctrl_c_says_that_nothing_finished_is_lost(study: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "run", str(study)],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stderr is not None
    assert "읽기" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    # To a shell both are 130: Python ends by the signal itself where it was compiling a string.
    assert process.returncode in (130, -signal.SIGINT)
    assert "다시 실행하면 이어서" in told
    assert "Traceback" not in told


def test_convert_says_how_sure_the_speakers_are_and_the_config_mends_it(study: Path) -> None:
    talk = study.parent / "말.txt"
    talk.write_text("김 선생) 왜요?\n박씨) 그냥요.\n" * 3, encoding="utf-8")
    unsure = gyeol("convert", talk)
    assert unsure.returncode == 0
    assert "확신도 0" in unsure.stderr
    assert "reading: {speaker: '^\\s*(김 선생|박씨)" in unsure.stderr
    config = "reading:\n  speaker: '^([^)]+)\\)'\n  roles: {김 선생: interviewer}\n"
    study.write_text(config, encoding="utf-8")
    sure = gyeol("convert", talk, "--config", study)
    assert sure.stderr == "말.txt: 말 · 발화 6: 김 선생 3 (질문), 박씨 3\n"
    assert sure.stdout.startswith("김 선생: 왜요?\n박씨: 그냥요.\n")


def test_convert_shows_the_certainty_of_a_sure_reading(study: Path) -> None:
    talk = study.parent / "말.txt"
    talk.write_text("질문: 왜요?\n답변: 그냥요.\n", encoding="utf-8")
    done = gyeol("convert", talk, "--lang", "en")
    assert done.stderr == (
        "말.txt: 말 · turns 2: 질문 1 (asks), 답변 1 · certainty of speakers 1.00\n"
    )


def test_convert_with_a_broken_config_is_refused(study: Path) -> None:
    study.write_text("reading: {speaker: '('}\n", encoding="utf-8")
    done = gyeol("convert", study, "--config", study)
    assert (done.returncode, done.stdout) == (1, "")
    assert "configs/작은연구.yaml:1: «reading.speaker»" in done.stderr
