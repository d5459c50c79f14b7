"""From which place each role of a scheme acts. Three have it by their name; any other says it (`plaats`). A chair belongs to one
role: who sits there acts in it.
"""

from collections.abc import Mapping
from functools import lru_cache

from maatwerk.rules.belonging import BY_NAME, Place
from maatwerk.rules.scheme import Scheme


@lru_cache(maxsize=256)
def places(scheme: Scheme) -> Mapping[str, Place]:
    """Every role of a scheme with its place."""
    found = {role: BY_NAME.get(role) or definition.place for role, definition in scheme.roles.items()}
    return {role: place for role, place in found.items() if place}


@lru_cache(maxsize=256)
def seat_roles(scheme: Scheme) -> Mapping[str, str]:
    """Every seat with the role of who sits there."""
    own = only_seated(scheme)
    return {seat: definition.role or own for seat, definition in scheme.seats.items()}


def only_seated(scheme: Scheme) -> str:
    """The one role whose place is a seat; "" when there is none or more."""
    found = [role for role, place in places(scheme).items() if place == "zetel"]
    return found[0] if len(found) == 1 else ""


def adviser(scheme: Scheme) -> str:
    """The role that answers questions for advice; "" when the scheme has no such route."""
    named = scheme.advice.audience or "ondersteuner"
    return named if named in scheme.roles else ""


def municipality_of(scheme: Scheme, answers: Mapping[str, object]) -> str:
    """The home municipality that the answers tell, "" as long as they don't."""
    asked = (name for name, field in scheme.form.items() if field.kind == "gemeente")
    return next((str(answers[name]) for name in asked if answers.get(name)), "")
