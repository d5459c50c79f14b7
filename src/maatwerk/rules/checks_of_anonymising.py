"""Faults of what a role reads in the pack: terms that stay are words, never somebody's number; what is still hidden from a reader is no
part of it; what may be shown coarser at release is what the pack offers."""

import re
from collections.abc import Iterator

from maatwerk.rules.decoding import Fault
from maatwerk.rules.scheme import ActDef, EffectDef, Scheme

LONGEST = 80
COARSER = "vergroving"
_NUMBER = re.compile(r"(?:\d[ .-]?){5}|@")


def anonymising_faults(scheme: Scheme) -> Iterator[Fault]:
    """Every fault of `[anonimisering]` and of what goes into the pack."""
    yield from _protected(scheme)
    yield from _hidden(scheme)
    yield from _coarser(scheme)


def _protected(scheme: Scheme) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, term in enumerate(scheme.anonymising.protected):
        here, plain = f"anonimisering.beschermd.{index}", " ".join(term.casefold().split())
        if not any(map(str.isalpha, term)):
            yield Fault(
                here,
                "een beschermde term heeft letters.",
                'schrijf een woord of een uitdrukking, zoals "Rots en Water".',
            )
        elif _NUMBER.search(term):
            message = "dit lijkt een nummer of een mailadres, en dat gaat altijd weg."
            yield Fault(here, message, "haal het weg; beschermd zijn alleen woorden.")
        elif len(term) > LONGEST:
            yield Fault(here, f"deze term is langer dan {LONGEST} tekens.", "noem alleen de naam zelf.")
        elif plain in seen:
            yield Fault(here, f"'{term}' staat er twee keer.", "haal er een weg.")
        seen.add(plain)


def _hidden(scheme: Scheme) -> Iterator[Fault]:
    """A pack is one text for every reader of it: a vote in it is read before one's own."""
    for index, rule in enumerate(scheme.disclosures):
        for path in rule.act_texts if rule.treatment == "anoniem" else ():
            act = scheme.acts.get(path.partition(".")[0])
            if act is not None and act.hidden != "nee":
                message = f"'{path}' blijft voor '{rule.audience}' verborgen tot de eigen stem, maar staat zo al in het pakket."
                mend = f"haal '{path}' hier weg: wie gestemd heeft, leest de stemmen van zijn rol bij het pakket."
                yield Fault(f"inzage.{index}.handelingsteksten", message, mend)


def _coarser(scheme: Scheme) -> Iterator[Fault]:
    """Whoever releases chooses from what the rules of disclosure offer; another choice would be refused when it is too late."""
    offered = {code for rule in scheme.disclosures if rule.treatment == "anoniem" for code in rule.coarsening}
    for name, act in _releasing(scheme):
        here, asked = f"handeling.{name}.velden.{COARSER}", act.fields.get(COARSER)
        if asked is None:
            continue
        if asked.kind != "meerkeuze":
            yield Fault(
                f"{here}.soort", "de vergroving bij een vrijgave is een keuze uit meer.", 'schrijf soort = "meerkeuze".'
            )
        for code in sorted({*asked.choices} - offered):
            message = f"de vergroving '{code[:60]}' biedt geen [[inzage]] van het pakket aan."
            yield Fault(f"{here}.keuzes", message, "haal haar hier weg, of zet haar bij vergroving van die inzage.")


def _releasing(scheme: Scheme) -> Iterator[tuple[str, ActDef]]:
    """The acts with which a pack is released, by themselves or because they end their step."""
    ending = {
        name
        for step in scheme.steps.values()
        if any(_releases(on.effects) for on in step.on.values())
        for name in step.acts
    }
    return ((name, act) for name, act in scheme.acts.items() if name in ending or _releases(act.effects))


def _releases(effects: tuple[EffectDef, ...]) -> bool:
    return any(effect.kind == "vrijgave" for effect in effects)
