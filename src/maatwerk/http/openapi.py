"""The OpenAPI document, made from the handlers and their structs by msgspec itself, so that it can't promise what the
decoder does not keep. Litestar's own generator is off: it takes over every unknown path below its own."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from litestar import Litestar

from maatwerk.glossary import dutch
from maatwerk.http.cookies import cookie_name
from maatwerk.http.guard import handlers_of
from maatwerk.http.operations import Schemas, answer_kind, body_kind, operation, parameter_kinds, path_of
from maatwerk.http.problems import DETAILS, MEDIA_TYPE, TITLES, Problem
from maatwerk.settings import Settings

VERSION = "1.0.0"
BASE = "/api/v1"
REF = "#/components/schemas/{name}"


def document(app: Litestar, settings: Settings) -> dict[str, Any]:
    """The whole document, as JSON-ready objects."""
    documented = [(route, handler, model) for route, handler, model in handlers_of(app) if _shown(route.path, handler)]
    kinds = list(_kinds(documented))
    schemas, components = msgspec.json.schema_components([*kinds, Problem], ref_template=REF)
    names = {name: _name(name) for name in components}
    known = Schemas(
        {_hashable(kind): _renamed(schema, names) for kind, schema in zip([*kinds, Problem], schemas, strict=True)}
    )
    paths: dict[str, dict[str, Any]] = {}
    for route, handler, model in documented:
        item = paths.setdefault(path_of(route), {})
        for method in sorted(handler.http_methods):
            item[method.lower()] = operation(route, handler, model, known)
    return {
        "openapi": "3.1.0",
        "info": _info(settings),
        "servers": [{"url": _server(settings), "description": "Deze dienst"}],
        "tags": [
            {"name": name} for name in sorted({tag for _, handler, _ in documented for tag in handler.tags or ()})
        ],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {names[name]: _renamed(schema, names) for name, schema in sorted(components.items())},
            "responses": {f"Probleem{status}": _problem(status) for status in TITLES},
            "headers": {"API-Version": _version_header()},
            "securitySchemes": {
                "sessie": {"type": "apiKey", "in": "cookie", "name": cookie_name(settings)},
                "token": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _info(settings: Settings) -> dict[str, Any]:
    return {
        "title": "maatwerk",
        "version": VERSION,
        "description": "Aanvragen, beoordelingen en besluiten van samenwerkingsverbanden passend onderwijs.",
        "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        "contact": {
            "name": "Beheer van de maatwerk-API",
            "email": f"api@{settings.sender_domain}",
            "url": f"https://{settings.sender_domain}/api",
        },
    }


def _server(settings: Settings) -> str:
    return f"{settings.public_url}{BASE}" if settings.public_url.startswith("https://") else BASE


def _shown(path: str, handler: Any) -> bool:
    return path.startswith(f"{BASE}/") and handler.include_in_schema is not False


def _kinds(documented: list[tuple[Any, Any, Any]]) -> Iterator[Any]:
    """Every type that the handlers read or answer with, once."""
    seen = set()
    for route, handler, model in documented:
        for kind in (body_kind(handler), answer_kind(handler), *parameter_kinds(route, handler, model)):
            if kind is not None and _hashable(kind) not in seen:
                seen.add(_hashable(kind))
                yield kind


def _hashable(kind: Any) -> str:
    return repr(kind)


def _name(component: str) -> str:
    """The Dutch name of a struct, from the glossary; a page is named after what it holds."""
    if component.startswith("Page_"):
        return f"Pagina{_name(component.removeprefix('Page_').rstrip('_'))}"
    return dutch(component)


def _renamed(schema: Any, names: Mapping[str, str]) -> Any:
    """The schema with every reference and title under its Dutch name."""
    if isinstance(schema, list):
        return [_renamed(item, names) for item in schema]
    if not isinstance(schema, dict):
        return schema
    renamed = {key: _renamed(value, names) for key, value in schema.items()}
    if isinstance(reference := renamed.get("$ref"), str):
        renamed["$ref"] = REF.format(name=names[reference.rpartition("/")[2]])
    if renamed.get("type") == "object" and isinstance(renamed.get("title"), str):
        del renamed["title"]
    return renamed


def _problem(status: int) -> dict[str, Any]:
    return {
        "description": f"{TITLES[status]}. {DETAILS[status]}",
        "headers": {"API-Version": {"$ref": "#/components/headers/API-Version"}},
        "content": {MEDIA_TYPE: {"schema": {"$ref": REF.format(name=_name("Problem"))}}},
    }


def _version_header() -> dict[str, Any]:
    return {
        "description": "De volledige versie van deze API.",
        "schema": {"type": "string"},
        "example": VERSION,
    }
