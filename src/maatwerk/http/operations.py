"""One operation of the OpenAPI document: what a handler takes, what it answers, and every problem that it can give."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_origin

import msgspec
from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import BodyKwarg, ParameterKwarg
from litestar.routes import HTTPRoute

from maatwerk.glossary import dutch
from maatwerk.http.fields import whole
from maatwerk.http.routes import answer_types
from maatwerk.rules.permissions import PUBLIC, SESSION

BOUNDS = ("gt", "ge", "lt", "le", "multiple_of", "pattern", "min_length", "max_length")
VERSION_HEADER = {"API-Version": {"$ref": "#/components/headers/API-Version"}}


@dataclass(frozen=True)
class Schemas:
    """The JSON schema of every type, by its repr."""

    known: Mapping[str, Any]

    def of(self, kind: Any) -> Any:
        return self.known[repr(kind)]


def operation(route: HTTPRoute, handler: HTTPRouteHandler, model: Any, schemas: Schemas) -> dict[str, Any]:
    """The operation object of a handler."""
    found: dict[str, Any] = {
        "operationId": _operation_id(route, handler),
        "summary": handler.summary,
        "description": _description(handler),
        "tags": list(handler.tags or ()),
        "security": _security(handler),
        "responses": _responses(handler, model, schemas),
    }
    if parameters := [*_parameters(handler, model, schemas), *_headers(handler)]:
        found["parameters"] = parameters
    if (kind := body_kind(handler)) is not None:
        schema = handler.opt.get("body_schema") or schemas.of(kind)
        found["requestBody"] = {"required": True, "content": {_body_media_type(handler): {"schema": schema}}}
    elif raw := handler.opt.get("raw_body"):
        found["requestBody"] = {"required": True, "content": {kind: {"schema": {"type": "string"}} for kind in raw}}
    return found


def body_kind(handler: HTTPRouteHandler) -> Any:
    """The type of the request body, or None."""
    field = handler.parsed_data_field
    if field is None or "body_schema" in handler.opt:
        return None if field is None else dict
    return field.raw


def answer_kind(handler: HTTPRouteHandler) -> Any:
    """The type of what is answered, or None for nothing and for bytes."""
    kind = handler.parsed_fn_signature.return_type.annotation
    if get_origin(kind) is Response:
        kind = get_args(kind)[0]
    return None if kind in (None, type(None), bytes, Response) else kind


def parameter_kinds(route: HTTPRoute, handler: HTTPRouteHandler, model: Any) -> Iterator[Any]:
    """The types of path and query parameters, with their bounds."""
    for parameter in (*model.expected_path_params, *model.expected_query_params):
        yield _bounded(_field(handler, parameter.field_name))


def _parameters(handler: HTTPRouteHandler, model: Any, schemas: Schemas) -> Iterator[dict[str, Any]]:
    for place, expected in (("path", model.expected_path_params), ("query", model.expected_query_params)):
        for parameter in sorted(expected, key=lambda item: str(item.field_alias)):
            field = _field(handler, parameter.field_name)
            described: dict[str, Any] = {
                "name": dutch(parameter.field_name) if place == "path" else parameter.field_alias,
                "in": place,
                "required": place == "path" or parameter.is_required,
                "schema": dict(schemas.of(_bounded(field))),
            }
            if description := getattr(field.kwarg_definition, "description", None):
                described["description"] = description
            yield described


def _headers(handler: HTTPRouteHandler) -> Iterator[dict[str, Any]]:
    if handler.opt.get("creates"):
        schema = {"type": "string", "pattern": whole('("[A-Za-z0-9._:-]{8,100}"|[A-Za-z0-9._:-]{8,100})')}
        yield _header("Idempotency-Key", "Een UUID voor dit verzoek; bij een herhaling dezelfde.", schema)
    if handler.opt.get("versioned"):
        schema = {"type": "string", "pattern": whole('"[0-9]{1,18}"')}
        yield _header("If-Match", "De ETag van wat u zag.", schema)


def _header(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "description": description, "schema": schema}


def _responses(handler: HTTPRouteHandler, model: Any, schemas: Schemas) -> dict[str, Any]:
    answers: dict[str, Any] = {str(handler.status_code): _success(handler, schemas)}
    for status in sorted(_problems(handler, model)):
        answers[str(status)] = {"$ref": f"#/components/responses/Probleem{status}"}
    return answers


def _success(handler: HTTPRouteHandler, schemas: Schemas) -> dict[str, Any]:
    headers: dict[str, Any] = dict(VERSION_HEADER)
    for header in handler.opt.get("headers", ()):
        headers[header.name] = {"description": header.description, "schema": {"type": "string"}}
    answer: dict[str, Any] = {"description": handler.response_description or "Gelukt.", "headers": headers}
    kind = answer_kind(handler)
    if kind is not None:
        answer["content"] = {"application/json": {"schema": schemas.of(kind)}}
    elif handler.status_code != 204:
        answer["content"] = {
            media_type: {"schema": {"type": "string", "contentMediaType": media_type}}
            for media_type in answer_types(handler)
        }
    return answer


def _problems(handler: HTTPRouteHandler, model: Any) -> set[int]:
    statuses = {400, 406, 500, *handler.opt.get("problems", ())}
    if handler.opt["permission"] != PUBLIC:
        statuses |= {401, 403}
    if not set(handler.http_methods) <= {"GET"}:
        statuses |= {403}
    if model.expected_path_params:
        statuses |= {404}
    if handler.parsed_data_field is not None or handler.opt.get("raw_body"):
        statuses |= {413, 415}
    if handler.opt.get("creates"):
        statuses |= {409, 422}
    if handler.opt.get("versioned"):
        statuses |= {412, 428}
    return statuses


def _security(handler: HTTPRouteHandler) -> list[dict[str, list[str]]]:
    permission = handler.opt["permission"]
    if permission == PUBLIC:
        return []
    return [{"sessie": []}] if permission == SESSION else [{"sessie": []}, {"token": []}]


def _description(handler: HTTPRouteHandler) -> str:
    permission = handler.opt["permission"]
    text = handler.description or handler.summary or ""
    if permission in (PUBLIC, SESSION):
        return text
    return f"{text.rstrip('.')}. Vraagt het recht `{permission}`."


def path_of(route: HTTPRoute) -> str:
    """The path below the server's URL, with Dutch names for its parameters."""
    return re.sub(r"\{(\w+)\}", lambda found: f"{{{dutch(found[1])}}}", route.path_format.removeprefix("/api/v1"))


