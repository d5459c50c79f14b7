"""Strict decoding of a TOML table into a dataclass: every fault is collected, none stops the reading.

A field's Dutch key stands in its metadata (`key(...)`); an unknown key is a fault with the nearest known one as the mend. What
does not decode is BROKEN, and so is all that holds it; an unknown key breaks nothing, so that the rest is still checked.
"""

import difflib
import re
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, field, fields
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from maatwerk.rules.refusals import Invalid, Reason

_NAMES: dict[type, str] = {
    str: "een tekst",
    int: "een geheel getal",
    bool: "true of false",
    date: "een datum (2025-01-31)",
    dict: "een tabel",
    tuple: "een lijst",
}
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
BROKEN: Any = type("Broken", (), {"__repr__": lambda self: "BROKEN"})()


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a scheme file: `key` is the dotted path, `line` counts from 1 (0: not yet known). A `waarschuwing`
    is told and the file is loaded all the same."""

    key: str
    message: str
    mend: str = ""
    line: int = 0
    severity: Literal["fout", "waarschuwing"] = "fout"

    def __str__(self) -> str:
        mend = f" Herstel: {self.mend}" if self.mend else ""
        return f"regel {self.line}, {self.key or '(bestand)'}: {self.message}{mend}"


class FileRefused(Invalid):
    """A file that can't be honoured; `faults` are in the order of the file, which `file` names."""

    file = "bestand"
    code = "bestand"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(tuple(Reason(self.code, fault.message, fault.mend, fault.key) for fault in faults))

    def __str__(self) -> str:
        return "; ".join(str(fault) for fault in self.faults)


class SchemeRefused(FileRefused):
    """A scheme file that can't be honoured."""

    file = "regeling.toml"
    code = "regeling"


def key(name: str, default: Any = MISSING, factory: Callable[[], Any] | Any = MISSING) -> Any:
    """A dataclass field with its Dutch key in the scheme file."""
    if factory is not MISSING:
        return field(default_factory=factory, metadata={"key": name})
    return field(default=default, metadata={"key": name})


def key_of(item: Any) -> str:
    return str(item.metadata.get("key", item.name))


def decode(kind: Any, raw: Any, path: str, faults: list[Fault]) -> Any:
    """`raw` as a value of type `kind`; adds to `faults` what does not fit and then gives BROKEN."""
    origin, parts = _shape(kind)
    if origin in (Union, types.UnionType):
        return decode(next(part for part in parts if part is not type(None)), raw, path, faults)
    if origin is Literal:
        return _choice(parts, raw, path, faults)
    if origin is tuple:
        return _list(parts[0], raw, path, faults)
    if origin is dict:
        return _table_of(parts[1], raw, path, faults)
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__"):
        return _record(kind, raw, path, faults)
    if type(raw) is not kind:
        name = _NAMES[kind]
        return _broken(faults, path, f"hier hoort {name} te staan.", f"geef {name}.")
    if kind is str and (unwritable := _UNWRITABLE.search(raw)):
        message = f"hier staat een teken dat niet kan (U+{ord(unwritable.group()):04X})."
        return _broken(faults, path, message, "haal dit teken weg.")
    return raw


@cache
def _shape(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """What a type is made of: (tuple, (str, ...)) for a list of texts."""
    return get_origin(kind), get_args(kind)


def _broken(faults: list[Fault], path: str, message: str, mend: str) -> Any:
    faults.append(Fault(path, message, mend))
    return BROKEN


def _choice(options: tuple[str, ...], raw: Any, path: str, faults: list[Fault]) -> Any:
    if isinstance(raw, str) and raw in options:
        return raw
    near = difflib.get_close_matches(str(raw)[:60], options, 1) if isinstance(raw, str) else []
    mend = f"bedoelde u {near[0]!r}?" if near else "kies uit: " + ", ".join(options) + "."
    shown = repr(raw[:40]) if isinstance(raw, str) else "die hier staat"
    return _broken(faults, path, f"de waarde {shown} bestaat hier niet.", mend)


def _list(kind: Any, raw: Any, path: str, faults: list[Fault]) -> Any:
    if not isinstance(raw, list):
        return _broken(faults, path, "hier hoort een lijst te staan.", "zet de waarde tussen [ en ].")
    items = tuple(decode(kind, item, f"{path}.{index}", faults) for index, item in enumerate(raw))
    return BROKEN if BROKEN in items else items


def _table_of(kind: Any, raw: Any, path: str, faults: list[Fault]) -> Any:
    if not isinstance(raw, dict):
        return _broken(faults, path, "hier hoort een tabel te staan.", f"schrijf [{path}.<naam>].")
    items = {name: decode(kind, item, f"{path}.{name}" if path else name, faults) for name, item in raw.items()}
    return BROKEN if BROKEN in items.values() else items


@cache
def _keys(kind: type) -> tuple[dict[str, Any], dict[str, Field[Any]]]:
    """(field name -> type, Dutch key -> field) of a dataclass."""
    return get_type_hints(kind), {key_of(item): item for item in fields(kind)}


def _record(kind: type, raw: Any, path: str, faults: list[Fault]) -> Any:
    if not isinstance(raw, dict):
        message = "hier hoort een tabel te staan."
        return _broken(faults, path, message, "schrijf { sleutel = waarde } of een eigen [tabel].")
    hints, known = _keys(kind)
    values: dict[str, Any] = {}
    for name, value in raw.items():
        below = f"{path}.{name}" if path else name
        if name in known:
            values[known[name].name] = decode(hints[known[name].name], value, below, faults)
            continue
        near = difflib.get_close_matches(name[:60], known, 1)
        mend = f"bedoelde u {near[0]!r}?" if near else "bekend zijn: " + ", ".join(sorted(known)) + "."
        faults.append(Fault(below, f"de sleutel {name[:60]!r} is onbekend.", mend))
    for name, item in known.items():
        if name not in raw and item.default is MISSING and item.default_factory is MISSING:
            values[item.name] = _broken(faults, path, f"de sleutel {name!r} ontbreekt.", f"voeg {name} toe.")
    return BROKEN if BROKEN in values.values() else kind(**values)
