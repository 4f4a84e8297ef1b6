"""The lines of a YAML codebook that are one code's entry, taken out, changed and put back.

Only lines of entries that change are written anew, by ruamel.yaml's round trip, which keeps
the comments within; every other line stays as it was, byte for byte.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from pipeline.corpus.yaml_file import parse_yaml
from pipeline.errors import GyeolError, Problem
from pipeline.records import CodeChange

Fields = Mapping[str, str | Sequence[str] | None]
"""Keys of a code and what they become; ``None`` takes a key away."""

_ENDLESS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class _Entry:
    """One code: its lines ``[start, stop)`` in the file, its mapping as ruamel keeps it.

    ``mapping`` is ``None`` for an entry that is to go, ``touched`` says that it is to be written.
    """

    start: int
    stop: int
    mapping: CommentedMap | None
    touched: bool = False
    # New entries that come after it.
    after: tuple[CommentedMap, ...] = ()

    @property
    def name(self) -> str:
        """The code's name, empty for one that goes."""
        return "" if self.mapping is None else str(self.mapping["name"])

    @property
    def parent(self) -> str | None:
        """The parent's name or id as written."""
        written = None if self.mapping is None else self.mapping.get("parent")
        return None if written is None else str(written)


def with_entries(text: str, change: CodeChange, fields: Mapping[str, Fields], name: str) -> str:
    """Return ``text`` with the entries changed that ``change`` concerns.

    Raises:
        GyeolError: the codebook is written in a way that has no lines for each code.
    """
    lines = text.split("\n")
    column, entries = _entries(text, lines, name)
    changed = _CHANGES[change.kind](entries, change, fields)
    written: list[str] = []
    place = 0
    for entry in changed:
        written += lines[place : entry.start]
        if entry.mapping is not None:
            own = lines[entry.start : entry.stop]
            written += _dumped(entry.mapping, column, text) if entry.touched else own
        for new in entry.after:
            written += ["", *_dumped(new, column, text)]
        place = entry.stop
        if entry.mapping is None and not entry.after and written and not written[-1].strip():
            # Of the blank lines before and after what goes, one run is enough.
            while place < len(lines) and not lines[place].strip():
                place += 1
    return "\n".join(written + lines[place:])


