"""Turns every exception of a request into a problem document. Litestar's own texts are never passed on: they quote input."""

import re
import traceback
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, _multipart
from litestar.exceptions import ClientException, HTTPException, ValidationException

from maatwerk.http import incidents, problems
from maatwerk.http.faults import reason_of
from maatwerk.http.idempotency import Answered
from maatwerk.rules.refusals import Invalid, Reason, Refused

_MISSING = re.compile(r"Missing required \w+ parameter '([^']*)'")


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The answer to a request that ended in `error`; what nobody expected is logged and answered with 500."""
    if isinstance(error, Answered):
        return error.response
    request_id = request_id_of(request.scope)
    if isinstance(error, ValidationException):
        error = Invalid(tuple(_reasons(request, error)))
    if isinstance(error, Refused):
        return respond(problems.of_refusal(error, request_id), _headers_of(error))
    if isinstance(error, HTTPException) and (error.status_code < 500 or error.status_code == 503):
        return _http(error, request_id)
    if _while_reading_a_form(error):
        return respond(problems.plain(400, request_id))
    incidents.note(error)
    return respond(problems.plain(500, request_id))


def respond(problem: problems.Problem, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    """A response that carries the document."""
    return Response(
        content=msgspec.json.encode(problem),
        status_code=problem.status,
        media_type=problems.MEDIA_TYPE,
        headers=dict(headers or {}),
    )


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


def _http(error: HTTPException, request_id: UUID | None) -> Response[bytes]:
    headers = {}
    for name, value in (error.headers or {}).items():
        headers[name] = _with_head(value) if name.lower() == "allow" else value
    status = error.status_code if error.status_code in problems.TITLES else 400
    return respond(problems.plain(status, request_id), headers)


def _with_head(allow: str) -> str:
    methods = {method.strip() for method in allow.split(",")}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


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
