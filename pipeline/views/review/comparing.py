"""The page on agreement: how far coders agree, where they do not, and what they settle on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from pipeline.errors import Lang, Problem
from pipeline.records import Decision
from pipeline.verdicts.agreement import agree
from pipeline.verdicts.anchoring import (
    Anchoring,
    UnaidedCalibration,
    anchoring,
    unaided_calibration,
)
from pipeline.verdicts.compared import Which, coded
from pipeline.verdicts.store import made, new_id
from pipeline.views.agreement_page import (
    Part,
    coefficients_of,
    compared_names,
    intervals_of,
    notices,
    rests_on,
    shown,
)
from pipeline.views.agreement_wording import agreement_words
from pipeline.views.anchoring_text import anchoring_words, calibration_said
from pipeline.views.review.deciding import RefusedError
from pipeline.views.review.guard import Session
from pipeline.views.review.material import Material
from pipeline.views.review.pages import for_coders, page, rendered
from pipeline.views.review.passage import passage_of
from pipeline.views.review.state import Desk

_MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Compared:
    """Agreement of those who decided, and what each did with suggestions and without.

    ``parts`` are all codings, those decided with suggestions in sight and those without, where
    two coders have any. ``calibration`` says how scores compare with what was put by who did
    not see them; ``n_after`` counts decisions made after coders could see each other's.
    """

    parts: tuple[Part, ...]
    anchoring: tuple[Anchoring, ...]
    calibration: UnaidedCalibration
    n_after: int


@for_coders
async def show(request: Request, desk: Desk, session: Session) -> Response:
    """Show the figures, once the coders may know of each other's decisions."""
    desk.refresh()
    compared = None
    if not desk.blind:
        lifted = desk.blindness.lifted_at()
        compared = await run_in_threadpool(compare, desk.material, desk.log.written(), lifted)
    return page(
        request,
        session,
        "agreement.html.j2",
        compared=compared,
        parts=[_shown(part, session.lang) for part in compared.parts] if compared else [],
        a=agreement_words(session.lang),
        calibration=calibration_said(
            None if compared is None else compared.calibration, anchoring_words(session.lang)
        ),
        shown=shown,
        settled=_settled(desk),
        rows={desk.material.segments[row].id: row for row in desk.texts.ids},
        most=_MOST_SHOWN,
        may_lead=desk.may_lead(session.coder),
    )


def _shown(part: Part, lang: Lang) -> dict[str, object]:
    """Return a part as its tables show it: which coefficients, and what to read with them."""
    g, w = part.agreement, agreement_words(lang)
    figures = [rests_on(g, w), intervals_of(g, w), *notices(part, lang)]
    return {
        "which": part.which,
        "title": w[part.which],
        "agreement": g,
        "codes": [code for code in g.codes if code.n_any],
        "said": figures if g.n_segments else [w["no_pair_at_all"]],
        "coefficients": coefficients_of(g),
    }


@for_coders
async def lift(request: Request, desk: Desk, session: Session) -> Response:  # noqa: ARG001
    """Let coders see each other's decisions, if it is for this one to say."""
    if not desk.may_lead(session.coder):
        raise RefusedError(
            Problem(
                f"책임 연구자({desk.material.lead})만 할 수 있습니다.",
                f"Only the lead ({desk.material.lead}) can do that.",
            )
        )
    desk.lift(session.coder)
    return RedirectResponse("/agreement", 303)


