"""The panel of a case with everybody who could sit on it, and why this one does and another does not. Before the review has
begun it is the panel as it would be filled today."""

from collections.abc import Sequence
from dataclasses import dataclass

from maatwerk import clock
from maatwerk.cases.actions.facts import declared
from maatwerk.cases.case import Case
from maatwerk.reviews.queries import Seated, seated
from maatwerk.rules import routing
from maatwerk.rules.acts import Chair, Facts
from maatwerk.rules.history import History, fold
from maatwerk.rules.scheme import SeatDef
from maatwerk.rules.situation import Situation
from maatwerk.tenancy import Tx


@dataclass(frozen=True)
class Place:
    """A chair with its candidates; `frozen` says that the panel is set, `name` is of who sits there."""

    chair: Chair
    seat: SeatDef
    name: str
    frozen: bool
    voted: bool
    candidates: Sequence[Seated]


async def panel(tx: Tx, case: Case) -> list[Place]:
    """The places of the latest panel; none for a case that comes to no review."""
    people = await seated(tx, case)
    history = fold(case.scheme, case.acts)
    opened = [
        state for state in history.steps.values() if any(chair.slot in case.scheme.seats for chair in state.chairs)
    ]
    if opened:
        state = max(opened, key=lambda state: (state.opened_on is not None, state.opened_on))
        return [_place(case, chair, people, True, chair.slot in state.votes) for chair in state.chairs]
    facts = Facts(values=await declared(tx, case.id))
    return [_place(case, chair, people, False, False) for chair in _expected(case, history, facts, people)]


def _expected(case: Case, history: History, facts: Facts, people: Sequence[Seated]) -> list[Chair]:
    situation = Situation(case.scheme, history, clock.today(), facts)
    for step in case.scheme.steps.values():
        if step.panels and (found := routing.panel_for(step.panels, situation)):
            return [
                routing.fill(slot, case.scheme.seats[slot], [each.candidate for each in people if each.seat == slot])
                for slot in found.slots
            ]
    return []


def _place(case: Case, chair: Chair, people: Sequence[Seated], frozen: bool, voted: bool) -> Place:
    own = [each for each in people if each.seat == chair.slot]
    name = next((each.name for each in own if each.candidate.person == chair.person), "")
    return Place(chair, case.scheme.seats[chair.slot], name, frozen, voted, own)
