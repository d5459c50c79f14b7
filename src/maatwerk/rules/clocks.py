"""Clocks, derived from moments: nothing of a term is stored. A term lapses the day after its last day; a cap or counter is
reached on the day itself. That a clock passed is a moment too: another may start, stop or run on from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from maatwerk.rules.derivation import Step
from maatwerk.rules.history import History, Moment
from maatwerk.rules.lengths import subtract
from maatwerk.rules.meetings import Undated, next_meeting
from maatwerk.rules.moments import is_dated
from maatwerk.rules.products import is_for
from maatwerk.rules.reckoning import length_of, reckon
from maatwerk.rules.scheme import ClockDef, MeetingDef, Scheme
from maatwerk.rules.spans import Suspension

APPLIES: Final = "geldt"
APPLIES_NOT: Final = "geldt_niet"
Status = Literal["loopt", "geschorst", "verstreken", "gestopt", "te_laat_gestopt"]


@dataclass(frozen=True)
class Clock:
    """A running or ended term: `due` is its last day, `passes_on` the day it counts as passed, `steps` why this date. One that
    counts back `started` on the day from which it does, which is later than `due`."""

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

    @property
    def has_passed(self) -> bool:
        return self.status in ("verstreken", "te_laat_gestopt")


def derive(scheme: Scheme, history: History, at: date) -> dict[str, Clock]:
    """Clock id -> its state on a legal day; absent are one whose start has not come and one that waits for a meeting without a
    date."""
    read = _readings(scheme, history, at)
    found = {name: clock for name, (_, clock) in read.items() if clock is not None}
    return {name: found[name] for name in scheme.clocks if name in found}


def undated(scheme: Scheme, history: History, at: date) -> tuple[Undated, ...]:
    """The clocks that began, and of which nobody knows the last day: no meeting is planned that is late enough."""
    if not scheme.meetings or history.closed:
        return ()
    read = _readings(scheme, history, at)
    return tuple(reading.without_date(name) for name, (reading, clock) in read.items() if clock is None)


def _readings(scheme: Scheme, history: History, at: date) -> "dict[str, tuple[_Reading, Clock | None]]":
    moments: dict[str, list[Moment]] = {}
    for moment in history.moments:
        moments.setdefault(moment.name, []).append(moment)
    found, product = {}, history.product
    for name in order(scheme):
        definition = scheme.clocks[name]
        starts = [moment for start in definition.start or ("begin",) for moment in moments.get(start, ())]
        if not starts or not is_for(definition.products, product) or not applies(scheme, history, name):
            continue
        start = max(starts, key=lambda m: (m.seq, m.on))
        known_on = next((act.on for act in history.acts if act.seq == start.seq), start.on)
        reading = _Reading(definition, moments, start, known_on, at, scheme.meetings.get(definition.meeting))
        clock = reading.clock(name, history.closed_on)
        if clock is None and reading.is_over:
            continue
        found[name] = (reading, clock)
        if clock and clock.has_passed:
            moments.setdefault(passing(name), []).append(Moment(passing(name), clock.passes_on, 0))
    return found


def applies(scheme: Scheme, history: History, name: str) -> bool:
    """Whether a clock is there for this case, as its acts left it: what it looks at may have been erased since."""
    return not scheme.clocks[name].condition or last_word(history, name) == f"termijn.{name}.{APPLIES}"


def is_ruled_out(history: History, name: str) -> bool:
    """Whether an act said that a clock is not for this case, rather than that nobody knows yet."""
    return last_word(history, name) == f"termijn.{name}.{APPLIES_NOT}"


def last_word(history: History, name: str) -> str:
    """The last moment that said whether a clock with a condition applies; "" when none did."""
    words = (f"termijn.{name}.{APPLIES}", f"termijn.{name}.{APPLIES_NOT}")
    return next((moment.name for moment in reversed(history.moments) if moment.name in words), "")


def if_begun(scheme: Scheme, name: str, on: date) -> Clock | None:
    """A clock as it would run when it began on a day: what somebody may count on before it has. None when that can't be said."""
    definition, start = scheme.clocks[name], Moment("begin", on, 0)
    return _Reading(definition, {}, start, on, on, scheme.meetings.get(definition.meeting)).clock(name, None)


def passing(clock: str) -> str:
    """The moment that a clock passes."""
    return f"termijn.{clock}.verstreken"


@lru_cache(maxsize=256)
def order(scheme: Scheme) -> tuple[str, ...]:
    """The clocks, each after those it hangs on; clocks that hang on each other come last (a fault at load)."""
    placed = unknotted(scheme)
    return (*placed, *(name for name in scheme.clocks if name not in placed))


def unknotted(scheme: Scheme) -> tuple[str, ...]:
    """The clocks that don't hang on each other in a circle, each after those it hangs on."""
    waits = {
        name: {other for other in scheme.clocks if passing(other) in moments_of(definition)}
        for name, definition in scheme.clocks.items()
    }
    placed: dict[str, None] = {}
    while ready := [name for name in waits if name not in placed and waits[name] <= placed.keys()]:
        placed.update(dict.fromkeys(ready))
    return tuple(placed)


