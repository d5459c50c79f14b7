"""Finds everything that is wrong with a JSON value at once. msgspec stops at the first fault, so this runs only after it
refused; it never repeats the value, which may be about a person."""

import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from maatwerk.rules.refusals import Reason

_KINDS = {
    "int": "een geheel getal",
    "str": "een tekst",
    "bool": "true of false",
    "float": "een getal",
    "array": "een lijst",
    "object": "een object",
    "null": "leeg",
    "uuid": "een UUID",
    "date": "een datum",
    "datetime": "een tijdstip",
}
_WRONG_KIND = re.compile(r"Expected `([^`]+)`, got")
_LENGTH = re.compile(r"Expected `(?:str|array|object|bytes)` of length (<=|>=|==) (\d+)")
_RANGE = re.compile(r"Expected `(?:int|float)` (<=|>=|<|>) (-?[\d.]+)")
_WORDS = {"<=": "hoogstens", ">=": "minstens", "==": "precies", "<": "minder dan", ">": "meer dan"}


def faults(kind: Any, value: Any, path: str = "") -> Iterator[Reason]:
    """Every reason why `value` (as JSON decodes it) is no `kind`; each names its place as `regels[0].bedrag`."""
    kind = _alternative(kind, value)
    core = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if _is_struct(core) and isinstance(value, dict):
        yield from _in_struct(core, value, path)
        return
    inner = [fault for item in _items(core, value, path) for fault in faults(*item)]
    yield from inner or _whole(kind, value, path)


def reason_of(message: str, path: str) -> Reason:
    """msgspec's English message as a Dutch reason."""
    if match := _LENGTH.match(message):
        return Reason("lengte", f"De lengte is {_WORDS[match[1]]} {match[2]}.", field=path)
    if match := _RANGE.match(message):
        return Reason("bereik", f"De waarde is {_WORDS[match[1]]} {match[2]}.", field=path)
    if match := _WRONG_KIND.match(message):
        wanted = " of ".join(_KINDS.get(part.strip(), part.strip()) for part in match[1].split("|"))
        return Reason("soort", f"Hier hoort {wanted}.", field=path)
    if "regex" in message:
        return Reason("patroon", "De tekst heeft niet de juiste vorm.", field=path)
    if message.startswith("Invalid enum value"):
        return Reason("keuze", "Deze keuze is er niet.", field=path)
    if message.startswith("Invalid"):
        return Reason("vorm", "De waarde heeft niet de juiste vorm.", field=path)
    return Reason("ongeldig", "De waarde is niet geldig.", field=path)


def _in_struct(kind: Any, value: dict[str, Any], path: str) -> Iterator[Reason]:
    known = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name in value.keys() - known.keys():
        if kind.__struct_config__.forbid_unknown_fields:
            yield Reason("onbekend", "Dit veld bestaat hier niet.", field=_place(path, name[:60]))
    for name, field in known.items():
        if name in value:
            yield from faults(field.type, value[name], _place(path, name))
        elif field.required:
            yield Reason("ontbreekt", "Dit veld is verplicht.", field=_place(path, name))


def _items(kind: Any, value: Any, path: str) -> Iterator[tuple[Any, Any, str]]:
    """The members of a list or a map, each with the kind that it should have."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (list, tuple, set, frozenset) and isinstance(value, list) and arguments:
        for number, item in enumerate(value[:200]):
            yield arguments[0], item, f"{path}[{number}]"
    elif origin is dict and isinstance(value, dict):
        for key, item in list(value.items())[:200]:
            yield arguments[1], item, _place(path, str(key)[:60])


def _whole(kind: Any, value: Any, path: str) -> Iterator[Reason]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        choices = ", ".join(str(choice) for choice in _choices(kind))
        if choices and str(error).startswith("Invalid enum value"):
            yield Reason("keuze", f"Kies uit: {choices}.", field=path)
        else:
            yield reason_of(str(error), path)


def _alternative(kind: Any, value: Any) -> Any:
    """The one alternative that is left of a union without None and UNSET; a union of more stays as it is."""
    if get_origin(kind) in (Union, types.UnionType) and value is not None:
        rest = [part for part in get_args(kind) if part not in (type(None), msgspec.UnsetType)]
        return rest[0] if len(rest) == 1 else kind
    return kind


def _choices(kind: Any) -> tuple[Any, ...]:
    kind = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return get_args(kind) if get_origin(kind) is Literal else ()


def _is_struct(kind: Any) -> bool:
    origin = get_origin(kind) or kind
    return isinstance(origin, type) and not isinstance(origin, TypeVar) and issubclass(origin, msgspec.Struct)


def _place(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
