"""The whole flow on a small study: what runs again, and what comes out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from kiwipiepy import Kiwi

from pipeline.config import load_study
from pipeline.errors import GyeolError
from pipeline.progress import Silent
from pipeline.records import Interview, Morphemes, MorphologyIndex
from pipeline.runner import Run, run_stages
from pipeline.stages import STAGES, stages_for

NAMES = [stage.name for stage in STAGES]


def run(config: Path, out: Path | None = None) -> Run:
    return run_stages(load_study(config, out), STAGES, Silent())


def ran(done: Run) -> list[str]:
    return [report.name for report in done.reports if not report.skipped]


def outputs(folder: Path) -> dict[str, bytes]:
    """Return every file of an outputs folder but the manifest and the cache."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_run_does_everything_once_and_then_nothing(study: Path) -> None:
    first = run(study)
    assert ran(first) == NAMES
    made = outputs(first.study.outputs)
    assert {"report.html", "작은연구.xlsx", "suggestions.jsonl", "tables/topics.csv"} <= set(made)
    second = run(study)
    assert ran(second) == []
    assert outputs(second.study.outputs) == made


def test_an_edited_definition_costs_alignment_and_what_follows(study: Path) -> None:
    first = run(study)
    edit(
        study.parent.parent / "corpora/작은연구/codebook.yaml",
        "할 수 있다는 믿음",
        "해냈다는 뿌듯함",
    )
    again = ran(run(study))
    before = ["read", "morphology", "segments", "terms", "keywords", "topics"]
    assert not set(again) & set(before)
    assert {"alignment", "suggestions", "outputs"} <= set(again)
    assert first.problems == []


def test_a_new_interview_is_the_only_one_tokenised(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(study)
    from pipeline.corpus import morphology

    analysed: list[str] = []
    analyse = morphology.analyse

    def watched(kiwi: Kiwi, interviews: list[Interview], *others: Any) -> Morphemes:  # noqa: ANN401
        analysed.extend(interview.id for interview in interviews)
        return analyse(kiwi, interviews, *others)

    monkeypatch.setattr(morphology, "analyse", watched)
    new = study.parent.parent / "corpora/작은연구/interviews/새면담.txt"
    new.write_text("질문: 어떠셨어요?\n답변: 반찬 장터가 즐거웠어요.\n", encoding="utf-8")
    done = run(study)
    assert set(analysed) == {"새면담"}
    index: MorphologyIndex = done.result("morphology")
    assert len(index.order) == 4


def test_another_unit_needs_no_new_tokenising(study: Path) -> None:
    run(study)
    edit(study, "workers: 1", "workers: 1\nsegments: {unit: sentence}")
    done = run(study)
    assert "morphology" not in ran(done)
    ids = [segment.id for segment in done.result("segments")]
    assert ids[:2] == ["구청:002.1", "구청:002.2"]


@pytest.mark.parametrize("method", ["nmf", "lda"])
def test_outputs_are_the_same_bytes_with_one_worker_or_four(study: Path, method: str) -> None:
    edit(study, "count: 3", f"count: 3, method: {method}")
    run(study)
    one = outputs(study.parent.parent / "outputs/작은연구")
    edit(study, "workers: 1", "workers: 4")
    elsewhere = study.parent.parent / "elsewhere"
    run(study, elsewhere)
    assert outputs(elsewhere) == one


def test_what_a_user_deletes_or_changes_in_the_outputs_is_made_again(study: Path) -> None:
    made = outputs(run(study).study.outputs)
    folder = study.parent.parent / "outputs/작은연구"
    (folder / "report.html").unlink()
    (folder / "tables" / "topics.csv").write_text("바뀜", encoding="utf-8")
    assert ran(run(study)) == ["outputs"]
    assert outputs(folder) == made


def test_deleting_the_outputs_or_the_private_texts_makes_them_again(study: Path) -> None:
    made = outputs(run(study).study.outputs)
    for text in (study.parent.parent / "corpora/작은연구/private/texts").iterdir():
        text.unlink()
    assert "read" in ran(run(study))
    assert outputs(study.parent.parent / "outputs/작은연구") == made


def test_frozen_texts_are_for_their_owner_alone(study: Path) -> None:
    run(study)
    texts = list((study.parent.parent / "corpora/작은연구/private/texts").iterdir())
    assert len(texts) == 3
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in texts} == {0o600}