def moments_of(definition: ClockDef) -> set[str]:
    """Every moment that a clock names."""
    pairs = (moment for pair in definition.suspends for moment in pair)
    return {*definition.start, *definition.stops, *definition.satisfied_by, *pairs}


@dataclass(frozen=True)
class _Reading:
    """One clock on the day `at`, from its start on; `known_on` is the day of the act that told of the start."""

    definition: ClockDef
    moments: Mapping[str, list[Moment]]
    start: Moment
    known_on: date
    at: date
    meeting: MeetingDef | None

    @property
    def begins(self) -> date:
        """The day from which it counts: that of its start, unless the scheme fixes it."""
        return self.definition.begins_on or self.start.on

    @property
    def is_over(self) -> bool:
        stop = self._stop()
        return stop is not None and stop.on <= self.at

    def without_date(self, name: str) -> Undated:
        assert self.meeting is not None
        steps = next_meeting(self.meeting, self.begins)[1]
        return Undated(name, self.definition.title, self.definition.meeting, self.begins, steps)

    def clock(self, name: str, closed_on: date | None) -> Clock | None:
        """The clock; None when it waits for a meeting of which no date is known."""
        definition, at = self.definition, self.at
        suspensions, suspended = self._suspensions()
        found = self._due(suspensions)
        if found is None:
            return None
        anchor, due, steps = found
        on_the_day = definition.kind in ("maximum", "teller") or definition.meeting
        passes_on = due if on_the_day else due + timedelta(days=1)
        stop = self._stop()
        status: Status = "verstreken" if at >= passes_on else "geschorst" if suspended else "loopt"
        if stop is not None and stop.on <= at:
            status = "gestopt" if stop.on < passes_on else "te_laat_gestopt"
        elif closed_on is not None and closed_on < passes_on and not definition.runs_on:
            status, stop = "gestopt", Moment("gesloten", closed_on, 0)
        warn_on = tuple(sorted(day for text in definition.warn if (day := subtract(due, length_of(text))) >= anchor))
        stopped_on = stop.on if stop else None
        kind, title = definition.kind, definition.title
        return Clock(name, title, kind, self.begins, due, passes_on, status, warn_on, stopped_on, steps)

    def _due(self, suspensions: tuple[Suspension, ...]) -> tuple[date, date, tuple[Step, ...]] | None:
        """(the first day on which a warning makes sense, the last day, why); None when no meeting is planned late enough."""
        definition, start = self.definition, self.begins
        if self.meeting is not None:
            meets, steps = next_meeting(self.meeting, start)
            return None if meets is None else (start, meets, steps)
        deeds: list[date] = []
        if definition.kind == "terugkerend":
            done = [m.on for name in definition.satisfied_by for m in self.moments.get(name, ())]
            deeds = sorted({day for day in done if start < day <= self.at})
        anchor = self.known_on if definition.back else deeds[-1] if deeds else start
        return anchor, *reckon(definition, start, suspensions, deeds)

    def _stop(self) -> Moment | None:
        """A clock that starts on a day that somebody filled in, or that the scheme fixes, can be stopped before that day; one that
        counts back from it, even before the day was known."""
        names = self.definition.stops
        if self.definition.kind != "terugkerend":
            names += self.definition.satisfied_by
        if not is_dated(self.start.name) and self.definition.begins_on is None:
            return self._first_after(names, self.start)
        since = 0 if self.definition.back else self.start.seq + 1
        later = (m for name in names for m in self.moments.get(name, ()) if m.seq >= since)
        return min(later, key=lambda m: (m.on, m.seq), default=None)

    def _suspensions(self) -> tuple[tuple[Suspension, ...], bool]:
        """Every closed suspension, and an open one up to today; a second invitation within one adds nothing."""
        found, running = [], False
        for pair in self.definition.suspends:
            cursor = self.start
            while begin := self._first_after(pair[:1], cursor):
                end = self._first_after(pair[1:], begin)
                if end is None:
                    running = True
                    found.append(Suspension(begin.on, max(self.at, begin.on) + timedelta(days=1)))
                    break
                found.append(Suspension(begin.on, end.on))
                cursor = end
        return tuple(found), running

    def _first_after(self, names: tuple[str, ...], start: Moment) -> Moment | None:
        """The earliest of these moments that came after `start`, in legal time; same-day acts go by seq."""
        named = (moment for name in names for moment in self.moments.get(name, ()))
        found = [m for m in named if m.on > start.on or (m.on == start.on and m.seq > start.seq)]
        return min(found, key=lambda m: (m.on, m.seq), default=None)


def passed(clocks: Mapping[str, Clock], scheme: Scheme) -> dict[str, bool]:
    """`termijn.<id>.verstreken` for conditions; every clock of the scheme is there."""
    return {name: name in clocks and clocks[name].has_passed for name in scheme.clocks}


def next_dates(clocks: Mapping[str, Clock], at: date) -> list[date]:
    """The days after `at` on which a running clock warns or passes."""
    running = [clock for clock in clocks.values() if clock.status in ("loopt", "geschorst")]
    return sorted({day for clock in running for day in (*clock.warn_on, clock.passes_on) if day > at})
