"""What happens by itself: a clock passes, an age is reached, a day that was filled in comes. Only what opens a step becomes an
act, done by the service; a warning or a task for somebody is an alarm and changes nothing of where the case stands.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from maatwerk.rules import birthdays, clocks, consent, follow_ups
from maatwerk.rules.acts import SYSTEM, Act, Consequences, Facts
from maatwerk.rules.conditions import holds
from maatwerk.rules.consequences import run_on
from maatwerk.rules.history import History, extend, fold
from maatwerk.rules.moments import is_dated
from maatwerk.rules.scheme import OnPass, Scheme
from maatwerk.rules.situation import Situation

BY_ITSELF: Final = "vanzelf"


@dataclass(frozen=True)
class Alarm:
    """Something to tell somebody: `follow` is what the scheme asks (task, role, text); all of it may be empty. `due` is the last day
    of a point that is followed; of a term the clock itself tells it."""

    kind: Literal["waarschuwing", "verstreken", "leeftijd"]
    id: str
    on: date
    follow: OnPass
    due: date | None = None


def alarms(scheme: Scheme, acts: Sequence[Act], after: date, until: date) -> tuple[Alarm, ...]:
    """The alarms of the days later than `after`, up to and including `until`, in order, as the case stands on `until`."""
    history = fold(scheme, acts)
    found: list[Alarm] = []
    for name, clock in clocks.derive(scheme, history, until).items():
        definition = scheme.clocks[name]
        ended = clock.stopped_on or date.max
        warned = [day for day in clock.warn_on if day < ended]
        found += [Alarm("waarschuwing", name, day, definition.on_warning) for day in warned]
        if clock.has_passed:
            found.append(Alarm("verstreken", name, clock.passes_on, definition.on_pass))
    found += _of_points(scheme, history)
    found += _of_ages(scheme, history, until)
    if not history.closed:
        for day, name, _ in consent.birthdays(scheme, history.answers):
            if day > (history.filed_on or date.max):
                found.append(Alarm("leeftijd", name, day, scheme.consents[name].on_age))
    return tuple(sorted((a for a in found if after < a.on <= until), key=lambda a: (a.on, a.kind, a.id)))


def _of_points(scheme: Scheme, history: History) -> Iterator[Alarm]:
    """The alarms of what is followed: a list's points are told apart by their number."""
    for name, listed in follow_ups.points(scheme, history).items():
        definition = scheme.follow_ups[name]
        for point in listed:
            place = f"{name}.{point.number}"
            warned, late = point.told_on(definition.warn, history.closed_on)
            for day in warned:
                yield Alarm("waarschuwing", place, day, _numbered(definition.on_warning, point.number), point.due)
            if late:
                yield Alarm("verstreken", place, late, _numbered(definition.on_late, point.number), point.due)


def _of_ages(scheme: Scheme, history: History, until: date) -> Iterator[Alarm]:
    """The alarms of ages, where they hold for the case as it stands; one that can't be judged is told of, rather than missed."""
    for name, age, warned, day in birthdays.ages_reached(scheme, history):
        if age.condition and holds(age.condition, Situation(scheme, history, until, Facts())) is False:
            continue
        for on in warned:
            yield Alarm("waarschuwing", f"leeftijd.{name}", on, age.on_warning)
        yield Alarm("leeftijd", f"leeftijd.{name}", day, age.on_age)


def _numbered(follow: OnPass, number: int) -> OnPass:
    return replace(follow, task=f"{follow.task} (nummer {number})") if follow.task else follow


def catch_up(scheme: Scheme, acts: Sequence[Act], today: date, facts: Facts) -> tuple[Act, ...]:
    """The acts of the service that are due, in order; none changes what an earlier one of them decided."""
    history = fold(scheme, acts)
    done: list[Act] = []
    while moment := next(iter(sorted(_due(scheme, history, today))), None):
        act = by_itself(scheme, history, {moment[1]: moment[0]}, facts)
        done.append(act)
        history = extend(scheme, history, act)
    return tuple(done)


def comes_by_itself(scheme: Scheme, acts: Sequence[Act], today: date) -> bool:
    """Whether `catch_up` would have something to record."""
    return any(True for _ in _due(scheme, fold(scheme, acts), today))


def by_itself(scheme: Scheme, history: History, dates: dict[str, date], facts: Facts) -> Act:
    """The act that records moments which came by themselves, with the steps that they open."""
    day = max(dates.values())
    result = Consequences(dates=dates, facts=dict(facts.values), earlier=facts.earlier)
    act = Act(BY_ITSELF, day, SYSTEM, seq=history.seq + 1, consequences=result)
    return run_on(scheme, history, act, facts, day)


def _due(scheme: Scheme, history: History, today: date) -> Iterator[tuple[date, str]]:
    """(day, moment) of everything that came by itself, that a waiting step awaits and that no act has recorded."""
    if history.closed:
        return
    waiting = {name for name, state in history.steps.items() if state.status == "wacht"}
    awaited = {moment for name in waiting for moment in scheme.steps[name].after}
    recorded = {
        (day, name) for act in history.acts if act.kind == BY_ITSELF for name, day in act.consequences.dates.items()
    }
    for day, name in _came(scheme, history, today, {name.partition(".")[0] for name in awaited}):
        if name in awaited and day <= today and (day, name) not in recorded:
            yield day, name


def _came(scheme: Scheme, history: History, today: date, kinds: Set[str]) -> Iterator[tuple[date, str]]:
    """(day, moment) of what came by itself. `kinds` of moments are awaited: terms and ages of others need not be known."""
    for name, clock in clocks.derive(scheme, history, today).items() if "termijn" in kinds else ():
        if clock.has_passed:
            yield clock.passes_on, clocks.passing(name)
    recorded_on = {act.seq: act.on for act in history.acts}
    for moment in history.moments:
        if is_dated(moment.name) and moment.on > recorded_on.get(moment.seq, moment.on):
            yield moment.on, moment.name
    for day, name, _ in consent.birthdays(scheme, history.answers) if "toestemming" in kinds else ():
        before = consent.states(scheme, history.consents, history.answers, day.fromordinal(day.toordinal() - 1))
        after = consent.states(scheme, history.consents, history.answers, day)
        if day > (history.filed_on or date.max) and before[name] != after[name]:
            yield day, f"toestemming.{name}.{after[name]}"
