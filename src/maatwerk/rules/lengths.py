"""A length of time as a law or a scheme writes it (`P8W`), added to a day. A month clips: 31-01 and a month
is 28-02. Working days and school weeks are lengths too, but only `counting` knows which days they take."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import Final, Literal

from maatwerk.rules.refusals import Invalid, Refused

Unit = Literal["day", "week", "month", "year", "working_day", "working_week", "school_week"]

_UNITS: Final[dict[str, Unit]] = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_LETTERS: Final[dict[Unit, str]] = {unit: letter for letter, unit in _UNITS.items()}
_WRITTEN_IN: Final[dict[Unit, Unit]] = {"working_day": "day", "working_week": "week", "school_week": "week"}
_WORDS: Final[dict[Unit, tuple[str, str]]] = {
    "day": ("dag", "dagen"),
    "week": ("week", "weken"),
    "month": ("maand", "maanden"),
    "year": ("jaar", "jaar"),
    "working_day": ("werkdag", "werkdagen"),
    "working_week": ("werkweek", "werkweken"),
    "school_week": ("schoolweek", "schoolweken"),
}
_ISO: Final = re.compile(r"P([0-9]{1,6})([DWMY])")


@dataclass(frozen=True)
class Length:
    """A positive number of one unit; weeks stay weeks, because art. 4 Atw reads a term as it is written.
    `outside_holidays`: the days of school holidays don't count."""

    count: int
    unit: Unit
    outside_holidays: bool = False

    def __post_init__(self) -> None:
        if self.count < 1:
            raise Invalid.because(
                "length_not_positive", "Een duur is ten minste 1.", mend="Kies een getal vanaf 1, zoals P1W."
            )
        if self.outside_holidays and self.unit not in ("day", "week", "working_day", "working_week"):
            message = f"Een duur in {_WORDS[self.unit][1]} kan de schoolvakanties niet overslaan."
            mend = "Kies dagen, weken, werkdagen of werkweken; een schoolweek telt vakanties nooit mee."
            raise Invalid.because("holidays_not_skipped", message, mend=mend)

    def __str__(self) -> str:
        return f"P{self.count}{_LETTERS[_WRITTEN_IN.get(self.unit, self.unit)]}"

    @classmethod
    def parse(cls, text: str) -> "Length":
        """Reads an ISO 8601 duration in one unit: `PnD`, `PnW`, `PnM` or `PnY`, n from 1 to 999999."""
        found = _ISO.fullmatch(text)
        if found is None:
            raise Invalid.because(
                "length_unreadable",
                "Dit is geen duur.",
                mend="Schrijf P14D (dagen), P8W (weken), P3M (maanden) of P1Y (jaar).",
            )
        return cls(int(found[1]), _UNITS[found[2]])

    def counted_in(self, unit: Unit, *, outside_holidays: bool = False) -> "Length":
        """The same number of working days for days, of working or school weeks for weeks. Refused: another pair."""
        written = _WRITTEN_IN.get(unit, unit)
        if self.unit != written:
            message = f"Een duur in {_WORDS[self.unit][1]} telt niet in {_WORDS[unit][1]}."
            mend = f"Schrijf een duur in {_WORDS[written][1]}, zoals P4{_LETTERS[written]}."
            raise Invalid.because("unit_differs", message, mend=mend)
        return Length(self.count, unit, outside_holidays)

    @property
    def is_calendar(self) -> bool:
        """Every day counts: the only lengths that a law sets, and that need to know no holiday."""
        return self.unit in _LETTERS and not self.outside_holidays

    @property
    def needs_school_calendar(self) -> bool:
        return self.unit == "school_week" or self.outside_holidays

    def times(self, number: int) -> "Length":
        """The length `number` times over."""
        return Length(self.count * number, self.unit, self.outside_holidays)

    def in_words(self) -> str:
        """`8 weken`."""
        outside = " buiten de schoolvakanties" if self.outside_holidays else ""
        return f"{self.count} {_WORDS[self.unit][self.count != 1]}{outside}"


def _too_far(*, forward: bool) -> Refused:
    where = f"na het jaar {MAXYEAR}" if forward else "voor het jaar 1"
    mend = f"Kies een kortere duur of een {'eerdere' if forward else 'latere'} datum."
    return Invalid.because("date_too_far", f"De uitkomst valt {where}.", mend=mend)


def shift(day: date, days: int) -> date:
    """`days` later (earlier when negative), refused when no calendar reaches that far."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise _too_far(forward=days > 0) from None


def add(day: date, length: Length) -> date:
    """The day a calendar `length` after `day`; months and years keep the day number, else the last day of the month."""
    return _moved(day, length, 1)


def subtract(day: date, length: Length) -> date:
    """The day a calendar `length` before `day`, by the same rule: three months before 31-05 is 28-02."""
    return _moved(day, length, -1)


def _moved(day: date, length: Length, sign: Literal[1, -1]) -> date:
    count = length.count * sign
    if length.unit in ("day", "week"):
        return shift(day, count * (7 if length.unit == "week" else 1))
    months = count * (12 if length.unit == "year" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= MAXYEAR:
        raise _too_far(forward=sign > 0)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
