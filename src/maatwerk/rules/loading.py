"""A scheme file to a `Scheme`, or every fault at once with its key, line and mend. Never another exception, whatever the text."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from maatwerk.rules.checks import check
from maatwerk.rules.composing import composed
from maatwerk.rules.decoding import BROKEN, Fault, SchemeRefused, decode
from maatwerk.rules.matrix import with_choices
from maatwerk.rules.positions import line_for, lines_of
from maatwerk.rules.questions import complete
from maatwerk.rules.scheme import Scheme

MAX_BYTES = 1_000_000
_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


def parse(text: str) -> tuple[Scheme | None, tuple[Fault, ...]]:
    """(scheme, faults): the scheme is there unless something is wrong; beside it stand warnings only."""
    scheme, faults = _without_lines(text)
    return scheme, _placed_in(text, faults)


def _without_lines(text: str) -> tuple[Scheme | None, tuple[Fault, ...]]:
    """The same, but of the faults only one of the text itself has its line: finding those of keys costs a reading of its own."""
    raw, fault = read_toml(text)
    return read(raw) if fault is None else (None, (fault,))


def read_toml(text: str) -> tuple[dict[str, Any], Fault | None]:
    """(what it says, None), or ({}, why it can't be read)."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        return {}, Fault("", "het bestand is groter dan 1 MB.", "splits de regeling op.", 1)
    try:
        return tomllib.loads(text), None
    except tomllib.TOMLDecodeError as error:
        return {}, _no_toml(text, str(error))
    except (ValueError, RecursionError):
        message = "dit bestand is niet als TOML te lezen."
        return {}, Fault("", message, "haal vreemde tekens, heel lange getallen en diepe nesting weg.", 1)


def _no_toml(text: str, error: str) -> Fault:
    found = _AT.search(error)
    line = int(found.group(1)) if found and found.group(1) else max(len(text.splitlines()), 1)
    column = f", positie {found.group(2)}" if found and found.group(2) else ""
    mend = "controleer aanhalingstekens, haakjes en dubbele sleutels."
    return Fault("", f"dit is geen geldige TOML{column}.", mend, line)


def read(raw: dict[str, Any]) -> tuple[Scheme | None, tuple[Fault, ...]]:
    """The same for what TOML was read to: the faults have no lines yet."""
    faults: list[Fault] = []
    try:
        scheme = decode(Scheme, raw, "", faults)
        if scheme is not BROKEN:
            scheme = complete(with_choices(scheme))
            faults.extend(check(scheme))
    except RecursionError:
        return None, (Fault("", "de tabellen zijn te diep genest.", "maak de regeling platter.", 1),)
    return (None if any(is_fatal(fault) for fault in faults) else composed(scheme)), tuple(faults)


def is_fatal(fault: Fault) -> bool:
    """Whether a fault keeps the scheme from being loaded."""
    return fault.severity == "fout"


def placed(faults: tuple[Fault, ...], lines: Mapping[str, int]) -> tuple[Fault, ...]:
    """The faults in the order of the file, each once and with its line."""
    found = {replace(fault, line=fault.line or line_for(lines, fault.key)): None for fault in faults}
    return tuple(sorted(found, key=lambda fault: (fault.line, fault.key)))


def _placed_in(text: str, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    if all(fault.line for fault in faults):
        return faults
    try:
        lines = lines_of(text)
    except RecursionError:
        lines = {}
    return placed(faults, lines)


def load(text: str) -> Scheme:
    """The scheme of a text.

    Raises SchemeRefused with every fault."""
    scheme, faults = _without_lines(text)
    if scheme is None:
        raise SchemeRefused(_placed_in(text, tuple(fault for fault in faults if is_fatal(fault))))
    return scheme
