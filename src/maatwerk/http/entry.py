"""The public door of the API: its name and version, and its own description at /api/v1/openapi.json."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler

from maatwerk.glossary import View
from maatwerk.http.routes import get
from maatwerk.settings import Settings


class Entry(View):
    """What this is, and where it is described."""

    name: str
    version: str
    description: str


def state(settings: Settings) -> State:
    """The application's state: settings for handlers, and the document once it is made."""
    return State({"settings": settings, "openapi": {}})


def handlers() -> list[HTTPRouteHandler]:
    """The two handlers."""
    return [entry_point, openapi_document]


@get("/", permission="public", summary="Wat deze API is", tag="Algemeen", include_in_schema=False)
async def entry_point(request: Request[Any, Any, Any]) -> Entry:
    info = request.app.state.openapi["info"]
    return Entry(name=info["title"], version=info["version"], description="/api/v1/openapi.json")


@get(
    "/openapi.json",
    permission="public",
    summary="De beschrijving van deze API",
    tag="Algemeen",
    include_in_schema=False,
)
async def openapi_document(request: Request[Any, Any, Any]) -> Response[bytes]:
    body = msgspec.json.encode(request.app.state.openapi)
    headers = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(body, media_type="application/json", headers=headers)
