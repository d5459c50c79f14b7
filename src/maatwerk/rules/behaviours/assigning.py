"""Assigning somebody to a chair of the open panel: a member of that seat who is there, not involved, and on no other chair of it
(R36-40, R36-41)."""

from collections.abc import Iterator
from dataclasses import replace

from maatwerk.rules import routing
from maatwerk.rules.acts import Chair, Consequences
from maatwerk.rules.behaviours.behaviour import Behaviour, Deed
from maatwerk.rules.decoding import Fault
from maatwerk.rules.refusals import Invalid, Refused
from maatwerk.rules.scheme import ActDef, Scheme

SEAT, PERSON = "zetel", "persoon"


def _faults(here: str, act: ActDef, scheme: Scheme) -> Iterator[Fault]:
    if not {SEAT, PERSON} <= {*act.fields}:
        yield Fault(f"{here}.velden", "toewijzen heeft de velden zetel en persoon nodig.", "voeg ze toe.")
    if act.when != "stap":
        yield Fault(f"{here}.wanneer", "toewijzen kan alleen binnen een stap.", "haal wanneer weg.")


def _apply(deed: Deed, result: Consequences) -> Consequences:
    slot, person = str(deed.act.fields.get(SEAT, "")), str(deed.act.fields.get(PERSON, ""))
    if deed.state is None or slot not in {chair.slot for chair in deed.state.chairs}:
        raise Invalid.because("zetel_onbekend", "Deze zetel hoort niet bij deze beoordeling.", field=SEAT)
    candidate = next((c for c in deed.facts.candidates.get(slot, ()) if c.person == person), None)
    if candidate is None:
        raise Invalid.because("geen_lid", "Deze persoon is geen lid van deze zetel.", field=PERSON)
    if not routing.fit(deed.scheme.seats[slot], candidate):
        why = "is betrokken bij de leerling of de zaak" if candidate.involved else "is afwezig"
        raise Refused.because(
            "ongeschikt",
            f"Deze persoon {why} en kan hier niet beoordelen.",
            mend="Kies een vervanger.",
            field=PERSON,
        )
    if any(chair.person == person and chair.slot != slot for chair in deed.state.chairs):
        raise Refused.because(
            "zit_al",
            "Deze persoon zit in deze beoordeling al op een andere zetel.",
            mend="Kies een ander, of geef eerst die zetel aan een ander.",
            field=PERSON,
        )
    why = f"{deed.scheme.seats[slot].title}: aangewezen door de rol {deed.act.by.role}."
    return replace(result, seated=Chair(slot, person, why))


ASSIGNING = Behaviour(_faults, _apply)
