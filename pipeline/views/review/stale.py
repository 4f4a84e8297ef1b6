"""Decisions that a later change of the codebook put in question, gathered for another look."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from pipeline.errors import Problem
from pipeline.records import Code, CodeChange, Decision
from pipeline.verdicts.codings import stale
from pipeline.verdicts.store import made
from pipeline.views.review.deciding import RefusedError, own
from pipeline.views.review.guard import Session
from pipeline.views.review.pages import for_coders, page
from pipeline.views.review.state import Desk


@dataclass(frozen=True, slots=True)
class ToSee:
    """A decision to look at again: the code as it was and is, and what may stand instead."""

    decision: Decision
    quote: str
    passage: str
    now: Code | None
    instead: tuple[str, ...]
    reasons: tuple[str, ...]


@for_coders
async def show(request: Request, desk: Desk, session: Session) -> Response:
    """Show the coder's own decisions that are in question."""
    return page(request, session, "stale.html.j2", found=to_see(desk, session.coder))


@for_coders
async def settle(request: Request, desk: Desk, session: Session) -> Response:
    """Decide once more: keep, put another code instead, or take back."""
    sent = await request.form()
    decision = own(desk, session.coder, sent.get("id"))
    code = str(sent.get("code", ""))
    if not code:
        desk.decide(made(session.coder, "undo", of=decision.id))
    elif code in desk.codes:
        desk.decide(
            made(
                session.coder,
                decision.action,
                interview=decision.interview,
                start=decision.start,
                end=decision.end,
                quote=decision.quote,
                code=code,
                of=decision.id if decision.action == "put" else None,
                score=decision.score,
                rank=decision.rank,
                aided=decision.aided,
                codebook=desk.material.version,
                model=decision.model,
            )
        )
    else:
        raise RefusedError(Problem("코드북에 없는 코드입니다.", "No such code."))
    return HTMLResponse("")


def to_see(desk: Desk, coder: str) -> tuple[ToSee, ...]:
    """Return the decisions of ``coder`` in question, in the order decided."""
    written = desk.log.written()
    found = stale(written, desk.material.versions)
    return tuple(_to_see(desk, d) for d in found if d.coder == coder and not d.joint)


def _to_see(desk: Desk, decision: Decision) -> ToSee:
    since = [v for v in desk.material.versions if v.number > decision.codebook and not v.aside]
    changes = [(v, c) for v in since for c in v.changes if decision.code in c.codes]
    named = desk.log.get(decision.id) or decision
    instead = tuple(name for _, c in changes for name in c.into if _parts(c) and name in desk.codes)
    rows = desk.log.rows(decision)
    return ToSee(
        decision,
        desk.texts.quote(decision.interview, decision.start, decision.end),
        desk.texts.ids[rows[0]] if rows else "",
        desk.codes.get(named.code or ""),
        instead,
        tuple(f"{v.reason} ({v.author})" if v.author else v.reason for v, _ in changes),
    )


def _parts(change: CodeChange) -> bool:
    return change.kind in {"split", "merge"}
