"""What keeps others out: of the page, of its sessions, of its decisions.

A page on one's own machine can be reached by every site one visits: by forms and scripts (so
writing needs the page's own origin and a secret), and by names that lead here (so the ``Host``
must be one of ours: DNS rebinding).
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.errors import Lang

LONGEST_NAME = 60
LARGEST_BODY = 1_000_000
LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    # «no-referrer» would also take the Origin from forms, by which they are checked.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_BROKEN = """프로그램에 잘못이 생겨 이 화면을 보이지 못했습니다. 이제까지의 판정은 저장되어 있습니다.
새로 고쳐도 그대로이면 gyeol review를 껐다가 다시 켜세요. 까닭은 gyeol review를 켠 창에 적혀 있습니다.

Something went wrong in the program. What was decided until now is kept. Reload; if that does not
help, start gyeol review again. The reason is where gyeol review was started.
"""
Theme = Literal["auto", "light", "dark"]


@dataclass(slots=True)
class Session:
    """Who is at the page: ``secret`` goes into every form, ``lang`` and ``theme`` are chosen."""

    coder: str
    lang: Lang
    theme: Theme = "auto"
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Sessions:
    """The sessions of one run of the server, by what is in the cookie."""

    def __init__(self) -> None:
        """Start with nobody logged in."""
        self._sessions: dict[str, Session] = {}

    def open(self, coder: str, lang: Lang) -> str:
        """Log ``coder`` in and return what goes into the cookie."""
        number = secrets.token_urlsafe(32)
        self._sessions[number] = Session(coder, lang)
        return number

    def find(self, request: Request) -> Session | None:
        """Return whose session it is, if it is one."""
        return self._sessions.get(request.cookies.get(cookie_name(request), ""))

    def close(self, request: Request) -> None:
        """Log out."""
        self._sessions.pop(request.cookies.get(cookie_name(request), ""), None)


def cookie_name(request: Request) -> str:
    """Return what the cookie is called: browsers share cookies among a machine's ports."""
    return f"gyeol{request.url.port or ''}"


def coder_name(typed: str, reserved: Collection[str]) -> str | None:
    """Return a coder's name as typed, NFC and trimmed; ``None`` if it cannot be one."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable() or name in reserved:
        return None
    return name


def is_secret(session: Session, sent: str | None) -> bool:
    """Tell whether a page sent the secret of its session."""
    return hmac.compare_digest(session.secret.encode(), (sent or "").encode())


def is_token(token: str, sent: str) -> bool:
    """Tell whether ``sent`` is the token asked for; with none asked for, anything is."""
    return not token or hmac.compare_digest(token.encode(), sent.encode())


class Guard:
    """Lets requests through that are for us and, where they would write, from us."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        """Guard ``app``, served on the address ``host``."""
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on a request; every answer gets the headers that bind the browser.

        What fails is answered here as well: outside, no headers would be added.
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = False

        async def send_bound(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        fault = self._fault(scope["method"], Headers(scope=scope))
        if fault:
            await PlainTextResponse(fault, 400)(scope, receive, send_bound)
            return
        try:
            await self._app(scope, receive, send_bound)
        except Exception:
            if not begun:
                await PlainTextResponse(_BROKEN, 500)(scope, receive, send_bound)
            raise

    def _fault(self, method: str, headers: Headers) -> str:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(_without_port(hosts[0])):
            return "Not a name of this page (Host)."
        if method not in {"GET", "HEAD", "POST"}:
            return "Only GET and POST."
        if method == "POST" and headers.get("origin") != f"http://{hosts[0]}":
            return "Sent from another page (Origin)."
        # Without a length (chunked) nobody knows how much is to come.
        length = headers.get("content-length", "" if method == "POST" else "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return "Too much."
        return ""

    def _is_ours(self, name: str) -> bool:
        if name in LOOPBACK or name == self._host:
            return True
        # Served to others, any address will do: it is names that can be made to lead here.
        return self._host not in LOOPBACK and _is_address(name.strip("[]"))


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches ``host``."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdecimal() else host
