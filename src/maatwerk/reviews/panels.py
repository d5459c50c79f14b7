"""The panel of a case with everybody who could sit on it, and why this one does and another does not. Before the review has
begun it is the panel as it would be filled today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maatwerk import clock
from maatwerk.cases.actions.facts import declared
from maatwerk.cases.case import Case
from maatwerk.reviews.queries import Seated, by_seat, seated
from maatwerk.rules import routing
from maatwerk.rules.acts import Chair, Facts
from maatwerk.rules.history import History, StepState, fold
from maatwerk.rules.scheme import SeatDef
from maatwerk.rules.situation import Situation
from maatwerk.tenancy import Tx


@dataclass(frozen=True)
class Place:
    """A chair with its candidates; `frozen` says that the panel is set, `name` is of who sits there. `elsewhere` are who sit on
    another chair of a set panel."""

    chair: Chair
    seat: SeatDef
    name: str
    frozen: bool
    voted: bool
    candidates: Sequence[Seated]
    elsewhere: frozenset[str] = frozenset()


async def panel(tx: Tx, case: Case) -> list[Place]:
    """The places of the latest panel; none for a case that comes to no review."""
    people = await seated(tx, case)
    history = fold(case.scheme, case.acts)
    opened = [
        state for state in history.steps.values() if any(chair.slot in case.scheme.seats for chair in state.chairs)
    ]
    if opened:
        state = max(opened, key=lambda state: (state.opened_on is not None, state.opened_on))
        return [_frozen(case, chair, people, state) for chair in state.chairs]
    facts = Facts(values=await declared(tx, case.id))
    return [_place(case, chair, people) for chair in _expected(case, history, facts, people)]


def _expected(case: Case, history: History, facts: Facts, people: Sequence[Seated]) -> Sequence[Chair]:
    situation = Situation(case.scheme, history, clock.today(), facts)
    for step in case.scheme.steps.values():
        if step.panels and (found := routing.panel_for(step.panels, situation)):
            return routing.fill(found.slots, case.scheme.seats, by_seat(case.scheme.seats, people))
    return ()


def _frozen(case: Case, chair: Chair, people: Sequence[Seated], state: StepState) -> Place:
    others = frozenset(other.person for other in state.chairs if other.person and other.slot != chair.slot)
    place = _place(case, chair, people)
    return replace(place, frozen=True, voted=chair.slot in state.votes, elsewhere=others)


def _place(case: Case, chair: Chair, people: Sequence[Seated]) -> Place:
    own = [each for each in people if each.seat == chair.slot]
    name = next((each.name for each in own if each.candidate.person == chair.person), "")
    return Place(chair, case.scheme.seats[chair.slot], name, False, False, own)