def _entries(text: str, lines: list[str], name: str) -> tuple[int, list[_Entry]]:
    """Return the column of the dashes and the entries, each with its lines."""
    tree = parse_yaml(text, name).tree
    listed = tree.get("codes") if isinstance(tree, CommentedMap) else tree
    if not isinstance(listed, CommentedSeq) or listed.fa.flow_style():
        raise GyeolError(_by_hand(name))
    starts = [listed.lc.item(index)[0] for index in range(len(listed))]
    columns = {_dash(lines[start]) for start in starts}
    if len(columns) != 1 or None in columns or len(set(starts)) != len(starts):
        raise GyeolError(_by_hand(name))
    column = columns.pop() or 0
    ends = [*starts[1:], _end(lines, starts[-1] + 1, column)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        stop = end
        while stop > start + 1 and lines[stop - 1].strip()[:1] in ("", "#"):
            stop -= 1
        own = [lines[start].replace("-", " ", 1), *lines[start + 1 : stop]]
        found.append(_Entry(start, stop, _loaded(_moved_left(own, column + 2), name)))
    return column, found


def _moved_left(lines: Sequence[str], columns: int) -> str:
    """Return the lines without their first blanks, so that comments keep their distance."""
    return "".join(f"{line[min(columns, _indent(line)) :]}\n" for line in lines)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _dash(line: str) -> int | None:
    """Return the column of the dash an entry's first line begins with."""
    return _indent(line) if line.lstrip(" ").startswith("- ") else None


def _end(lines: Sequence[str], begin: int, column: int) -> int:
    """Return the line where a list whose dashes stand at ``column`` is over."""
    for number in range(begin, len(lines)):
        bare = lines[number].strip()
        if bare and not bare.startswith("#") and _indent(lines[number]) <= column:
            return number
    return len(lines)


def _loaded(text: str, name: str) -> CommentedMap:
    try:
        mapping = _yaml(text).load(text)
    except YAMLError as error:
        raise GyeolError(_by_hand(name)) from error
    if not isinstance(mapping, CommentedMap) or "name" not in mapping:
        raise GyeolError(_by_hand(name))
    return mapping


def _yaml(text: str) -> YAML:
    """Return a YAML that writes as ``text`` is written."""
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _ENDLESS
    offset = _list_offset(text.split("\n"))
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _list_offset(lines: Sequence[str]) -> int:
    """Return how far in the lists below a key stand: that of the first one there is."""
    for line, below in pairwise(lines):
        dash = _dash(below)
        key = line.replace("- ", "  ", 1) if _dash(line) is not None else line
        if dash is not None and key.rstrip().endswith(":") and not key.lstrip().startswith("#"):
            return 2 if dash > _indent(key) else 0
    return 2


def _dumped(mapping: CommentedMap, column: int, text: str) -> list[str]:
    """Return the lines of an entry, its dash at ``column``."""
    stream = io.StringIO()
    _yaml(text).dump(mapping, stream)
    lines = stream.getvalue().rstrip("\n").split("\n")
    indented = [f"{' ' * (column + 2)}{line}" if line.strip() else "" for line in lines]
    first = next(n for n, line in enumerate(indented) if line.strip()[:1] not in ("", "#"))
    indented[first] = f"{' ' * column}- {indented[first].lstrip(' ')}"
    return indented


def _add(entries: list[_Entry], change: CodeChange, fields: Mapping[str, Fields]) -> list[_Entry]:
    for name in change.into:
        new = _new(name, fields.get(name, {}))
        parent = new.get("parent")
        inside = _subtree(entries, str(parent)) if parent is not None else []
        place = inside[-1] if inside else len(entries) - 1
        entries[place] = replace(entries[place], after=(*entries[place].after, new))
    return entries


def _edit(entries: list[_Entry], change: CodeChange, fields: Mapping[str, Fields]) -> list[_Entry]:
    (before,), (after,) = change.codes, change.into
    return [_given(e, fields.get(after, {})) if e.name == before else e for e in entries]


def _rename(
    entries: list[_Entry], change: CodeChange, fields: Mapping[str, Fields]
) -> list[_Entry]:
    (before,), (after,) = change.codes, change.into
    for index, entry in enumerate(entries):
        if entry.name == before and entry.mapping is not None:
            entry.mapping["name"] = after
            if "id" not in entry.mapping:
                entry.mapping.insert(list(entry.mapping).index("name") + 1, "id", before)
            entries[index] = _given(replace(entry, touched=True), fields.get(after, {}))
    return _below(entries, {before: after})


def _retire(entries: list[_Entry], change: CodeChange, _: Mapping[str, Fields]) -> list[_Entry]:
    return [replace(e, mapping=None) if e.name in change.codes else e for e in entries]


def _split(entries: list[_Entry], change: CodeChange, fields: Mapping[str, Fields]) -> list[_Entry]:
    (before,) = change.codes
    index = next(i for i, entry in enumerate(entries) if entry.name == before)
    entry = entries[index]
    parent = {} if entry.parent is None else {"parent": entry.parent}
    new = [_new(n, {**parent, **fields.get(n, {})}) for n in change.into if n != before]
    kept = _given(entry, fields.get(before, {})) if before in change.into else None
    if kept is not None:
        entries[index] = replace(kept, after=tuple(new))
    else:
        entries[index] = replace(entry, mapping=new[0], touched=True, after=tuple(new[1:]))
    return entries


def _merge(entries: list[_Entry], change: CodeChange, fields: Mapping[str, Fields]) -> list[_Entry]:
    (after,) = change.into
    merged = [entry for entry in entries if entry.name in change.codes]
    stays = next((e for e in merged if e.name == after), merged[0])
    parent = next(
        (p for p in (stays.parent, *(e.parent for e in merged)) if p not in change.codes), None
    )
    given = {"parent": parent, **fields.get(after, {})}
    left = []
    for entry in entries:
        if entry is stays and entry.mapping is not None:
            if entry.name != after:
                entry.mapping["name"] = after
                entry.mapping.pop("id", None)
            left.append(_given(entry, given))
        else:
            left.append(replace(entry, mapping=None) if entry in merged else entry)
    return _below(left, dict.fromkeys(change.codes, after))


_CHANGES = {
    "add": _add,
    "edit": _edit,
    "move": _edit,
    "rename": _rename,
    "retire": _retire,
    "split": _split,
    "merge": _merge,
}


def _below(entries: list[_Entry], renamed: Mapping[str, str]) -> list[_Entry]:
    """Let the codes below one that has a new name stay below it."""
    found = []
    for entry in entries:
        parent = renamed.get(entry.parent or "")
        if entry.mapping is not None and parent is not None and parent != entry.parent:
            entry.mapping["parent"] = parent
            found.append(replace(entry, touched=True))
        else:
            found.append(entry)
    return found


def _given(entry: _Entry, fields: Fields) -> _Entry:
    """Return the entry with ``fields`` in it."""
    mapping = entry.mapping
    assert mapping is not None
    for key, value in fields.items():
        if not value:
            mapping.pop(key, None)
        elif key != "name" and mapping.get(key) != _written(value):
            mapping[key] = _written(value)
    return replace(entry, touched=True)


def _new(name: str, fields: Fields) -> CommentedMap:
    given = {k: _written(v) for k, v in fields.items() if v and k != "name"}
    return CommentedMap({"name": name, **given})


def _written(value: str | Sequence[str] | None) -> Any:  # noqa: ANN401 — what YAML takes
    return value if isinstance(value, str) or value is None else list(value)


def _subtree(entries: Sequence[_Entry], name: str) -> list[int]:
    """Return the places of a code and of all below it."""
    inside = {name}
    found = []
    for place, entry in enumerate(entries):
        if entry.name == name or (entry.parent is not None and entry.parent in inside):
            inside.add(entry.name)
            found.append(place)
    return found


def _by_hand(name: str) -> Problem:
    return Problem(
        "코드마다 «- name: …»으로 줄을 바꿔 적은 코드북만 화면에서 바꿀 수 있습니다. 파일을 직접 고치세요.",
        "Only a codebook with a line «- name: …» for each code can be changed here. "
        "Edit the file by hand.",
        name,
    )
