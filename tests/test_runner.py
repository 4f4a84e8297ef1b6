"""A table of three made-up stages: what runs again, what is skipped, what survives a fault."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pipeline import runner
from pipeline.config import Study, load_study
from pipeline.errors import GyeolError, Problem
from pipeline.runner import Run, Stage, StageReport, cache_of, run_stages

Words = tuple[str, ...]


@dataclass
class Recorder:
    """Notes what it is told, as a progress bar would show it."""

    told: list[str] = field(default_factory=list)

    def started(self, stage: Stage) -> None:
        self.told.append(f"started {stage.name}")

    def advanced(self, done: int, total: int) -> None:
        self.told.append(f"{done}/{total}")

    def finished(self, stage: Stage, report: StageReport) -> None:
        self.told.append(f"{'skipped' if report.skipped else 'finished'} {stage.name}")


def read_words(run: Run) -> Words:
    words = (run.study.folder / "words.txt").read_text("utf-8").lower().split()
    run.advanced(len(words), len(words))
    if "한숨" in words:
        run.say(Problem("한숨이 있습니다.", "A sigh.", "words.txt", 1, "warning"))
    return tuple(words)


def count_words(run: Run) -> dict[str, int]:
    words: Words = run.result("words")
    return {word: words.count(word) for word in words}


def write_page(run: Run) -> str:
    counts = run.result("counts")
    text = f"{run.study.config.title}: {counts}"
    (run.study.outputs / "page.txt").write_text(text, encoding="utf-8")
    return text


def read_notes(run: Run) -> str:
    return (run.study.folder / "notes.txt").read_text("utf-8")


def words_file(study: Study) -> Sequence[Path]:
    return (study.folder / "words.txt",)


def notes_file(study: Study) -> Sequence[Path]:
    return (study.folder / "notes.txt",)


def page_is_there(run: Run, page: str) -> bool:
    path = run.study.outputs / "page.txt"
    return path.is_file() and path.read_text("utf-8") == page


WORDS = Stage(
    "words",
    "낱말",
    "words",
    read_words,
    Words,
    "corpus",
    files=words_file,
    libraries=("kiwipiepy",),
)
NOTES = Stage("notes", "메모", "notes", read_notes, str, "corpus", files=notes_file)
COUNTS = Stage("counts", "세기", "counts", count_words, dict[str, int], "mining", reads=("words",))
PAGE = Stage(
    "page",
    "쪽",
    "page",
    write_page,
    str,
    "views",
    reads=("counts", "notes"),
    settings=("title",),
    intact=page_is_there,
)
STAGES = (WORDS, NOTES, COUNTS, PAGE)
ALL = ["words", "notes", "counts", "page"]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora" / "study"
    folder.mkdir(parents=True)
    (folder / "words.txt").write_text("학교 이웃 학교", encoding="utf-8")
    (folder / "notes.txt").write_text("메모", encoding="utf-8")
    path = tmp_path / "configs" / "study.yaml"
    path.parent.mkdir()
    path.write_text("title: 연구\n", encoding="utf-8")
    return path


def run_all(config: Path, stages: Sequence[Stage] = STAGES, *, upgrade: bool = False) -> Run:
    return run_stages(load_study(config), stages, Recorder(), upgrade=upgrade)


def made_again(run: Run) -> list[str]:
    return [report.name for report in run.reports if not report.skipped]


def change(config: Path, name: str, text: str) -> None:
    (load_study(config).folder / name).write_text(text, encoding="utf-8")


def cache(config: Path) -> Path:
    return cache_of(load_study(config))


# ── what runs again ─────────────────────────────────────────────────────────────────


def test_the_first_run_makes_everything(config: Path) -> None:
    run = run_all(config)
    assert made_again(run) == ALL
    assert run.result("counts") == {"학교": 2, "이웃": 1}
    assert (run.study.outputs / "page.txt").read_text("utf-8") == "연구: {'학교': 2, '이웃': 1}"


def test_the_second_run_makes_nothing(config: Path) -> None:
    first = run_all(config)
    before = {path: path.stat().st_mtime_ns for path in first.cache.glob("*.*")}
    second = run_all(config)
    assert made_again(second) == []
    assert second.result("counts") == first.result("counts")
    assert {path: path.stat().st_mtime_ns for path in first.cache.glob("*.*")} == before


def test_a_skipped_run_reads_only_what_it_must_check(config: Path) -> None:
    run_all(config)
    cache(config).joinpath("words.bin").touch()
    second = run_all(config)
    # Only the last stage looks whether what its result refers to is there.
    assert set(second._results) == {"page"}


def test_a_changed_file_costs_its_reader_and_what_follows(config: Path) -> None:
    run_all(config)
    change(config, "words.txt", "학교")
    run = run_all(config)
    assert made_again(run) == ["words", "counts", "page"]
    assert run.result("counts") == {"학교": 1}


def test_a_changed_file_costs_no_other_branch(config: Path) -> None:
    run_all(config)
    change(config, "notes.txt", "다른 메모")
    assert made_again(run_all(config)) == ["notes", "page"]


def test_where_the_result_is_the_same_it_ends(config: Path) -> None:
    run_all(config)
    change(config, "words.txt", "  학교\n이웃\n학교\n")
    assert made_again(run_all(config)) == ["words"]


def test_a_changed_setting_costs_those_that_read_it(config: Path) -> None:
    run_all(config)
    config.write_text("title: 새 제목\n", encoding="utf-8")
    run = run_all(config)
    assert made_again(run) == ["page"]
    assert run.result("page").startswith("새 제목")
    config.write_text("title: 새 제목\nseed: 7\n# 설명\n", encoding="utf-8")
    assert made_again(run_all(config)) == []


def test_a_file_written_anew_with_the_same_bytes_costs_nothing(config: Path) -> None:
    run_all(config)
    change(config, "words.txt", "학교 이웃 학교")
    os.utime(load_study(config).folder / "words.txt", (0, 0))
    assert made_again(run_all(config)) == []


def test_another_study_root_costs_nothing(config: Path, tmp_path: Path) -> None:
    run_all(config)
    moved = tmp_path.rename(tmp_path.with_name(tmp_path.name + "-moved"))
    assert made_again(run_all(moved / "configs" / "study.yaml")) == []


def test_changed_program_text_costs_its_room_and_below(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all(config)
    known = runner.code_digest
    monkeypatch.setattr(
        runner, "code_digest", lambda room: "edited" if room == "views" else known(room)
    )
    assert made_again(run_all(config)) == ["page"]


def test_a_new_stage_runs_alone(config: Path) -> None:
    run_all(config, STAGES[:3])
    assert made_again(run_all(config)) == ["page"]


# ── what is damaged ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "memory",
    [
        b"",
        b"{",
        b"\xff\xff",
        b"[]",
        b"null",
        b"3",
        b"{}",
        b'{"pinned": {}, "stages": []}',
        b'{"pinned": [], "stages": {}}',
        b'{"pinned": {}, "stages": {"words": 3}}',
        b'{"pinned": {}, "stages": {"words": {"key": "k", "digest": "d", "problems": 3}}}',
    ],
)
def test_a_damaged_memory_is_an_empty_one(config: Path, memory: bytes) -> None:
    done = run_all(config)
    (done.cache / "stages.json").write_bytes(memory)
    run = run_all(config)
    assert made_again(run) == ALL
    assert made_again(run_all(config)) == []


@pytest.mark.parametrize("stage", ALL)
def test_a_deleted_result_is_made_again(config: Path, stage: str) -> None:
    run_all(config)
    (cache(config) / f"{stage}.bin").unlink()
    run = run_all(config)
    assert made_again(run) == [stage]
    assert run.result("counts") == {"학교": 2, "이웃": 1}


@pytest.mark.parametrize("stage", ALL)
@pytest.mark.parametrize("damage", [b"", b"{", b"PK\x03\x04", b'["\xed\x95'])
def test_a_damaged_result_is_made_again(config: Path, stage: str, damage: bytes) -> None:
    run_all(config)
    (cache(config) / f"{stage}.bin").write_bytes(damage)
    run = run_all(config)
    assert made_again(run) == [stage]
    assert run.result("page") == "연구: {'학교': 2, '이웃': 1}"


def test_a_deleted_output_is_written_again(config: Path) -> None:
    run = run_all(config)
    (run.study.outputs / "page.txt").unlink()
    assert made_again(run_all(config)) == ["page"]
    assert (run.study.outputs / "page.txt").is_file()


def test_deleted_outputs_are_written_again_from_what_is_kept(config: Path) -> None:
    import shutil

    shutil.rmtree(run_all(config).study.outputs)
    again = run_all(config)
    assert made_again(again) == ["page"]
    assert (again.study.outputs / "page.txt").is_file()


def test_a_deleted_private_part_is_made_again(config: Path) -> None:
    import shutil

    shutil.rmtree(run_all(config).study.private)
    assert made_again(run_all(config)) == ALL


def test_half_written_files_of_a_killed_run_are_cleared(config: Path) -> None:
    study = load_study(config)
    lefts = [study.outputs / ".page.txt.1.part", study.private / "texts" / ".x.json.1.part"]
    for left in lefts:
        left.parent.mkdir(parents=True, exist_ok=True)
        left.write_bytes(b"half")
    run_all(config)
    assert not any(left.exists() for left in lefts)


# ── faults ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "fault", [GyeolError(Problem("고장", "Broken")), RuntimeError("bug"), KeyboardInterrupt()]
)
def test_a_stage_that_fails_leaves_what_was_made_before(config: Path, fault: BaseException) -> None:
    def fail(_run: Run) -> Any:  # noqa: ANN401
        raise fault

    with pytest.raises(type(fault)):
        run_all(config, (WORDS, NOTES, replace(COUNTS, make=fail), PAGE))
    run = run_all(config)
    assert made_again(run) == ["counts", "page"]
    assert run.result("counts") == {"학교": 2, "이웃": 1}


def test_a_stage_that_fails_keeps_its_last_result(config: Path) -> None:
    def fail(_run: Run) -> Any:  # noqa: ANN401
        raise GyeolError(Problem("고장", "Broken"))

    run_all(config)
    change(config, "words.txt", "시장")
    with pytest.raises(GyeolError):
        run_all(config, (replace(WORDS, make=fail), NOTES, COUNTS, PAGE))
    change(config, "words.txt", "학교 이웃 학교")
    assert made_again(run_all(config)) == []


def test_what_a_skipped_stage_said_is_said_again(config: Path) -> None:
    change(config, "words.txt", "학교 한숨")
    first, second = run_all(config), run_all(config)
    assert made_again(second) == []
    expected = Problem("한숨이 있습니다.", "A sigh.", "words.txt", 1, "warning")
    assert first.problems == second.problems == [expected]
    change(config, "words.txt", "학교")
    assert run_all(config).problems == []


def test_two_runs_at_once(config: Path) -> None:
    study = load_study(config)
    cache(config).mkdir(parents=True)
    with (
        FileLock(cache(config) / "run.lock"),
        pytest.raises(GyeolError) as raised,
    ):
        run_all(config)
    (problem,) = raised.value.problems
    assert "다른 gyeol" in problem.ko
    assert problem.path == str(study.outputs)
    assert made_again(run_all(config)) == ALL


def test_a_lock_left_by_a_killed_run_does_not_hold(config: Path) -> None:
    cache(config).mkdir(parents=True)
    (cache(config) / "run.lock").touch()
    assert made_again(run_all(config)) == ALL


@pytest.mark.parametrize("place", ["outputs", "outputs/study", "corpora/study/private"])
def test_a_file_in_the_place_of_the_outputs(config: Path, place: str) -> None:
    path = config.parent.parent / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"mine")
    with pytest.raises(GyeolError) as raised:
        run_all(config)
    (problem,) = raised.value.problems
    assert "쓸 수 없습니다" in problem.ko
    assert str(path) in str(problem.path)
    assert path.read_bytes() == b"mine"


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_folder_one_may_not_write(config: Path) -> None:
    outputs = config.parent.parent / "outputs"
    outputs.mkdir(mode=0o500)
    with pytest.raises(GyeolError, match="Cannot be written"):
        run_all(config)


def test_a_folder_one_may_not_write_even_for_root(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    study = load_study(config)
    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(GyeolError) as raised:
        run_stages(study, STAGES, Recorder())
    (problem,) = raised.value.problems
    assert "쓸 수 없습니다(권한이 없음)" in problem.ko
    assert str(study.outputs) in str(problem.path)


# ── the version of Kiwi ─────────────────────────────────────────────────────────────


@pytest.fixture
def kiwi(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Make the installed versions what the test says they are."""
    installed = {"kiwipiepy": "1.0", "kiwipiepy_model": "1.0"}
    monkeypatch.setattr(runner, "library_version", installed.__getitem__)
    return installed


