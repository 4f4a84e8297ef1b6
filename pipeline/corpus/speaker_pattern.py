"""A study's own pattern for speakers' labels: checked before use, and never able to hang.

Some regular expressions take longer than a life for a line of thirty characters, and nothing
in the same process can stop one. They are matched in a process of their own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence

from pipeline.corpus.encoding import freeze
from pipeline.corpus.turns import Label, lines_of, time_in
from pipeline.errors import GyeolError, Problem

_LONGEST_PATTERN = 500
# A label stands at the head of a line.
_HEAD = 120
_LONGEST_LABEL = 40
_SECONDS = 10

# Reads [pattern, heads]; writes, for each head, where the match and its group are.
_MATCH = """
import json, re, sys
pattern, heads = json.loads(sys.stdin.buffer.read())
found = (re.match(pattern, head) for head in heads)
print(json.dumps([m and m[1] and [m.start(1), m.end(1), m.end()] for m in found]))
"""


def fault_in(pattern: str) -> tuple[str, str] | None:
    """Return what is wrong with ``pattern``, in Korean and English, ``None`` if nothing is."""
    if len(pattern) > _LONGEST_PATTERN:
        return (
            f"{_LONGEST_PATTERN}자를 넘지 않게 줄이세요.",
            f"Use at most {_LONGEST_PATTERN} characters.",
        )
    try:
        groups = re.compile(freeze(pattern)).groups
    except (re.error, OverflowError, RecursionError) as error:
        place = getattr(error, "pos", None)
        where = "" if place is None else f" ({place + 1}번째 글자)"
        return (
            f"정규식에 맞지 않습니다{where}: {error}. 예: '^([가-힣 ]+)\\)'",
            f"Not a regular expression: {error}. Example: '^([가-힣 ]+)\\)'",
        )
    if groups != 1:
        return (
            f"화자 표시를 괄호 ( )로 하나만 묶으세요(지금 {groups}개). 묶지 않을 괄호는 "
            "(?: )로 적습니다. 예: '^([가-힣 ]+)\\)'",
            f"Put the label, and nothing else, in ( ): there are {groups} groups. Write (?: ) for "
            "the others. Example: '^([가-힣 ]+)\\)'",
        )
    return None


def labels_by_pattern(text: str, pattern: str) -> tuple[Label, ...]:
    """Return the labels at the heads of the lines of ``text`` that ``pattern`` matches.

    ``pattern`` passed ``fault_in``; it begins at the line's start and sees its first 120
    characters. A clock time in what it matches is the label's time.

    Raises:
        GyeolError: the pattern takes too long.
    """
    lines = list(lines_of(text))
    heads = [text[start : min(end, start + _HEAD)] for start, end in lines]
    labels: list[Label] = []
    for (start, end), head, match in zip(lines, heads, _matches(pattern, heads), strict=True):
        # Where the line goes on, its end is not the head's: «$» matched too soon.
        if not match or (match[2] == len(head) and end - start > _HEAD):
            continue
        label = head[match[0] : match[1]].strip()
        if 0 < len(label) <= _LONGEST_LABEL:
            labels.append(Label(start, start + match[2], label, time_in(head[: match[2]])))
    return tuple(labels)


def _matches(pattern: str, heads: Sequence[str]) -> list[list[int] | None]:
    given = json.dumps([freeze(pattern), heads]).encode()
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _MATCH],
            input=given, capture_output=True, timeout=_SECONDS, check=True,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise GyeolError(
            Problem(
                f"설정의 reading.speaker({pattern!r})가 {_SECONDS}초 안에 끝나지 않아 이 파일을 "
                "읽지 못했습니다. 되풀이 안의 되풀이((…+)+)를 없애고 더 단순하게 적으세요.",
                f"`reading.speaker` {pattern!r} did not finish in {_SECONDS} seconds. Take out "
                "repeats inside repeats, such as (…+)+.",
            )
        ) from error
    return json.loads(done.stdout)
