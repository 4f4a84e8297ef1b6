"""``gyeol privacy``: what looks personal, put before a person, and what they decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.config import Study
from pipeline.corpus.beside import FILE_NAME, Beside
from pipeline.corpus.privacy import (
    Decisions,
    Form,
    Judgement,
    Seen,
    Subject,
    decisions_to_json,
)
from pipeline.corpus.pseudonyms import Key, replacement_for
from pipeline.errors import GyeolError, Problem
from pipeline.flow.corpus import interviews_of
from pipeline.flow.privacy import (
    beside_of,
    decisions_of,
    decisions_path,
    rules_of,
    seen_of,
    stored_key,
)
from pipeline.memory import write_whole
from pipeline.records import Interview
from pipeline.runner import Watcher, run_stages
from pipeline.sentences import particle
from pipeline.stages import stages_for

_AROUND = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where something personal is said: the words before, itself, the words after.

    ``id`` is what a person types to decide about this place alone, «P03@1204»: the interview and
    where in its frozen text the words begin. It is empty beside the texts (a file's name, a
    column), where only the form is decided about.
    """

    id: str
    interview: str
    before: str
    said: str
    after: str
    judged: Judgement
    subject: Subject


@dataclass(frozen=True, slots=True)
class Found:
    """A form that looks personal, what stands for it, and every place where it is said."""

    kind: str
    form: str
    replacement: str
    places: tuple[Place, ...]

    @property
    def open_places(self) -> tuple[Place, ...]:
        """The places nobody has judged, neither themselves nor by their form."""
        return tuple(place for place in self.places if place.judged == "open")

    @property
    def decided(self) -> str:
        """``open`` if any place is, else what all places are, or ``mixed``."""
        judged = {place.judged for place in self.places}
        if "open" in judged:
            return "open"
        return judged.pop() if len(judged) == 1 else "mixed"


def list_personal(study: Study, watcher: Watcher) -> tuple[Found, ...]:
    """Return what looks personal in ``study``, the open forms first, then by kind and form."""
    run = run_stages(study, stages_for("privacy"), watcher)
    interviews = {interview.id: interview for interview in interviews_of(run)}
    decisions = decisions_of(study)
    places: dict[Form, list[Place]] = {}
    replacements: dict[Form, str] = {}
    key, rules = stored_key(study), rules_of(study)
    for name, found in seen_of(run).items():
        for one in found:
            places.setdefault(one.subject, []).append(_place(interviews[name], one))
            if one.subject not in replacements:
                replacements[one.subject] = _replacement(interviews[name], one, key, rules)
    for one in beside_of(run):
        form = one.kind, one.form
        places.setdefault(form, []).append(_place_beside(one, decisions))
        replacements.setdefault(form, _named(*form, key, rules))
    listed = [Found(*form, replacements[form], tuple(at)) for form, at in places.items()]
    return tuple(sorted(listed, key=lambda one: (one.decided != "open", one.kind, one.form)))


def decide(
    study: Study,
    listed: Sequence[Found],
    *,
    accept: Iterable[str] = (),
    reject: Iterable[str] = (),
    add: Iterable[str] = (),
) -> Decisions:
    """Remember decisions: mask, do not mask, mask this name too.

    What is accepted or rejected is a form («하나») or the id of a place («P03@1204»).

    Raises:
        GyeolError: a form or a place that is not in ``listed``; nothing is remembered then.
    """
    subjects = _subjects(listed)
    unknown = [said for said in (*accept, *reject) if said not in subjects]
    if unknown:
        raise GyeolError(*map(_unknown, unknown))
    before = decisions_of(study)
    taken = {subject for said in accept for subject in subjects[said]}
    left = {subject for said in reject for subject in subjects[said]}
    decisions = Decisions(
        (before.accepted | taken) - left,
        (before.rejected | left) - taken,
        before.added | {name.strip() for name in add if name.strip()},
    )
    if decisions != before:
        write_whole(decisions_path(study), decisions_to_json(decisions), private=True)
    return decisions


def _subjects(listed: Iterable[Found]) -> dict[str, list[Subject]]:
    """Return what each form and each place's id, as a person types it, is about."""
    subjects: dict[str, list[Subject]] = {}
    for one in listed:
        subjects.setdefault(one.form, []).append((one.kind, one.form))
        for place in one.places:
            if place.id:
                subjects.setdefault(place.id, []).append(place.subject)
    return subjects


def found_forms(listed: Sequence[Found], forms: Sequence[str]) -> list[Found]:
    """Return those of ``listed`` that are called as ``forms`` say.

    Raises:
        GyeolError: one of ``forms`` was not found.
    """
    unknown = [said for said in forms if said not in {one.form for one in listed}]
    if unknown:
        raise GyeolError(*map(_unknown, unknown))
    return [one for one in listed if one.form in forms]


def _unknown(said: str) -> Problem:
    return Problem(
        f"«{said}»{particle(said, '은')} 찾은 목록에 없습니다. gyeol privacy로 목록의 말이나 «P03@120» 같은 자리 번호를 확인하세요.",
        f"«{said}» is not among what was found: neither a form nor the id of a place.",
    )


def _place(interview: Interview, seen: Seen) -> Place:
    text, start, end = interview.text, seen.find.start, seen.find.end
    return Place(
        f"{interview.id}@{start}",
        interview.id,
        " ".join(text[max(0, start - _AROUND) : start].split()),
        " ".join(text[start:end].split()),
        " ".join(text[end : end + _AROUND].split()),
        seen.judged,
        (*seen.subject, seen.place),
    )


def _place_beside(one: Beside, decisions: Decisions) -> Place:
    before, _, after = one.whole.partition(one.form)
    where = one.where if one.where == FILE_NAME else f"{one.where}:"
    judged = decisions.on(one.kind, one.form)
    return Place(
        "", one.interview, f"{where} {before}", one.form, after, judged, (one.kind, one.form)
    )


def _replacement(interview: Interview, seen: Seen, key: Key, rules: dict[str, str]) -> str:
    """Return what stands for ``seen``, or would stand there if it were masked."""
    if not seen.parts:
        return _named(seen.find.kind, seen.form, key, rules)
    said = seen.form
    for part in sorted(seen.parts, key=lambda part: -part.start):
        form = interview.text[part.start : part.end]
        start = part.start - seen.find.start
        said = said[:start] + _named(part.kind, form, key, rules) + said[start + len(form) :]
    return " ".join(said.split())


def _named(kind: str, form: str, key: Key, rules: dict[str, str]) -> str:
    try:
        return replacement_for(kind, form, key, rules)
    except KeyError:
        # A name rejected before it had a pseudonym, a district that has no letter yet.
        return "…"
