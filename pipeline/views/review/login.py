"""Logging in by coder name, with a PIN where one was set, and the choices kept in a session."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.verdicts.codings import JOINT
from pipeline.views.review.guard import Session, coder_name, cookie_name, is_token
from pipeline.views.review.pages import desk_of, for_coders, page, sessions_of
from pipeline.views.review.pins import Patience, PinKeeper, can_be_pin, hashed, is_pin
from pipeline.views.review.state import Desk


async def show(request: Request) -> Response:
    """Show the form."""
    fault = "logged_out" if "again" in request.query_params else ""
    return _form(request, 200, token=request.query_params.get("token", ""), fault=fault)


async def log_in(request: Request) -> Response:
    """Open a session for who gave a name, the token where one is needed, and the PIN if set.

    The first PIN given under a name is asked for twice and is the name's from then on.
    """
    sent = await request.form()
    typed, token = str(sent.get("coder", "")), str(sent.get("token", ""))
    name = coder_name(typed, {JOINT})
    if not is_token(request.app.state.token, token):
        return _form(request, 403, typed, fault="bad_token")
    if name is None:
        return _form(request, 403, typed, fault="bad_name")
    fault = await _pin_fault(request, name, str(sent.get("pin", "")), sent.get("again"))
    if fault:
        status = 200 if fault == "choose_pin" else 403
        return _form(request, status, typed, token, fault)
    number = sessions_of(request).open(name, desk_of(request).material.lang)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(cookie_name(request), number, httponly=True, samesite="strict", path="/")
    return answer


@for_coders
async def log_out(request: Request, desk: Desk, session: Session) -> Response:  # noqa: ARG001
    """Close the session."""
    sessions_of(request).close(request)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie_name(request), httponly=True, samesite="strict", path="/")
    return answer


@for_coders
async def choose(request: Request, desk: Desk, session: Session) -> Response:  # noqa: ARG001
    """Keep the language and the theme that were chosen."""
    sent = await request.form()
    lang, theme = sent.get("lang"), sent.get("theme")
    if lang in {"ko", "en"}:
        session.lang = lang  # type: ignore[assignment]
    if theme in {"auto", "light", "dark"}:
        session.theme = theme  # type: ignore[assignment]
    back = str(sent.get("back", "/"))
    # Only a path of our own: «//elsewhere» would lead away.
    return RedirectResponse(
        back if back.startswith("/") and back[1:2] not in {"/", "\\"} else "/", 303
    )


async def _pin_fault(request: Request, coder: str, pin: str, again: object) -> str:
    """Return why ``coder`` is not let in, empty if she is; a new PIN is kept then."""
    keeper: PinKeeper = request.app.state.pins
    patience: Patience = request.app.state.patience
    kept = keeper.read().get(coder)
    if kept is None:
        if not pin and not _asks(request) and again is None:
            return ""
        return await _choose_pin(keeper, coder, pin, again)
    if not pin:
        return "needs_pin"
    if patience.must_wait(coder):
        return "wait_pin"
    # Counted before it is known: several tries at once are not one.
    patience.miss(coder)
    if not await run_in_threadpool(is_pin, kept, pin):
        return "bad_pin"
    patience.forgive(coder)
    return ""


async def _choose_pin(keeper: PinKeeper, coder: str, pin: str, again: object) -> str:
    if again is None:
        return "choose_pin"
    if not can_be_pin(pin):
        return "short_pin"
    if pin != again:
        return "pins_differ"
    made = await run_in_threadpool(hashed, pin)
    before = keeper.read()
    if coder in before:
        return "needs_pin"
    keeper.write({**before, coder: made})
    return ""


def _form(
    request: Request, status: int, name: str = "", token: str = "", fault: str = ""
) -> Response:
    return page(
        request,
        None,
        "login.html.j2",
        status,
        name=name[:200],
        token=token,
        fault=fault,
        asks=_asks(request),
        choosing=fault in {"choose_pin", "short_pin", "pins_differ"},
    )


def _asks(request: Request) -> bool:
    return bool(request.app.state.token)
