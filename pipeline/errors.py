"""What goes wrong in the input, said once in both languages, with the place.

A ``Problem`` is data: readers collect them and go on. ``GyeolError`` carries one or
more of them up to the command line, the only place that prints and exits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Literal

Lang = Literal["ko", "en"]
Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should know or mend.

    ``ko`` and ``en`` say what is wrong and what would be right. ``path`` names the file
    as the user knows it (relative to the study), ``line`` counts from 1. An ``error``
    makes the command end with exit code 1, a ``warning`` does not. ``told`` problems were said
    by an earlier command, and nothing has changed since.
    """

    ko: str
    en: str
    path: str | None = None
    line: int | None = None
    level: Level = "error"
    told: bool = field(default=False, compare=False)

    def text(self, lang: Lang = "ko") -> str:
        """Return the message in ``lang``, headed by ``path:line`` where known."""
        message = self.ko if lang == "ko" else self.en
        if self.path is None:
            return message
        # A file's name may hold what would look like a message of its own.
        path = self.path.replace("\n", "�")
        place = path if self.line is None else f"{path}:{self.line}"
        return f"{place}: {message}"


class GyeolError(Exception):
    """The input keeps a command from going on; holds every problem found until then."""

    exit_code = 1

    def __init__(self, *problems: Problem) -> None:
        """Hold ``problems`` (at least one)."""
        self.problems = problems
        super().__init__("; ".join(problem.text("en") for problem in problems))


@contextmanager
def placed(path: str) -> Iterator[None]:
    """Name ``path`` in every problem raised within: who decodes bytes does not know their file."""
    try:
        yield
    except GyeolError as error:
        raise type(error)(*(replace(problem, path=path) for problem in error.problems)) from error


class UsageError(GyeolError):
    """The command was called wrongly (exit code 2)."""

    exit_code = 2
