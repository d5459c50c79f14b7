"""One due day, worked out step by step. Suspension moves the nominal end first and rolling comes last; the
other order gives other dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final, Literal

from maatwerk.rules import derivation, doubts
from maatwerk.rules.calendar import FIRST_YEAR, LAST_YEAR, is_ordinary_day, rest_day_name, rest_days_from
from maatwerk.rules.counting import Counting
from maatwerk.rules.derivation import Step
from maatwerk.rules.lengths import Length, Unit, shift
from maatwerk.rules.spans import Span, running_days

Kind = Literal["statutory", "target", "cap", "recurring", "counter"]
Roll = Literal["none", "working_day"]

_LONGEST: Final[dict[Unit, int]] = {"day": 90, "week": 12, "month": 3, "year": 0}
_SHORTEST_DAYS: Final = 3


def art_4_excludes(length: Length) -> bool:
    """Atw art. 4: no rolling and no two ordinary days for terms put in more than 90 days, 12 weeks or 3
    months, or in years. It reads the term as written: 12 weeks roll and 91 days don't, so the shorter one
    may end later."""
    return length.count > _LONGEST.get(length.unit, 0)


@dataclass(frozen=True)
class Plan:
    """What the due days of one term share: whether the Atw applies, whether an end moves off a rest day."""

    start: date
    kind: Kind
    counting: Counting
    spans: tuple[Span, ...]
    atw: bool
    rolls: bool


def one_due(plan: Plan, length: Length, number: int) -> tuple[date, list[Step]]:
    """The due day `length` after the start, the `number`-th of its term, and the reasons in order."""
    nominal = plan.counting.end(plan.start, length)
    steps = [derivation.nominal(plan.start, length, nominal, plan.kind, number)]
    end, pending = _extended(plan, nominal, plan.spans, steps)
    while (second := _second_ordinary_day(plan, length, pending)) > end:
        steps.append(derivation.two_ordinary_days(second))
        end, pending = _extended(plan, second, pending, steps)
    steps += [derivation.outside(span, end) for span in pending]
    if names := plan.counting.left_out(Span(shift(plan.start, 1), end)):
        steps.append(derivation.left_out(names, end))
    due = _rolled(plan, length, end, steps)
    steps += doubts.about(plan.counting, plan.start, due, rolls=plan.rolls)
    return due, steps


def _extended(plan: Plan, end: date, spans: Sequence[Span], steps: list[Step]) -> tuple[date, Sequence[Span]]:
    """`end` moved by each span that begins within the term as extended so far, and the spans that don't."""
    while spans and spans[0].first <= end:
        added = plan.counting.within(spans[0])
        end = plan.counting.after(end, added)
        statutory, works = plan.kind == "statutory", plan.counting.works
        steps.append(derivation.suspended(spans[0], end, added, works=works, statutory=statutory))
        spans = spans[1:]
    return end, spans


def _second_ordinary_day(plan: Plan, length: Length, pending: Sequence[Span]) -> date:
    """The earliest end under art. 2 Atw of a term of three days or more; suspended days are no part of it."""
    if not plan.atw or (length.unit == "day" and length.count < _SHORTEST_DAYS):
        return plan.start
    counted = plan.spans[: len(plan.spans) - len(pending)]
    ordinary = (day for day in running_days(plan.start, counted) if is_ordinary_day(day))
    return next(islice(ordinary, 1, None))


def _rolled(plan: Plan, length: Length, end: date, steps: list[Step]) -> date:
    if not plan.rolls:
        steps += _stays(plan.kind, length, end)
        return end
    rest = rest_days_from(end)
    due = shift(end, len(rest))
    if rest:
        steps.append(derivation.rolled(rest, due, statutory=plan.atw))
    return due


def _stays(kind: Kind, length: Length, end: date) -> list[Step]:
    """Why the end stays: always told of a statutory term, of others only when it ends on a rest day."""
    if kind == "statutory":
        return [derivation.long_term(end, length) if art_4_excludes(length) else derivation.atw_set_aside(end)]
    name = rest_day_name(end) if FIRST_YEAR <= end.year <= LAST_YEAR else None
    return [] if name is None else [derivation.no_statutory_term(end, name)]
