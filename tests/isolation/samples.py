"""Valid request bodies, made from the API's own description, so that a refusal is about who asks and not about what."""

from typing import Any

from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from maatwerk import glossary

IDENTIFIERS = {term.dutch: term.identifier for term in glossary.TERMS}
FORMATS = {
    "uuid": "01930000-0000-7000-8000-000000000000",
    "date": "2024-09-02",
    "date-time": "2030-01-01T12:00:00Z",
}
_known: dict[tuple[str, int, int], str] = {}


def sample(document: dict[str, Any], schema: dict[str, Any], things: dict[str, str], name: str = "") -> Any:
    """A value that the schema admits; a member that is the id of a thing gets that thing's."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if choices := schema.get("enum"):
        return choices[0]
    if alternatives := schema.get("anyOf", schema.get("oneOf")):
        first = next(one for one in alternatives if one.get("type") != "null")
        return sample(document, first, things, name)
    kind = schema.get("type")
    if kind == "object":
        members = schema.get("properties", {})
        return {key: sample(document, member, things, key) for key, member in members.items()}
    if kind == "array":
        return [sample(document, schema.get("items", {}), things, name)] * max(1, schema.get("minItems", 0))
    if kind == "string":
        return things.get(IDENTIFIERS.get(name, ""), "") or _text(schema)
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    return True if kind == "boolean" else None


def _text(schema: dict[str, Any]) -> str:
    if "format" in schema:
        return FORMATS[schema["format"]]
    key = (schema.get("pattern", ""), schema.get("minLength", 0), schema.get("maxLength", 1_000))
    if key not in _known:
        strategy = st.from_regex(key[0], fullmatch=True) if key[0] else st.text(min_size=key[1], max_size=key[2])
        quick = settings(database=None, max_examples=500, phases=[Phase.generate])
        _known[key] = find(strategy, lambda text: key[1] <= len(text) <= key[2], settings=quick)
    return _known[key]


def is_about(body: Any, things: dict[str, str]) -> bool:
    """Whether a body names one of the things."""
    if isinstance(body, dict):
        return any(is_about(member, things) for member in body.values())
    if isinstance(body, list):
        return any(is_about(member, things) for member in body)
    return body in things.values()
