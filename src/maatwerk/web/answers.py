"""Answers in words, by the kind of their question: a choice by its title, cents as euros, a day as a date."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from maatwerk.documents.letters import long_date
from maatwerk.rules.money import euro
from maatwerk.rules.scheme import FieldDef

NAMES = ("voornaam", "tussenvoegsel", "achternaam")


def said(field: FieldDef | None, value: Any) -> str:
    """The answer; `field` is None for a part or a derivation of one, such as an age."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Mapping):
        return _person(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(said(field, each) for each in value)
    if field is None:
        return str(value)
    kind = field.outcome_kind if field.kind == "berekend" else field.kind
    if kind == "bedrag" and isinstance(value, int):
        return euro(value)
    if kind == "datum":
        return _day(str(value))
    return field.choices.get(str(value), str(value))


def _person(parts: Mapping[str, Any]) -> str:
    name = " ".join(str(parts[part]) for part in NAMES if parts.get(part))
    rest = [
        _day(str(value)) if part == "geboortedatum" else str(value)
        for part, value in parts.items()
        if part not in NAMES and value
    ]
    return ", ".join(filter(None, [name, *rest]))


def _day(text: str) -> str:
    try:
        return long_date(date.fromisoformat(text))
    except ValueError:
        return text
