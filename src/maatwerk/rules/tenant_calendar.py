"""The school calendar that a partnership keeps: from the settings of its tenant.toml to the clocks that count by it. A scheme
stays one text for everybody; whose holidays count is filled in when it is read for a tenant."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

from maatwerk.rules.checks_of_units import own_holiday_faults
from maatwerk.rules.decoding import BROKEN, Fault, decode
from maatwerk.rules.scheme import ClockDef, Scheme
from maatwerk.rules.school_calendar import OwnHoliday, Region, SchoolCalendar

MEND: Final = 'schrijf vakantieregio = "noord", "midden" of "zuid".'


def read_calendar(settings: Mapping[str, Any]) -> tuple[SchoolCalendar | None, tuple[Fault, ...]]:
    """(the calendar, faults) of `vakantieregio` and `[[eigen_vakantie]]`; None when no region is named or something is wrong.
    Days may be dates, as TOML has them, or ISO texts, as the database does."""
    own, own_faults = read_own(settings.get("eigen_vakantie", []), "eigen_vakantie")
    faults = list(own_faults)
    if "vakantieregio" in settings:
        region = decode(Region, settings["vakantieregio"], "vakantieregio", faults)
        return (None if faults else SchoolCalendar(region=region, own=own)), tuple(faults)
    if own:
        faults.append(Fault("vakantieregio", "eigen vakanties horen bij een vakantieregio.", MEND))
    return None, tuple(faults)


def read_own(rows: Any, here: str) -> tuple[tuple[OwnHoliday, ...], tuple[Fault, ...]]:
    """(the days, faults) of `[[eigen_vakantie]]` or `[[organisatie.eigen_vakantie]]`, that stands at `here`; none when something is
    wrong."""
    faults: list[Fault] = []
    own = decode(tuple[OwnHoliday, ...], _dated(rows), here, faults)
    if own is not BROKEN:
        faults += own_holiday_faults(here, own)
    return (() if faults else own), tuple(faults)


def as_rows(own: Iterable[OwnHoliday]) -> list[dict[str, Any]]:
    """The same days as rows that `read_own` reads."""
    return [
        {"naam": each.name, "van": each.first.isoformat(), "tot_en_met": each.last.isoformat()}
        | ({"in_plaats_van": each.replaces} if each.replaces else {})
        for each in own
    ]


def _dated(rows: Any) -> Any:
    if not isinstance(rows, list):
        return rows
    return [{key: _day(value) for key, value in row.items()} if isinstance(row, dict) else row for row in rows]


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def counts_by_school(clock: ClockDef) -> bool:
    return clock.unit == "schoolweek" or clock.outside_holidays


@lru_cache(maxsize=512)
def needs_calendar(scheme: Scheme) -> bool:
    """Whether a clock counts by school holidays and the scheme doesn't say whose."""
    return any(counts_by_school(clock) and clock.school is None for clock in scheme.clocks.values())


@lru_cache(maxsize=512)
def with_calendar(scheme: Scheme, calendar: SchoolCalendar | None) -> Scheme:
    """The scheme as a tenant (or, with `calendar.of_school(...)`, one school of it) keeps it; the same object for the same
    calendar."""
    if calendar is None or not needs_calendar(scheme):
        return scheme
    clocks = {
        name: replace(clock, school=calendar) if counts_by_school(clock) and clock.school is None else clock
        for name, clock in scheme.clocks.items()
    }
    return replace(scheme, clocks=clocks)
