"""What lists and pages read of a case, derived from its standing: who can do what now, the clocks, the next moment.

It can be rebuilt from the acts at any time; nothing is decided from it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from maatwerk.cases.roles import PLATFORM_ROLES
from maatwerk.clock import AMSTERDAM
from maatwerk.rules.scheme import ActDef, Scheme
from maatwerk.rules.standing import Standing

EVERYBODY = UUID(int=0)


@dataclass(frozen=True)
class Work:
    """An entry of a work list: `owner` is a school, a member, or EVERYBODY in the role."""

    role: str
    owner: UUID
    acts: tuple[str, ...]


def project(standing: Standing) -> dict[str, Any]:
    """The standing as JSON for the case's row: open acts with what blocks them, and the clocks."""
    return {
        "handelingen": [
            {"handeling": o.act, "stap": o.step, "rollen": o.roles, "zetels": o.seats, "geblokkeerd": len(o.blocks)}
            for o in standing.offers
        ],
        "termijnen": [
            {"termijn": c.id, "einde": c.due.isoformat(), "stand": c.status, "verstrijkt": c.passes_on.isoformat()}
            for c in standing.clocks
        ],
        "volgende": standing.next_moment.isoformat() if standing.next_moment else None,
    }


def work_of(scheme: Scheme, standing: Standing, organisation: UUID) -> list[Work]:
    """Who has this case on a work list: whoever an open step waits for, that is, who can end it. What may be done besides
    (supplementing, answering a question) is work only when a task asks for it."""
    found: dict[tuple[str, UUID], list[str]] = {}
    for offer in standing.offers:
        if not offer.step or not ends(scheme.acts[offer.act]):
            continue
        for role in offer.roles:
            for owner in _owners(role, offer.act, offer.seats, standing.steps[offer.step].chairs, organisation):
                found.setdefault((PLATFORM_ROLES.get(role, role), owner), []).append(offer.act)
    return [Work(role, owner, tuple(acts)) for (role, owner), acts in found.items()]


def ends(act: ActDef) -> bool:
    """Whether an act can end its step, so that the step waits for whoever may do it."""
    return bool(act.outcome or act.outcome_field or act.behaviour == "stemmen" or "leerling" in act.fields)


def _owners(role: str, act: str, seats: tuple[str, ...], chairs: Iterable[Any], organisation: UUID) -> list[UUID]:
    if role == "coordinator":
        return [organisation]
    members = [UUID(chair.person) for chair in chairs if chair.person]
    if members and role == "beoordelaar":
        return members
    return [EVERYBODY]


def due_of(standing: Standing) -> date | None:
    """The first last day of a running clock."""
    running = [clock.due for clock in standing.clocks if clock.status in ("loopt", "geschorst")]
    return min(running, default=None)


def moment_of(day: date | None) -> datetime | None:
    """The instant at which a legal day begins in Amsterdam."""
    return None if day is None else datetime.combine(day, time.min, tzinfo=AMSTERDAM)
