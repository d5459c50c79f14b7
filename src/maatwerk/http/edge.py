"""The outermost layer, before routing: request id, version and security headers on every answer, HEAD as GET, and paths
that no router should see. It also answers when everything inside it fails."""

from typing import Any
from urllib.parse import unquote_to_bytes
from uuid import UUID, uuid4

from litestar.types import ASGIApp, Message, Receive, Send

from maatwerk import logs
from maatwerk.http import incidents, problems
from maatwerk.http.failures import ShowFailure, Shown

Headers = list[tuple[bytes, bytes]]

SECURITY: dict[bytes, bytes] = {
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"strict-transport-security": b"max-age=63072000; includeSubDomains",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
}


class Edge:
    """Wraps the application; `version` is the API's, as x.y.z, and `show` puts a problem into the words of an answer."""

    def __init__(self, inner: ASGIApp, version: str, show: ShowFailure) -> None:
        self._inner = inner
        self._show = show
        self._version = version.encode()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        request_id = _request_id(scope)
        logs.set_request_id(str(request_id))
        exchange = _Exchange(send, self._common(request_id), silent=scope["method"] == "HEAD")
        inner_scope: Any = {**scope, "state": {**scope.get("state", {}), "request_id": request_id}}
        if scope["method"] == "HEAD":
            inner_scope["method"] = "GET"
        if not _routable(scope):
            await exchange.refuse(self._show(inner_scope, problems.plain(404, request_id)))
            return
        try:
            await self._inner(inner_scope, receive, exchange.send)
        except Exception as error:
            incidents.note(error)
            if exchange.started:
                raise
            await exchange.refuse(self._show(inner_scope, problems.plain(500, request_id)))

    def _common(self, request_id: UUID) -> dict[bytes, bytes]:
        return {**SECURITY, b"api-version": self._version, b"x-request-id": str(request_id).encode()}


class _Exchange:
    """One answer on its way out: fills in the headers that the handler did not set, and leaves out a HEAD's body."""

    def __init__(self, send: Send, common: dict[bytes, bytes], *, silent: bool) -> None:
        self._send = send
        self._common = common
        self._silent = silent
        self.started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers: Headers = [*message.get("headers", [])]
            present = {name.lower() for name, _ in headers}
            headers += [(name, value) for name, value in self._common.items() if name not in present]
            await self._send({**message, "headers": headers})
        elif message["type"] == "http.response.body" and self._silent:
            await self._send({**message, "body": b""})
        else:
            await self._send(message)

    async def refuse(self, shown: Shown) -> None:
        kind = f"{shown.media_type}; charset=utf-8" if shown.media_type.startswith("text/") else shown.media_type
        told = {"content-type": kind, "content-length": str(len(shown.body)), **shown.headers}
        headers = [(name.lower().encode(), value.encode()) for name, value in told.items()]
        await self.send({"type": "http.response.start", "status": shown.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": shown.body, "more_body": False})


def _request_id(scope: Any) -> UUID:
    """The caller's X-Request-ID when it is a UUID, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            try:
                return UUID(value.decode("ascii"))
            except ValueError:
                break
    return uuid4()


def _routable(scope: Any) -> bool:
    """Whether the path may reach the router: no trailing or double slash, no hidden slash, no control character, UTF-8."""
    raw = scope.get("raw_path") or scope["path"].encode()
    path = unquote_to_bytes(raw.split(b"?")[0])
    if raw.lower().count(b"%2f") or any(byte < 32 or byte == 127 for byte in path):
        return False
    try:
        text = path.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return text == "/" or not (text.endswith("/") or "//" in text)