def test_an_older_kiwi_is_told_and_kept(config: Path, kiwi: dict[str, str]) -> None:
    run_all(config)
    kiwi |= {"kiwipiepy": "2.0", "kiwipiepy_model": "2.0"}
    for _ in range(2):
        run = run_all(config)
        assert made_again(run) == []
        (problem,) = run.problems
        assert problem.level == "warning"
        assert "Kiwi 1.0" in problem.ko
        assert "2.0" in problem.ko
        assert "--upgrade" in problem.ko
        assert run.version("kiwipiepy") == "1.0"


def test_an_older_kiwi_is_remembered_when_other_things_change(
    config: Path, kiwi: dict[str, str]
) -> None:
    run_all(config)
    kiwi["kiwipiepy"] = "2.0"
    change(config, "notes.txt", "다른 메모")
    assert made_again(run_all(config)) == ["notes", "page"]
    later = run_all(config)
    remembered = json.loads((later.cache / "stages.json").read_bytes())
    assert remembered["pinned"]["kiwipiepy"] == "1.0"
    assert len(later.problems) == 1


def test_an_upgrade_analyses_anew(config: Path, kiwi: dict[str, str]) -> None:
    run_all(config)
    kiwi["kiwipiepy"] = "2.0"
    run = run_all(config, upgrade=True)
    # The words come out the same, so nothing after them has to be made.
    assert made_again(run) == ["words"]
    assert run.problems == []
    assert run.version("kiwipiepy") == "2.0"
    later = run_all(config)
    assert (made_again(later), later.problems) == ([], [])


def test_a_library_that_is_not_pinned_is_simply_upgraded(
    config: Path, kiwi: dict[str, str]
) -> None:
    kiwi["scipy"] = "1.0"
    stages = (WORDS, replace(NOTES, libraries=("scipy",)))
    run_all(config, stages)
    kiwi["scipy"] = "2.0"
    run = run_all(config, stages)
    assert (made_again(run), run.problems) == (["notes"], [])


# ── what the user sees ──────────────────────────────────────────────────────────────


def test_the_watcher_is_told_in_order(config: Path) -> None:
    study, watcher = load_study(config), Recorder()
    run_stages(study, STAGES[:2], watcher)
    assert watcher.told == [
        "started words",
        "3/3",
        "finished words",
        "started notes",
        "finished notes",
    ]
    again = Recorder()
    run_stages(study, STAGES[:2], again)
    assert again.told == ["skipped words", "skipped notes"]


def test_a_thing_shared_is_made_once(config: Path) -> None:
    run = run_all(config)
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return 7

    assert (run.shared("seven", make), run.shared("seven", make), made) == (7, 7, [1])
