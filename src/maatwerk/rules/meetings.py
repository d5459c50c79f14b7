"""Committees that meet on planned dates: a case is for the first meeting whose closing day had not passed. Dates stand in the scheme,
and a partnership adds later ones without another version; when none is left, that is said and somebody is asked to plan one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from maatwerk.rules.backwards import term_before
from maatwerk.rules.calendar import in_words
from maatwerk.rules.derivation import Step
from maatwerk.rules.lengths import subtract
from maatwerk.rules.reckoning import length_of
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import MeetingDef, Scheme
from maatwerk.rules.tenant_entries import MeetingEntry, entries


@dataclass(frozen=True)
class Undated:
    """A clock that waits for a meeting of which no date is known yet, and why."""

    id: str
    title: str
    meeting: str
    started: date
    steps: tuple[Step, ...]


def closing_day(meeting: MeetingDef, day: date) -> date:
    """The last day on which something can come in for the meeting of a day."""
    return _before(day, meeting.cutoff, meeting.unit) if meeting.cutoff else day


@lru_cache(maxsize=1024)
def _before(day: date, cutoff: str, unit: str) -> date:
    """Where no calendar is known that far, plain days count."""
    try:
        return term_before(day, length_of(cutoff, unit)).due
    except Refused:
        return subtract(day, length_of(cutoff))


def next_meeting(meeting: MeetingDef, start: date) -> tuple[date | None, tuple[Step, ...]]:
    """The meeting for what comes in on `start`, with the reasons; None when no date is known that is late enough."""
    missed = [day for day in meeting.dates if closing_day(meeting, day) < start <= day]
    coming = next((day for day in meeting.dates if closing_day(meeting, day) >= start), None)
    steps = [_missed(meeting, day) for day in missed]
    steps.append(_unknown(meeting, start) if coming is None else _meets(meeting, coming))
    return coming, tuple(steps)


def _missed(meeting: MeetingDef, day: date) -> Step:
    closed = in_words(closing_day(meeting, day))
    return Step(
        "meeting_missed",
        day,
        f"Ingeleverd na de sluiting van {closed}, dus niet voor de vergadering van {in_words(day)}.",
    )


def _meets(meeting: MeetingDef, day: date) -> Step:
    closes = f" (sluiting {in_words(closing_day(meeting, day))})" if meeting.cutoff else ""
    return Step("meeting", day, f"Op tijd voor de vergadering van {in_words(day)}{closes}: {meeting.title}.")


def _unknown(meeting: MeetingDef, start: date) -> Step:
    last = f" De laatste bekende is die van {in_words(meeting.dates[-1])}." if meeting.dates else ""
    return Step(
        "meeting_unknown", start, f"{meeting.title}: er is nog geen datum bekend waarvoor dit op tijd is.{last}"
    )


def planned(settings: Mapping[str, Any], scheme: Scheme) -> tuple[tuple[str, tuple[date, ...]], ...]:
    """The dates that tenant.toml (or what is stored of it) adds to meetings of a scheme: [[vergadering]] regeling, vergadering,
    data."""
    found: dict[str, set[date]] = {}
    for entry in entries(MeetingEntry, "vergadering", settings)[0]:
        if entry.scheme == scheme.code and entry.meeting in scheme.meetings:
            found.setdefault(entry.meeting, set()).update(entry.dates)
    return tuple((meeting, tuple(sorted(days))) for meeting, days in sorted(found.items()))


@lru_cache(maxsize=256)
def with_dates(scheme: Scheme, added: tuple[tuple[str, tuple[date, ...]], ...]) -> Scheme:
    """The scheme with more dates for its meetings; the same object for the same dates."""
    if not any(days for _, days in added):
        return scheme
    meetings = dict(scheme.meetings)
    for name, days in added:
        meetings[name] = replace(meetings[name], dates=tuple(sorted({*meetings[name].dates, *days})))
    return replace(scheme, meetings=meetings)
