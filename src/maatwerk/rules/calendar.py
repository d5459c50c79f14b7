"""The rest days of Dutch law (Algemene termijnenwet art. 3). No list of days off: 5 May counts every year,
and Easter Sunday is merely a Sunday."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import takewhile
from typing import Final

from holidays import country_holidays

from maatwerk.rules.lengths import shift
from maatwerk.rules.refusals import Invalid

WEEKDAYS: Final = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
FIRST_YEAR: Final = 1982  # since when 5 May stands in art. 3
LAST_YEAR: Final = 2100  # as far as the package computes

_SATURDAY: Final = 5
_DECREED: Final = "een bij besluit gelijkgestelde dag"
# The package's names that art. 3 has too; its Easter Sunday and Whit Sunday are left out on purpose.
_NAMES: Final = {
    "Nieuwjaarsdag": "Nieuwjaarsdag",
    "Goede vrijdag": "Goede Vrijdag",
    "Tweede paasdag": "Tweede Paasdag",
    "Koninginnedag": "Koninginnedag",
    "Koningsdag": "Koningsdag",
    "Bevrijdingsdag": "Bevrijdingsdag",
    "Hemelvaartsdag": "Hemelvaartsdag",
    "Tweede pinksterdag": "Tweede Pinksterdag",
    "Eerste kerstdag": "Eerste Kerstdag",
    "Tweede kerstdag": "Tweede Kerstdag",
}


@dataclass(frozen=True)
class DecreeDays:
    """Days equated by royal decree, complete from `first_year` up to and including `last_year`."""

    first_year: int
    last_year: int
    days: frozenset[date]

    def known_in(self, year: int) -> bool:
        """Whether the decrees of that year are recorded; outside it a date may still move."""
        return self.first_year <= year <= self.last_year


@cache
def decree_days() -> DecreeDays:
    """The dated data of `law/decree_days.toml`, read once."""
    text = files("maatwerk.rules").joinpath("law", "decree_days.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    days = frozenset(day for decree in data["decree"] for day in decree["days"])
    return DecreeDays(data["first_year"], data["last_year"], days)


@cache
def _rest_days(year: int) -> Mapping[date, str]:
    """Weekends aside, the rest days of one year with their Dutch names."""
    found = {day: _DECREED for day in decree_days().days if day.year == year}
    package = country_holidays("NL", years=year, categories=("public", "optional"), language="nl")
    for day, names in package.items():
        legal = [_NAMES[name] for name in names.split("; ") if name in _NAMES]
        if legal and day.year == year:
            found[day] = " en ".join(legal)
    return found


def rest_day_name(day: date) -> str | None:
    """The Dutch name of a legal rest day, `zaterdag` or `zondag` included; None for an ordinary day.

    Refused outside FIRST_YEAR..LAST_YEAR, where the holidays are not known.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid.because(
            "holidays_unknown",
            f"De feestdagen van {day.year} zijn niet bekend.",
            mend=f"Kies een datum van {FIRST_YEAR} tot en met {LAST_YEAR}.",
        )
    weekend = WEEKDAYS[day.weekday()] if is_weekend(day) else None
    return _rest_days(day.year).get(day, weekend)


def is_weekend(day: date) -> bool:
    """Saturday or Sunday."""
    return day.weekday() >= _SATURDAY


def is_ordinary_day(day: date) -> bool:
    """No Saturday, Sunday, public holiday or day equated with one (Atw art. 1 and 3)."""
    return rest_day_name(day) is None


def rest_days_from(day: date) -> tuple[date, ...]:
    """The unbroken run of rest days that begins on `day`; empty when `day` is ordinary."""
    return tuple(takewhile(lambda later: not is_ordinary_day(later), (shift(day, n) for n in range(366))))


def next_ordinary_day(day: date) -> date:
    """The first ordinary day on or after `day`: an ordinary day is its own answer."""
    return shift(day, len(rest_days_from(day)))


def in_words(day: date) -> str:
    """`vrijdag 18 april 2025`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
