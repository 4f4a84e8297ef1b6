"""How every page of the desk is written: templates, the session's language, what was sent."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, wraps
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from pipeline.errors import GyeolError, Problem
from pipeline.views.pages import page_environment
from pipeline.views.review.guard import Session, Sessions, is_secret
from pipeline.views.review.state import Desk
from pipeline.views.review.wording import words

Handler = Callable[[Request, Desk, Session], Awaitable[Response]]
_HERE = Path(__file__).parent
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}


@cache
def environment() -> Environment:
    """Return what renders the templates of the desk."""
    made = page_environment(_HERE / "templates")
    made.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return made


@cache
def static_files() -> Mapping[str, tuple[bytes, str]]:
    """Return scripts and styles by name: read once, so that no path in a URL reaches the disk."""
    return {
        path.name: (path.read_bytes(), TYPES[path.suffix])
        for path in sorted((_HERE / "static").iterdir())
        if path.suffix in TYPES
    }


def desk_of(request: Request) -> Desk:
    """Return the desk that a request is for."""
    return request.app.state.desk


def sessions_of(request: Request) -> Sessions:
    """Return the sessions of the server."""
    return request.app.state.sessions


def page(
    request: Request, session: Session | None, template: str, status: int = 200, **given: object
) -> HTMLResponse:
    """Return a whole page; every one has the session and its language's words."""
    return HTMLResponse(rendered(request, session, template, **given), status)


def rendered(request: Request, session: Session | None, template: str, **given: object) -> str:
    """Return a template filled in for a session."""
    desk = desk_of(request)
    lang = session.lang if session else desk.material.lang
    return (
        environment()
        .get_template(template)
        .render(
            t=words(lang),
            lang=lang,
            session=session,
            title=desk.material.title,
            desk=desk,
            **given,
        )
    )


def for_coders(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Let only those in who have logged in; what writes must send the session's secret."""

    @wraps(handler)
    async def guarded(request: Request) -> Response:
        session = sessions_of(request).find(request)
        if session is None:
            if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
                return RedirectResponse("/login", 303)
            return JSONResponse({"ko": "다시 들어오세요.", "en": "Log in again."}, 401)
        if request.method == "POST":
            sent = request.headers.get("x-secret") or (await request.form()).get("secret")
            if not is_secret(session, sent if isinstance(sent, str) else None):
                return JSONResponse({"ko": "다시 들어오세요.", "en": "Log in again."}, 403)
        try:
            return await handler(request, desk_of(request), session)
        except GyeolError as error:
            problem = error.problems[0]
            return JSONResponse({"ko": problem.ko, "en": problem.en}, 422)

    return guarded


async def sent_json(request: Request) -> Mapping[str, Any]:
    """Return the JSON object in the body of a request.

    Raises:
        GyeolError: it is none.
    """
    try:
        sent = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise GyeolError(Problem("JSON이 아닙니다.", "Not JSON.")) from error
    if not isinstance(sent, dict):
        raise GyeolError(Problem("JSON 개체가 아닙니다.", "Not a JSON object."))
    return sent
