"""`standing`: where a case stands on a day, what can be done now and by whom, what blocks it, and every date with its why.

It folds what was decided and derives what is due; pages and the API show it, so no screen knows a workflow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from maatwerk.rules import birthdays, clocks, consent, follow_ups
from maatwerk.rules.acts import Act, Facts
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.books import Balance
from maatwerk.rules.clocks import Clock
from maatwerk.rules.conditions import reads
from maatwerk.rules.follow_ups import Point
from maatwerk.rules.history import History, StepState, fold
from maatwerk.rules.judge import gate_reason, gates_of, is_timely, phase, place
from maatwerk.rules.ladder import Rung, rungs
from maatwerk.rules.matrix import Chosen, chosen
from maatwerk.rules.meetings import Undated
from maatwerk.rules.refusals import Reason
from maatwerk.rules.rooms import Pot
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.situation import Situation


@dataclass(frozen=True)
class Offer:
    """An act that is open now: in which step, for which roles, what still blocks it and what warns without blocking."""

    act: str
    title: str
    step: str
    roles: tuple[str, ...]
    seats: tuple[str, ...]
    blocks: tuple[Reason, ...]
    warnings: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Standing:
    """`next_moment` is the first day on which something changes by itself, `look_on` the day on which the case must be looked at
    because it might: a date may have been planned since. `undated` are clocks that wait for such a date, `needs` what was chosen
    of the responsibility matrix, `rungs` where the case is on its ladders, `points` what is followed to its end, by list."""

    phase: str
    closed: str
    seq: int
    steps: Mapping[str, StepState]
    offers: tuple[Offer, ...]
    clocks: tuple[Clock, ...]
    books: Mapping[str, Balance]
    held: Mapping[Pot, Balance]
    consents: Mapping[str, str]
    next_moment: date | None
    undated: tuple[Undated, ...] = ()
    look_on: date | None = None
    needs: tuple[Chosen, ...] = ()
    rungs: tuple[Rung, ...] = ()
    points: Mapping[str, tuple[Point, ...]] = field(default_factory=dict)


def standing(scheme: Scheme, acts: Sequence[Act], at: date, facts: Facts | None = None) -> Standing:
    """Where the case stands after `acts` (in order) on the legal day `at`."""
    return stands(Situation(scheme, fold(scheme, acts), at, facts or Facts()))


def stands(situation: Situation) -> Standing:
    """The same, of a case that others look at too."""
    scheme, history, at = situation.scheme, situation.history, situation.today
    next_day = next_moment(scheme, history, situation.clocks, at)
    undated = clocks.undated(scheme, history, at)
    return Standing(
        phase=phase(scheme, history),
        closed=history.closed,
        seq=history.seq,
        steps=history.steps,
        offers=offers(situation),
        clocks=tuple(situation.clocks.values()),
        books=history.books,
        held=history.held,
        consents=situation["toestemming"],
        next_moment=next_day,
        undated=undated,
        look_on=_tomorrow(at, next_day) if undated or _meets(scheme, situation.clocks) else next_day,
        needs=chosen(scheme, history.answers),
        rungs=rungs(scheme, history, situation.clocks),
        points=follow_ups.points(scheme, history),
    )


def _meets(scheme: Scheme, running: Mapping[str, Clock]) -> bool:
    """Whether the case waits for a meeting: its date may be planned, or an earlier one, without anybody touching the case."""
    return any(clock.status == "loopt" and scheme.clocks[name].meeting for name, clock in running.items())


def _tomorrow(at: date, next_day: date | None) -> date:
    tomorrow = at + timedelta(days=1)
    return min(tomorrow, next_day) if next_day else tomorrow


def offers(situation: Situation) -> tuple[Offer, ...]:
    """Every act that may be tried now; a gate that reads the act's own fields can't block before they are given."""
    return tuple(_offer(situation, kind) for kind in situation.scheme.acts if is_timely(situation, kind))


def _offer(situation: Situation, kind: str) -> Offer:
    scheme, history = situation.scheme, situation.history
    definition = scheme.acts[kind]
    step = place(scheme, history, kind)
    behaviour = PALETTE[definition.behaviour]
    blocks = [] if behaviour.uses_form else situation.missing(kind)
    warnings: list[Reason] = []
    for name, gate in gates_of(scheme, kind):
        if behaviour.uses_form or reads(gate.condition, "deze"):
            continue
        if reason := gate_reason(name, gate, situation):
            (blocks if gate.force == "weigert" else warnings).append(reason)
    seats = tuple(chair.slot for chair in history.steps[step].chairs) if step and behaviour.by_seat else ()
    return Offer(kind, definition.title, step, definition.by, seats, tuple(blocks), tuple(warnings))


def next_moment(scheme: Scheme, history: History, running: Mapping[str, Clock], at: date) -> date | None:
    """The first day after `at` on which this case changes without anybody acting: a warning, a passing, a birthday, a day
    that somebody filled in and that a step waits for."""
    days = clocks.next_dates(running, at)
    if not history.closed:
        days += consent.coming_birthdays(scheme, history.answers, at)
        days += follow_ups.days_ahead(scheme, history, at)
        days += birthdays.coming_ages(scheme, history, at)
        awaited = {moment for step in scheme.steps.values() for moment in step.after}
        days += [moment.on for moment in history.moments if moment.name in awaited and moment.on > at]
    return min(days, default=None)
