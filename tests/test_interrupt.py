"""Ctrl-C where a library swallows the exception: the program stops all the same."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# What numpy does while it imports itself, and what others do.
SWALLOWED = """
import os, signal
from pipeline.interrupt import remember_ctrl_c, stop_if_asked, was_asked_to_stop
remember_ctrl_c()
stop_if_asked()
assert not was_asked_to_stop()
try:
    os.kill(os.getpid(), signal.SIGINT)
    signal.pause()
except BaseException:
    pass
assert was_asked_to_stop()
try:
    stop_if_asked()
except KeyboardInterrupt:
    print("stopped")
"""

TURNED_INTO_ANOTHER = """
import os, signal
from pipeline import cli
def app(**_options):
    try:
        os.kill(os.getpid(), signal.SIGINT)
        signal.pause()
    except KeyboardInterrupt:
        raise ImportError("numpy._core.multiarray failed to import") from None
cli.app = app
cli.main()
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="interrupts by signal")


def run(program: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_a_swallowed_interrupt_is_raised_again() -> None:
    done = run(SWALLOWED)
    assert (done.returncode, done.stdout) == (0, "stopped\n"), done.stderr


def test_a_fault_that_came_of_an_interrupt_is_no_fault_of_ours() -> None:
    done = run(TURNED_INTO_ANOTHER)
    assert done.returncode == 130
    assert "다시 실행하면 이어서" in done.stderr
    assert "Traceback" not in done.stderr