def _operation_id(route: HTTPRoute, handler: HTTPRouteHandler) -> str:
    words = [part.strip("{}_") for part in path_of(route).split("/") if part]
    camel = "".join(word[:1].upper() + word[1:] for part in words for word in part.split("-"))
    return f"{sorted(handler.http_methods)[0].lower()}{camel}"


def _body_media_type(handler: HTTPRouteHandler) -> str:
    field = handler.parsed_data_field
    kwarg = field.kwarg_definition if field else None
    return (
        str(getattr(kwarg.media_type, "value", kwarg.media_type))
        if isinstance(kwarg, BodyKwarg)
        else "application/json"
    )


def _field(handler: HTTPRouteHandler, name: str) -> Any:
    """The parameter's definition, in the handler or in one of its dependencies."""
    own = handler.parsed_fn_signature.parameters
    if name in own:
        return own[name]
    for provider in handler.resolve_dependencies().values():
        if name in provider.parsed_fn_signature.parameters:
            return provider.parsed_fn_signature.parameters[name]
    raise LookupError(name)


def _bounded(field: Any) -> Any:
    """The parameter's type with the bounds that `Parameter` gives it, in the way msgspec writes them."""
    kwarg = field.kwarg_definition
    if not isinstance(kwarg, ParameterKwarg):
        return field.annotation
    bounds = {name: getattr(kwarg, name) for name in BOUNDS if getattr(kwarg, name, None) is not None}
    return Annotated[field.annotation, msgspec.Meta(**bounds)] if bounds else field.annotation
