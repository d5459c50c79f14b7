"""The Dutch sentences that explain a date, one Step per reason. They only word what was decided; codes are
stable, texts aren't."""

import datetime
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from maatwerk.rules.calendar import in_words, rest_day_name
from maatwerk.rules.lengths import Length
from maatwerk.rules.spans import Span

_MOST_NAMED: Final = 6


def listed(names: Sequence[str]) -> str:
    """`a, b en c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"


@dataclass(frozen=True)
class Step:
    """One reason: `date` is where the term stands after it (for `start`, the day from which it counts)."""

    code: str
    date: datetime.date
    text: str


def beginning(start: datetime.date) -> Step:
    return Step("start", start, f"De termijn begint na {in_words(start)}; die dag telt zelf niet mee.")


def made_known(day: datetime.date) -> Step:
    return Step("start", day, f"Bekendgemaakt op {in_words(day)}; de termijn begint de dag erna (Awb art. 6:8).")


def beginning_of_reckoning_back(day: datetime.date) -> Step:
    return Step("start", day, f"De termijn telt terug vanaf {in_words(day)}; die dag telt zelf niet mee.")


def nominal_before(day: datetime.date, length: Length, found: datetime.date) -> Step:
    text = f"{length.in_words()} ervoor is {in_words(found)}{_clipping(day, length, found)}: de laatste dag."
    return Step("nominal", found, text)


def never_rolls_back(found: datetime.date, name: str | None) -> Step:
    reason = "Een termijn die terugtelt verschuift niet (Atw art. 1 lid 2)"
    return Step("not_rolled", found, f"{reason}, ook al is dat {name}." if name else f"{reason}.")


def nominal(start: datetime.date, length: Length, end: datetime.date, kind: str, number: int) -> Step:
    words, day = length.in_words(), in_words(end)
    one = length.count == 1 or length.unit == "year"
    match kind:
        case "recurring":
            text = f"Keer {number}: uiterlijk {day}, {words} na het begin"
        case "cap" | "counter":
            text = f"{words} {'is' if one else 'zijn'} bereikt op {day}"
        case _:
            text = f"{words} {'loopt' if one else 'lopen'} tot en met {day}"
    return Step("nominal", end, f"{text}{_clipping(start, length, end)}.")


def _clipping(start: datetime.date, length: Length, end: datetime.date) -> str:
    if length.unit not in ("month", "year") or start.day == end.day:
        return ""
    return f" (die maand heeft {monthrange(end.year, end.month)[1]} dagen)"


def suspended(span: Span, end: datetime.date, days_added: int, *, works: bool, statutory: bool) -> Step:
    period = f"op {in_words(span.first)}"
    if span.days > 1:
        period = f"van {in_words(span.first)} tot en met {in_words(span.last)}"
    days = Length(days_added, "working_day" if works else "day").in_words() if days_added else "geen dag"
    ground = " (Awb art. 4:15)" if statutory else ""
    return Step("suspended", end, f"Opgeschort {period}{ground}: {days} erbij, dus {in_words(end)}.")


def outside(span: Span, end: datetime.date) -> Step:
    text = f"De opschorting vanaf {in_words(span.first)} valt na het einde van de termijn en telt niet mee."
    return Step("suspension_outside", end, text)


def left_out(names: Sequence[str], end: datetime.date) -> Step:
    more = len(names) - _MOST_NAMED
    shown = [*names[:_MOST_NAMED], f"{more} andere"] if more > 0 else names
    return Step("left_out", end, f"Niet meegeteld: {listed(shown)}.")


def two_ordinary_days(end: datetime.date) -> Step:
    text = f"De termijn bevat ten minste twee gewone dagen (Atw art. 2): verlengd tot en met {in_words(end)}."
    return Step("two_ordinary_days", end, text)


def rolled(rest: Sequence[datetime.date], due: datetime.date, *, statutory: bool) -> Step:
    names = [rest_day_name(day) or "" for day in rest]
    ground = "Atw art. 1" if statutory else "zo gekozen, niet door de wet"
    can = "kan" if len(names) == 1 else "kunnen"
    text = f"{listed(names)} {can} niet de laatste dag zijn ({ground}): het wordt {in_words(due)}."
    return Step("rolled", due, text[0].upper() + text[1:])


def long_term(end: datetime.date, length: Length) -> Step:
    return Step("not_rolled", end, f"Een wettelijke termijn van {length.in_words()} verschuift niet (Atw art. 4).")


def atw_set_aside(end: datetime.date) -> Step:
    return Step("not_rolled", end, "De Algemene termijnenwet geldt niet voor deze termijn: de datum verschuift niet.")


def no_statutory_term(end: datetime.date, name: str) -> Step:
    text = f"Dat is {name}; alleen een wettelijke termijn verschuift daarom (Atw art. 1)."
    return Step("not_rolled", end, text)
