"""Helpers of conditions that reckon with school years, spans and percentages. They refuse what can't be (an end before its
beginning, a percentage over a hundred): whatever looks at it is then unclear, and does not hold.
"""

from datetime import date
from typing import Any, Final

from cel_expr_python import cel

from maatwerk.rules.money import rounded_share
from maatwerk.rules.periods import period_of


def school_year(day: str) -> str:
    """`2024-2025` on any day from 1 August 2024 to 31 July 2025."""
    return period_of("schooljaar", date.fromisoformat(day), "")


def school_year_begin(day: str) -> str:
    return f"{school_year(day)[:4]}-08-01"


def school_year_end(day: str) -> str:
    return f"{school_year(day)[5:]}-07-31"


def day_of_year(day: str, month: int, number: int) -> str:
    """The day with that month and number in the calendar year of `day`: a reference date such as 1 October."""
    return date(date.fromisoformat(day).year, month, number).isoformat()


def days_between(start: str, end: str) -> int:
    """Days from start to end; from a day to itself there are none."""
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days
    if days < 0:
        raise ValueError("the end lies before the start")
    return days


def percentage(amount: int, percent: int) -> int:
    """That many hundredths of an amount, in whole cents."""
    if amount < 0 or not 0 <= percent <= 100:
        raise ValueError("no percentage")
    return rounded_share(amount, percent)


def rounded_to(amount: int, step: int) -> int:
    """The multiple of `step` that is nearest; halfway goes up."""
    if amount < 0 or step < 1:
        raise ValueError("no step")
    return (2 * amount + step) // (2 * step) * step


_T = cel.Type
RECKONING: Final[tuple[tuple[str, Any, list[Any], Any], ...]] = (
    ("schooljaar", _T.STRING, [_T.STRING], school_year),
    ("schooljaar_begin", _T.STRING, [_T.STRING], school_year_begin),
    ("schooljaar_einde", _T.STRING, [_T.STRING], school_year_end),
    ("jaardag", _T.STRING, [_T.STRING, _T.INT, _T.INT], day_of_year),
    ("dagen_tussen", _T.INT, [_T.STRING, _T.STRING], days_between),
    ("weken_tussen", _T.INT, [_T.STRING, _T.STRING], lambda start, end: days_between(start, end) // 7),
    ("procent", _T.INT, [_T.INT, _T.INT], percentage),
    ("afgerond_op", _T.INT, [_T.INT, _T.INT], rounded_to),
)
