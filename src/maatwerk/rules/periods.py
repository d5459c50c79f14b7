"""The period of a book on a day: a school year runs from 1 August to 31 July (law.md B.3)."""

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
