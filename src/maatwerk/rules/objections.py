"""Deciding on an objection (Awb 7:10). The term begins when the time to object has ended, not when the objection came in."""

from collections.abc import Iterable
from datetime import date

from maatwerk.rules.calendar import in_words
from maatwerk.rules.counting import Counting
from maatwerk.rules.derivation import Step
from maatwerk.rules.due import Plan, one_due
from maatwerk.rules.lengths import Length
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.spans import Suspension, suspended_spans
from maatwerk.rules.statutes import length_of
from maatwerk.rules.terms import Term, last_day_for_objection


def decision_on_objection(
    made_known: date,
    *,
    committee: bool = False,
    postponed_on: date | None = None,
    suspensions: Iterable[Suspension] = (),
) -> Term:
    """The last day to decide on an objection to a decision that was made known on a day: six weeks from the day after the
    time to object ended, twelve with an advisory committee (Awb 7:13), six more when that was told in time.

    Postponing lengthens the nominal end, and rolling comes last. The law writes lengths of at most twelve weeks, so the Atw
    applies to twelve weeks and six too. Refused: a postponement after the term.
    """
    objecting = last_day_for_objection(made_known).due
    length = length_of("objection_decided_with_committee" if committee else "objection_decided", objecting)
    text = f"Bezwaar kon tot en met {in_words(objecting)}; de termijn begint de dag erna (Awb art. 7:10)."
    start, standing_still = Step("start", objecting, text), tuple(suspensions)
    found = _statutory(objecting, length, standing_still, (start,))
    if postponed_on is None:
        return found
    if postponed_on > found.due:
        message = (
            f"De termijn was op {in_words(found.due)} al voorbij en is niet meer te verdagen (Awb art. 7:10 lid 3)."
        )
        raise Invalid.because("postponed_too_late", message, mend="Beslis zo snel mogelijk.")
    more = length_of("objection_postponed", objecting)
    text = f"Verdaagd op {in_words(postponed_on)}: {length.in_words()} en {more.in_words()} (Awb art. 7:10 lid 3)."
    whole = Length(length.count + more.count, "week")
    return _statutory(objecting, whole, standing_still, (start, Step("postponed", objecting, text)))


def _statutory(after: date, length: Length, suspensions: Iterable[Suspension], told: tuple[Step, ...]) -> Term:
    spans = suspended_spans(suspensions, after=after)
    due, steps = one_due(Plan(after, "statutory", Counting(length), spans, atw=True, rolls=True), length, 1)
    return Term(due, (*told, *steps), (due,))
