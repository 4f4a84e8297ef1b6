"""Ctrl-C, remembered: a library that is just being imported may swallow the exception.

NumPy, asked to import itself while the exception is raised, reports an ImportError instead, and
others go on as if nothing had been said. So what was asked is kept, and looked at again wherever
work can stop.
"""

from __future__ import annotations

import signal
from types import FrameType

_asked: list[int] = []  # the signals that came; adding to a list cannot be interrupted halfway


def remember_ctrl_c() -> None:
    """Keep that Ctrl-C was pressed, besides raising KeyboardInterrupt at once."""
    signal.signal(signal.SIGINT, _remember)


def was_asked_to_stop() -> bool:
    """Tell whether Ctrl-C was pressed."""
    return bool(_asked)


def stop_if_asked() -> None:
    """Raise KeyboardInterrupt where an earlier one was swallowed."""
    if _asked:
        raise KeyboardInterrupt


def _remember(number: int, _frame: FrameType | None) -> None:
    _asked.append(number)
    raise KeyboardInterrupt
