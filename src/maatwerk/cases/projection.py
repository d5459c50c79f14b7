"""What lists and pages read of a case, derived from its standing: who can do what now, the clocks, the next moment. What a role
was not told yet is not in what its lists read.

It can be rebuilt from the acts at any time; nothing is decided from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from maatwerk.cases.case import Case
from maatwerk.cases.meeting import knows_school, may_follow
from maatwerk.cases.owners import owners, seated
from maatwerk.cases.roles import PLATFORM_ROLES
from maatwerk.clock import AMSTERDAM
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.history import fold
from maatwerk.rules.scheme import ActDef, Scheme
from maatwerk.rules.standing import Standing


@dataclass(frozen=True)
class Work:
    """An entry of a work list: `owner` is who within the role (rules/belonging.py), `due` the first last day that it knows."""

    role: str
    owner: UUID
    acts: tuple[str, ...]
    due: date | None


def project(standing: Standing, seen: Mapping[str, Standing]) -> dict[str, Any]:
    """The standing as JSON for the case's row: open acts with what blocks them, the clocks, and by role the phase and the end as that
    role knows them where it was not told all."""
    return {
        "verteld": {
            PLATFORM_ROLES.get(role, role): {"fase": known.phase, "gesloten": known.closed}
            for role, known in seen.items()
            if (known.phase, known.closed) != (standing.phase, standing.closed)
        },
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


def work_of(scheme: Scheme, seen: Mapping[str, Standing], organisation: UUID, municipality: str) -> list[Work]:
    """Who has this case on a work list: whoever an open step waits for, that is, who can end it, as far as his role knows. What may be
    done besides (supplementing, answering a question) is work only when a task asks for it."""
    found: dict[tuple[str, UUID], list[str]] = {}
    for role, standing in seen.items():
        for offer in standing.offers:
            if role not in offer.roles or not offer.step or not ends(scheme.acts[offer.act]):
                continue
            chairs = standing.steps[offer.step].chairs
            if PALETTE[scheme.acts[offer.act].behaviour].by_seat:
                whose = seated(scheme, role, chairs)
            else:
                whose = owners(scheme, role, standing.steps, organisation, municipality)
            for owner in whose:
                found.setdefault((role, owner), []).append(offer.act)
    return [
        Work(PLATFORM_ROLES.get(role, role), owner, tuple(acts), due_of(seen[role]))
        for (role, owner), acts in found.items()
    ]


def ends(act: ActDef) -> bool:
    """Whether an act can end its step, so that the step waits for whoever may do it."""
    return bool(act.outcome or act.outcome_field or act.behaviour == "stemmen" or "leerling" in act.fields)


def audience_of(case: Case) -> list[tuple[str, UUID, bool]]:
    """Who may follow the case (role, owner, whether he knows of which school it is): every role to which something is open or which
    may do something now."""
    history = fold(case.scheme, case.acts)
    return [
        (PLATFORM_ROLES.get(role, role), owner, knows_school(case.scheme, history, role))
        for role in case.scheme.roles
        if may_follow(case.scheme, history, role)
        for owner in owners(case.scheme, role, history.steps, case.organisation_id, case.home_municipality)
    ]


def due_of(standing: Standing) -> date | None:
    """The first last day of a running clock."""
    running = [clock.due for clock in standing.clocks if clock.status in ("loopt", "geschorst")]
    return min(running, default=None)


def moment_of(day: date | None) -> datetime | None:
    """The instant at which a legal day begins in Amsterdam."""
    return None if day is None else datetime.combine(day, time.min, tzinfo=AMSTERDAM)
