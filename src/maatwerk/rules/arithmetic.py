"""Helpers of conditions that reckon with school years, spans and percentages. They refuse what can't be (an end before its
beginning, a percentage over a hundred): whatever looks at it is then unclear, and does not hold.
"""

from datetime import date
from typing import Any, Final

from cel_expr_python import cel

from maatwerk.rules.lengths import Length, add, shift
from maatwerk.rules.money import pro_rata, rounded_share
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


def share(amount: int, part: int, whole: int) -> int:
    """`part` of the `whole` parts of an amount, in whole cents; it may be more than one whole."""
    if amount < 0 or part < 0 or whole < 1:
        raise ValueError("no share")
    return pro_rata(amount, part, whole)


def months_begun(first: str, last: str) -> int:
    """The months of which at least one day lies in the span, `last` included, counted from its first day."""
    days_between(first, last)
    begin, after = date.fromisoformat(first), shift(date.fromisoformat(last), 1)
    months = (after.year - begin.year) * 12 + after.month - begin.month - 1
    while months < 1 or add(begin, Length(months, "month")) < after:
        months += 1
    return months


_T = cel.Type
RECKONING: Final[tuple[tuple[str, Any, list[Any], Any], ...]] = (
    ("schooljaar", _T.STRING, [_T.STRING], school_year),
    ("schooljaar_begin", _T.STRING, [_T.STRING], school_year_begin),
    ("schooljaar_einde", _T.STRING, [_T.STRING], school_year_end),
    ("jaardag", _T.STRING, [_T.STRING, _T.INT, _T.INT], day_of_year),
    ("dagen_tussen", _T.INT, [_T.STRING, _T.STRING], days_between),
    ("weken_tussen", _T.INT, [_T.STRING, _T.STRING], lambda start, end: days_between(start, end) // 7),
    ("procent", _T.INT, [_T.INT, _T.INT], percentage),
    ("naar_rato", _T.INT, [_T.INT, _T.INT, _T.INT], share),
    ("begonnen_maanden", _T.INT, [_T.STRING, _T.STRING], months_begun),
    ("vroegste_dag", _T.STRING, [_T.STRING, _T.STRING], min),
    ("laatste_dag", _T.STRING, [_T.STRING, _T.STRING], max),
    ("afgerond_op", _T.INT, [_T.INT, _T.INT], rounded_to),
)
