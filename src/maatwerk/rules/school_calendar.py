"""School holidays per region, with the days that a partnership or a school has of its own. Dated data: a school year that
isn't in it is unknown, which differs from having no holidays. Statutory terms never look here."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

from maatwerk.rules.decoding import key
from maatwerk.rules.periods import school_year

LONGEST_DAYS: Final = 100
Region = Literal["noord", "midden", "zuid"]
HolidayName = Literal["herfstvakantie", "kerstvakantie", "voorjaarsvakantie", "meivakantie", "zomervakantie"]

# A row that is corrected moves by a week, so a date so near to an unconfirmed one leans on it too.
_NEAR: Final = timedelta(weeks=1)


@dataclass(frozen=True)
class Holiday:
    """One school holiday of one region, `first` and `last` included."""

    name: str
    year: str
    first: date
    last: date
    confirmed: bool = True
    often_longer: bool = False

    def in_words(self) -> str:
        return f"{self.name} {self.year}"


@dataclass(frozen=True, kw_only=True)
class OwnHoliday:
    """Days on which a partnership or a school is free of its own choice: beside the region's holidays or, with `replaces`,
    instead of the one of that name in the same school year."""

    name: str = key("naam")
    first: date = key("van")
    last: date = key("tot_en_met")
    replaces: HolidayName | None = key("in_plaats_van", None)


@dataclass(frozen=True, kw_only=True)
class SchoolCalendar:
    """The school holidays of one region and the days of one's own. Pure data: hashable, and equal when it says the same."""

    region: Region = key("regio")
    own: tuple[OwnHoliday, ...] = key("eigen", ())

    def of_school(self, own: tuple[OwnHoliday, ...]) -> "SchoolCalendar":
        """This calendar as one school keeps it: what the school puts in place of a holiday goes before what the
        partnership put there."""
        theirs = {_replaced(holiday) for holiday in own if holiday.replaces}
        kept = tuple(holiday for holiday in self.own if holiday.replaces is None or _replaced(holiday) not in theirs)
        return replace(self, own=(*kept, *own))

    def holiday_on(self, day: date) -> str | None:
        """The name of the school holiday on a day, with its school year; None when there is school, or nothing is known."""
        found = _days(self).get(day)
        return found.in_words() if found else None

    def is_known(self, day: date) -> bool:
        """Whether the holidays of that day's school year are in the data."""
        return day >= _data().first_day and school_year(day) in _data().years

    def near(self, first: date, last: date) -> tuple[Holiday, ...]:
        """The holidays that a term from `first` to `last` holds, or would hold when they moved by a week."""
        return tuple(each for each in _holidays(self) if each.first - _NEAR <= last and first <= each.last + _NEAR)


@dataclass(frozen=True)
class _Data:
    first_day: date
    years: frozenset[str]
    holidays: Mapping[str, tuple[Holiday, ...]]


@cache
def _data() -> _Data:
    """The dated data of `law/school_holidays.toml`, read once."""
    raw = tomllib.loads(files("maatwerk.rules").joinpath("law", "school_holidays.toml").read_text(encoding="utf-8"))
    found: dict[str, list[Holiday]] = {"noord": [], "midden": [], "zuid": []}
    for year in raw["school_year"]:
        for row in year["holidays"]:
            confirmed = row.get("confirmed", year["confirmed"])
            holiday = Holiday(
                row["name"], year["name"], row["first"], row["last"], confirmed, row.get("often_longer", False)
            )
            for region in row["regions"]:
                found[region].append(holiday)
    years = frozenset(year["name"] for year in raw["school_year"])
    return _Data(raw["first_day"], years, {region: tuple(rows) for region, rows in found.items()})


def _replaced(own: OwnHoliday) -> tuple[str | None, str]:
    return own.replaces, school_year(own.first)


@lru_cache(maxsize=256)
def _holidays(calendar: SchoolCalendar) -> tuple[Holiday, ...]:
    """The region's holidays that nobody replaced, and the own ones."""
    gone = {_replaced(own) for own in calendar.own}
    kept = [row for row in _data().holidays[calendar.region] if (row.name, row.year) not in gone]
    own = [Holiday(each.name, school_year(each.first), each.first, each.last) for each in calendar.own]
    return tuple(sorted([*kept, *own], key=lambda holiday: holiday.first))


@lru_cache(maxsize=256)
def _days(calendar: SchoolCalendar) -> Mapping[date, Holiday]:
    return {
        each.first + timedelta(days=n): each
        for each in _holidays(calendar)
        for n in range((each.last - each.first).days + 1)
    }
