"""A case that goes over to another school or town: chairs of a school or a municipality in its open steps are from then on of who has
it there. Who left the place without the case moving keeps his chair, and what he voted.
"""

from maatwerk.rules import routing
from maatwerk.rules.acts import Act, Chair, Reseated
from maatwerk.rules.behaviours.behaviour import Deed
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.belonging import Place, same_municipality
from maatwerk.rules.places import municipality_of, places, seat_roles


def reseated(deed: Deed, act: Act) -> tuple[Reseated, ...]:
    """The chairs that an act fills anew because it moved the case, of steps that stay open; one for which nobody was found is empty."""
    moved, result = _moved(deed), act.consequences
    if not moved:
        return ()
    gone = {*(ended.step for ended in result.ended), *result.reopened}
    return tuple(
        Reseated(name, chair)
        for name, state in deed.history.steps.items()
        if state.status == "open" and name not in gone
        for chair in _filled(deed, moved, state.chairs)
    )


def _moved(deed: Deed) -> frozenset[Place]:
    """The places that have the case no more."""
    found: set[Place] = set()
    if any(effect.kind == "overdracht" for effect in deed.definition.effects):
        found.add("school")
    if PALETTE[deed.definition.behaviour].uses_form:
        before = municipality_of(deed.scheme, deed.history.answers)
        now = municipality_of(deed.scheme, deed.act.fields)
        if now and not same_municipality(before, now):
            found.add("gemeente")
    return frozenset(found)


def _filled(deed: Deed, moved: frozenset[Place], chairs: tuple[Chair, ...]) -> tuple[Chair, ...]:
    where, own, able = places(deed.scheme), seat_roles(deed.scheme), deed.facts.candidates
    left = [
        chair.slot
        for chair in chairs
        if where.get(own.get(chair.slot, "")) in moved
        and chair.slot in able
        and chair.person not in {candidate.person for candidate in able[chair.slot]}
    ]
    sitting = {chair.person for chair in chairs if chair.slot not in left}
    free = {slot: [each for each in able[slot] if each.person not in sitting] for slot in left}
    return routing.fill(left, deed.scheme.seats, free)
