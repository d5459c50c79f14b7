"""Clocks, derived from moments: nothing of a term is stored. A term lapses the day after its last day; a cap or counter is
reached on the day itself.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from maatwerk.rules.history import History, Moment
from maatwerk.rules.scheme import ClockDef, Scheme
from maatwerk.rules.spans import Suspension
from maatwerk.rules.terms import Kind, Length, Roll, Step, next_due, term

Status = Literal["loopt", "geschorst", "verstreken", "gestopt", "te_laat_gestopt"]
KINDS: Mapping[str, Kind] = {
    "wettelijk": "statutory", "streef": "target", "maximum": "cap", "terugkerend": "recurring", "teller": "counter",
}  # fmt: skip
ROLLS: Mapping[str | None, Roll | None] = {None: None, "geen": "none", "werkdag": "working_day"}


@dataclass(frozen=True)
class Clock:
    """A running or ended term: `due` is its last day, `passes_on` the day it counts as passed, `steps` why this date."""

    id: str
    title: str
    kind: str
    started: date
    due: date
    passes_on: date
    status: Status
    warn_on: tuple[date, ...]
    stopped_on: date | None
    steps: tuple[Step, ...]


def _first_after(history: History, names: tuple[str, ...], start: Moment) -> Moment | None:
    """The earliest of these moments that came after the clock's start, in legal time; same-day acts go by seq."""
    found = [
        m for m in history.moments if m.name in names and (m.seq > start.seq or m.on > start.on) and m.on >= start.on
    ]
    return min(found, key=lambda m: (m.on, m.seq), default=None)


def _suspensions(history: History, definition: ClockDef, start: Moment, at: date) -> tuple[list[Suspension], bool]:
    """Every closed pair, and the open one up to `at`; a second invitation within a suspension adds nothing."""
    found, running = [], False
    for pair in definition.suspends:
        cursor = start
        while begin := _first_after(history, pair[:1], cursor):
            end = _first_after(history, pair[1:], begin)
            if end is None:
                running = True
                found.append(Suspension(begin.on, max(at, begin.on) + timedelta(days=1)))
                break
            found.append(Suspension(begin.on, end.on))
            cursor = end
    return found, running


def derive(scheme: Scheme, history: History, at: date) -> dict[str, Clock]:
    """Clock id -> its state on a legal day; a clock whose start has not come is absent."""
    found = {}
    for name, definition in scheme.clocks.items():
        starts = [m for m in history.moments if m.name in definition.start]
        if starts:
            found[name] = _derive_one(name, definition, history, max(starts, key=lambda m: (m.seq, m.on)), at)
    return found


def _derive_one(name: str, definition: ClockDef, history: History, start: Moment, at: date) -> Clock:
    length = Length.parse(definition.length)
    suspensions, suspended = _suspensions(history, definition, start, at)
    kind = KINDS[definition.kind]
    anchor = start.on
    if kind == "recurring":
        deeds = sorted(
            {m.on for m in history.moments if m.name in definition.satisfied_by and m.on > start.on and m.on <= at}
        )
        due = next_due(start.on, deeds, length)
        steps: tuple[Step, ...] = (Step("terugkerend", due, f"Uiterlijk op {due:%d-%m-%Y} opnieuw."),)
        anchor = deeds[-1] if deeds else start.on
    else:
        result = term(start.on, length, kind, suspensions=suspensions, roll=ROLLS[definition.roll])
        due, steps = result.due, result.steps
    passes_on = due if definition.kind in ("maximum", "teller") else due + timedelta(days=1)
    stop = _first_after(history, definition.stops, start) or (
        None if kind == "recurring" else _first_after(history, definition.satisfied_by, start)
    )
    status: Status = "verstreken" if at >= passes_on else "geschorst" if suspended else "loopt"
    if stop is not None and stop.on <= at:
        status = "gestopt" if stop.on < passes_on else "te_laat_gestopt"
    elif history.closed_on is not None and history.closed_on < passes_on:
        status, stop = "gestopt", Moment("gesloten", history.closed_on, history.seq)
    warn_on = tuple(sorted(day for text in definition.warn if (day := _before(due, Length.parse(text))) >= anchor))
    stopped_on = stop.on if stop else None
    return Clock(name, definition.title, definition.kind, start.on, due, passes_on, status, warn_on, stopped_on, steps)


def _before(day: date, length: Length) -> date:
    """The day that lies `length` before; months keep the day number, else take the last day of the month."""
    if length.unit in ("day", "week"):
        return day - timedelta(days=length.count * (7 if length.unit == "week" else 1))
    months = length.count * (12 if length.unit == "year" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def passed(clocks: Mapping[str, Clock], scheme: Scheme) -> dict[str, bool]:
    """`termijn.<id>.verstreken` for conditions; every clock of the scheme is there."""
    return {name: name in clocks and clocks[name].status in ("verstreken", "te_laat_gestopt") for name in scheme.clocks}


def next_dates(clocks: Mapping[str, Clock], at: date) -> list[date]:
    """The days after `at` on which a running clock warns or passes."""
    running = [clock for clock in clocks.values() if clock.status in ("loopt", "geschorst")]
    return sorted({day for clock in running for day in (*clock.warn_on, clock.passes_on) if day > at})
