"""Front matter (머리 정보): a YAML block between ``---`` lines at the head of a text file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.corpus.encoding import freeze
from pipeline.corpus.roles import INTERVIEWER_LABELS, is_labelled
from pipeline.corpus.turns import is_standard
from pipeline.corpus.yaml_file import parse_words
from pipeline.errors import GyeolError, Problem
from pipeline.sentences import particle

_MOST_LINES = 100
_MOST_CHARACTERS = 8_000
# The parser takes seconds for brackets in brackets in brackets.
_MOST_BRACKETS = 100
_RULE = re.compile(r"---[ \t]*")
# «key: value», an item or continuation, a comment: what a block of front matter is made of.
_YAML_LINE = re.compile(r"[^\s:：][^:\n]{0,60}:(?:[ \t].*)?|[ \t]+.*|- .*|#.*|[ \t]*")


def split_front_matter(text: str) -> tuple[Mapping[str, str], str, tuple[Problem, ...]]:
    """Return the fields in front of frozen ``text``, the text after them, and warnings.

    Keys are lower-cased; values stay as written («01», «no»), lists are joined by a comma,
    empty values left out. A block that is no mapping of keys to values, or whose keys are all
    speakers' labels, is talk between two rules: the text is returned whole.
    """
    block = _block(text)
    if block is None:
        return {}, text, ()
    yaml, body = block
    try:
        tree = parse_words(yaml, None)
    except GyeolError as error:
        return {}, text, tuple(_broken(problem) for problem in error.problems)
    if not isinstance(tree, dict) or _is_talk([str(key) for key in tree]):
        return {}, text, ()
    fields: dict[str, str] = {}
    problems: list[Problem] = []
    for key, value in tree.items():
        said = _value(value)
        if said is None:
            problems.append(_nested(str(key)))
        elif said:
            fields[freeze(str(key)).strip().lower()] = said
    return fields, body, tuple(problems)


def _block(text: str) -> tuple[str, str] | None:
    """Return the lines between the rules, and what follows, where they look like YAML."""
    lines = text[:_MOST_CHARACTERS].lstrip("\n").split("\n", _MOST_LINES)
    if not _RULE.fullmatch(lines[0]):
        return None
    close = next((n for n, line in enumerate(lines[1:-1], 1) if _RULE.fullmatch(line)), None)
    if close is None and len(lines) > 1 and _RULE.fullmatch(lines[-1]):
        close = len(lines) - 1
    inside = lines[1:close] if close else []
    if not any(line.strip() for line in inside) or not all(map(_YAML_LINE.fullmatch, inside)):
        return None
    if sum(line.count("[") + line.count("{") for line in inside) > _MOST_BRACKETS:
        return None
    skipped = len(text) - len(text.lstrip("\n"))
    length = skipped + sum(len(line) + 1 for line in lines[: (close or 0) + 1])
    # Blank lines stand for those left out, so that a message names the file's own line.
    return "\n" * (skipped + 1) + "\n".join(inside), text[length:].lstrip("\n")


def _is_talk(keys: Sequence[str]) -> bool:
    """Tell whether ``keys`` are somebody who asks and somebody who answers, and nothing else.

    «participant: P01» alone, or beside other keys, says whose interview it is.
    """
    asking = [is_labelled(key, INTERVIEWER_LABELS) for key in keys]
    return all(map(is_standard, keys)) and any(asking) and not all(asking)


def _value(value: Any) -> str | None:  # noqa: ANN401 — YAML holds any type
    """Return a value as text, ``None`` where it holds more than values or a list of them."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return freeze(", ".join(item.strip() for item in value))
    return freeze(value).strip() if isinstance(value, str) else None


def _broken(problem: Problem) -> Problem:
    return Problem(
        f"머리 정보(--- 사이)를 읽지 못해 본문으로 두었습니다. {problem.ko}",
        f"The front matter (between ---) was not read and left in the text. {problem.en}",
        line=problem.line,
        level="warning",
    )


def _nested(key: str) -> Problem:
    return Problem(
        f"머리 정보의 «{key}»{particle(key, '은')} 값 하나나 값의 목록이 아니어서 뺐습니다. "
        f"예: {json.dumps(key, ensure_ascii=False)}: A구",
        f"«{key}» in the front matter is no value and no list of values, and was left out.",
        level="warning",
    )
