"""A health file that a clock, a crash or a stranger may have been at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipeline.config import load_study
from pipeline.job.health import health_file, is_well, note_health, read_health

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_job_that_never_worked(study: Path) -> None:
    well, said = is_well(load_study(study), NOON)
    assert not well
    assert "한 번도" in said.ko


@pytest.mark.parametrize(("exit_code", "well"), [(0, True), (1, True), (4, False), (70, False)])
def test_how_the_last_pass_ended(study: Path, exit_code: int, well: bool) -> None:
    note_health(load_study(study), 0, NOON - timedelta(hours=2))
    note_health(load_study(study), exit_code, NOON)
    assert is_well(load_study(study), NOON)[0] is well


@pytest.mark.parametrize(("hours", "well"), [(25.9, True), (26.1, False), (-500, True)])
def test_how_long_ago_it_was(study: Path, hours: float, well: bool) -> None:
    note_health(load_study(study), 0, NOON - timedelta(hours=hours))
    assert is_well(load_study(study), NOON)[0] is well


def test_a_fault_keeps_the_last_success(study: Path) -> None:
    small = load_study(study)
    note_health(small, 0, NOON)
    note_health(small, 4, NOON + timedelta(hours=5))
    assert read_health(small).last_success == NOON
    assert read_health(small).last_exit == 4


@pytest.mark.parametrize("text", ["", "{", "[]", '{"last_success": 3, "last_exit": 0}'])
def test_a_damaged_file_is_a_job_that_never_worked(study: Path, text: str) -> None:
    small = load_study(study)
    note_health(small, 0, NOON)
    health_file(small).write_text(text, encoding="utf-8")
    assert not is_well(small, NOON)[0]
