"""Points that are followed to their end: agreements, signals. One act raises them, each row of its table or the act itself, and another
settles them one by one. What remains after erasure is that there were points, when they were due and when they were done.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from maatwerk.rules.acts import Act, Consequences, Raised
from maatwerk.rules.history import History
from maatwerk.rules.lengths import Length, subtract
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import FollowUpDef, Scheme

COUNTS = ("open", "totaal")
State = Literal["open", "te_laat", "afgedaan"]


@dataclass(frozen=True)
class Point:
    """A point of a list, numbered from 1 within it: raised by act `seq`, in `row` of its table (None: by the act itself)."""

    number: int
    seq: int
    raised_on: date
    row: int | None = None
    due: date | None = None
    settled_on: date | None = None

    def state(self, at: date) -> State:
        if self.settled_on is not None and self.settled_on <= at:
            return "afgedaan"
        return "te_laat" if self.due is not None and at > self.due else "open"

    def told_on(self, warn: tuple[str, ...], closed_on: date | None) -> tuple[tuple[date, ...], date | None]:
        """(the days of its warnings, the day on which it is late or None); a point that was done before is told no more."""
        if self.due is None:
            return (), None
        ended = min(self.settled_on or date.max, closed_on or date.max)
        warned = (subtract(self.due, Length.parse(each)) for each in warn)
        days = tuple(sorted(day for day in warned if self.raised_on < day < ended))
        late = self.due + timedelta(days=1)
        return days, late if ended >= late else None


def points(scheme: Scheme, history: History) -> dict[str, tuple[Point, ...]]:
    """List -> its points that count, in order of number."""
    found: dict[str, dict[int, Point]] = {name: {} for name in scheme.follow_ups}
    for act in history.counting:
        for each in act.consequences.raised:
            point = Point(each.number, act.seq, act.on, each.row, each.due)
            found.setdefault(each.follow_up, {})[each.number] = point
        for name, number in act.consequences.settled:
            if number in found.get(name, {}):
                found[name][number] = replace(found[name][number], settled_on=act.on)
    return {name: tuple(found[name].values()) for name in scheme.follow_ups}


def record(scheme: Scheme, history: History, act: Act, result: Consequences) -> Consequences:
    """The consequences with the points that an act raises or settles.

    Raises Invalid when it settles one that is not there, or raises one that was due before it."""
    for name, definition in scheme.follow_ups.items():
        if act.kind == definition.raised_by:
            raised = (*result.raised, *_raised(name, definition, history, act))
            result = replace(result, raised=raised)
        if act.kind == definition.settled_by:
            settled = (*result.settled, (name, _settled(scheme, name, definition, history, act)))
            result = replace(result, settled=settled)
    return result


def content(definition: FollowUpDef, point: Point, act: Act) -> Mapping[str, Any]:
    """What stands in the act about a point; nothing after erasure."""
    if point.row is None:
        return act.fields
    rows = act.fields.get(definition.table) or []
    return rows[point.row] if point.row < len(rows) else {}


def days_ahead(scheme: Scheme, history: History, at: date) -> list[date]:
    """The days after `at` on which somebody is told of a point."""
    found = []
    for name, listed in points(scheme, history).items():
        for point in listed:
            warned, late = point.told_on(scheme.follow_ups[name].warn, history.closed_on)
            found += [day for day in (*warned, late) if day is not None and day > at]
    return found


def context(scheme: Scheme, history: History) -> dict[str, dict[str, int]]:
    """As conditions read it: how many points there are, and how many are not done."""
    return {
        name: {"totaal": len(listed), "open": sum(point.settled_on is None for point in listed)}
        for name, listed in points(scheme, history).items()
    }


def _raised(name: str, definition: FollowUpDef, history: History, act: Act) -> Iterator[Raised]:
    before = sum(each.follow_up == name for done in history.acts for each in done.consequences.raised)
    rows = (act.fields.get(definition.table) or []) if definition.table else [act.fields]
    for index, row in enumerate(rows):
        due = date.fromisoformat(row[definition.due]) if row.get(definition.due) else None
        if due is not None and due < act.on:
            message = "Wat wordt afgesproken, kan niet al klaar moeten zijn voor de dag van de afspraak."
            place = definition.table or definition.due
            raise Invalid.because("uiterlijk_voorbij", message, mend="Kies een latere dag.", field=place)
        yield Raised(name, before + index + 1, index if definition.table else None, due)


def _settled(scheme: Scheme, name: str, definition: FollowUpDef, history: History, act: Act) -> int:
    waiting = [point.number for point in points(scheme, history)[name] if point.settled_on is None]
    given = act.fields.get(definition.number)
    if not isinstance(given, int) or given not in waiting:
        known = f"Kies uit: {', '.join(map(str, waiting))}." if waiting else "Er staat nu niets open."
        message = f"{definition.title}: dit nummer staat niet open."
        raise Invalid.because("punt_onbekend", message, mend=known, field=definition.number)
    return given
