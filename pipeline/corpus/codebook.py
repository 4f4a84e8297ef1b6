"""The codebook (코드북): read from YAML, JSON, CSV or XLSX, and checked as a whole.

A code's name is opaque; hierarchy comes only from ``parent``, which gives another code's
name or id.
"""

from __future__ import annotations

import dataclasses
import difflib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.corpus.encoding import decode, freeze
from pipeline.corpus.sheets import read_rows
from pipeline.corpus.yaml_file import parse_yaml
from pipeline.errors import GyeolError, Problem, placed
from pipeline.records import Code
from pipeline.sentences import particle

_TEXTS = ("definition", "name_en", "color")
_LISTS = ("include", "exclude", "examples")
_KNOWN = frozenset({"name", "id", "parent", *_TEXTS, *_LISTS})
# In a cell, several sentences stand on several lines or are parted by bars.
_IN_CELL = ("\n", "|")


@dataclasses.dataclass(frozen=True, slots=True)
class _Entry:
    """One entry as the file gives it: keys and values, and its line if the format has lines."""

    values: Mapping[str, Any]
    line: int | None


def read_codebook(path: Path, name: str) -> tuple[Code, ...]:
    """Read and check the codebook at ``path``, called ``name`` in messages.

    Codes come in the file's order. Entries may omit everything but ``name``; keys Gyeol
    does not know are kept in ``Code.fields``.

    Raises:
        GyeolError: every problem at once: unreadable file, entry without name, duplicate
            name or id, unknown parent, a cycle of parents.
    """
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise GyeolError(
            Problem(
                f"코드북은 {', '.join(_READERS)} 가운데 하나여야 합니다.",
                f"A codebook is one of {', '.join(_READERS)}.",
                name,
            )
        )
    return _checked(read(path, name), name)


def codes_in(text: str, name: str) -> tuple[Code, ...]:
    """Read and check the text of a codebook in YAML (or JSON), as ``read_codebook`` does."""
    return _checked(_of_yaml(text, name), name)


def _checked(entries: Sequence[_Entry], name: str) -> tuple[Code, ...]:
    problems: list[Problem] = []
    numbered = enumerate(entries, 1)
    read_codes = [(_code(entry, number, name, problems), entry.line) for number, entry in numbered]
    placed = [(code, line) for code, line in read_codes if code is not None]
    codes = [code for code, _ in placed]
    lines = {code.name: line for code, line in placed}
    _refuse_lost_keys(entries, name, problems)
    _refuse_duplicates(placed, name, problems)
    resolved = _with_depths(_with_parents(codes, lines, name, problems), lines, name, problems)
    if not codes and not problems:
        problems.append(Problem("코드가 하나도 없습니다.", "The codebook has no code.", name))
    if problems:
        raise GyeolError(*problems)
    return tuple(resolved)


def _read_text(path: Path, name: str) -> str:
    with placed(name):
        return freeze(decode(path.read_bytes()))


def _entries(data: Any, name: str, line: Callable[[int], int | None]) -> list[_Entry]:  # noqa: ANN401
    listed: Any = data.get("codes") if isinstance(data, dict) else data or []
    entries = listed if isinstance(listed, list) else [listed]
    stray = [at for at, entry in enumerate(entries) if not isinstance(entry, dict)]
    if stray or entries is not listed:
        raise GyeolError(
            Problem(
                "코드북은 «- name: …»으로 시작하는 코드의 목록이어야 합니다.",
                "A codebook is a list of codes, each starting with «- name: …».",
                name,
                (line(stray[0]) if stray else None) or 1,
            )
        )
    return [_Entry(entry, line(index)) for index, entry in enumerate(listed)]


def _from_yaml(path: Path, name: str) -> list[_Entry]:
    return _of_yaml(_read_text(path, name), name)


def _of_yaml(text: str, name: str) -> list[_Entry]:
    file = parse_yaml(text, name)
    head: list[str | int] = ["codes"] if isinstance(file.data, dict) else []
    return _entries(file.data, name, lambda index: file.line([*head, index]))


def _from_json(path: Path, name: str) -> list[_Entry]:
    try:
        data = json.loads(_read_text(path, name))
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise GyeolError(
            Problem("JSON 문법에 맞지 않습니다.", f"Not valid JSON: {error}.", name, line)
        ) from error
    return _entries(data, name, lambda _: None)


def _from_sheet(path: Path, name: str) -> list[_Entry]:
    return [_Entry(row.cells, row.line) for row in read_rows(path, name, ["name"])]


_READERS: dict[str, Callable[[Path, str], list[_Entry]]] = {
    ".yaml": _from_yaml,
    ".yml": _from_yaml,
    ".json": _from_json,
    ".csv": _from_sheet,
    ".xlsx": _from_sheet,
}


