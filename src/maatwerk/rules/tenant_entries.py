"""What a tenant.toml adds to the schemes of its partnership: a budget of a book in one period, dates of a meeting, how many pupils its
schools have. The same is read
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


@dataclass(frozen=True, kw_only=True)
class PupilCount:
    """How many pupils of one age a school has from one home municipality."""

    school: str = key("school")
    municipality: str = key("gemeente")
    age: int = key("leeftijd")
    count: int = key("aantal")
    sector: str = key("sector", "")


@dataclass(frozen=True, kw_only=True)
class PopulationEntry:
    """[[bevolking]]: pupils counted on one day, and by whom. A cell that no row names is unknown, not empty."""

    on: date = key("peildatum")
    origin: str = key("bron")
    counts: tuple[PupilCount, ...] = key("aantallen")


_Entry = TypeVar("_Entry", BudgetEntry, MeetingEntry, PopulationEntry)


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
    read = {"data": _days, "peildatum": _day}
    return [
        {name: read[name](given) if name in read else given for name, given in row.items()}
        if isinstance(row, dict)
        else row
        for row in rows
    ]


def _days(given: Any) -> Any:
    return [_day(each) for each in given] if isinstance(given, list) else given


def _day(given: Any) -> Any:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        return given
