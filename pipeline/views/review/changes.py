"""What a form on the codebook's page asks to change, as changes of the codebook's text."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.errors import GyeolError, Problem
from pipeline.records import Code, CodeChange
from pipeline.sentences import particle
from pipeline.verdicts.versions import change_codebook

Fields = dict[str, str | list[str] | None]
_LINES = ("include", "exclude", "examples")
_TEXTS = ("definition", "name_en")


@dataclass(frozen=True, slots=True)
class Changed:
    """The codebook's text after some changes, and what they were."""

    text: str
    changes: tuple[CodeChange, ...]


def change(text: str, name: str, sent: Mapping[str, str], codes: Mapping[str, Code]) -> Changed:
    """Return ``text``, the codebook called ``name``, changed as a form asks.

    ``sent["kind"]`` is one of add, edit, split, merge, retire; an edit may rename and move the
    code, too. ``codes`` are the codes there are.

    Raises:
        GyeolError: the form makes no sense, or the codebook does not allow the change.
    """
    make = _KINDS.get(sent.get("kind", ""))
    steps = [] if make is None else make(sent, codes)
    if not steps:
        raise GyeolError(Problem("바꿀 것이 없습니다.", "There is nothing to change."))
    before = sent.get("code", "")
    for step, fields in steps:
        text = change_codebook(text, step, fields, name)
    return Changed(text, tuple(_at_once(step, before) for step, _ in steps))


def _at_once(step: CodeChange, before: str) -> CodeChange:
    """Return ``step`` as one of a version, whose changes all start from the version before."""
    return replace(step, codes=(before,)) if step.kind in {"move", "edit"} else step


def difference(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return the lines that differ with three around them: «+», «-» or « », and the line."""
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=3, lineterm="")
    return tuple(
        (line[:1], line[1:]) for line in lines if not line.startswith(("---", "+++", "@@"))
    )


Steps = Sequence[tuple[CodeChange, Mapping[str, Fields]]]


def _edit(sent: Mapping[str, str], codes: Mapping[str, Code]) -> Steps:
    code = _code(sent.get("code", ""), codes)
    name = sent.get("name", code.name).strip()
    steps: list[tuple[CodeChange, Mapping[str, Fields]]] = []
    if name != code.name:
        steps.append((CodeChange("rename", (code.name,), (name,)), {}))
    parent = sent.get("parent", code.parent or "")
    if parent != (code.parent or ""):
        if parent:
            _code(parent, codes)
        steps.append((CodeChange("move", (name,), (name,)), {name: {"parent": parent or None}}))
    fields = {key: value for key, value in _fields(sent).items() if value != _now(code, key)}
    if fields:
        steps.append((CodeChange("edit", (name,), (name,)), {name: fields}))
    return steps


def _add(sent: Mapping[str, str], codes: Mapping[str, Code]) -> Steps:
    name, parent = sent.get("name", "").strip(), sent.get("parent", "")
    if parent:
        _code(parent, codes)
    fields: Fields = {key: value for key, value in _fields(sent).items() if value}
    if parent:
        fields = {"parent": parent, **fields}
    return [(CodeChange("add", (), (name,)), {name: fields})]


def _split(sent: Mapping[str, str], codes: Mapping[str, Code]) -> Steps:
    code = _code(sent.get("code", ""), codes)
    into = tuple(_lines(sent.get("into", "")))
    if len(into) < 2:
        raise GyeolError(
            Problem("나눌 이름을 두 개 이상 한 줄에 하나씩 적으세요.", "Give two names or more.")
        )
    return [(CodeChange("split", (code.name,), into), {})]


def _merge(sent: Mapping[str, str], codes: Mapping[str, Code]) -> Steps:
    code = _code(sent.get("code", ""), codes)
    other = _code(sent.get("other", ""), codes)
    if other.name == code.name:
        raise GyeolError(Problem("다른 코드를 고르세요.", "Choose another code."))
    into = sent.get("into", "").strip() or other.name
    return [(CodeChange("merge", (code.name, other.name), (into,)), {})]


def _retire(sent: Mapping[str, str], codes: Mapping[str, Code]) -> Steps:
    return [(CodeChange("retire", (_code(sent.get("code", ""), codes).name,), ()), {})]


_KINDS = {"add": _add, "edit": _edit, "split": _split, "merge": _merge, "retire": _retire}


def _code(name: str, codes: Mapping[str, Code]) -> Code:
    if name not in codes:
        ko = f"코드 «{name}»{particle(name, '이')} 코드북에 없습니다."
        raise GyeolError(Problem(ko, f"The code «{name}» is not in the codebook."))
    return codes[name]


def _fields(sent: Mapping[str, str]) -> Fields:
    fields: Fields = {}
    for key in _TEXTS:
        if key in sent:
            fields[key] = " ".join(sent[key].split()) or None
    for key in _LINES:
        if key in sent:
            fields[key] = _lines(sent[key]) or None
    return fields


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))


def _now(code: Code, key: str) -> str | list[str] | None:
    value = getattr(code, key)
    return (value if isinstance(value, str) else list(value)) or None
