"""The desk itself: the page, one passage after the other, and what is decided on them."""

from __future__ import annotations

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from pipeline.errors import Problem
from pipeline.records import Code
from pipeline.verdicts.store import made
from pipeline.views.review import deciding
from pipeline.views.review.deciding import ACTIONS, RefusedError
from pipeline.views.review.guard import Session
from pipeline.views.review.initials import initials_of
from pipeline.views.review.order import ORDERS, Order
from pipeline.views.review.pages import for_coders, page, rendered, sent_json
from pipeline.views.review.passage import TURNS, passage_of
from pipeline.views.review.state import Desk, Seen
from pipeline.views.review.wording import words

_MOST_TURNS = 400


@for_coders
async def show(request: Request, desk: Desk, session: Session) -> Response:
    """Show the desk at the passage asked for, or at the first that is not done."""
    desk.refresh()
    order, code = _order(desk, request)
    asked = request.query_params.get("segment")
    ahead = desk.ahead(session.coder, -1, order, code)
    row = desk.texts.rows.get(asked or "", ahead[0] if ahead else 0)
    return page(
        request,
        session,
        "desk.html.j2",
        order=order,
        code_order=code,
        says={key: text for key, text in words(session.lang).items() if key.startswith("said_")},
        passage_html=Markup(_passage(request, desk, session, row, order, code)),
    )


@for_coders
async def show_passage(request: Request, desk: Desk, session: Session) -> Response:
    """Show one passage, to be put into the page."""
    row = _row(desk, request.query_params.get("segment"))
    asked = request.query_params.get("turns", "")
    turns = min(int(asked), _MOST_TURNS) if asked.isdecimal() else TURNS
    order, code = _order(desk, request)
    return HTMLResponse(_passage(request, desk, session, row, order, code, turns))


@for_coders
async def show_codes(request: Request, desk: Desk, session: Session) -> Response:
    """Show the codebook with its definitions, to be put into the page."""
    found = [(code, sought_by(code)) for code in desk.material.codes]
    notes = [one for one in desk.log.notes_on_codes() if desk.sees(session.coder, one)]
    return HTMLResponse(rendered(request, session, "codes.html.j2", codes=found, notes=notes))


def sought_by(code: Code) -> str:
    """Return what a code is found by: its name and its initials, with its blanks and without."""
    names = dict.fromkeys((code.name, "".join(code.name.split())))
    return " ".join((*names, *map(initials_of, names), code.name_en, code.id)).lower()


@for_coders
async def show_ahead(request: Request, desk: Desk, session: Session) -> Response:
    """Tell which passages come next by what has been learned, and whether more is to come."""
    row = _row(desk, request.query_params.get("segment"))
    order, code = _order(desk, request)
    return JSONResponse(
        {
            "behind": desk.learner.is_behind(session.coder),
            "model": desk.learner.lesson(session.coder).number,
            "ahead": [
                desk.texts.ids[other] for other in desk.ahead(session.coder, row, order, code)
            ],
        }
    )


@for_coders
async def decide(request: Request, desk: Desk, session: Session) -> Response:
    """Keep a decision and show the passage as it is now."""
    asked = await sent_json(request)
    row = _row(desk, asked.get("segment"))
    action = ACTIONS.get(str(asked.get("action")))
    if action is None:
        raise RefusedError(Problem("모르는 판정입니다.", "No such decision."))
    decision = action(desk, session.coder, row, asked, made)
    desk.decide(decision)
    return _after(request, desk, session, row, asked)


@for_coders
async def undo(request: Request, desk: Desk, session: Session) -> Response:
    """Take back what was decided last, or bring back what was taken back last."""
    asked = await sent_json(request)
    redo = asked.get("redo") is True
    before = desk.log.last(session.coder)
    decision = (deciding.redo if redo else deciding.undo)(desk, session.coder, made)
    if decision is None:
        return JSONResponse({"nothing": True})
    desk.decide(decision)
    touched = desk.log.last(session.coder) if redo else before
    rows = desk.log.rows(touched) if touched is not None else ()
    return _after(
        request, desk, session, rows[0] if rows else _row(desk, asked.get("segment")), asked
    )


def _after(
    request: Request, desk: Desk, session: Session, row: int, asked: deciding.Asked
) -> Response:
    """Show a passage with the suggestions the page has already: digits must not change places."""
    order: Order = asked["order"] if asked.get("order") in ORDERS else "spoken"
    code = str(asked.get("code_order", ""))
    turns = asked.get("turns")
    turns = min(turns, _MOST_TURNS) if type(turns) is int else TURNS
    seen = desk.seen(session.coder, row, asked.get("model"))
    return HTMLResponse(_passage(request, desk, session, row, order, code, turns, seen))


def _passage(
    request: Request,
    desk: Desk,
    session: Session,
    row: int,
    order: Order,
    code: str,
    turns: int = TURNS,
    seen: Seen | None = None,
) -> str:
    shown = passage_of(desk, session.coder, row, turns, seen)
    total = len(desk.material.segments)
    ids = desk.texts.ids
    last = desk.log.last(session.coder)
    return rendered(
        request,
        session,
        "passage.html.j2",
        passage=shown,
        ids=ids,
        ahead=[ids[other] for other in desk.ahead(session.coder, row, order, code)],
        previous=ids[row - 1] if row else "",
        following=ids[row + 1] if row + 1 < total else "",
        n_done=len(desk.log.done(session.coder)),
        n_all=total,
        last=last.id if last is not None and last.bulk is None else "",
        turns=turns,
        most_turns=_MOST_TURNS,
    )


def _row(desk: Desk, segment: object) -> int:
    row = desk.texts.rows.get(segment) if isinstance(segment, str) else None
    if row is None:
        raise RefusedError(Problem("그런 구절이 없습니다.", "No such passage."))
    return row


def _order(desk: Desk, request: Request) -> tuple[Order, str]:
    asked = request.query_params.get("order", "")
    code = request.query_params.get("code", "")
    order: Order = asked if asked in ORDERS else "spoken"  # type: ignore[assignment]
    if order == "code" and code not in desk.codes:
        return "spoken", ""
    return order, code