def test_outputs_hold_nothing_but_what_is_for_people(study: Path) -> None:
    done = run(study)
    assert list(done.cache.glob("*.bin"))
    assert done.cache.is_relative_to(done.study.private)
    assert not list(done.study.outputs.rglob(".*"))


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_run_killed_anywhere_goes_on_to_the_same_outputs(study: Path) -> None:
    whole = outputs(run(study, study.parent.parent / "whole").study.outputs)
    folder = study.parent.parent / "outputs/작은연구"
    command = [sys.executable, "-m", "pipeline.cli", "run", str(study), "--quiet"]
    for wait in (0.3, 1.0, 1.8, 2.6):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        for name, data in outputs(folder).items() if folder.exists() else ():
            assert data == whole.get(name) or name.split("/")[-1].startswith("."), name
    run(study)
    assert outputs(folder) == whole
    assert not list(folder.rglob(".*.part"))


def test_bad_files_are_named_and_the_rest_is_analysed(study: Path) -> None:
    interviews = study.parent.parent / "corpora/작은연구/interviews"
    (interviews / "빈.txt").write_bytes(b"")
    (interviews / "깨진.txt").write_bytes("답변: ".encode() + b"\xff\xfe\x81\x00\xc3(" * 3)
    (interviews / "질문만.txt").write_text("질문: 네?\n질문: 그래서요?\n", encoding="utf-8")
    (interviews / "구청.md").write_text("질문: 네?\n답변: 같은 이름이에요.\n", encoding="utf-8")
    done = run(study)
    paths = {problem.path for problem in done.problems if problem.level == "error"}
    named = {Path(path).name for path in paths if path}
    assert named == {"빈.txt", "깨진.txt", "질문만.txt", "구청.txt"}
    # What was wrong is said again when nothing runs.
    assert run(study).problems == done.problems


def test_no_interviews_and_none_that_can_be_read_are_one_clear_error(study: Path) -> None:
    interviews = study.parent.parent / "corpora/작은연구/interviews"
    for path in interviews.iterdir():
        path.unlink()
    with pytest.raises(GyeolError) as error:
        run(study)
    assert "면담이 없습니다" in error.value.problems[0].ko
    (interviews / "빈.txt").write_bytes(b"")
    with pytest.raises(GyeolError) as error:
        run(study)
    assert [problem.ko for problem in error.value.problems] == ["빈 파일입니다."]


def test_more_topics_than_segments_are_fewer_topics_and_a_warning(study: Path) -> None:
    edit(study, "count: 3", "count: 200")
    done = run(study)
    assert 1 <= len(done.result("topics").topics) <= 9
    assert [p.level for p in done.problems] == ["warning"]
    assert "200" in done.problems[0].ko


def test_nfd_text_gives_the_same_outputs_as_nfc(study: Path) -> None:
    import unicodedata

    made = outputs(run(study).study.outputs)
    for path in (study.parent.parent / "corpora/작은연구/interviews").iterdir():
        path.write_text(unicodedata.normalize("NFD", path.read_text("utf-8")), encoding="utf-8")
    again = run(study, study.parent.parent / "nfd")
    assert outputs(again.study.outputs) == made


def test_suggestions_are_for_uncoded_segments_and_point_into_their_text(study: Path) -> None:
    done = run(study)
    lines = (done.study.outputs / "suggestions.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    coded = {"장터:004", "집수리:004"}
    segments = {s.id: s for s in done.result("segments")}
    assert [row["id"] for row in rows] == [name for name in segments if name not in coded]
    texts = {interview.id: interview.text for interview in done.shared("interviews", tuple)}
    for row in rows:
        assert len(row["suggestions"]) == 3
        scores = [suggestion["score"] for suggestion in row["suggestions"]]
        assert scores == sorted(scores, reverse=True)
        segment = segments[row["id"]]
        text = texts[segment.interview][segment.start : segment.end]
        for suggestion in row["suggestions"]:
            for evidence in suggestion["evidence"]:
                assert text[evidence["start"] : evidence["end"]] == evidence["text"]
                assert evidence["why"]


def test_stages_are_asked_for_with_all_they_read() -> None:
    assert [stage.name for stage in stages_for("codings")] == [
        "read", "morphology", "segments", "codebook", "codings",
    ]  # fmt: skip
    assert stages_for(*(stage.name for stage in STAGES)) == STAGES
    for stage in STAGES:
        chosen = {one.name for one in stages_for(stage.name)}
        assert all(set(one.reads) <= chosen for one in stages_for(stage.name))
