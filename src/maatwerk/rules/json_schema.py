"""The keys of a scheme file as a JSON Schema, made from the dataclasses that read it: an editor completes and checks with it
what `tenants check` will ask. It tells shapes; what must hold between keys only the checks know."""

import types
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from maatwerk.rules.decoding import key_of
from maatwerk.rules.scheme import Scheme

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
}


def json_schema(root: type = Scheme) -> dict[str, Any]:
    """The schema of a file that is read as `root`; a TOML day is a text of the form 2025-01-31 to an editor."""
    parts: dict[str, Any] = {}
    whole = _record(root, parts)
    return {"$schema": DIALECT, "title": "Regeling", **whole, "$defs": dict(sorted(parts.items()))}


def is_written(item: "Field[Any]") -> bool:
    """Whether a field is a key of the file; others are made when a scheme is read."""
    return item.init and "key" in item.metadata


def is_required(item: "Field[Any]") -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def _record(kind: type, parts: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    written = [item for item in fields(kind) if is_written(item)]
    found: dict[str, Any] = {
        "type": "object",
        "properties": {key_of(item): _shape(hints[item.name], parts) for item in written},
        "additionalProperties": False,
    }
    if required := [key_of(item) for item in written if is_required(item)]:
        found["required"] = required
    return found


def _shape(kind: Any, parts: dict[str, Any]) -> dict[str, Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _shape(next(part for part in inner if part is not type(None)), parts)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is tuple:
        return {"type": "array", "items": _shape(inner[0], parts)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _shape(inner[1], parts)}
    if isinstance(kind, type) and is_dataclass(kind):
        if kind.__name__ not in parts:
            parts[kind.__name__] = {}
            parts[kind.__name__] = _record(kind, parts)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return dict(_PLAIN[kind])
