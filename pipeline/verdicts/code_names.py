"""What a code that was decided on is called today, and whether it still means the same.

A codebook's versions that were made here follow each other; each says what it changed. One
that came with another machine's log (``aside``) is understood by comparing its text with
today's, code by code, by their ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.records import CodebookVersion, CodeChange
from pipeline.verdicts.codebook_text import differences

# What makes another look necessary, by what was decided.
_QUESTIONED = {"put": {"edit", "split", "retire"}, "reject": {"edit", "split", "merge"}}

_Steps = tuple[tuple[CodeChange, ...], ...]


@dataclass(frozen=True, slots=True)
class Today:
    """For each version of a codebook, the changes between it and the newest, version by version.

    The changes of one version happen at once: what is renamed to a name that was given up in
    the same version is not renamed again.
    """

    steps: Mapping[int, _Steps]

    def name(self, code: str, version: int) -> str | None:
        """Return what ``code`` of ``version`` is called today, ``None`` where it is gone."""
        current: str | None = code
        for changes in self.steps.get(version, ()):
            if current is None:
                return None
            current = _after(current, changes)
        return current

    def questions(self, code: str, version: int, action: str) -> bool:
        """Tell whether a change since ``version`` asks for another look at ``action``."""
        current: str | None = code
        for changes in self.steps.get(version, ()):
            if any(current in c.codes and c.kind in _QUESTIONED[action] for c in changes):
                return True
            current = None if current is None else _after(current, changes)
        return False


def today_of(versions: Sequence[CodebookVersion]) -> Today:
    """Return what ``versions`` (by number) say about names; without any, names stay."""
    made_here = [version for version in versions if not version.aside]
    today = newest(versions)
    steps: dict[int, _Steps] = {}
    for version in versions:
        if version.aside:
            # Of a text that was erased (a withdrawn interview's words), nothing can be told.
            texts = (version.text, today.text if today else "")
            steps[version.number] = (differences(*texts),) if all(texts) else ()
        else:
            later = (other for other in made_here if other.number > version.number)
            steps[version.number] = tuple(other.changes for other in later if other.changes)
    return Today(steps)


def former_names(versions: Sequence[CodebookVersion]) -> dict[str, str]:
    """Return, for each name codes had and gave up here by a rename or a merge, today's name."""
    today = today_of(versions)
    found: dict[str, str] = {}
    before = 0
    for version in (version for version in versions if not version.aside):
        for change in version.changes:
            for code in change.codes if change.kind in ("rename", "merge") else ():
                name = today.name(code, before)
                if name is not None:
                    found[code] = name
        before = version.number
    return found


def newest(versions: Sequence[CodebookVersion]) -> CodebookVersion | None:
    """Return the version that is in force: the last one made here."""
    return next((version for version in reversed(versions) if not version.aside), None)


def _after(code: str, changes: Sequence[CodeChange]) -> str | None:
    """Return what becomes of ``code`` in the changes of one version."""
    for change in changes:
        if code in change.codes:
            if change.kind in ("rename", "merge"):
                return change.into[0]
            if change.kind in ("split", "retire"):
                return code if code in change.into else None
    return code
