"""What a tenant.toml adds to the schemes of its partnership: a budget of a book in one period, dates of a meeting. The same is read
from the file and from what the database keeps of it, where days are texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from maatwerk.rules.decoding import BROKEN, Fault, decode, key


@dataclass(frozen=True, kw_only=True)
class BudgetEntry:
    """[[budget]]: the ceiling of a book, or of a part of it, in the book's unit."""

    scheme: str = key("regeling")
    book: str = key("boek")
    period: str = key("periode")
    part: str = key("deel", "")
    ceiling: int = key("plafond")


@dataclass(frozen=True, kw_only=True)
class MeetingEntry:
    """[[vergadering]]: days on which a committee meets, besides those of the scheme."""

    scheme: str = key("regeling")
    meeting: str = key("vergadering")
    dates: tuple[date, ...] = key("data")


_Entry = TypeVar("_Entry", BudgetEntry, MeetingEntry)


def entries(
    kind: type[_Entry], table: str, settings: Mapping[str, Any]
) -> tuple[tuple[_Entry, ...], tuple[Fault, ...]]:
    """(the entries of a table, faults); none when one of them is wrong."""
    faults: list[Fault] = []
    found = decode(tuple[kind, ...], _dated(settings.get(table, [])), table, faults)  # type: ignore[valid-type]
    return (() if found is BROKEN or faults else found), tuple(faults)


def _dated(rows: Any) -> Any:
    """Texts that are days become days; what is neither is told by the decoding."""
    if not isinstance(rows, list):
        return rows
    return [{**row, "data": _days(row["data"])} if isinstance(row, dict) and "data" in row else row for row in rows]


def _days(given: Any) -> Any:
    return [_day(each) for each in given] if isinstance(given, list) else given


def _day(given: Any) -> Any:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return given
