"""The terms of the Awb on the way to a decision, each with its derivation: completing, deciding, extending. Whether the Awb
applies at all is a question of the scheme's regime, not of this module."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from maatwerk.rules import derivation
from maatwerk.rules.calendar import in_words
from maatwerk.rules.derivation import Step
from maatwerk.rules.lengths import Length, shift
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.spans import Suspension, suspended_spans
from maatwerk.rules.statutes import length_of
from maatwerk.rules.terms import Term, term


@dataclass(frozen=True)
class Window:
    """When something may be decided: not before `first`, and at the latest on the last day of `term`."""

    first: date
    term: Term


@dataclass(frozen=True)
class Extension:
    """Told to the applicant on `told_on`: the decision may be expected at the latest on `until` (Awb 4:14)."""

    told_on: date
    until: date


def time_to_complete(invited: date, length: Length) -> Term:
    """The time that the authority gives to complete an application (Awb 4:5 lid 1). Not set by a law, so it never rolls."""
    return term(invited, length, "target")


def not_to_treat(invited: date, length: Length, *, completed: date | None = None) -> Window:
    """When an application may be left untreated after an invitation to complete it (Awb 4:5 lid 1 and 4).

    Not before what was sent in time still falls short, or the time has passed unused; and within four weeks of that. What
    comes too late is as good as nothing.
    """
    given = time_to_complete(invited, length)
    if completed is not None and completed < invited:
        mend = "Geef een dag op of na de uitnodiging."
        raise Invalid.because("completed_before_invited", "De aanvulling is van voor de uitnodiging.", mend=mend)
    in_time = completed if completed is not None and completed <= given.due else None
    since = in_time or given.due
    found = term(since, length_of("not_treated", since), "statutory")
    what = f"aangevuld op {in_words(since)}" if in_time else f"niet aangevuld tot en met {in_words(since)}"
    first = since if in_time else shift(since, 1)
    text = f"De aanvraag is {what}: buiten behandeling laten kan vanaf {in_words(first)} (Awb art. 4:5)."
    return Window(first, replace(found, steps=(Step("start", since, text), *found.steps[1:])))


def decision(received: date, *, suspensions: Iterable[Suspension] = (), extensions: Iterable[Extension] = ()) -> Term:
    """The last day to decide on an application: eight weeks from its receipt (Awb 4:13), longer by what stood still (4:15)
    and by what was told in time (4:14). Refused: an extension that was told too late, or that shortens.

    What stood still before an extension was told is in the day that was named; what began later moves that day.
    """
    standing_still, told = tuple(suspensions), sorted(extensions, key=lambda each: each.told_on)
    until = [*(each.told_on for each in told), date.max]
    begun = [each for each in standing_still if each.invited < until[0]]
    found = term(received, length_of("decision", received), "statutory", suspensions=begun)
    for number, extension in enumerate(told, 1):
        begun = [each for each in standing_still if extension.told_on <= each.invited < until[number]]
        found = _extended(found, extension, number, begun)
    return found


def _extended(found: Term, extension: Extension, number: int, suspensions: Iterable[Suspension]) -> Term:
    """The day that was named, moved by what stood still since. It doesn't roll: the authority named it, no law."""
    if extension.told_on > found.due:
        message = f"De termijn was op {in_words(found.due)} al voorbij en is niet meer te verlengen (Awb art. 4:14)."
        raise Invalid.because(
            "extension_too_late", message, mend="Beslis zo snel mogelijk; een dwangsom kan gaan lopen."
        )
    if extension.until <= found.due:
        message = f"Deze verlenging eindigt niet na {in_words(found.due)}."
        raise Invalid.because("extension_shortens", message, mend="Noem een latere dag.")
    told, end = in_words(extension.told_on), extension.until
    steps = [Step("extended", end, f"Verlengd op {told} tot en met {in_words(end)} (Awb art. 4:14).")]
    if number > 1:
        text = f"Dit is verlenging {number}; de Awb gaat uit van een. Leg uit waarom deze nodig was."
        steps.append(Step("extended_again", end, text))
    for span in suspended_spans(suspensions, after=extension.told_on):
        if span.first <= end:
            end = shift(end, span.days)
            steps.append(derivation.suspended(span, end, span.days, works=False, statutory=True))
    return Term(end, (*found.steps, *steps), (end,))