@for_coders
async def open_one(request: Request, desk: Desk, session: Session) -> Response:
    """Show one passage with every coder's codes side by side."""
    row = _row(desk, request.query_params.get("segment"))
    by_coder: dict[str, list[str]] = {}
    for decision in desk.log.at(row):
        if decision.action == "put" and not decision.joint:
            by_coder.setdefault(decision.coder, []).append(decision.code or "")
        elif decision.action == "done" and not decision.joint:
            by_coder.setdefault(decision.coder, [])
    for coding in desk.material.codings:
        # Who coded anything of an interview in a file has looked at all of it.
        if coding.interview == desk.material.segments[row].interview:
            codes = by_coder.setdefault(coding.coder, [])
            if row in desk.material.rows_at(coding.interview, coding.start, coding.end):
                codes.append(coding.code)
    joint = {d.code for d in desk.log.at(row) if d.joint and d.action == "put"}
    put = {code for codes in by_coder.values() for code in codes}
    memos = [d for d in desk.log.at(row) if d.action == "note"]
    return HTMLResponse(
        rendered(
            request,
            session,
            "side_by_side.html.j2",
            passage=passage_of(desk, session.coder, row, turns=1),
            by_coder=dict(sorted(by_coder.items())),
            codes=[code for code in desk.material.codes if code.name in put | joint],
            others=[code for code in desk.material.codes if code.name not in put | joint],
            joint=joint,
            memos=memos,
            agreed=set.intersection(*map(set, by_coder.values())) if by_coder else set(),
        )
    )


@for_coders
async def settle(request: Request, desk: Desk, session: Session) -> Response:
    """Keep what coders settled on together: the codes that fit, and that no other does."""
    sent = await request.form()
    row = _row(desk, sent.get("segment"))
    chosen = {str(code) for code in sent.getlist("code")}
    if not chosen <= desk.codes.keys():
        raise RefusedError(Problem("코드북에 없는 코드입니다.", "No such code."))
    desk.decide(*_jointly(desk, session.coder, row, chosen))
    note = rendered(request, session, "settled.html.j2", codes=sorted(chosen))
    return HTMLResponse(note)


def _jointly(desk: Desk, coder: str, row: int, chosen: set[str]) -> list[Decision]:
    segment = desk.material.segments[row]
    text = desk.material.interview[segment.interview].text
    common = {
        "interview": segment.interview,
        "start": segment.start,
        "end": segment.end,
        "quote": text[segment.start : segment.end],
        "joint": True,
        "bulk": new_id(),
        "codebook": desk.material.version,
        "model": desk.material.model,
    }
    put = {d.code for d in desk.log.at(row) if d.action == "put" and d.code in desk.codes}
    refused = sorted(code for code in put - chosen if code)
    return [
        *(made(coder, "put", code=code, **common) for code in sorted(chosen)),
        *(made(coder, "reject", code=code, **common) for code in refused),
        made(coder, "done", **common),
    ]


def compare(
    material: Material, written: tuple[Decision, ...], lifted: str | None = None
) -> Compared | None:
    """Return how far coders agree on what each decided alone; ``None`` with one coder.

    ``lifted`` is since when they see each other's decisions.
    """
    found = coded(material.segments, material.codings, written, material.versions)
    coders = found.coders()
    if len(coders) < 2:
        return None
    names = compared_names(material.codes, {coding.code for coding in found.codings("all")})
    parts = []
    for which in get_args(Which):
        looked = found.looked(which, coders)
        if len(looked) > 1:
            agreed = agree(material.segments, found.codings(which), names, looked, material.seed)
            parts.append(Part(which, agreed, agreed.disagreements))
    return Compared(
        tuple(parts),
        anchoring(found.passages, material.seed),
        unaided_calibration(found.passages),
        found.n_after(lifted),
    )


def _settled(desk: Desk) -> frozenset[str]:
    """Return the ids of the passages that coders have settled together."""
    return frozenset(
        desk.material.segments[row].id
        for one in desk.log.every()
        if one.joint and one.action == "done" and desk.log.stands(one)
        for row in desk.log.rows(one)
    )


def _row(desk: Desk, segment: object) -> int:
    if desk.blind:
        raise RefusedError(
            Problem("아직 서로의 판정을 볼 수 없습니다.", "Coders are still blind to each other.")
        )
    row = desk.texts.rows.get(segment) if isinstance(segment, str) else None
    if row is None:
        raise RefusedError(Problem("그런 구절이 없습니다.", "No such passage."))
    return row
