"""Who comes in by a link: somebody without an account, in a role of the family, in one case. A role says which others let him in
(`link_door`); one that files by a link lets those others begin the case for it.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.consent import ANSWERS, STATES
from maatwerk.rules.decoding import Fault
from maatwerk.rules.places import places
from maatwerk.rules.questions import filing_acts
from maatwerk.rules.scheme import ActDef, FieldDef, Scheme

LINK_AND_CODE: Final = "link_en_code"
NOT_DIGID: Final = "identiteit niet met DigiD vastgesteld"
WAYS: Mapping[str, str] = MappingProxyType({LINK_AND_CODE: "met een link en een code, gemaild aan het opgegeven adres"})


def lets_in(scheme: Scheme, roles: tuple[str, ...]) -> list[str]:
    """The roles in which somebody in one of these roles may let another in."""
    return [name for name, role in scheme.roles.items() if set(role.linked_by).intersection(roles)]


def begins_for(scheme: Scheme, role: str) -> bool:
    """Whether a role begins cases for a family that files itself."""
    filed_by = {name for act in filing_acts(scheme) for name in scheme.acts[act].by}
    return bool(filed_by.intersection(lets_in(scheme, (role,))))


def asked_of(scheme: Scheme, role: str, kind: str) -> dict[str, FieldDef]:
    """The questions that an act asks of somebody in a role. What the form demands at acts of others alone is theirs to fill in; to a
    consent he speaks for himself, and says yes or no."""
    act = scheme.acts[kind]
    if PALETTE[act.behaviour].uses_form:
        own = {name for name, each in scheme.acts.items() if role in each.by}
        return {
            name: field
            for name, field in scheme.form.items()
            if field.kind != "berekend" and (not field.required or own.intersection(field.required))
        }
    fields = {name: field for name, field in act.fields.items() if field.kind != "berekend"}
    return {name: field for name, field in fields.items() if name not in spoken(scheme, role, act)}


def spoken(scheme: Scheme, role: str, act: ActDef) -> dict[str, str]:
    """What goes without asking when somebody who is asked for a consent answers: that it is he."""
    consent = scheme.consents.get(act.consent)
    asked = consent is not None and role in {who.role for who in consent.who}
    return {"wie": role} if asked and role in act.fields["wie"].choices else {}


def choices(scheme: Scheme, role: str, kind: str, name: str, field: FieldDef) -> dict[str, str]:
    """What can be chosen: whoever is asked for a consent gives or refuses it."""
    speaks = name == "stand" and bool(spoken(scheme, role, scheme.acts[kind]))
    left_out = set(STATES) - set(ANSWERS) if speaks else set[str]()
    return {value: title for value, title in field.choices.items() if value not in left_out}


def link_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of roles that come in by a link."""
    for name, role in scheme.roles.items():
        here = f"rol.{name}.link_door"
        if role.linked_by and role.place != "gezin":
            message = "alleen wie geen account heeft, komt met een link binnen."
            yield Fault(here, message, 'schrijf plaats = "gezin", of haal link_door weg.')
        for other in role.linked_by:
            if other not in scheme.roles:
                mend = f"noem een bestaande rol: {', '.join(scheme.roles)}."
                yield Fault(here, f"de rol '{other[:60]}' bestaat niet.", mend)
            elif places(scheme).get(other) in ("gezin", "zetel"):
                message = f"de rol '{other[:60]}' laat niemand in een zaak binnen."
                yield Fault(here, message, "noem een rol van een school, het bureau of een gemeente.")
