"""A term that counts back from a day: "at the latest ten working days before the committee meets". The day itself isn't
counted, and nothing rolls: the Atw leaves such terms alone (art. 1 lid 2)."""

from datetime import date
from typing import Literal, get_args

from maatwerk.rules import derivation, doubts
from maatwerk.rules.calendar import FIRST_YEAR, LAST_YEAR, rest_day_name
from maatwerk.rules.counting import Counting
from maatwerk.rules.lengths import Length, shift
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.school_calendar import SchoolCalendar
from maatwerk.rules.spans import Span
from maatwerk.rules.terms import Term, refuse_law_in_other_units

BackKind = Literal["statutory", "target"]


def term_before(day: date, length: Length, kind: BackKind = "target", *, school: SchoolCalendar | None = None) -> Term:
    """The last day on which something is in time that must be done `length` before `day`.

    Three working days before a Friday is the Tuesday: the mirror of a term that runs forward. Refused: another kind, and
    what `term` refuses for its length.
    """
    if kind not in get_args(BackKind):
        mend = f"Kies uit {', '.join(get_args(BackKind))}."
        raise Invalid.because("kind_never_backwards", "Deze soort termijn telt niet terug.", mend=mend)
    refuse_law_in_other_units(length, kind)
    counting = Counting(length, school)
    due = counting.begin(day, length)
    steps = [derivation.beginning_of_reckoning_back(day), derivation.nominal_before(day, length, due)]
    if names := counting.left_out(Span(due, shift(day, -1))):
        steps.append(derivation.left_out(names, due))
    name = rest_day_name(due) if FIRST_YEAR <= due.year <= LAST_YEAR else None
    if kind == "statutory" or name is not None:
        steps.append(derivation.never_rolls_back(due, name))
    steps += doubts.about(counting, day, due)
    return Term(due, tuple(steps), (due,))
