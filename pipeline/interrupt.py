"""Ctrl-C, remembered: a library that is just being imported may swallow the exception.

NumPy, asked to import itself while the exception is raised, reports an ImportError instead, and
others go on as if nothing had been said. So what was asked is kept, and looked at again wherever
work can stop.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def out_of_hearing() -> Iterator[None]:
    """Start processes in here: they never hear Ctrl-C, which a terminal tells all of them.

    This process hears it afterwards; it is the one that ends them. On Windows nothing is kept
    back: a process started there calls ``ignore_ctrl_c`` first.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_ctrl_c() -> None:
    """Leave it to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _remember(number: int, _frame: FrameType | None) -> None:
    _asked.append(number)
    raise KeyboardInterrupt
