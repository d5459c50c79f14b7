"""What the Awb sets in numbers: lengths and amounts with the day since which they hold, read from `law/awb.toml`. A length
that held on another day is another row, so ask with the day that the law looks at."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from maatwerk.rules.calendar import in_words
from maatwerk.rules.lengths import Length
from maatwerk.rules.refusals import Invalid

Rule = Literal[
    "not_treated", "decision", "after_notice_of_default", "penalty_fixed",
    "objection", "objection_decided", "objection_decided_with_committee", "objection_postponed",
]  # fmt: skip


@dataclass(frozen=True)
class PenaltyRates:
    """Awb 4:17: eurocents per day, `days_per_amount` days each, for `most_days` days together."""

    most_days: int
    days_per_amount: int
    amounts: tuple[int, ...]

    def owed(self, days: int) -> int:
        """Eurocents after so many days."""
        counted = range(min(days, self.most_days))
        return sum(self.amounts[min(day // self.days_per_amount, len(self.amounts) - 1)] for day in counted)


def length_of(rule: Rule, on: date) -> Length:
    """How long a term of the Awb is when it begins on a day. Refused: a day before the article was there."""
    rows = [row for row in _law()["length"] if row["id"] == rule]
    return Length.parse(_holding(rows, on)["length"])


def penalty_rates(received: date) -> PenaltyRates:
    """The amounts for a notice of default that was received on a day."""
    row = _holding(_law()["penalty"], received)
    return PenaltyRates(row["most_days"], row["days_per_amount"], tuple(row["amounts"]))


@cache
def _law() -> Mapping[str, Any]:
    return tomllib.loads(files("maatwerk.rules").joinpath("law", "awb.toml").read_text(encoding="utf-8"))


def _holding(rows: list[Mapping[str, Any]], on: date) -> Mapping[str, Any]:
    held = [row for row in rows if row["since"] <= on]
    if not held:
        since = min(row["since"] for row in rows)
        message = f"Deze regel van de Awb is pas bekend vanaf {in_words(since)}."
        raise Invalid.because("law_not_known_then", message, mend="Kies een latere datum.")
    return max(held, key=lambda row: row["since"])
