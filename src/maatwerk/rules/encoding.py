"""A scheme, or part of one, as plain data with the Dutch keys of its file: what the API and `--json` show."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from maatwerk.rules.decoding import key_of


def as_dutch(value: Any) -> Any:
    """Dataclasses become objects with their Dutch keys; empty members are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {key_of(item): as_dutch(getattr(value, item.name)) for item in fields(value)}
        return {name: part for name, part in found.items() if part not in (None, "", [], {})}
    if isinstance(value, dict):
        return {name: as_dutch(part) for name, part in value.items()}
    if isinstance(value, tuple | list):
        return [as_dutch(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
