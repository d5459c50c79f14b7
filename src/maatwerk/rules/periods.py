"""School years and calendar years: a school year runs from 1 August to 31 July (law.md B.3)."""

from datetime import date
from typing import Literal


def period_of(kind: Literal["schooljaar", "kalenderjaar", "regeling"], day: date, version: str) -> str:
    """`2024-2025`, `2024`, or the version of the scheme."""
    if kind == "schooljaar":
        return school_year(day)
    return str(day.year) if kind == "kalenderjaar" else version


def school_year(day: date) -> str:
    """`2024-2025`."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}"


def last_day(kind: Literal["schooljaar", "kalenderjaar"], day: date) -> date:
    """The last day of the period in which a day lies."""
    if kind == "kalenderjaar":
        return date(day.year, 12, 31)
    return date(day.year + (day.month >= 8), 7, 31)
