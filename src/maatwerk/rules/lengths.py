"""A length of time as a law or a scheme writes it (`P8W`), added to a day. A month clips: 31-01 and a month
is 28-02."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from typing import Literal

from maatwerk.rules.refusals import Invalid, Refused

Unit = Literal["day", "week", "month", "year"]

_UNITS: dict[str, Unit] = {"D": "day", "W": "week", "M": "month", "Y": "year"}
_LETTERS: dict[Unit, str] = {unit: letter for letter, unit in _UNITS.items()}
_WORDS: dict[Unit, tuple[str, str]] = {
    "day": ("dag", "dagen"),
    "week": ("week", "weken"),
    "month": ("maand", "maanden"),
    "year": ("jaar", "jaar"),
}
_ISO = re.compile(r"P([0-9]{1,6})([DWMY])")


@dataclass(frozen=True)
class Length:
    """A positive number of one unit; weeks stay weeks, because art. 4 Atw reads a term as it is written."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise Invalid.because(
                "length_not_positive", "Een duur is ten minste 1.", mend="Kies een getal vanaf 1, zoals P1W."
            )

    def __str__(self) -> str:
        return f"P{self.count}{_LETTERS[self.unit]}"

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

    def times(self, number: int) -> "Length":
        """The length `number` times over."""
        return Length(self.count * number, self.unit)

    def in_words(self) -> str:
        """`8 weken`."""
        return f"{self.count} {_WORDS[self.unit][self.count != 1]}"


def _too_far() -> Refused:
    return Invalid.because(
        "date_too_far",
        f"De uitkomst valt na het jaar {MAXYEAR}.",
        mend="Kies een kortere duur of een eerdere datum.",
    )


def shift(day: date, days: int) -> date:
    """`days` later, refused when no calendar reaches that far."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise _too_far() from None


def add(day: date, length: Length) -> date:
    """The day `length` after `day`; months and years keep the day number, else the last day of the month."""
    if length.unit in ("day", "week"):
        return shift(day, length.count * (7 if length.unit == "week" else 1))
    months = length.count * (12 if length.unit == "year" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        raise _too_far()
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
