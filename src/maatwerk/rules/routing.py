"""Who sits on a seat: never somebody involved and nobody twice; first the seat's own people, then substitutes, the least busy first."""

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


def fill(
    slots: Sequence[str], seats: Mapping[str, SeatDef], candidates: Mapping[str, Sequence[Candidate]]
) -> tuple[Chair, ...]:
    """The chairs of a panel, each with its person and why; an empty chair says why nobody could be found. Nobody sits twice, and as
    many chairs are filled as can be: who fits two goes where he is needed."""
    able = {slot: [c.person for c in _in_order(seats[slot], candidates.get(slot, ()))] for slot in slots}
    sits: dict[str, str] = {}
    for slot in slots:
        _place(slot, able, sits, set())
    return tuple(_chair(slot, seats[slot], candidates.get(slot, ()), sits) for slot in slots)


def _in_order(seat: SeatDef, candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted((c for c in candidates if fit(seat, c)), key=lambda c: (c.substitute, c.load, c.person))


def _place(slot: str, able: Mapping[str, Sequence[str]], sits: dict[str, str], asked: set[str]) -> bool:
    """Whether the chair could be filled: by who is free, else by who can leave his chair to another (an augmenting path)."""
    person = next((each for each in able[slot] if each not in sits), "")
    if not person:
        for each in able[slot]:
            if each not in asked:
                asked.add(each)
                if _place(sits[each], able, sits, asked):
                    person = each
                    break
    if person:
        sits[person] = slot
    return bool(person)


def _chair(slot: str, seat: SeatDef, candidates: Sequence[Candidate], sits: Mapping[str, str]) -> Chair:
    chosen = next((c for c in candidates if sits.get(c.person) == slot), None)
    involved = sum(1 for c in candidates if c.involved and seat.involved_blocks)
    elsewhere = sum(1 for c in candidates if fit(seat, c) and sits.get(c.person, slot) != slot)
    if chosen is None:
        counts = [f"{involved} betrokken", f"{len(candidates) - involved - elsewhere} afwezig"]
        counts += [f"{elsewhere} al op een andere zetel"] if elsewhere else []
        return Chair(slot, "", f"Niemand beschikbaar voor {seat.title}: {', '.join(counts)}.")
    parts = [f"{seat.title}: {'vervanger' if chosen.substitute else 'vast lid'}, {chosen.load} lopende zaken"]
    parts += [f"{involved} betrokkene overgeslagen"] if involved else []
    parts += [f"{elsewhere} zit al op een andere zetel"] if elsewhere else []
    return Chair(slot, chosen.person, f"{'; '.join(parts)}.")
