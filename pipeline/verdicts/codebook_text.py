"""The text of a codebook: what two of them differ in, and a change made with comments kept.

A change rewrites the lines of the codes it touches and leaves every other line as it was,
comments and blank lines too. What comes out is read again and compared with what the change
should have made of the codes: text that does not say exactly that is never handed back.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.corpus.codebook import codes_in
from pipeline.errors import GyeolError, Problem
from pipeline.records import Code, CodeChange
from pipeline.sentences import particle
from pipeline.verdicts.code_entries import Fields, with_entries

_WRITABLE = ("parent", "definition", "include", "exclude", "examples", "name_en", "color", "id")
_EMPTY = Code("", "")
_MEANING = ("definition", "include", "exclude", "examples")


@lru_cache(maxsize=64)
def differences(before: str, after: str) -> tuple[CodeChange, ...]:
    """Return what was changed between two codebooks (YAML or JSON), codes told apart by id.

    A code without an id of its own goes by its name: under a new name it is another code.
    """
    old = {code.id: code for code in codes_in(before, "")}
    new = {code.id: code for code in codes_in(after, "")}
    parents = {code.name: code.id for code in old.values()}
    parents_now = {code.name: code.id for code in new.values()}
    changes: list[CodeChange] = []
    for key, code in old.items():
        now = new.get(key)
        if now is None:
            changes.append(CodeChange("retire", (code.name,)))
            continue
        both = ((code.name,), (now.name,))
        if now.name != code.name:
            changes.append(CodeChange("rename", *both))
        if any(getattr(now, key) != getattr(code, key) for key in _MEANING):
            changes.append(CodeChange("edit", *both))
        if parents.get(code.parent or "") != parents_now.get(now.parent or ""):
            changes.append(CodeChange("move", *both))
    changes += [CodeChange("add", (), (c.name,)) for key, c in new.items() if key not in old]
    return tuple(changes)


def change_codebook(
    text: str,
    change: CodeChange,
    fields: Mapping[str, Fields] | None = None,
    name: str = "codebook.yaml",
) -> str:
    """Return the YAML codebook ``text``, called ``name`` in messages, with ``change`` made in it.

    ``fields`` gives, by the name after, what else the code gets: ``definition``, ``parent``,
    ``include`` … (``None`` takes a key away). An ``edit`` and a ``move`` name the code before
    and after, a ``move`` giving its ``parent``. A code renamed keeps its old name as its
    ``id`` where it had none, so that files that name it are still understood. Codes below one
    that is renamed or merged stay below it.

    Raises:
        GyeolError: the text is no codebook, a code is unknown or a name taken, or what would
            come out is no codebook (a circle of parents, a parent that is gone).
    """
    codes = codes_in(text, name)
    _refuse(codes, change, name)
    changed = with_entries(text, change, fields or {}, name)
    if not _is_as_meant(codes, codes_in(changed, name), change, fields or {}):
        raise GyeolError(_not_understood(name))
    return changed


def _is_as_meant(
    before: Sequence[Code],
    after: Sequence[Code],
    change: CodeChange,
    fields: Mapping[str, Fields],
) -> bool:
    """Tell whether a change gave the codes it names, and left every other as it was.

    What stays one code through the change keeps all that ``fields`` do not give.
    """
    renamed = {c: change.into[0] for c in change.codes if change.kind in ("rename", "merge")}
    expected = {
        code.name: dataclasses.replace(code, parent=renamed.get(code.parent or "", code.parent))
        for code in before
        if code.name not in change.codes
    }
    others = set(expected)
    if change.kind in ("rename", "edit", "move"):
        (code,) = (code for code in before if code.name in change.codes)
        expected[change.into[0]] = dataclasses.replace(code, name=change.into[0])
    found = {code.name: code for code in after}
    return set(found) == {*others, *change.into} and all(
        _bare(found[name], fields.get(name, {})) == _bare(code, fields.get(name, {}))
        for name, code in expected.items()
    )


def _bare(code: Code, given: Fields) -> Code:
    """Return the code without what ``given`` replaces, and without what others decide."""
    nothing = {key: getattr(_EMPTY, key) for key in _WRITABLE if key in given}
    others = {key: text for key, text in code.fields.items() if key not in given}
    return dataclasses.replace(code, depth=0, fields=others, **nothing)


def _refuse(codes: Sequence[Code], change: CodeChange, name: str) -> None:
    """Refuse a change that the codebook does not allow."""
    names = {code.name for code in codes}
    problems = [
        Problem(
            f"코드 «{code}»{particle(code, '이')} 코드북에 없습니다.",
            f"The code «{code}» is not in the codebook.",
            name,
        )
        for code in change.codes
        if code not in names
    ]
    taken = (names | {code.id for code in codes}) - set(change.codes)
    taken -= {code.id for code in codes if code.name in change.codes}
    problems += [
        Problem(
            f"코드 «{code}»{particle(code, '이')} 이미 있습니다. 다른 이름을 적으세요.",
            f"There is a code «{code}» already. Choose another name.",
            name,
        )
        for code in change.into
        if code in taken
    ]
    if any(not code.strip() for code in change.into):
        problems.append(Problem("코드의 이름이 비어 있습니다.", "A code needs a name.", name))
    if change.kind in ("split", "retire"):
        gone = set(change.codes) - set(change.into)
        below = [code.name for code in codes if code.parent in gone]
        if below:
            problems.append(
                Problem(
                    f"«{', '.join(sorted(gone))}» 아래에 코드가 있습니다({', '.join(below)}). "
                    "먼저 다른 상위 코드로 옮기세요.",
                    f"There are codes below «{', '.join(sorted(gone))}» ({', '.join(below)}). "
                    "Move them first.",
                    name,
                )
            )
    if problems:
        raise GyeolError(*problems)


def _not_understood(name: str) -> Problem:
    return Problem(
        "이 코드북의 글꼴로는 바꿀 곳을 확실히 찾을 수 없어 그대로 두었습니다. 파일을 직접 고치세요.",
        "The places to change cannot be told for certain in this codebook; nothing was changed. "
        "Edit the file by hand.",
        name,
    )
