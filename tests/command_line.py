"""``gyeol …`` as a terminal would run it, but in this process, which has Kiwi loaded."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from pipeline.cli import main


def gyeol(*arguments: str | Path, **env: str) -> CompletedProcess[str]:
    """Return the exit code of a command, and what it wrote where.

    What is decided when the program is imported (the language of its help, what it loads) and
    what a signal does must be tested in a process of its own.
    """
    argv = ["gyeol", *map(str, arguments)]
    out, told = _stream(), _stream()
    with (
        patch.object(sys, "argv", argv),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", told),
        patch.dict(os.environ, env),
    ):
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return CompletedProcess(argv, code, _written(out), _written(told))


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode("utf-8").replace("\r\n", "\n")
