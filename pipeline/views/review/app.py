"""The application of the desk: its addresses, and what stands guard before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pipeline.views.review import bulk, codebook, comparing, login, stale
from pipeline.views.review import desk as desk_page
from pipeline.views.review.guard import Guard, Sessions
from pipeline.views.review.pages import static_files
from pipeline.views.review.pins import Patience, PinKeeper, keeper_in_memory
from pipeline.views.review.state import Desk


def make_app(
    desk: Desk, host: str = "127.0.0.1", token: str = "", pins: PinKeeper | None = None
) -> Starlette:
    """Return the application for ``desk``, to be served on the address ``host``.

    With ``token``, nobody gets in without it, nor without a PIN. Without ``pins``, those set
    are forgotten at the end.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.learner.close()

    app = Starlette(
        routes=[
            Route("/", desk_page.show),
            Route("/passage", desk_page.show_passage),
            Route("/codes", desk_page.show_codes),
            Route("/ahead", desk_page.show_ahead),
            Route("/decide", desk_page.decide, methods=["POST"]),
            Route("/undo", desk_page.undo, methods=["POST"]),
            Route("/codebook", codebook.show),
            Route("/codebook/code", codebook.show_code),
            Route("/codebook/change", codebook.change_code, methods=["POST"]),
            Route("/stale", stale.show),
            Route("/stale", stale.settle, methods=["POST"]),
            Route("/bulk", bulk.show),
            Route("/bulk", bulk.accept, methods=["POST"]),
            Route("/agreement", comparing.show),
            Route("/agreement/open", comparing.open_one),
            Route("/agreement/settle", comparing.settle, methods=["POST"]),
            Route("/lift", comparing.lift, methods=["POST"]),
            Route("/login", login.show),
            Route("/login", login.log_in, methods=["POST"]),
            Route("/logout", login.log_out, methods=["POST"]),
            Route("/choose", login.choose, methods=["POST"]),
            Route("/static/{name}", static),
        ],
        middleware=[Middleware(Guard, host=host)],
        lifespan=lifespan,
    )
    app.state.desk, app.state.sessions, app.state.token = desk, Sessions(), token
    app.state.pins, app.state.patience = pins or keeper_in_memory(), Patience()
    return app


async def static(request: Request) -> Response:
    """Return a script or a style sheet."""
    found = static_files().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("Not found.", 404)
    data, kind = found
    return Response(data, headers={"content-type": kind, "cache-control": "no-cache"})
