"""Turns every exception of a request into a problem document, which a page shows in its own way. Litestar's own texts are
never passed on: they quote input."""

import re
import traceback
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec
from litestar import Request, Response, _multipart
from litestar.exceptions import ClientException, HTTPException, ValidationException

from maatwerk.http import incidents, problems
from maatwerk.http.answered import Answered
from maatwerk.http.faults import reason_of
from maatwerk.http.guard import allowing
from maatwerk.rules.refusals import Invalid, Reason, Refused

Told = tuple[problems.Problem, dict[str, str]]

# Somebody else held for too long what this request needed, and nothing of it was done.
BUSY = (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)
SOON = "2"

_MISSING = re.compile(r"Missing required \w+ parameter '([^']*)'")


class Shown(NamedTuple):
    """What goes out in place of an answer."""

    status: int
    media_type: str
    body: bytes
    headers: Mapping[str, str] = {}


ShowFailure = Callable[[Any, problems.Problem], Shown]


class Answers:
    """What the application answers to a request that ended in an error. `show` makes a page of a problem and
    the ASGI scope of its request; without it, and below /api, the problem document itself is the answer."""

    def __init__(self, show: ShowFailure | None = None) -> None:
        self._show = show

    def __call__(self, request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        if isinstance(error, Answered):
            return error.response
        problem, headers = problem_of(request, error)
        shown = self.shown(request.scope, problem)
        return Response(
            content=shown.body,
            status_code=shown.status,
            media_type=shown.media_type,
            headers={**headers, **shown.headers},
        )

    def shown(self, scope: Any, problem: problems.Problem) -> Shown:
        """The problem as this request's caller can read it."""
        path = scope["path"]
        if self._show is None or path == "/api" or path.startswith("/api/"):
            return Shown(problem.status, problems.MEDIA_TYPE, msgspec.json.encode(problem))
        return self._show(scope, problem)


def problem_of(request: Request[Any, Any, Any], error: Exception) -> Told:
    """The problem with the headers that belong to it; what nobody expected is logged and is a 500."""
    request_id = request_id_of(request.scope)
    if isinstance(error, ValidationException):
        error = Invalid(tuple(_reasons(request, error)))
    if isinstance(error, Refused):
        return problems.of_refusal(error, request_id), _headers_of(error)
    if isinstance(error, HTTPException) and (error.status_code < 500 or error.status_code == 503):
        return _http(error, request_id)
    if isinstance(error, BUSY):
        return problems.plain(503, request_id), {"Retry-After": SOON}
    if _while_reading_a_form(error):
        return problems.plain(400, request_id), {}
    incidents.note(error)
    return problems.plain(500, request_id), {}


def _while_reading_a_form(error: Exception) -> bool:
    """Whether Litestar's form parser fell over what was sent: a charset that is none, or bytes outside it."""
    if not isinstance(error, UnicodeError | LookupError | ValueError):
        return False
    return any(frame.f_code.co_filename == _multipart.__file__ for frame, _ in traceback.walk_tb(error.__traceback__))


def request_id_of(scope: Any) -> UUID | None:
    """The request id that the edge gave, if it passed there."""
    found = scope.get("state", {}).get("request_id")
    return found if isinstance(found, UUID) else None


def _headers_of(refusal: Refused) -> dict[str, str]:
    if isinstance(refusal, problems.TooSoon):
        return {"Retry-After": str(refusal.retry_after)}
    if isinstance(refusal, problems.Unauthenticated):
        return {"WWW-Authenticate": 'Bearer realm="maatwerk"'}
    return {}


def _http(error: HTTPException, request_id: UUID | None) -> Told:
    headers = {}
    for name, value in (error.headers or {}).items():
        headers[name] = allowing(value.split(",")) if name.lower() == "allow" else value
    status = error.status_code if error.status_code in problems.TITLES else 400
    return problems.plain(status, request_id), headers


def _reasons(request: Request[Any, Any, Any], error: ClientException) -> list[Reason]:
    """Every parameter that Litestar found wrong, under the name by which it was sent."""
    if match := _MISSING.match(error.detail):
        return [Reason("ontbreekt", "Deze parameter ontbreekt.", field=match.group(1))]
    found = error.extra if isinstance(error.extra, list) else []
    return [_reason(request, item) for item in found] or [Reason("onleesbaar", problems.DETAILS[400])]


def _reason(request: Request[Any, Any, Any], item: Mapping[str, Any]) -> Reason:
    name = str(item.get("key", ""))
    if name == "data":
        return Reason("ontbreekt", "De inhoud van het verzoek ontbreekt.")
    return reason_of(str(item.get("message", "")), sent_name(request, name))


def sent_name(request: Request[Any, Any, Any], name: str) -> str:
    """The name in the URL of a parameter of the handler."""
    parameter = request.route_handler.parsed_fn_signature.parameters.get(name)
    return getattr(getattr(parameter, "kwarg_definition", None), "name", None) or name
