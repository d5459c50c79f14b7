"""From where somebody acts: whether he has a role of a scheme, and whether a case is his from its place. Reads no scheme, so that
who only asks who somebody is loads no rules.

Whose something is within a role (a case to follow, work, a task) is one id, its owner: a school, a member, a municipality, or
EVERYBODY in the role. Who acts from somewhere has the owners of that place.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, Protocol
from uuid import UUID, uuid5

from maatwerk.rules.permissions import COORDINATOR, ONDERSTEUNER, PARTNER, REVIEWER

Place = Literal["school", "bureau", "zetel", "gemeente", "gezin"]

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


def same_municipality(one: str, other: str) -> bool:
    return municipality_id(one) == municipality_id(other)
