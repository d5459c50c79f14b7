"""Who sits on a seat: never somebody involved, first the seat's own people, then substitutes, the least busy first."""

from collections.abc import Iterable, Mapping, Sequence

from maatwerk.rules.acts import Candidate, Chair
from maatwerk.rules.conditions import holds
from maatwerk.rules.scheme import Panel, SeatDef


def panel_for(panels: Sequence[Panel], situation: Mapping[str, object]) -> Panel | None:
    """The first panel whose condition certainly holds; None is a refusal, never an outcome."""
    return next((panel for panel in panels if holds(panel.condition, situation) is True), None)


def fit(seat: SeatDef, candidate: Candidate) -> bool:
    """Whether somebody may sit: present, and not involved where the seat asks for that (R36-39, R36-40)."""
    return not candidate.absent and not (candidate.involved and seat.involved_blocks)


def fill(slot: str, seat: SeatDef, candidates: Iterable[Candidate]) -> Chair:
    """The chair with its person and why; an empty chair says why nobody could be found."""
    known = list(candidates)
    able = sorted((c for c in known if fit(seat, c)), key=lambda c: (c.substitute, c.load, c.person))
    if not able:
        blocked = sum(1 for c in known if c.involved)
        return Chair(
            slot, "", f"Niemand beschikbaar voor {seat.title}: {blocked} betrokken, {len(known) - blocked} afwezig."
        )
    chosen = able[0]
    passed = sum(1 for c in known if c.involved and seat.involved_blocks)
    why = f"{seat.title}: " + ("vervanger" if chosen.substitute else "vast lid") + f", {chosen.load} lopende zaken"
    return Chair(slot, chosen.person, why + (f"; {passed} betrokkene overgeslagen." if passed else "."))
