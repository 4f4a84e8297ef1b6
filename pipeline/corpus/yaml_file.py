"""YAML that knows its lines: a file a person wrote, read so that errors can name the place.

YAML 1.2 through ruamel.yaml: ``no`` stays a word, ``12:30`` stays a time of day, and a key
given twice is refused instead of silently losing the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarbool import ScalarBoolean
from ruamel.yaml.scalarfloat import ScalarFloat
from ruamel.yaml.scalarint import ScalarInt

from pipeline.errors import GyeolError, Problem

# Aliases of aliases can stand for billions of values in a few lines.
_MOST_VALUES = 1_000_000


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file: ``data`` in plain Python types, ``tree`` as ruamel keeps it."""

    data: Any
    tree: Any

    def line(self, keys: Sequence[str | int]) -> int | None:
        """Return the line (from 1) of the value at the path ``keys``, or of what holds it."""
        node, line = self.tree, None
        for key in keys:
            if isinstance(node, CommentedMap) and key in node:
                line = node.lc.key(key)[0] + 1
            elif isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
                line = node.lc.item(key)[0] + 1
            else:
                break
            node = node[key]
        return line


def parse_yaml(text: str, path: str) -> YamlFile:
    """Parse ``text``; ``path`` names the file in messages.

    Raises:
        GyeolError: the text is not YAML, or a key stands twice in one mapping.
    """
    tree = _load(YAML(typ="rt"), text, path)
    try:
        return YamlFile(_plain(tree), tree)
    except (ValueError, RecursionError) as error:
        raise GyeolError(_unreadable(error, path)) from error


def parse_words(text: str, path: str | None) -> Any:  # noqa: ANN401 — YAML holds any type
    """Parse ``text`` with every value kept as it is written: «01», «no», «2024-05-02».

    Raises:
        GyeolError: as for ``parse_yaml``.
    """
    return _load(YAML(typ="base", pure=True), text, path)


def _load(yaml: YAML, text: str, path: str | None) -> Any:  # noqa: ANN401
    try:
        return yaml.load(text)
    except MarkedYAMLError as error:
        # What was being scanned (a quote left open, a key without colon) began at the context.
        scanning = str(error.context).startswith("while scanning")
        marks = (error.problem_mark, error.context_mark)
        mark = next((m for m in (reversed(marks) if scanning else marks) if m), None)
        line = None if mark is None else mark.line + 1
        raise GyeolError(Problem(*_fault(str(error.problem)), path, line)) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise GyeolError(_unreadable(error, path)) from error


# What the parser says of the faults people make, and how one would put it to them.
_FAULTS = (
    (
        r'found duplicate key "(.*?)".*',
        "같은 키가 두 번 나옵니다: «{}». 하나만 남기세요.",
        "The same key stands twice: «{}». Keep one.",
    ),
    (
        r".*'\\t'.*",
        "들여쓰기에 탭이 있습니다. 빈칸으로 바꾸세요.",
        "A tab indents this line. Use blanks.",
    ),
    (
        r"mapping values are not allowed here",
        "값에 콜론이 있습니다. 값 전체를 따옴표로 묶거나 들여쓰기를 확인하세요.",
        "A value holds a colon. Put it in quotes, or check the indentation.",
    ),
    (
        r"expected ',' or '[\]}]'.*",
        "여는 괄호 [ 나 {{ 가 닫히지 않았습니다. 이 줄이나 윗줄을 확인하세요.",
        "A bracket [ or {{ is not closed, here or on the line above.",
    ),
    (
        r"but found another document",
        "«---»로 나뉜 글이 또 있습니다. 하나만 남기세요.",
        "There is a second document after «---». Keep one.",
    ),
)


def _fault(said: str) -> tuple[str, str]:
    """Return what the parser said of a fault, in both languages."""
    for pattern, ko, en in _FAULTS:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return ko.format(*found.groups()), en.format(*found.groups())
    return (
        f"YAML 문법에 맞지 않습니다. 들여쓰기와 콜론, 따옴표를 확인하세요 ({said}).",
        f"Not valid YAML: {said}.",
    )


def _unreadable(error: Exception, path: str | None) -> Problem:
    return Problem("YAML로 읽을 수 없습니다.", f"Not readable as YAML: {error}.", path)


def _plain(node: Any, room: list[int] | None = None) -> Any:  # noqa: ANN401 — YAML holds any type
    """Return ``node`` in plain types; ``room`` counts down what aliases may still unfold to."""
    room = [_MOST_VALUES] if room is None else room
    room[0] -= 1
    if room[0] < 0:
        raise ValueError("its aliases unfold to too many values")
    if isinstance(node, CommentedMap):
        return {str(key): _plain(value, room) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value, room) for value in node]
    if isinstance(node, ScalarBoolean):
        return bool(node)
    if isinstance(node, ScalarInt):
        return int(node)
    if isinstance(node, ScalarFloat):
        return float(node)
    return str(node) if isinstance(node, str) else node
