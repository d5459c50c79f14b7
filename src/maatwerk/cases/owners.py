"""Whose a case is within a role of its scheme: what work lists, lists of cases, tasks and mails address."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from maatwerk.rules.acts import Chair
from maatwerk.rules.belonging import EVERYBODY, municipality_id
from maatwerk.rules.history import StepState
from maatwerk.rules.places import places, seat_roles
from maatwerk.rules.scheme import Scheme


def owners(
    scheme: Scheme, role: str, steps: Mapping[str, StepState], organisation_id: UUID, municipality: str
) -> list[UUID]:
    """The school, the municipality, EVERYBODY in the office, or the members on the chairs of the role; nobody of a family."""
    match places(scheme).get(role):
        case "school":
            return [organisation_id]
        case "bureau":
            return [EVERYBODY]
        case "gemeente":
            town = municipality_id(municipality)
            return [town] if town else []
        case "zetel":
            return seated(scheme, role, (chair for state in steps.values() for chair in state.chairs))
        case _:
            return []


def seated(scheme: Scheme, role: str, chairs: Iterable[Chair]) -> list[UUID]:
    """The members on those of the chairs that are of a role, each once."""
    own = seat_roles(scheme)
    found = (UUID(chair.person) for chair in chairs if chair.person and own.get(chair.slot) == role)
    return list(dict.fromkeys(found))