def _code(entry: _Entry, number: int, path: str, problems: list[Problem]) -> Code | None:
    values = {key: value for key, value in entry.values.items() if value not in (None, "", [])}
    name = values.get("name", "")
    # A name is kept as written, and YAML and JSON keep neither 1.10 nor True as written.
    if not isinstance(name, (str, int)) or isinstance(name, bool):
        problems.append(
            Problem(
                f"{number}번째 코드의 이름(name)이 글자가 아닙니다({name}). 따옴표로 묶으세요.",
                f"The name of code {number} is not text ({name}). Put it in quotes.",
                path,
                entry.line,
            )
        )
        return None
    if not str(name).strip():
        problems.append(
            Problem(
                f"{number}번째 코드에 이름(name)이 없습니다.",
                f"Code {number} has no name.",
                path,
                entry.line,
            )
        )
        return None
    wrong = [key for key in _LISTS if not _is_text(values.get(key))]
    wrong += [k for k in ("id", "parent", *_TEXTS) if isinstance(values.get(k), (list, Mapping))]
    problems.extend(
        Problem(
            f"«{name}»의 {key} 값은 글자{'(의 목록)' if key in _LISTS else ''}이어야 합니다."
            " 콜론이 든 문장은 따옴표로 묶으세요.",
            f"{key} of «{name}» must be text. Put a sentence that holds a colon in quotes.",
            path,
            entry.line,
        )
        for key in wrong
    )
    if wrong:
        return None
    return Code(
        name=str(name),
        id=str(values.get("id", name)),
        parent=str(values["parent"]) if "parent" in values else None,
        definition=str(values.get("definition", "")),
        include=_sentences(values.get("include", ())),
        exclude=_sentences(values.get("exclude", ())),
        examples=_sentences(values.get("examples", ())),
        name_en=str(values.get("name_en", "")),
        color=str(values.get("color", "")),
        fields={
            k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False, default=str)
            for k, v in values.items()
            if k not in _KNOWN
        },
    )


def _refuse_lost_keys(entries: Sequence[_Entry], path: str, problems: list[Problem]) -> None:
    """Refuse a key that is one of ours misspelt, or holds codes: what it says would be lost."""
    seen: set[str] = set()
    for entry in entries:
        for key in entry.values.keys() - _KNOWN - seen:
            value = entry.values[key]
            near = difflib.get_close_matches(key, _KNOWN - entry.values.keys(), n=1, cutoff=0.8)
            nested = value if isinstance(value, list) else [value]
            if any(isinstance(part, Mapping) and "name" in part for part in nested):
                ko = f"«{key}» 아래에 코드가 들어 있습니다. 코드는 모두 같은 깊이에 늘어놓고, 위의 코드는 parent에 적으세요."
                en = f"There are codes under «{key}». List all codes on one level and give their parent."
            elif near and not key.startswith("name_"):
                ko = f"모르는 키 «{key}». 혹시 «{near[0]}»? 다른 뜻이면 이름을 바꾸세요."
                en = f"Unknown key «{key}». Did you mean «{near[0]}»? If not, choose another name."
            else:
                continue
            seen.add(key)
            problems.append(Problem(ko, en, path, entry.line))


def _is_text(value: object) -> bool:
    """Tell whether ``value`` is a scalar or a list of scalars."""
    parts = value if isinstance(value, list) else [value]
    return not any(isinstance(part, (list, Mapping)) for part in parts)


def _sentences(value: object) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)):
        return tuple(str(part).strip() for part in value if part is not None and str(part).strip())
    parts = [str(value)]
    for mark in _IN_CELL:
        parts = [piece for part in parts for piece in part.split(mark)]
    return tuple(part.strip() for part in parts if part.strip())


def _refuse_duplicates(
    placed: Sequence[tuple[Code, int | None]], path: str, problems: list[Problem]
) -> None:
    repeated: set[str] = set()
    for key, ko in (("name", "이름"), ("id", "id")):
        seen: set[str] = set()
        for code, line in placed:
            value = getattr(code, key)
            # Where the id is only the name again, once said is enough.
            if value in seen and not (key == "id" and value == code.name and value in repeated):
                repeated |= {value} if key == "name" else set()
                problems.append(
                    Problem(
                        f"{ko} «{value}»인 코드가 둘 이상입니다. 하나만 남기거나 다르게 적으세요.",
                        f"More than one code has the {key} «{value}».",
                        path,
                        line,
                    )
                )
            seen.add(value)


def _with_parents(
    codes: Sequence[Code], lines: Mapping[str, int | None], path: str, problems: list[Problem]
) -> list[Code]:
    """Return the codes with ``parent`` given as a name, whether the file had name or id."""
    names = {code.name for code in codes}
    by_id = {code.id: code.name for code in codes}
    resolved = []
    for code in codes:
        parent = code.parent
        if parent is not None and parent not in names:
            parent = by_id.get(parent)
            if parent is None:
                near = difflib.get_close_matches(str(code.parent), names, n=1, cutoff=0.5)
                ko, en = (
                    (f" 혹시 «{near[0]}»?", f" Did you mean «{near[0]}»?") if near else ("", "")
                )
                problems.append(
                    Problem(
                        f"«{code.name}»의 상위 코드 «{code.parent}»{particle(str(code.parent), '이')} 코드북에 없습니다.{ko}",
                        f"The parent «{code.parent}» of «{code.name}» is not in the codebook.{en}",
                        path,
                        lines.get(code.name),
                    )
                )
        resolved.append(dataclasses.replace(code, parent=parent))
    return resolved


def _with_depths(
    codes: Sequence[Code], lines: Mapping[str, int | None], path: str, problems: list[Problem]
) -> list[Code]:
    parent = {code.name: code.parent for code in reversed(codes)}
    resolved, told = [], set[str]()
    for code in codes:
        chain = [code.name]
        while (above := parent[chain[-1]]) is not None and above not in chain:
            chain.append(above)
        if above is not None and not told & set(chain):
            told |= set(chain)
            circle = " → ".join([*chain[chain.index(above) :], above])
            problems.append(
                Problem(
                    f"상위 코드가 돌고 돕니다: {circle}. 하나의 parent를 지우세요.",
                    f"The parents form a circle: {circle}.",
                    path,
                    lines.get(above),
                )
            )
        resolved.append(dataclasses.replace(code, depth=len(chain) - 1))
    return resolved
