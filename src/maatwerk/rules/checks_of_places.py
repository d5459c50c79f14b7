"""Faults of roles without a place, or with one that the scheme does not bear, and of seats that are nobody's."""

from collections.abc import Iterator

from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.belonging import BY_NAME, CARRIERS
from maatwerk.rules.decoding import Fault
from maatwerk.rules.permissions import TENANT_ROLES
from maatwerk.rules.places import only_seated, places, seat_roles
from maatwerk.rules.scheme import RoleDef, Scheme

_TAKEN = (TENANT_ROLES | {"operator", "ketenpartner", "systeem"}) - BY_NAME.keys()


def place_faults(scheme: Scheme) -> Iterator[Fault]:
    """Every fault of who acts from where."""
    yield from _adviser(scheme)
    for role, definition in scheme.roles.items():
        yield from _role(scheme, f"rol.{role}", role, definition)
    sat_on = {slot for step in scheme.steps.values() for panel in step.panels for slot in panel.slots}
    for seat, chair in scheme.seats.items():
        if chair.role or seat in sat_on:
            yield from _seat(scheme, f"zetel.{seat}.rol", chair.role or only_seated(scheme))
    yield from _voters(scheme)


def _adviser(scheme: Scheme) -> Iterator[Fault]:
    if scheme.advice.audience and places(scheme).get(scheme.advice.audience) != "bureau":
        message = "een adviesvraag hoort bij geen zaak, en gaat dus naar een rol van het bureau."
        offices = ", ".join(role for role, place in places(scheme).items() if place == "bureau")
        mend = f"kies uit: {offices}." if offices else 'voeg een rol toe met plaats = "bureau".'
        yield Fault("adviesvraag.aan", message, mend)


def _role(scheme: Scheme, here: str, role: str, definition: RoleDef) -> Iterator[Fault]:
    named, place = BY_NAME.get(role), definition.place
    if role in _TAKEN:
        yield Fault(here, f"'{role}' is een rol van het platform.", "geef deze rol een andere naam.")
    if named and place not in (None, named):
        yield Fault(f"{here}.plaats", f"de rol '{role}' heeft zijn plaats door zijn naam.", f'schrijf "{named}".')
    if not named and place is None:
        mend = f"voeg plaats toe, en kies uit: {', '.join(CARRIERS)}."
        yield Fault(here, "er staat niet bij vanaf welke plaats iemand in deze rol handelt.", mend)
    if place == "gemeente" and not any(field.kind == "gemeente" for field in scheme.form.values()):
        message = "een zaak is van de woongemeente, en het formulier vraagt die niet."
        yield Fault(f"{here}.plaats", message, 'voeg een vraag toe met soort = "gemeente".')
    if not named and place == "zetel" and role not in seat_roles(scheme).values():
        yield Fault(f"{here}.plaats", "op geen enkele zetel zit deze rol.", f'voeg een zetel toe met rol = "{role}".')


def _seat(scheme: Scheme, here: str, role: str) -> Iterator[Fault]:
    if not role:
        yield Fault(here, "er staat niet bij wie op deze zetel zit.", f"voeg rol toe: {', '.join(scheme.roles)}.")
    elif role not in scheme.roles:
        yield Fault(here, f"de rol '{role[:60]}' bestaat niet.", "noem een bestaande rol.")
    elif places(scheme).get(role) == "gezin":
        yield Fault(here, "het gezin zit op geen zetel.", "noem een andere rol.")


def _voters(scheme: Scheme) -> Iterator[Fault]:
    """A seat whose role may not vote would keep its panel waiting for ever."""
    for name, step in scheme.steps.items():
        acts = [scheme.acts[act] for act in step.acts if act in scheme.acts]
        able = {role for act in acts for role in act.by if act.behaviour in PALETTE and PALETTE[act.behaviour].by_seat}
        for index, panel in enumerate(step.panels):
            for slot in panel.slots:
                role = seat_roles(scheme).get(slot, "")
                if able and role in scheme.roles and role not in able:
                    message = f"op de zetel '{slot[:60]}' zit de rol '{role}', en die mag hier niet stemmen."
                    yield Fault(f"stap.{name}.panelen.{index}", message, "noem haar bij door van wie stemt.")
