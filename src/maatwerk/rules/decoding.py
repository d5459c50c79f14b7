"""Strict decoding of a TOML table into a dataclass: every fault is collected, none stops the reading.

A field's Dutch key stands in its metadata (`key(...)`); an unknown key is a fault with the nearest known one as the mend.
"""

import difflib
import types
from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

_NAMES: dict[type, str] = {
    str: "een tekst",
    int: "een geheel getal",
    bool: "true of false",
    date: "een datum (2025-01-31)",
    dict: "een tabel",
    tuple: "een lijst",
}
_HINTS: dict[type, dict[str, Any]] = {}


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a scheme file: `key` is the dotted path, `line` counts from 1 (0: not yet known)."""

    key: str
    message: str
    mend: str = ""
    line: int = 0

    def __str__(self) -> str:
        mend = f" Herstel: {self.mend}" if self.mend else ""
        return f"regel {self.line}, {self.key or '(bestand)'}: {self.message}{mend}"


def key(name: str, default: Any = MISSING, factory: Callable[[], Any] | Any = MISSING) -> Any:
    """A dataclass field with its Dutch key in the scheme file."""
    if factory is not MISSING:
        return field(default_factory=factory, metadata={"key": name})
    return field(default=default, metadata={"key": name})


def key_of(item: Any) -> str:
    return str(item.metadata.get("key", item.name))


def decode(kind: Any, raw: Any, path: str, faults: list[Fault]) -> Any:
    """`raw` as a value of type `kind`; adds to `faults` what does not fit and then gives None."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return decode(next(part for part in get_args(kind) if part is not type(None)), raw, path, faults)
    if origin is Literal:
        return _choice(get_args(kind), raw, path, faults)
    if origin is tuple:
        return _list(get_args(kind)[0], raw, path, faults)
    if origin is dict:
        return _table_of(get_args(kind)[1], raw, path, faults)
    if isinstance(kind, type) and hasattr(kind, "__dataclass_fields__"):
        return _record(kind, raw, path, faults)
    if type(raw) is not kind:
        faults.append(Fault(path, f"hier hoort {_NAMES.get(kind, kind.__name__)} te staan.", f"geef {_NAMES[kind]}."))
        return None
    return raw


def _choice(options: tuple[str, ...], raw: Any, path: str, faults: list[Fault]) -> Any:
    if raw in options and isinstance(raw, str):
        return raw
    near = difflib.get_close_matches(str(raw), options, 1)
    mend = f"bedoelde u {near[0]}?" if near else "kies uit: " + ", ".join(options) + "."
    faults.append(Fault(path, f"de waarde {str(raw)[:40]!r} bestaat hier niet.", mend))
    return None


def _list(kind: Any, raw: Any, path: str, faults: list[Fault]) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        faults.append(Fault(path, "hier hoort een lijst te staan.", "zet de waarde tussen [ en ]."))
        return ()
    return tuple(decode(kind, item, f"{path}.{index}", faults) for index, item in enumerate(raw))


def _table_of(kind: Any, raw: Any, path: str, faults: list[Fault]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        faults.append(Fault(path, "hier hoort een tabel te staan.", f"schrijf [{path}.<naam>]."))
        return {}
    return {name: decode(kind, item, f"{path}.{name}" if path else name, faults) for name, item in raw.items()}


def _record(kind: type, raw: Any, path: str, faults: list[Fault]) -> Any:
    if not isinstance(raw, dict):
        faults.append(
            Fault(path, "hier hoort een tabel te staan.", "schrijf { sleutel = waarde } of een eigen [tabel].")
        )
        return None
    hints = _HINTS.setdefault(kind, get_type_hints(kind))
    known = {key_of(item): item for item in fields(kind)}
    before = len(faults)
    values: dict[str, Any] = {}
    for name, value in raw.items():
        below = f"{path}.{name}" if path else name
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            mend = f"bedoelde u {near[0]!r}?" if near else "bekend zijn: " + ", ".join(sorted(known)) + "."
            faults.append(Fault(below, f"de sleutel {name[:60]!r} is onbekend.", mend))
        else:
            values[known[name].name] = decode(hints[known[name].name], value, below, faults)
    for name, item in known.items():
        if name not in raw and item.default is MISSING and item.default_factory is MISSING:
            faults.append(Fault(path, f"de sleutel {name!r} ontbreekt.", f"voeg {name} toe."))
    if len(faults) > before:
        return None
    return kind(**values)
