"""What is shown of a run by commands that only ask."""

from __future__ import annotations

import pytest

from pipeline.progress import watch_work
from pipeline.runner import StageReport
from pipeline.stages import STAGES


def test_only_work_that_was_done_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = STAGES[:2]
    with watch_work("ko", silent=False) as watcher:
        watcher.finished(first, StageReport(first.name, skipped=True, seconds=0.0))
        watcher.finished(second, StageReport(second.name, skipped=False, seconds=1.25))
    said = capsys.readouterr().err
    assert said == f"✓ {second.ko}  1.2초\n"
