"""Terms: when something is due, and why. The day of receipt isn't counted; only a statutory term rolls. Three months can be
three things: a cap and a counter are reached on the day and never move, a recurring duty begins again at its deed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from maatwerk.rules import derivation
from maatwerk.rules.counting import Counting
from maatwerk.rules.derivation import Step
from maatwerk.rules.due import Kind, Plan, Roll, art_4_excludes, one_due
from maatwerk.rules.lengths import Length, add
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.school_calendar import SchoolCalendar
from maatwerk.rules.spans import Suspension, suspended_spans
from maatwerk.rules.statutes import length_of

__all__ = [
    "MAX_COUNT",
    "Kind",
    "Length",
    "Roll",
    "Step",
    "Suspension",
    "Term",
    "add",
    "art_4_excludes",
    "last_day_for_objection",
    "next_due",
    "term",
]

MAX_COUNT: Final = 1000


@dataclass(frozen=True)
class Term:
    """`due` is the first of `dues`: the last day of a statutory term or a target, the day that a cap or
    counter is reached. Only a recurring term has more than one of them."""

    due: date
    steps: tuple[Step, ...]
    dues: tuple[date, ...]


def term(
    start: date,
    length: Length,
    kind: Kind,
    *,
    suspensions: Iterable[Suspension] = (),
    roll: Roll | None = None,
    count: int = 1,
    school: SchoolCalendar | None = None,
) -> Term:
    """When a term is due that begins after `start`, the day of receipt (Awb 4:13, 4:15; Atw art. 1 to 4).

    `school` has the holidays for a length that counts by them (`counting` defines the units); no law does.

    `roll` None leaves it to the kind: a statutory term rolls unless art. 4 Atw excludes it, no other does.
    "none" is for a statutory term to which a law doesn't apply the Atw; "working_day" rolls another kind by
    a scheme's choice. Each of the `count` due days of a recurring term is computed from `start`, never from
    a clipped or rolled one. Refused: combinations that can't be honoured, and dates beyond the calendar or
    beyond the known holidays.
    """
    _refuse_impossible(length, kind, roll, count)
    counting = Counting(length, school)
    atw = kind == "statutory" and roll != "none" and not art_4_excludes(length)
    spans = suspended_spans(suspensions, after=start)
    plan = Plan(start, kind, counting, spans, atw, atw or roll == "working_day")
    steps = [derivation.beginning(start)]
    dues: list[date] = []
    for number in range(1, count + 1):
        due, derived = one_due(plan, length.times(number), number)
        dues.append(due)
        steps += derived
    return Term(dues[0], tuple(steps), tuple(dues))


def _refuse_impossible(length: Length, kind: Kind, roll: Roll | None, count: int) -> None:
    if kind not in get_args(Kind):
        mend = f"Kies uit {', '.join(get_args(Kind))}."
        raise Invalid.because("kind_unknown", "Deze soort termijn bestaat niet.", mend=mend)
    if roll is not None and roll not in get_args(Roll):
        mend = f"Kies uit {', '.join(get_args(Roll))}."
        raise Invalid.because("roll_unknown", "Deze verschuiving bestaat niet.", mend=mend)
    if not 1 <= count <= MAX_COUNT:
        mend = f"Kies een aantal van 1 tot en met {MAX_COUNT}."
        raise Invalid.because("count_outside", "Dit aantal kan niet.", mend=mend)
    if count > 1 and kind != "recurring":
        message = "Alleen een terugkerende termijn heeft een aantal."
        raise Invalid.because("count_needs_recurring", message, mend="Kies de soort recurring of laat het aantal weg.")
    if kind == "statutory" and roll == "working_day" and art_4_excludes(length):
        message = f"Een wettelijke termijn van {length.in_words()} verschuift niet (Atw art. 4)."
        raise Invalid.because("long_term_never_rolls", message, mend="Laat de verschuiving weg.")
    refuse_law_in_other_units(length, kind)


def refuse_law_in_other_units(length: Length, kind: Kind) -> None:
    """A statutory term ignores working days and school holidays."""
    if kind == "statutory" and not length.is_calendar:
        message = f"Een wettelijke termijn telt niet in {length.in_words()}: alle kalenderdagen tellen mee."
        mend = "Kies dagen, weken, maanden of jaren met de schoolvakanties erbij, of een andere soort."
        raise Invalid.because("law_counts_calendar_days", message, mend=mend)


def last_day_for_objection(made_known: date) -> Term:
    """Six weeks from the day after a decision was made known (Awb 6:7 and 6:8)."""
    found = term(made_known, length_of("objection", made_known), "statutory")
    return Term(found.due, (derivation.made_known(made_known), *found.steps[1:]), found.dues)


def next_due(anchor: date, done: Iterable[date], length: Length, *, school: SchoolCalendar | None = None) -> date:
    """The first due day of a recurring duty that isn't met yet.

    A deed on the due day keeps the anchor's day number (31-01, 30-04, 31-07); a deed on any other day
    becomes the anchor (15-03, then 15-06). Deeds on one day are one deed; a deed on or before the anchor
    counts for nothing.
    """
    counting = Counting(length, school)
    met = 0
    due = counting.end(anchor, length)
    for deed in sorted({deed for deed in done if deed > anchor}):
        anchor, met = (anchor, met + 1) if deed == due else (deed, 0)
        due = counting.end(anchor, length.times(met + 1))
    return due
