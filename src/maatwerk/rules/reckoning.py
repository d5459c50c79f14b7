"""The last day of one clock of a scheme, and why. What no calendar knows never breaks a case: then plain calendar days count,
and the derivation says that the date must be checked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final, cast

from maatwerk.rules.backwards import BackKind, term_before
from maatwerk.rules.calendar import in_words
from maatwerk.rules.derivation import Step
from maatwerk.rules.lengths import Length, Unit
from maatwerk.rules.periods import last_day
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import ClockDef, ClockKind
from maatwerk.rules.spans import Suspension
from maatwerk.rules.terms import Kind, Roll, next_due, term

KINDS: Final[Mapping[str, Kind]] = {
    "wettelijk": "statutory", "streef": "target", "maximum": "cap", "terugkerend": "recurring", "teller": "counter",
}  # fmt: skip
ROLLS: Final[Mapping[str | None, Roll | None]] = {None: None, "geen": "none", "werkdag": "working_day"}
UNITS: Final[Mapping[str, Unit]] = {"werkdag": "working_day", "werkweek": "working_week", "schoolweek": "school_week"}

_term = lru_cache(maxsize=4096)(term)
_term_before = lru_cache(maxsize=1024)(term_before)


@lru_cache(maxsize=512)
def length_of(written: str, unit: str = "kalender", outside_holidays: bool = False) -> Length:
    """The length that a scheme writes as `duur`, `eenheid` and `zonder_vakanties`. Raises Refused when they don't fit."""
    length = Length.parse(written)
    return length.counted_in(UNITS.get(unit, length.unit), outside_holidays=outside_holidays)


def reckon(
    definition: ClockDef, start: date, suspensions: tuple[Suspension, ...], deeds: Sequence[date]
) -> tuple[date, tuple[Step, ...]]:
    """The last day of a clock that began after `start`, or that counts back from it, and why. `deeds` are the days on which
    a recurring duty was done since, in order."""
    if definition.until is not None:
        return definition.until, (_fixed(definition.until),)
    if definition.period is not None:
        end = last_day(definition.period, start)
        return end, (_with_period(definition.period, start, end),)
    length = length_of(definition.length, definition.unit, definition.outside_holidays)
    try:
        return _counted(definition, length, start, suspensions, deeds)
    except Refused as refused:
        kind: ClockKind = "terugkerend" if definition.kind == "terugkerend" else "streef"
        plain = replace(definition, kind=kind, roll=None)
        due, steps = _counted(plain, length_of(definition.length), start, suspensions, deeds)
        return due, (*steps, _unknown(due, refused))


def _counted(
    definition: ClockDef, length: Length, start: date, suspensions: tuple[Suspension, ...], deeds: Sequence[date]
) -> tuple[date, tuple[Step, ...]]:
    kind, school = KINDS[definition.kind], definition.school
    if kind == "recurring":
        due = next_due(start, deeds, length, school=school)
        return due, (_again(due, length, deeds[-1] if deeds else None),)
    if definition.back:
        found = _term_before(start, length, cast(BackKind, kind), school=school)
    else:
        found = _term(start, length, kind, suspensions=suspensions, roll=ROLLS[definition.roll], school=school)
    return found.due, found.steps


def _fixed(due: date) -> Step:
    return Step("fixed", due, f"De regeling noemt een vaste dag: {in_words(due)}.")


def _with_period(kind: str, start: date, end: date) -> Step:
    return Step("period_end", end, f"Eindigt met het {kind} waarin {in_words(start)} valt: {in_words(end)}.")


def _again(due: date, length: Length, deed: date | None) -> Step:
    since = f"na {in_words(deed)}, toen het voor het laatst is gedaan" if deed else "na het begin"
    return Step("recurring", due, f"Ten minste elke {length.in_words()}: opnieuw uiterlijk {in_words(due)}, {since}.")


def _unknown(due: date, refused: Refused) -> Step:
    text = f"{refused.reasons[0].message} Daarom tellen hier alle kalenderdagen; controleer deze datum."
    return Step("calendar_unknown", due, text)
