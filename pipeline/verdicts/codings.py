"""Codings (코딩) derived from the log of decisions: what stands of it, under today's codebook.

Everything here depends on the decisions alone and not on the order in which logs were merged:
time decides, and where two times are equal, the id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.records import CodebookVersion, Coding, Decision
from pipeline.verdicts.code_names import Today, today_of

JOINT = "합의"
"""The coder of what coders decided together."""


def standing(
    decisions: Iterable[Decision],
    coder: str | None = None,
    versions: Sequence[CodebookVersion] = (),
) -> tuple[Decision, ...]:
    """Return the decisions that stand, in the order given; no ``undo`` is among them.

    With ``coder``, only that coder's own and those made together. A decision falls when an
    ``undo`` that stands itself names it or its ``bulk``, or when a ``put`` that stands takes
    its place (``of``): undoing those brings it back. Only its own coder can take a decision
    back; what was decided together, anybody. Of several words on one matter the last stands:
    on a code on a span, in notes on one thing, on one passage being done. ``versions`` tell
    that a code renamed meanwhile is the same code.
    """
    logged, today = list(decisions), today_of(versions)
    fallen = _fallen(logged)
    last: dict[tuple[object, ...], Decision] = {}
    for decision in logged:
        if decision.action != "undo" and decision.id not in fallen:
            matter = _matter(decision, today)
            there = last.get(matter)
            if there is None or _moment(there) < _moment(decision):
                last[matter] = decision
    kept = {d.id for d in last.values() if not (d.action == "note" and not d.text)}
    return tuple(d for d in logged if d.id in kept and (coder is None or _is_of(d, coder)))


def codings_of(
    decisions: Iterable[Decision], versions: Sequence[CodebookVersion]
) -> tuple[Coding, ...]:
    """Return the codings the decisions come to, under the names of the newest codebook.

    A code renamed or merged goes by its new name; one split or retired gives no coding until
    somebody looks again (``stale``). What was decided together is a coding by «합의». Codings
    come by interview, place, code and coder, each once.
    """
    today = today_of(versions)
    found: dict[tuple[str, int, int, str, str], Coding] = {}
    for decision in standing(decisions, versions=versions):
        name = _name_today(decision, today)
        if decision.action == "put" and name is not None:
            coder = JOINT if decision.joint else decision.coder
            key = (decision.interview, decision.start, decision.end, name, coder)
            coding = Coding(*key, time=decision.time)
            if key not in found or found[key].time < coding.time:
                found[key] = coding
    return tuple(found[key] for key in sorted(found))


def misplaced(decisions: Iterable[Decision], texts: Mapping[str, str]) -> tuple[Decision, ...]:
    """Return the decisions whose quote does not stand at their span of the interview's text.

    ``texts`` are frozen texts by interview. So it is when a transcript was corrected after it
    was coded, or is not part of the study any more.
    """
    return tuple(
        d
        for d in decisions
        if d.action in ("put", "reject")
        and (
            d.interview not in texts
            or d.end > len(texts[d.interview])
            or (d.quote and texts[d.interview][d.start : d.end] != d.quote)
        )
    )


def stale(
    decisions: Iterable[Decision], versions: Sequence[CodebookVersion]
) -> tuple[Decision, ...]:
    """Return the standing decisions whose code a later change of the codebook put in question.

    For a code put on a span: its definition or criteria were edited, it was split or retired.
    For a code refused: it was edited, split or merged. A new name or another parent changes
    neither. Who decides again settles it: on the same code and span, by a ``put`` ``of`` the
    old decision (what a split code's passage gets instead), or by an ``undo``.
    """
    today = today_of(versions)
    return tuple(
        decision
        for decision in standing(decisions, versions=versions)
        if decision.code is not None
        and decision.action in ("put", "reject")
        and today.questions(decision.code, decision.codebook, decision.action)
    )


def _name_today(decision: Decision, today: Today) -> str | None:
    return None if decision.code is None else today.name(decision.code, decision.codebook)


def _is_of(decision: Decision, coder: str) -> bool:
    return decision.joint or decision.coder == coder


def _moment(decision: Decision) -> tuple[str, str]:
    return decision.time, decision.id


def _matter(decision: Decision, today: Today) -> tuple[object, ...]:
    """Return what a decision speaks of: two of one coder on one matter cannot both stand."""
    who = JOINT if decision.joint else f"={decision.coder}"
    # A code put and the same code refused are two answers to one question.
    kind = "code" if decision.action in ("put", "reject") else decision.action
    code = _name_today(decision, today) or decision.code
    return who, kind, decision.interview, decision.start, decision.end, code


def _fallen(decisions: Sequence[Decision]) -> set[str]:
    """Return the ids of decisions taken back or replaced.

    Decisions that take another back form chains (an undo of an undo of …): from the end of
    each backwards, one that stands fells what it names. A circle, which no desk writes, fells
    nothing.
    """
    by_id = {decision.id: decision for decision in decisions}
    bulks: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.bulk is not None:
            bulks.setdefault(decision.bulk, []).append(decision)
    fells: dict[str, list[str]] = {
        decision.id: [
            target.id for target in _targets(decision, by_id, bulks) if _may(decision, target)
        ]
        for decision in decisions
        if decision.of is not None
    }
    waiting = dict.fromkeys(by_id, 0)
    for targets in fells.values():
        for target in targets:
            waiting[target] += 1
    ready = [name for name, count in waiting.items() if count == 0]
    fallen: set[str] = set()
    while ready:
        name = ready.pop()
        for target in fells.get(name, ()):
            if name not in fallen:
                fallen.add(target)
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return fallen


def _targets(
    decision: Decision,
    by_id: Mapping[str, Decision],
    bulks: Mapping[str, Sequence[Decision]],
) -> Sequence[Decision]:
    named = decision.of or ""
    if named in by_id:
        return [by_id[named]]
    return bulks.get(named, ()) if decision.action == "undo" else ()


def _may(decision: Decision, target: Decision) -> bool:
    """Tell whether who decided may take ``target`` back."""
    return target.id != decision.id and (target.joint or target.coder == decision.coder)
