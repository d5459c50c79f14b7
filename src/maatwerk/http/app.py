"""Makes the application: the API's handlers under /api/v1, pages beside them, one guard, one way of saying no. Knows no
feature; asgi.py names those."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from litestar import Litestar, Request, Router
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.types import Receive, Scope, Send

from maatwerk.http import entry, failures, guard
from maatwerk.http.caller import Caller, Identify
from maatwerk.http.cursors import provide_page
from maatwerk.http.edge import Edge
from maatwerk.http.etag import Version, seen
from maatwerk.http.idempotency import provide_once
from maatwerk.http.openapi import VERSION, document
from maatwerk.http.reading import StrictRequest
from maatwerk.rules.refusals import Forbidden
from maatwerk.settings import Settings

BASE = "/api/v1"
Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]
Refusal = Callable[[Caller, str], Any]


class Application(Litestar):
    """Litestar with the edge around it, also for a client that tests it without a server."""

    __slots__ = ("edge",)
    edge: Edge

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.edge(scope, receive, send)

    async def route(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What the edge wraps: Litestar itself."""
        await super().__call__(scope, receive, send)


def create_app(
    api: Sequence[HTTPRouteHandler],
    *,
    settings: Settings,
    identify: Identify,
    pages: Sequence[HTTPRouteHandler | Router] = (),
    show_failure: failures.ShowFailure | None = None,
    on_forbidden: Refusal | None = None,
    lifespan: Sequence[Lifespan] = (),
) -> Application:
    """The application. `identify` finds the caller of a session or token; `show_failure` makes a page of a problem
    outside /api, `on_forbidden(caller, code)` logs a 403.

    Raises UndeclaredPermission for a handler without a permission.
    """
    answers = failures.Answers(show_failure)
    app = Application(
        route_handlers=[Router(BASE, route_handlers=[*api, *entry.handlers()]), *pages],
        guards=[guard.Guard(settings, identify)],
        dependencies={
            "caller": Provide(provide_caller),
            "visitor": Provide(provide_visitor),
            "once": Provide(provide_once),
            "page": Provide(provide_page),
            "version": Provide(provide_version),
        },
        exception_handlers={Exception: answers},
        after_exception=[_note_forbidden(on_forbidden)] if on_forbidden else [],
        request_class=StrictRequest,
        openapi_config=None,
        logging_config=None,
        lifespan=list(lifespan),
        state=entry.state(settings),
    )
    guard.declare_all(app)
    app.state.openapi = document(app, settings)
    app.edge = Edge(app.route, VERSION, answers.shown)
    return app


async def provide_caller(request: Request[Any, Any, Any]) -> Caller:
    """The dependency `caller` of a handler that is not public: the guard has found it."""
    caller = request.scope["state"]["caller"]
    assert isinstance(caller, Caller)
    return caller


async def provide_version(request: Request[Any, Any, Any]) -> Version:
    """The dependency `version` of a handler that changes: what the caller says he saw. Raises VersionMissing (428), Invalid."""
    return seen(request.headers.get("if-match"))


async def provide_visitor(request: Request[Any, Any, Any]) -> Caller | None:
    """The dependency `visitor` of a public handler: who asks, if he is somebody."""
    visitor: Caller | None = request.scope["state"]["caller"]
    return visitor


def _note_forbidden(note: Refusal) -> Any:
    async def hook(error: Exception, scope: Scope) -> None:
        caller = scope.get("state", {}).get("caller")
        if isinstance(error, Forbidden) and isinstance(caller, Caller):
            await note(caller, error.reasons[0].code if error.reasons else "geen_recht")

    return hook
