"""Faults of clocks and consents: moments that exist, lengths that can be, limits that the law sets."""

from collections.abc import Generator, Iterator

from maatwerk.rules.checks_of_effects import follow_faults
from maatwerk.rules.checks_of_meetings import end_faults
from maatwerk.rules.checks_of_units import backward_faults, runs_by_the_calendar, unit_faults
from maatwerk.rules.clocks import unknotted
from maatwerk.rules.decoding import Fault
from maatwerk.rules.lengths import Length
from maatwerk.rules.moments import moment_fault
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import ClockDef, Scheme
from maatwerk.rules.terms import art_4_excludes

_OLDEST = 120
_LONGEST_DAYS = 40 * 366
_DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}


def clock_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of terms."""
    knotted = set(scheme.clocks) - set(unknotted(scheme))
    for name, clock in scheme.clocks.items():
        here = f"termijn.{name}"
        if name in knotted:
            yield Fault(here, "deze termijn hangt van zichzelf af.", "haal de kring uit start, stopt of schorst.")
        for key, moments in (("start", clock.start), ("stopt", clock.stops), ("voldoet", clock.satisfied_by)):
            yield from _moments(scheme, f"{here}.{key}", moments)
        if not clock.start and clock.begins_on is None:
            yield Fault(here, "de sleutel 'start' ontbreekt.", 'schrijf start = ["handeling.<id>"], of begin_op.')
        for index, pair in enumerate(clock.suspends):
            if len(pair) < 2:
                message = "een schorsing heeft een begin en minstens een einde."
                yield Fault(f"{here}.schorst.{index}", message, 'schrijf ["begin", "einde"].')
            yield from _moments(scheme, f"{here}.schorst", pair)
        yield from _lengths(here, clock)
        yield from unit_faults(here, clock)
        yield from backward_faults(here, clock)
        for key, follow in (("bij_verstrijken", clock.on_pass), ("bij_waarschuwing", clock.on_warning)):
            yield from follow_faults(scheme, f"{here}.{key}", follow)


def _moments(scheme: Scheme, path: str, moments: tuple[str, ...]) -> Iterator[Fault]:
    for moment in moments:
        if why := moment_fault(scheme, moment):
            yield Fault(path, f"'{moment[:80]}': {why}", "noem een moment dat kan gebeuren.")


def _lengths(here: str, clock: ClockDef) -> Iterator[Fault]:
    yield from end_faults(here, clock)
    length = None
    if clock.length:
        length = yield from _length(f"{here}.duur", clock.length)
    for text in clock.warn:
        warned = yield from _length(f"{here}.waarschuw", text)
        if warned and length and runs_by_the_calendar(clock) and _most_days(warned) > _most_days(length):
            message = "deze waarschuwing ligt voor het begin van de termijn."
            yield Fault(f"{here}.waarschuw", message, "kies een kortere duur.")
    if length and clock.roll == "werkdag" and clock.kind == "wettelijk" and art_4_excludes(length):
        message = "een wettelijke termijn van meer dan twaalf weken of drie maanden schuift niet op (Atw art. 4)."
        yield Fault(f"{here}.rol", message, "haal rol weg.")


def _length(path: str, text: str) -> Generator[Fault, None, Length | None]:
    try:
        length = Length.parse(text)
    except Refused as refusal:
        yield Fault(path, refusal.reasons[0].message, refusal.reasons[0].mend)
        return None
    if _most_days(length) > _LONGEST_DAYS:
        yield Fault(path, "deze duur is te lang.", "kies hooguit 40 jaar.")
        return None
    return length


def _most_days(length: Length) -> int:
    return length.count * _DAYS[length.unit]


def consent_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of consents."""
    for name, consent in scheme.consents.items():
        here = f"toestemming.{name}"
        if not consent.who:
            yield Fault(f"{here}.wie", "niemand kan deze toestemming geven.", "noem minstens een rol.")
        if consent.form and (consent.form not in scheme.form or scheme.form[consent.form].kind != "bestand"):
            yield Fault(
                f"{here}.formulier", "dit is geen veld voor bestanden.", "noem het veld van het getekende papier."
            )
        for index, who in enumerate(consent.who):
            ages = (who.from_age, who.from_age if who.below_age is None else who.below_age)
            if who.below_age is not None and who.below_age <= who.from_age:
                message = "tot_leeftijd is niet hoger dan vanaf_leeftijd."
                yield Fault(f"{here}.wie.{index}", message, "pas de leeftijden aan.")
            elif not all(0 <= age <= _OLDEST for age in ages):
                yield Fault(f"{here}.wie.{index}", "deze leeftijd kan niet.", f"kies 0 tot en met {_OLDEST}.")
        yield from follow_faults(scheme, f"{here}.bij_leeftijd", consent.on_age)
