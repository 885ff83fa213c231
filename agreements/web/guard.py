"""The guard: what every request must be before a screen sees it, and what every answer bears.

The workbench answers on this computer alone, and there only the person who started it:

* `Host` is one of the three loopback names with our port, else 421: a name of somebody else's that was pointed at
  127.0.0.1 (DNS rebinding) finds nothing.
* A key of 256 bits, used once, is exchanged for a cookie (`HttpOnly`, `SameSite=Strict`); without it 401.
* What is no GET comes from a page of ours (`Origin`, else `Sec-Fetch-Site`), else 403; the form's own token is checked
  where the form is read (`forms`).
* The headers let a page load what is ours and nothing else, run no script in it, and be framed by nobody.

The log has route, status and milliseconds, never an address, a query or words.
"""

import logging
import time
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agreements.web.sessions import PersonSession, Sessions

LOG = logging.getLogger("agreements.web")
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
KEY_ADDRESS = "/key"
_SAFE = ("GET", "HEAD")
_WORDS = {
    401: ("Who is there?", "This page belongs to a person at this computer. Open it with: agreements open"),
    403: ("Not from here", "No page of this workbench sent this. Open the page again and send it from there."),
    421: ("Another name", "The workbench answers under 127.0.0.1, [::1] and localhost alone."),
}


class Guard:
    """An ASGI application around another one, which only sees requests that are a person's own."""

    def __init__(self, app: ASGIApp, sessions: Sessions, *, port: int) -> None:
        self.app, self.sessions, self.port = app, sessions, port
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self._origins = {f"http://{host}" for host in self._hosts}
        self._cookie = f"agreements-{port}"  # cookies do not tell ports apart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what is neither one nor the beginning or end of the server is turned away."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        began, status = time.perf_counter(), 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": _with_headers(message["headers"], scope["path"])}
            await send(message)

        try:
            await self._answer(scope, receive, sending)
        finally:
            took = (time.perf_counter() - began) * 1000
            LOG.info("%s %s %d %.0f ms", scope["method"], scope.get("workbench.route", "-"), status, took)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if headers.get("host", "").lower() not in self._hosts:
            await _refuse(send, 421)
            return
        if scope["path"] == KEY_ADDRESS:
            await self._give_key(scope, headers, send)
            return
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        session = self._session(headers)
        if scope["method"] == "GET" and (key := dict(query).get("key")) is not None:
            await self._exchange(scope, key, [pair for pair in query if pair[0] != "key"], session, send)
            return
        if session is None:
            await _refuse(send, 401)
            return
        if scope["method"] not in _SAFE and not self._is_from_us(headers):
            await _refuse(send, 403)
            return
        scope["workbench.session"] = session
        await self.app(scope, receive, send)

    def _session(self, headers: dict[str, str]) -> PersonSession | None:
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return None
        return self.sessions.of(cookie.value) if cookie else None

    def _is_from_us(self, headers: dict[str, str]) -> bool:
        """Whether a page of ours asks.

        A browser names no origin (`null`) in a form of a page without referrer, as ours are; it tells the site then.
        """
        if headers.get("origin", "null") != "null":
            return headers["origin"].lower() in self._origins
        return headers.get("sec-fetch-site", "") == "same-origin"

    async def _exchange(
        self, scope: Scope, key: str, rest: list[tuple[str, str]], session: PersonSession | None, send: Send
    ) -> None:
        """Exchange a key for a cookie and lead to the same address without it."""
        name = self.sessions.exchange(key)
        if not name and session is None:
            await _refuse(send, 401)
            return
        path = "/" + scope["raw_path"].decode("latin-1").lstrip("/")
        headers = [(b"location", (path + (f"?{urlencode(rest)}" if rest else "")).encode("latin-1"))]
        if name and session is None:
            cookie = f"{self._cookie}={name}; Path=/; HttpOnly; SameSite=Strict"
            headers.append((b"set-cookie", cookie.encode("latin-1")))
        headers.append((b"cache-control", b"no-store"))
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send({"type": "http.response.body", "body": b""})

    async def _give_key(self, scope: Scope, headers: dict[str, str], send: Send) -> None:
        """Give a key to the command line of the same person, who alone can read the secret in the start file."""
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if scope["method"] != "POST" or "origin" in headers or not self.sessions.may_ask_for_keys(given):
            await _refuse(send, 401)
            return
        start = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": start})
        await send({"type": "http.response.body", "body": self.sessions.new_key().encode()})


def _with_headers(given: Iterable[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    """Return headers with those that every answer bears; nothing of a negotiation is left in the browser's cache."""
    closed = path == "/n" or path.startswith("/n/")
    kept = [(name, value) for name, value in given if not (closed and name.lower() in (b"cache-control", b"etag"))]
    if closed:
        kept.append((b"cache-control", b"no-store"))
    return kept + [(name.encode(), value.encode()) for name, value in HEADERS.items()]


async def _refuse(send: Send, status: int) -> None:
    head, words = _WORDS[status]
    body = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{head}</title></head>'
        f"<body><main><h1>{head}</h1><p>{words}</p></main></body></html>\n"
    )
    start = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body.encode()})
