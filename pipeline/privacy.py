"""``gyeol privacy``: what looks personal, put before a person, and what they decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.config import Study
from pipeline.corpus.personal import find_indirect
from pipeline.corpus.privacy import Decisions, Form, decisions_to_json, form_of
from pipeline.corpus.pseudonyms import LABELS
from pipeline.errors import GyeolError, Problem
from pipeline.flow.corpus import interviews_of
from pipeline.flow.privacy import decisions_of, decisions_path, finds_of, key_of
from pipeline.memory import write_whole
from pipeline.records import Interview
from pipeline.runner import Watcher, run_stages
from pipeline.stages import STAGES

_AROUND = 20
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Where something personal is said: the words before, itself, the words after."""

    interview: str
    before: str
    said: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """A form that looks personal, how often it is said, and where (three places at most).

    ``decided`` is ``"accepted"``, or ``"open"`` where no person has judged it.
    """

    kind: str
    form: str
    replacement: str
    count: int
    places: tuple[Place, ...]
    decided: str


@dataclass(frozen=True, slots=True)
class PrivacyList:
    """All that was found in a study, and indirect identifiers for a person to weigh."""

    found: tuple[Found, ...]
    indirect: tuple[Place, ...]


def list_personal(study: Study, watcher: Watcher) -> PrivacyList:
    """Return what looks personal in ``study``, the open forms first, then by kind and form."""
    upto = [stage.name for stage in STAGES].index("privacy") + 1
    run = run_stages(study, STAGES[:upto], watcher)
    interviews = {interview.id: interview for interview in interviews_of(run)}
    decisions, key = decisions_of(study), key_of(study)
    places: dict[Form, list[Place]] = {}
    for name, finds in finds_of(run).items():
        for find in finds:
            form = form_of(interviews[name], find)
            places.setdefault(form, []).append(_place(interviews[name], find.start, find.end))
    found = [
        Found(
            kind, form, _replacement(kind, form, key), len(at), tuple(at[:_EXAMPLES]),
            "accepted" if (kind, form) in decisions.accepted else "open",
        )
        for (kind, form), at in places.items()
    ]  # fmt: skip
    found.sort(key=lambda one: (one.decided != "open", one.kind, one.form))
    indirect = tuple(
        _place(interview, find.start, find.end)
        for interview in interviews.values()
        for find in find_indirect(interview.text)
    )
    return PrivacyList(tuple(found), indirect)


def decide(
    study: Study,
    listed: PrivacyList,
    *,
    accept: Iterable[str] = (),
    reject: Iterable[str] = (),
    add: Iterable[str] = (),
) -> Decisions:
    """Remember decisions about forms: mask, do not mask, mask this name too.

    Raises:
        GyeolError: a form that was not found.
    """
    forms: dict[str, list[Form]] = {}
    for one in listed.found:
        forms.setdefault(one.form, []).append((one.kind, one.form))
    unknown = [form for form in (*accept, *reject) if form not in forms]
    if unknown:
        raise GyeolError(
            *(
                Problem(
                    f"«{form}»은(는) 찾은 목록에 없습니다. gyeol privacy로 목록을 보세요.",
                    f"«{form}» is not among what was found.",
                )
                for form in unknown
            )
        )
    before = decisions_of(study)
    taken = {pair for form in accept for pair in forms[form]}
    left = {pair for form in reject for pair in forms[form]}
    decisions = Decisions(
        (before.accepted | taken) - left,
        (before.rejected | left) - taken,
        before.added | {name.strip() for name in add if name.strip()},
    )
    write_whole(decisions_path(study), decisions_to_json(decisions), private=True)
    return decisions


def _place(interview: Interview, start: int, end: int) -> Place:
    text = interview.text
    return Place(
        interview.id,
        " ".join(text[max(0, start - _AROUND) : start].split()),
        text[start:end],
        " ".join(text[end : end + _AROUND].split()),
    )


def _replacement(kind: str, form: str, key: dict[str, str]) -> str:
    return key.get(form, form) if kind == "name" else LABELS[kind]
