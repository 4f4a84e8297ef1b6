"""Whether the job still does its work: a file for monitoring to look at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pipeline.config import Study
from pipeline.errors import Problem
from pipeline.memory import write_whole


@dataclass(frozen=True, slots=True)
class Health:
    """When the job last did its work (``None``: never), and how its last pass ended."""

    last_success: datetime | None
    last_exit: int

    def hours(self, now: datetime) -> float | None:
        """Return the age of the last success; a clock set back makes it no younger than 0."""
        if self.last_success is None:
            return None
        return max(0.0, (now - self.last_success).total_seconds() / 3600)


def health_file(study: Study) -> Path:
    """Return where the health of the study's job stands."""
    return study.outputs / "job" / "health.json"


def note_health(study: Study, exit_code: int, now: datetime | None = None) -> None:
    """Write how a pass ended; 0 and 1 are work done, whatever was set aside.

    Raises:
        GyeolError: the file cannot be written.

    """
    now = now or datetime.now(UTC)
    before = read_health(study)
    success = now if exit_code in (0, 1) else before.last_success
    row = {
        "last_success": success.isoformat(timespec="seconds") if success else None,
        "last_pass": now.isoformat(timespec="seconds"),
        "last_exit": exit_code,
    }
    write_whole(health_file(study), json.dumps(row).encode() + b"\n")


def read_health(study: Study) -> Health:
    """Return what the last pass left; a missing or damaged file is a job that never worked."""
    try:
        row = json.loads(health_file(study).read_bytes())
        last = row["last_success"]
        return Health(
            None if last is None else datetime.fromisoformat(last).astimezone(UTC),
            int(row["last_exit"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Health(None, 0)


def is_well(study: Study, now: datetime | None = None) -> tuple[bool, Problem]:
    """Tell whether the job works, and say so: its last success is young and its last pass ended well."""
    health, limit = read_health(study), study.config.job.overdue
    hours = health.hours(now or datetime.now(UTC))
    if hours is None:
        return False, Problem(
            "아직 한 번도 끝까지 실행된 적이 없습니다.", "It has never worked yet."
        )
    ko = f"마지막으로 성공한 지 {hours:,.1f}시간 되었습니다(한도 {limit:g}시간, 그때의 종료 코드 {health.last_exit})."
    en = f"Last success {hours:,.1f} h ago (limit {limit:g} h, exit code {health.last_exit})."
    well = hours <= limit and health.last_exit in (0, 1)
    return well, Problem(ko, en, level="warning" if well else "error")
