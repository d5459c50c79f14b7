"""From where somebody in a role of a scheme acts, and so which cases are his. Three roles have their place by their name; any other
says it (`plaats`). A chair belongs to one role: who sits there acts in it.

Whose something is within a role (a case to follow, work, a task) is one id, its owner: a school, a member, a municipality, or
EVERYBODY in the role. Who acts from somewhere has the owners of that place.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Protocol
from uuid import UUID, uuid5

from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.decoding import Fault
from maatwerk.rules.permissions import COORDINATOR, ONDERSTEUNER, PARTNER, REVIEWER, TENANT_ROLES
from maatwerk.rules.scheme import Place, RoleDef, Scheme

BY_NAME: Final[Mapping[str, Place]] = MappingProxyType(
    {"coordinator": "school", "ondersteuner": "bureau", "beoordelaar": "zetel"}
)
CARRIERS: Final[Mapping[Place, frozenset[str]]] = MappingProxyType(
    {
        "school": frozenset({COORDINATOR}),
        "bureau": frozenset({ONDERSTEUNER}),
        "zetel": frozenset({REVIEWER, PARTNER}),
        "gemeente": frozenset({PARTNER}),
        "gezin": frozenset[str](),
    }
)
EVERYBODY: Final = UUID(int=0)
_TOWNS = UUID("5d0ba6a4-4f5e-5f0a-9c0f-6c1f6c0f9b11")
_TAKEN = (TENANT_ROLES | {"operator", "ketenpartner", "systeem"}) - BY_NAME.keys()


class Person(Protocol):
    """A member, as far as it matters where he acts from."""

    @property
    def roles(self) -> frozenset[str] | tuple[str, ...]: ...
    @property
    def functions(self) -> frozenset[str] | tuple[str, ...]: ...
    @property
    def organisation_id(self) -> UUID | None: ...
    @property
    def municipality(self) -> str: ...


def holds(person: Person, role: str, place: Place) -> bool:
    """Whether somebody has a role of a scheme: by its name, or as a function that one of his roles in the tenant bears."""
    if role in BY_NAME:
        return platform_role(role) in person.roles
    return role in person.functions and not CARRIERS[place].isdisjoint(person.roles)


def platform_role(role: str) -> str:
    """What the platform calls a role of a scheme; the scheme's own word where it has none."""
    return REVIEWER if role == "beoordelaar" else role


def is_at(person: Person, place: Place, organisation_id: UUID, municipality: str) -> bool:
    """Whether a case of this school and this home municipality is his from a place; of a seat the case itself knows."""
    match place:
        case "school":
            return person.organisation_id == organisation_id
        case "gemeente":
            return bool(municipality_id(municipality)) and same_municipality(person.municipality, municipality)
        case "bureau":
            return True
        case _:
            return False


def municipality_id(name: str) -> UUID | None:
    """The owner that a municipality is, however its name was typed; None for no name."""
    plain = " ".join(name.replace("\u2019", "'").casefold().split())
    return uuid5(_TOWNS, plain) if plain else None


def municipality_of(scheme: Scheme, answers: Mapping[str, object]) -> str:
    """The home municipality that the answers tell, "" as long as they don't."""
    asked = (name for name, field in scheme.form.items() if field.kind == "gemeente")
    return next((str(answers[name]) for name in asked if answers.get(name)), "")


def same_municipality(one: str, other: str) -> bool:
    return municipality_id(one) == municipality_id(other)


@lru_cache(maxsize=256)
def places(scheme: Scheme) -> Mapping[str, Place]:
    """Every role of a scheme with its place."""
    found = {role: BY_NAME.get(role) or definition.place for role, definition in scheme.roles.items()}
    return {role: place for role, place in found.items() if place}


@lru_cache(maxsize=256)
def seat_roles(scheme: Scheme) -> Mapping[str, str]:
    """Every seat with the role of who sits there."""
    own = _only_seated(scheme)
    return {seat: definition.role or own for seat, definition in scheme.seats.items()}


def _only_seated(scheme: Scheme) -> str:
    """The one role whose place is a seat; "" when there is none or more."""
    found = [role for role, place in places(scheme).items() if place == "zetel"]
    return found[0] if len(found) == 1 else ""


def adviser(scheme: Scheme) -> str:
    """The role that answers questions for advice; "" when the scheme has no such route."""
    named = scheme.advice.audience or "ondersteuner"
    return named if named in scheme.roles else ""


def place_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of roles without a place, or with one that the scheme does not bear, and of seats that are nobody's."""
    if scheme.advice.audience and places(scheme).get(scheme.advice.audience) != "bureau":
        message = "een adviesvraag hoort bij geen zaak, en gaat dus naar een rol van het bureau."
        offices = [role for role, place in places(scheme).items() if place == "bureau"]
        yield Fault("adviesvraag.aan", message, f"kies uit: {', '.join(offices)}.")
    for role, definition in scheme.roles.items():
        yield from _role(scheme, f"rol.{role}", role, definition)
    sat_on = {slot for step in scheme.steps.values() for panel in step.panels for slot in panel.slots}
    for seat, chair in scheme.seats.items():
        if chair.role or seat in sat_on:
            yield from _seat(scheme, f"zetel.{seat}.rol", chair.role or _only_seated(scheme))
    yield from _voters(scheme)


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
