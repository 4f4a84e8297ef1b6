"""Logging in by coder name, and the choices kept in a session."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.verdicts.codings import JOINT
from pipeline.views.review.guard import Session, coder_name, cookie_name, is_token
from pipeline.views.review.pages import desk_of, for_coders, page, sessions_of
from pipeline.views.review.state import Desk


async def show(request: Request) -> Response:
    """Show the form."""
    token = request.query_params.get("token", "")
    return page(request, None, "login.html.j2", name="", token=token, fault="", asks=_asks(request))


async def log_in(request: Request) -> Response:
    """Open a session for who gave a name, and the token where one is needed."""
    sent = await request.form()
    typed, token = str(sent.get("coder", "")), str(sent.get("token", ""))
    name = coder_name(typed, {JOINT})
    fault = "bad_name" if name is None else ""
    if not is_token(request.app.state.token, token):
        fault = "bad_token"
    if fault or name is None:
        return page(
            request, None, "login.html.j2", 403,
            name=typed[:200], token="", fault=fault, asks=_asks(request),
        )  # fmt: skip
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


def _asks(request: Request) -> bool:
    return bool(request.app.state.token)
