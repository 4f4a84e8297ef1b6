"""What may be said of files outside the study: schedulers mail and log what a job prints.

The names of people in interviews that were analysed are in the key and replaced as in outputs.
In a file that is not taken in yet, or is set aside, nobody has looked for names: of its own name
no more is shown than its ending, if it may hold a person's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.config import Study
from pipeline.errors import Problem
from pipeline.flow.privacy import key_of
from pipeline.job.planning import Planned

_UNSEEN = frozenset({"inbox", "quarantine"})
_MOVED_BETWEEN = _UNSEEN | {"interviews"}


def shown_problems(study: Study, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return ``problems`` as they may be told after an analysis."""
    return _shown(problems, key_of(study), _UNSEEN) if problems else ()


def shown_faults(study: Study, problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return ``problems`` as they may be told where no analysis was finished."""
    return _shown(problems, key_of(study), _MOVED_BETWEEN) if problems else ()


def shown_plans(study: Study, plans: Sequence[Planned]) -> tuple[Planned, ...]:
    """Return ``plans`` as they may be told after the analysis of what was taken in."""
    if not plans:
        return ()
    key = key_of(study)
    return tuple(
        _unseen(plan, key) if plan.outcome == "aside" else _analysed(plan, key) for plan in plans
    )


def shown_plans_ahead(study: Study, plans: Sequence[Planned]) -> tuple[Planned, ...]:
    """Return ``plans`` as they may be told before anything was taken in."""
    if not plans:
        return ()
    key = key_of(study)
    new = {part for plan in plans for part in _parts(plan.file) if _shown_part(part) != part}
    return tuple(_unseen(plan, {**dict.fromkeys(new, "*"), **key}) for plan in plans)


def shown_file(place: str) -> str:
    """Return where a file lies, without what may be a person's name in it or in its folders."""
    parts = PurePosixPath(place).parts
    fixed = next((n for n, part in enumerate(parts, 1) if part in _MOVED_BETWEEN), 0)
    ending = PurePosixPath(place).suffix if _shown_part(PurePosixPath(place).stem) == "*" else None
    folders = (_shown_part(part) for part in parts[fixed:-1])
    last = parts[-1] if ending is None else f"*{ending}"
    return PurePosixPath(*parts[:fixed], *folders, last).as_posix()


def _analysed(plan: Planned, key: Mapping[str, str]) -> Planned:
    from pipeline.views.masked import masked_line

    return replace(
        plan,
        file=masked_line(plan.file, key),
        to=masked_line(plan.to, key),
        instead=masked_line(plan.instead, key),
    )


def _unseen(plan: Planned, key: Mapping[str, str]) -> Planned:
    from pipeline.views.masked import masked_line

    return replace(
        plan,
        file=shown_file(plan.file),
        to=shown_file(plan.to),
        instead=masked_line(plan.instead, key),
        problems=_shown(plan.problems, key, _UNSEEN),
    )


def _shown(
    problems: Iterable[Problem], key: Mapping[str, str], unseen: Set[str]
) -> tuple[Problem, ...]:
    from pipeline.views.masked import masked_problems

    hidden = (
        replace(p, path=shown_file(p.path)) if p.path and unseen & set(_parts(p.path)) else p
        for p in problems
    )
    return masked_problems(hidden, key)


def _parts(place: str) -> tuple[str, ...]:
    """Return the folders of ``place`` and its name without the ending."""
    return PurePosixPath(place).with_suffix("").parts


def _shown_part(part: str) -> str:
    from pipeline.corpus.personal.file_names import may_hold_a_name

    return "*" if may_hold_a_name(unicodedata.normalize("NFC", part)) else part
