"""Each file in exactly one place, once, whatever operation the power fails at."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.config import Study, load_study
from pipeline.errors import GyeolError, Problem
from pipeline.job import files
from pipeline.job.lock import BusyError, FaultError
from pipeline.job.one_pass import Analyse, Analysed, finish_killed, run_pass
from pipeline.job.planning import Planned
from tests.job.inbox_of_six import (
    CORRECTED,
    PLACES,
    SECOND,
    do_job,
    in_log,
    kept,
    load,
    logged,
    names_only,
    part_folders,
    placed,
)

OPERATIONS = ("replace", "unlink", "fsync", "open")


class PowerCutError(BaseException):
    """No program survives it: nothing but `finally` sees it."""


def fail_at(
    monkeypatch: pytest.MonkeyPatch, number: int, error: Callable[[], BaseException], *, after: bool
) -> list[int]:
    """Let nothing take effect from the file operation ``number`` (from 1) on, or after it."""
    count = [0]

    def failing(real: Callable[..., Any]) -> Callable[..., Any]:
        def operation(*args: Any, **keywords: Any) -> Any:  # noqa: ANN401
            count[0] += 1
            last = count[0] == number and after
            if count[0] >= number and not last:
                raise error()
            try:
                return real(*args, **keywords)
            finally:
                if last:
                    raise error()

        return operation

    for name in OPERATIONS:
        monkeypatch.setattr(os, name, failing(getattr(os, name)))
    return count


def is_done(study: Study) -> None:
    there = placed(study)
    assert set(there) == PLACES
    assert not list((study.private / "superseded").rglob("*.part"))
    assert there["interviews/구청.txt"] == CORRECTED
    assert there["interviews/P02.txt"] == SECOND
    assert len(kept(study)) == 1
    assert "두 번 바뀌었어요" in kept(study)[0]
    files = [name for name in PLACES if not name.endswith(".reason.txt")]
    new = [one for one in files if one not in ("interviews/장터.txt", "interviews/집수리.txt")]
    hashes = {n: hashlib.sha256(there[n].encode()).hexdigest() for n in new}
    assert [sha for sha, _ in in_log(study)] == sorted(hashes.values())
    assert not (study.private / "job" / "intent.json").exists()
    names = (study.outputs / "interviews.txt").read_text("utf-8").split("\n")
    assert names == sorted(["장터.txt", "집수리.txt", "구청.txt", "P01.txt", "P02.txt"])


def test_each_file_goes_where_it_belongs(study: Path) -> None:
    done = do_job(load(study))
    is_done(load_study(study))
    assert [plan.outcome for plan in done[0].plans] == [
        "taken",
        "corrected",
        "aside",
        "aside",
        "taken",
        "aside",
    ]
    reasons = {n: t for n, t in placed(load_study(study)).items() if n.endswith(".reason.txt")}
    assert "이미 있는 면담 집수리" in reasons["quarantine/다른 이름.txt.reason.txt"]
    assert "철회" in reasons["quarantine/떠난 이.txt.reason.txt"]
    assert reasons["quarantine/빈 것.docx.reason.txt"] == "빈 것.docx: 빈 파일입니다.\n"


def test_the_log_tells_the_seconds_of_each_stage(study: Path) -> None:
    (done,) = do_job(load(study))
    (line,) = logged(load_study(study))
    assert line["stages"] == {"read": 0.25}
    assert line["seconds"] == round(done.seconds, 3)


@pytest.mark.parametrize(
    ("after", "apart"),
    [(False, False), (True, False), (True, True)],
    ids=["before", "after", "two file systems"],
)
def test_the_power_fails_at_any_file_operation(
    study: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    after: bool,
    apart: bool,
) -> None:
    if apart:
        part_folders(monkeypatch)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # counted all the same; the disk is spared
    load(study)
    root = study.parent.parent
    number = 0
    while True:
        number += 1
        again = tmp_path_factory.mktemp("again") / "study"
        shutil.copytree(root, again)
        config = again / "configs" / study.name
        with pytest.MonkeyPatch.context() as patch:
            count = fail_at(patch, number, PowerCutError, after=after)
            try:
                do_job(load_study(config))
            except PowerCutError:
                pass
            else:
                assert number > count[0] > 40
                break
        do_job(load_study(config))
        is_done(load_study(config))
        shutil.rmtree(again)


def test_the_power_fails_again_while_the_rest_is_finished(study: Path) -> None:
    load(study)
    cuts = 0
    for number in (25, 9, 17, 4, 30, 6, 3, 2, 1):
        with pytest.MonkeyPatch.context() as patch, contextlib.suppress(PowerCutError):
            count = fail_at(patch, number, PowerCutError, after=True)
            do_job(load_study(study))
        cuts += count[0] >= number
    assert cuts > 6
    do_job(load_study(study))
    is_done(load_study(study))


def test_a_full_disk_leaves_all_as_it_was(study: Path) -> None:
    before = placed(load(study))
    full = waited = 0
    for number in range(1, 80):
        with pytest.MonkeyPatch.context() as patch:
            error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            # The disk stays full: every further writing fails too, moving within it does not.
            count = [0]
            real = os.open

            def opening(
                path: Any,  # noqa: ANN401
                flags: int,
                *args: Any,  # noqa: ANN401
                count: list[int] = count,
                real: Any = real,  # noqa: ANN401
                error: OSError = error,
                number: int = number,
                **keywords: Any,  # noqa: ANN401
            ) -> int:
                if flags & (os.O_WRONLY | os.O_RDWR):
                    count[0] += 1
                    if count[0] >= number:
                        raise error
                return real(path, flags, *args, **keywords)

            patch.setattr(os, "open", opening)
            try:
                do_job(load_study(study))
            except FaultError as fault:
                assert "남은 용량이 없음" in fault.problems[0].ko
                full += 1
            else:
                break
        # Back in the inbox, or, where only the log could not be written, analysed and to be told.
        if not (load_study(study).private / "job" / "intent.json").exists():
            assert placed(load_study(study)) == before
            waited += 1
        else:
            assert set(placed(load_study(study))) == PLACES
    do_job(load_study(study))
    is_done(load_study(study))
    assert waited >= 4
    assert full > waited


def test_nothing_new_is_one_line_and_moves_nothing(study: Path) -> None:
    small = load_study(study)
    (done,) = do_job(small)
    assert (done.plans, done.problems) == ((), ())
    (line,) = logged(small)
    assert (line["taken"], line["corrected"], line["aside"], line["files"]) == (0, 0, 0, [])


def test_what_was_taken_is_not_taken_again(study: Path) -> None:
    small = load(study)
    do_job(small)
    for name in ("P02.txt", "새 이름.txt"):
        (small.folder / "inbox" / name).write_text(SECOND, encoding="utf-8")
    (done,) = do_job(small)
    assert [(plan.outcome, plan.to) for plan in done.plans] == [
        ("aside", "quarantine/P02.txt"),
        ("aside", "quarantine/새 이름.txt"),
    ]


def test_the_text_before_a_correction_does_not_come_back(study: Path) -> None:
    small = load(study)
    old = (small.interviews / "구청.txt").read_bytes()
    do_job(small)
    (small.folder / "inbox" / "구청.txt").write_bytes(old)
    (done,) = do_job(small)
    assert [plan.outcome for plan in done.plans] == ["aside"]
    assert "고친 파일로 바꾸기 전" in done.plans[0].problems[0].ko
    assert (small.interviews / "구청.txt").read_text("utf-8") == CORRECTED


def test_half_a_line_of_the_log_is_dropped(study: Path) -> None:
    small = load(study)
    (small.folder / "job.log.jsonl").write_text('{"pass": "1"}\n{"pass": "2', encoding="utf-8")
    do_job(small)
    assert next(line["pass"] for line in logged(small)) == "1"
    assert len(logged(small)) == 2


# ── an analysis that stops ──────────────────────────────────────────────────────────


def stopping_at(study: Study, name: str) -> Analyse:
    def analyse(plans: Sequence[Planned]) -> Analysed:
        if any(path.name == name for path in study.interviews.rglob("*")):
            raise ZeroDivisionError
        return names_only(study, plans)

    return analyse


def ready(study: Study) -> list[Path]:
    return sorted(path for path in (study.folder / "inbox").rglob("*") if path.is_file())


def test_the_file_that_stops_the_analysis_is_found_and_set_aside(study: Path) -> None:
    small = load(study)
    passes = run_pass(small, ready(small), stopping_at(small, "P02.txt"))
    there = placed(small)
    assert "interviews/봄/P01.txt" in there
    assert "quarantine/P02.txt" in there
    assert "ZeroDivisionError" in there["quarantine/P02.txt.reason.txt"]
    assert not ready(small)
    assert len(logged(small)) == len(passes) == 6
    assert len({sha for sha, _ in in_log(small)}) == 6


def test_a_study_that_stops_without_the_new_files_keeps_them_waiting(study: Path) -> None:
    small = load(study)
    before = placed(small)
    with pytest.raises(FaultError, match="ZeroDivisionError"):
        run_pass(small, ready(small), stopping_at(small, "장터.txt"))
    assert placed(small) == before
    assert kept(small) == []


@pytest.mark.parametrize("shut", ["inbox", "interviews"])
def test_a_folder_that_is_shut_is_named(
    study: Path, monkeypatch: pytest.MonkeyPatch, shut: str
) -> None:
    small = load(study)
    before = placed(small)

    def move(source: Path, target: Path, **_: bool) -> None:
        raise PermissionError(errno.EACCES, "denied", str(source), None, str(target))

    with monkeypatch.context() as patch:
        patch.setattr(files, "move", move)
        patch.setattr(os, "access", lambda path, _: Path(path) != small.folder / shut)
        with pytest.raises(FaultError) as fault:
            run_pass(small, [small.folder / "inbox" / "P02.txt"], lambda _: Analysed())
    assert fault.value.problems[0].path == f"corpora/작은연구/{shut}"
    assert placed(small) == before


def test_another_run_at_work_puts_the_files_back(study: Path) -> None:
    from filelock import Timeout

    small = load(study)
    before = placed(small)

    def analyse(_plans: Sequence[Planned]) -> Analysed:
        raise GyeolError(Problem("실행 중", "At work")) from Timeout("run.lock")

    with pytest.raises(BusyError) as busy:
        run_pass(small, ready(small), analyse)
    assert busy.value.exit_code == 3
    assert placed(small) == before


def test_a_file_that_changes_while_it_is_taken_stays(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.job import intent

    small = load(study)
    real = intent.begin

    def begin(study: Study, wanted: intent.Intent) -> None:
        real(study, wanted)
        (small.folder / "inbox" / "구청.txt").write_text("질문: 또\n답변: 바뀜\n", "utf-8")

    monkeypatch.setattr(intent, "begin", begin)
    (done,) = run_pass(small, ready(small), lambda plans: names_only(small, plans))
    assert "inbox/구청.txt" in placed(small)
    assert "두 번 바뀌었어요" in placed(small)["interviews/구청.txt"]
    assert any("바뀌어" in problem.ko for problem in done.problems)
    assert finish_killed(small, lambda _: Analysed()) == ()
