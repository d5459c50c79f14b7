"""Faults of meetings, and of clocks that end on a planned or fixed day instead of after a length."""

from collections.abc import Iterator
from typing import Final

from maatwerk.rules.checks_of_effects import follow_faults
from maatwerk.rules.decoding import Fault
from maatwerk.rules.reckoning import length_of
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import ClockDef, Scheme

_LONGEST: Final = {"day": 366, "week": 52, "month": 12, "year": 1, "working_day": 250, "working_week": 50}
_FIRST, _LAST = 1900, 2099


def meeting_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of every meeting, and of clocks that wait for one."""
    for name, meeting in scheme.meetings.items():
        here = f"vergadering.{name}"
        if list(meeting.dates) != sorted(set(meeting.dates)):
            yield Fault(
                f"{here}.data", "de data staan niet op volgorde, of een staat er twee keer.", "zet ze oplopend."
            )
        if any(not _FIRST <= day.year <= _LAST for day in meeting.dates):
            yield Fault(f"{here}.data", "dit jaar kan niet.", f"kies een jaar van {_FIRST} tot en met {_LAST}.")
        if meeting.cutoff:
            yield from _cutoff(f"{here}.inleveren", meeting.cutoff, meeting.unit)
        if not any(clock.meeting == name for clock in scheme.clocks.values()):
            message = "geen enkele termijn wacht op deze vergadering."
            yield Fault(here, message, f'schrijf een termijn met vergadering = "{name}", of haal haar weg.')
        if not (meeting.on_unknown.task or meeting.on_unknown.text):
            message = "als er geen datum meer is, hoort niemand dat."
            yield Fault(here, message, "voeg bij_geen_datum toe, met taak en rol.", severity="waarschuwing")
        yield from follow_faults(scheme, f"{here}.bij_geen_datum", meeting.on_unknown)
    for name, clock in scheme.clocks.items():
        if clock.meeting and clock.meeting not in scheme.meetings:
            mend = f"kies uit: {', '.join(scheme.meetings) or 'geen'}."
            yield Fault(f"termijn.{name}.vergadering", f"de vergadering '{clock.meeting[:60]}' bestaat niet.", mend)


def _cutoff(here: str, text: str, unit: str) -> Iterator[Fault]:
    try:
        length = length_of(text, unit)
    except Refused as refusal:
        yield Fault(here, refusal.reasons[0].message, refusal.reasons[0].mend)
        return
    if length.count > _LONGEST[length.unit]:
        yield Fault(here, "deze duur is te lang.", "kies hooguit een jaar.")


def end_faults(here: str, clock: ClockDef) -> Iterator[Fault]:
    """A clock ends in exactly one way; on a planned or fixed day nothing moves it."""
    ends = {"duur": clock.length, "op": clock.until, "tot": clock.period, "vergadering": clock.meeting}
    given = [key for key, value in ends.items() if value]
    if len(given) != 1:
        message = "een termijn heeft een duur of een vaste dag (op, tot of vergadering), en maar een ervan."
        yield Fault(here, message, 'schrijf duur = "P8W", of een van de andere.')
        return
    fixed = given[0] != "duur"
    if fixed and clock.suspends:
        message = "een vaste dag verschuift niet door een schorsing."
        yield Fault(f"{here}.schorst", message, "haal schorst weg, of geef de termijn een duur.")
    if clock.roll == "werkdag" and (fixed or clock.kind in ("maximum", "teller", "terugkerend")):
        yield Fault(f"{here}.rol", "een maximum, een teller en een vaste dag schuiven nooit op.", "haal rol weg.")
    if clock.kind == "terugkerend" and (fixed or not clock.satisfied_by):
        message = "een terugkerende termijn heeft een duur, en een handeling die eraan voldoet."
        yield Fault(f"{here}.voldoet", message, 'schrijf voldoet = ["handeling.<id>"].')
    if clock.meeting and clock.begins_on:
        message = "op een vergadering wacht men vanaf een moment in de zaak."
        yield Fault(f"{here}.begin_op", message, "haal begin_op weg.")
    for key, day in (("begin_op", clock.begins_on), ("op", clock.until)):
        if day and not _FIRST <= day.year <= _LAST:
            yield Fault(f"{here}.{key}", "dit jaar kan niet.", f"kies een jaar van {_FIRST} tot en met {_LAST}.")
    if clock.begins_on and clock.until and clock.until < clock.begins_on:
        yield Fault(f"{here}.op", "deze termijn eindigt voor zij begint.", "maak op later dan begin_op.")
