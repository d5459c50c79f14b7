"""Faults of what follows from an act or a clock: books, texts, roles and acts that must exist, and what each kind needs."""

from collections.abc import Iterator

from maatwerk.rules.checks_of_entries import entry_faults
from maatwerk.rules.decoding import Fault
from maatwerk.rules.parts import BOOKINGS
from maatwerk.rules.places import places
from maatwerk.rules.scheme import EffectDef, OnPass, Scheme


def effect_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of every effect of the scheme."""
    for name, act in scheme.acts.items():
        yield from _effects(scheme, f"handeling.{name}.effecten", act.effects, name)
    for name, step in scheme.steps.items():
        for outcome, on in step.on.items():
            yield from _effects(scheme, f"stap.{name}.bij.{outcome}.effecten", on.effects)


def _effects(scheme: Scheme, path: str, effects: tuple[EffectDef, ...], act: str = "") -> Iterator[Fault]:
    for index, effect in enumerate(effects):
        here = f"{path}.{index}"
        if effect.kind in BOOKINGS:
            yield from entry_faults(scheme, here, effect, act)
        elif any((effect.book, effect.amount, effect.part, effect.each, effect.payee, effect.reference)):
            mend = "haal boek, bedrag, deel, voor_elk, begunstigde en kenmerk weg."
            yield Fault(f"{here}.boek", f"een {effect.kind} boekt niets.", mend)
        if effect.school or effect.kind == "overdracht":
            yield from _handover(scheme, here, effect, act)
        if effect.kind in ("brief", "melding") and effect.text not in scheme.texts:
            yield Fault(f"{here}.tekst", f"de tekst '{effect.text[:60]}' bestaat niet.", "voeg [tekst.<id>] toe.")
        if effect.kind == "taak" and not effect.title:
            yield Fault(f"{here}.titel", "een taak heeft een titel nodig.", "voeg titel toe.")
        if effect.kind in ("brief", "melding", "taak") and not effect.audience:
            yield Fault(f"{here}.aan", f"een {effect.kind} is voor iemand.", "voeg aan toe, met een rol.")
        if effect.audience and effect.audience not in scheme.roles:
            yield Fault(f"{here}.aan", f"de rol '{effect.audience[:60]}' bestaat niet.", "noem een bestaande rol.")
        if effect.done_by and effect.done_by not in scheme.acts:
            message = f"de handeling '{effect.done_by[:60]}' bestaat niet."
            yield Fault(f"{here}.klaar_met", message, "noem een bestaande handeling.")


def _handover(scheme: Scheme, here: str, effect: EffectDef, act: str) -> Iterator[Fault]:
    """A case goes over to the school that an act names, always and as its first effect: who hears of it is then the new one."""
    if effect.kind != "overdracht":
        yield Fault(f"{here}.school", f"een {effect.kind} draagt niets over.", "haal school weg.")
        return
    field = scheme.acts[act].fields.get(effect.school) if act else None
    if field is None or field.kind != "school" or act not in field.required:
        message = "een zaak gaat over naar een school die de handeling noemt."
        yield Fault(f"{here}.school", message, 'noem een verplicht veld van de handeling met soort = "school".')
    if effect.condition or "school" not in places(scheme).values():
        yield Fault(
            here, "een overdracht geldt altijd, en in een regeling met een school.", "haal als of deze regel weg."
        )


def follow_faults(scheme: Scheme, here: str, follow: OnPass) -> Iterator[Fault]:
    """Faults of what a clock, a limit or an age asks of somebody."""
    if follow.role and follow.role not in scheme.roles:
        yield Fault(f"{here}.rol", f"de rol '{follow.role[:60]}' bestaat niet.", "noem een bestaande rol.")
    if (follow.task or follow.text) and not follow.role:
        yield Fault(here, "een taak of bericht is voor iemand.", "voeg rol toe.")
    if follow.text and follow.text not in scheme.texts:
        yield Fault(f"{here}.tekst", f"de tekst '{follow.text[:60]}' bestaat niet.", "voeg [tekst.<id>] toe.")
