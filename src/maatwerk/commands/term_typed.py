"""What is typed at `maatwerk term`, read to days, lengths and a region. A fault names its option and repeats what was typed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, TypeVar

from maatwerk.commands.dutch import brief
from maatwerk.rules.lengths import Unit
from maatwerk.rules.refusals import Invalid, Refused
from maatwerk.rules.school_calendar import Region, SchoolCalendar
from maatwerk.rules.terms import Length, Suspension

UNITS: Final[Mapping[str, Unit]] = {
    "dag": "day",
    "week": "week",
    "maand": "month",
    "jaar": "year",
    "werkdag": "working_day",
    "werkweek": "working_week",
    "schoolweek": "school_week",
    "day": "day",
    "month": "month",
    "year": "year",
    "working_day": "working_day",
    "working_week": "working_week",
    "school_week": "school_week",
}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER: Final = re.compile(r"[0-9]{1,6}")

Read = TypeVar("Read")


def read_day(option: str, text: str) -> date:
    """`2025-02-21`. Raises Invalid."""
    return _read(option, _day, text)


def read_suspension(text: str) -> Suspension:
    """`2025-03-10/2025-03-20`. Raises Invalid."""
    return _read("--suspend", _suspension, text)


def read_length(text: str, unit: str | None, *, outside_holidays: bool) -> Length:
    """`P4W`, or a plain number of the unit. Raises Invalid for a duration that doesn't fit the unit."""

    def parse(typed: str) -> Length:
        if _NUMBER.fullmatch(typed):
            return _number(int(typed), unit, outside_holidays)
        length = Length.parse(typed)
        return length.counted_in(UNITS[unit] if unit else length.unit, outside_holidays=outside_holidays)

    return _read("--length", parse, text)


def _number(count: int, unit: str | None, outside_holidays: bool) -> Length:
    if unit is None:
        mend = f"Geef --unit erbij, zoals --length {count} --unit week, of schrijf P{count}W."
        raise Invalid.because("unit_missing", "Een getal alleen zegt niet waarin het telt.", mend=mend)
    return Length(count, UNITS[unit], outside_holidays)


def read_school(region: Region | None, length: Length) -> SchoolCalendar | None:
    """The holidays of a region, for a length that counts by them. Raises Invalid when one is there without the other."""
    if length.needs_school_calendar and region is None:
        message = "Zonder vakantieregio is niet bekend wanneer het schoolvakantie is."
        raise Invalid.because("region_missing", message, mend="Geef --region noord, midden of zuid.")
    if region is not None and not length.needs_school_calendar:
        message = f"Een duur van {length.in_words()} kijkt niet naar schoolvakanties."
        mend = "Laat --region weg, of geef --unit schoolweek of --exclude schoolvakanties."
        raise Invalid.because("region_unused", message, mend=mend, field=f"--region {region}")
    return SchoolCalendar(region=region) if region else None


def _read(option: str, parse: Callable[[str], Read], text: str) -> Read:
    try:
        return parse(text)
    except Refused as refused:
        raise Invalid(tuple(replace(reason, field=f"{option} {brief(text)}") for reason in refused.reasons)) from None


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Invalid.because("date_unreadable", "Dit is geen datum.", mend="Schrijf jaar-maand-dag, zoals 2025-02-21.")


def _suspension(text: str) -> Suspension:
    invited, slash, completed = text.partition("/")
    if not slash:
        raise Invalid.because(
            "suspension_unreadable",
            "Een opschorting heeft twee datums.",
            mend="Schrijf UITNODIGING/AANVULLING, zoals 2025-03-10/2025-03-20.",
        )
    return Suspension(_day(invited), _day(completed))
