"""Faults of the mandate register and of ages at which somebody acts: who, what, from when to when."""

from collections.abc import Iterator
from typing import Final

from maatwerk.rules.checks_of_effects import follow_faults
from maatwerk.rules.decoding import Fault
from maatwerk.rules.lengths import Length
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import AgeDef, Scheme

OLDEST: Final = 120


def mandate_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of every mandate."""
    for name, mandate in scheme.mandates.items():
        here = f"mandaat.{name}"
        if mandate.role not in scheme.roles:
            yield Fault(f"{here}.rol", f"de rol '{mandate.role[:60]}' bestaat niet.", "noem een bestaande rol.")
        if not mandate.acts:
            yield Fault(f"{here}.handelingen", "een mandaat is voor minstens een handeling.", "noem de handeling.")
        for act in mandate.acts:
            if act not in scheme.acts or mandate.role not in scheme.acts[act].by:
                message = f"'{act[:60]}' is geen handeling van deze rol."
                yield Fault(f"{here}.handelingen", message, "noem een handeling die deze rol doet.")
        if mandate.until is not None and mandate.until < mandate.since:
            yield Fault(f"{here}.tot_en_met", "dit mandaat eindigt voor het begint.", "kies een latere dag.")
        if not mandate.source.strip():
            yield Fault(here, "de sleutel 'bron' ontbreekt.", "noem het besluit waarin het mandaat staat.")


def age_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of every age."""
    field = scheme.form.get(scheme.subject.field)
    for name, each in scheme.ages.items():
        here = f"leeftijd.{name}"
        if scheme.subject.kind != "individu" or field is None or "geboortedatum" not in field.parts:
            message = "van wie deze leeftijd is, is niet te zien."
            yield Fault(here, message, "maak het onderwerp een persoon met een geboortedatum.")
        if not 0 < each.age <= OLDEST:
            yield Fault(f"{here}.leeftijd", "deze leeftijd kan niet.", f"kies 1 tot en met {OLDEST}.")
        yield from _told(scheme, here, each)


def _told(scheme: Scheme, here: str, each: AgeDef) -> Iterator[Fault]:
    for index, length in enumerate(each.warn):
        try:
            Length.parse(length)
        except Refused as refusal:
            yield Fault(f"{here}.waarschuw.{index}", refusal.reasons[0].message, refusal.reasons[0].mend)
    for key, follow in (("bij_waarschuwing", each.on_warning), ("bij_leeftijd", each.on_age)):
        yield from follow_faults(scheme, f"{here}.{key}", follow)
        text = scheme.texts.get(follow.text)
        if text and "{{uiterlijk}}" in f"{text.subject} {text.body}":
            yield Fault(f"{here}.{key}.tekst", "deze mail noemt een verjaardag.", "haal {{uiterlijk}} uit de tekst.")
