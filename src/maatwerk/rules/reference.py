"""Every key of a scheme file in tables, made from the dataclasses that read it, so that none can be forgotten or left behind.
What a key means stands in tenants/README.md; here stands what may be written."""

import types
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from maatwerk.rules.decoding import key_of
from maatwerk.rules.json_schema import is_required, is_written
from maatwerk.rules.scheme import Scheme

_WORDS: dict[Any, str] = {str: "tekst", int: "geheel getal", bool: "true of false", date: "dag"}
_HEAD = """# De sleutels van een regeling

Gemaakt uit de code met `make reference`; wijzig dit bestand niet met de hand. Wat een sleutel betekent staat in
[README.md](README.md). Een editor die JSON Schema kent, vult aan met `regeling.schema.json`: zet bovenaan een regeling
`#:schema` met het pad ernaartoe, zoals in `voorbeeld/scheme.toml`.
"""


def reference() -> str:
    """The whole reference as Markdown in Dutch."""
    lines = [_HEAD]
    for place, kind in _tables(Scheme, ""):
        lines += [f"## {place or 'Bovenaan het bestand'}", "", "| sleutel | wat | verplicht |", "|---|---|---|"]
        hints = get_type_hints(kind)
        for item in fields(kind):
            if is_written(item):
                lines.append(f"| `{key_of(item)}` | {_words(hints[item.name], item)} | {_need(item)} |")
        lines.append("")
    return "\n".join(lines)


def _tables(kind: type, place: str, seen: frozenset[type] = frozenset()) -> Iterator[tuple[str, type]]:
    """Every table with its place in the file, each kind of table below a place once."""
    yield place, kind
    hints = get_type_hints(kind)
    for item in fields(kind):
        below = _record_in(hints[item.name])
        if is_written(item) and below is not None and below not in (*seen, kind):
            yield from _tables(below, _place(place, key_of(item), hints[item.name]), seen | {kind})


def _place(place: str, key: str, kind: Any) -> str:
    """How the table's head is written: `[boek.<naam>]`, `[[inzage]]`, or for a part of a part the path to it."""
    outer = place.strip("[]")
    path = f"{outer}.{key}" if outer else key
    if get_origin(kind) is dict:
        return f"[{path}.<naam>]"
    return f"[[{path}]]" if get_origin(kind) is tuple else f"[{path}]"


def _record_in(kind: Any) -> type | None:
    if isinstance(kind, type) and is_dataclass(kind):
        return kind
    return next((found for part in get_args(kind) if (found := _record_in(part)) is not None), None)


def _words(kind: Any, item: "Field[Any]") -> str:
    found = _kind(kind)
    plain = item.default if item.default is not MISSING else None
    return f"{found}; anders {_value(plain)}" if plain not in (None, "", ()) else found


def _kind(kind: Any) -> str:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _kind(next(part for part in inner if part is not type(None)))
    if origin is Literal:
        return "een van " + ", ".join(f"`{each}`" for each in inner)
    if origin is tuple:
        return f"lijst: {_kind(inner[0])}"
    if origin is dict:
        return f"per naam: {_kind(inner[1])}"
    return "tabel" if is_dataclass(kind) else _WORDS[kind]


def _value(value: Any) -> str:
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value}`"


def _need(item: "Field[Any]") -> str:
    return "ja" if is_required(item) else ""
