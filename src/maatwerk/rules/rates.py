"""Tariffs: the amount that applies to a case, decided by its answers and a reference day. A tariff that can't be determined is
absent, so that nothing which looks at it holds; a later row never stands in for one that could not be judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from maatwerk.rules.conditions import evaluate, holds
from maatwerk.rules.day_texts import day_of
from maatwerk.rules.entitlements import RateDef, RateRow
from maatwerk.rules.scheme import Scheme

FILED_ON = "zaak.ingediend_op"
ROOTS: Final = ("aanvraag", "lijst", "zaak", "laatste")


@dataclass(frozen=True)
class Rate:
    """A tariff as it applies to a case: the row, and the day it was read on."""

    id: str
    on: date
    row: RateRow


def applicable(scheme: Scheme, name: str, situation: Mapping[str, Any]) -> Rate | None:
    """The row of a tariff that applies, or None when none does or it can't be told."""
    definition = scheme.rates[name]
    on = _day(definition, situation)
    if on is None:
        return None
    for row in definition.rows:
        if (row.first or date.min) <= on <= (row.last or date.max):
            verdict = holds(row.condition, situation)
            if verdict is not False:
                return Rate(name, on, row) if verdict else None
    return None


def of_line(scheme: Scheme, table: str, situation: Mapping[str, Any]) -> tuple[Rate, ...]:
    """The tariffs of a table that apply to one of its lines; `situation` has the line as `regel`."""
    found = (applicable(scheme, name, situation) for name, rate in scheme.rates.items() if rate.table == table)
    return tuple(rate for rate in found if rate is not None)


def _day(definition: RateDef, situation: Mapping[str, Any]) -> date | None:
    try:
        return day_of(str(evaluate(definition.day or FILED_ON, situation)))
    except ValueError:
        return None
