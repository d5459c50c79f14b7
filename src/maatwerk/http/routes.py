"""How a feature declares a route: Litestar's decorators with a permission that can't be left out, and with words for what
every answer of this API has. `creates` asks for an Idempotency-Key, `versioned` for If-Match; OpenAPI shows both."""

from collections.abc import Callable
from typing import Any

import litestar
from litestar.datastructures import ResponseHeader
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler

Handler = Callable[[Callable[..., Any]], HTTPRouteHandler]

LARGEST_BODY = 1_000_000


def get(path: str, *, permission: str, summary: str, tag: str, **options: Any) -> Handler:
    """A handler that reads. `summary` and `tag` are Dutch and stand in the OpenAPI document."""
    return litestar.get(path, **_options(permission, summary, tag, options))


def post(
    path: str,
    *,
    permission: str,
    summary: str,
    tag: str,
    creates: bool = False,
    status: int = 201,
    **options: Any,
) -> Handler:
    """A handler that adds or does something. `creates`: it takes `once: Once` and asks for an Idempotency-Key."""
    return litestar.post(path, status_code=status, **_options(permission, summary, tag, options, creates=creates))


def put(
    path: str,
    *,
    permission: str,
    summary: str,
    tag: str,
    versioned: bool = False,
    status: int = 200,
    **options: Any,
) -> Handler:
    """A handler that replaces. `versioned`: it takes `version: Version` and asks for If-Match."""
    return litestar.put(path, status_code=status, **_options(permission, summary, tag, options, versioned=versioned))


def patch(path: str, *, permission: str, summary: str, tag: str, versioned: bool = True, **options: Any) -> Handler:
    """A handler that changes part of something."""
    return litestar.patch(path, **_options(permission, summary, tag, options, versioned=versioned))


def delete(path: str, *, permission: str, summary: str, tag: str, versioned: bool = False, **options: Any) -> Handler:
    """A handler that removes or ends something; it answers 204."""
    return litestar.delete(path, **_options(permission, summary, tag, options, versioned=versioned))


def _options(
    permission: str,
    summary: str,
    tag: str,
    options: dict[str, Any],
    *,
    creates: bool = False,
    versioned: bool = False,
) -> dict[str, Any]:
    opt = {"permission": permission, "creates": creates, "versioned": versioned, **options.pop("opt", {})}
    opt["problems"] = tuple(options.pop("problems", ()))
    opt["headers"] = tuple(options.pop("answers_with", ()))
    options.setdefault("request_max_body_size", LARGEST_BODY)
    return {"opt": opt, "summary": summary, "tags": [tag], **options}


def answer_types(handler: BaseRouteHandler) -> tuple[str, ...]:
    """The media types in which a handler answers; one that gives files names theirs in `opt={"answers": ...}`."""
    if listed := handler.opt.get("answers"):
        return tuple(listed)
    kind = getattr(handler, "media_type", None) or "application/json"
    return (str(getattr(kind, "value", kind)),)


def header(name: str, description: str) -> ResponseHeader:
    """A header that a handler's answer carries, for the OpenAPI document."""
    return ResponseHeader(name=name, description=description, documentation_only=True)
