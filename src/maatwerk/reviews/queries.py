"""Who could sit where: the members of each seat, with whether they are there, involved in the pupil's case, and how busy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.cases.case import Case
from maatwerk.people.queries import members_holding
from maatwerk.reviews.involvement import cases_of_pupil, findings, told_of_pupil
from maatwerk.rules.acts import Candidate
from maatwerk.rules.belonging import is_at
from maatwerk.rules.involvement import Cleared
from maatwerk.rules.places import places, seat_roles
from maatwerk.tenancy import Tx

SEATED = """
    SELECT s.seat, s.substitute, m.id, m.name,
        EXISTS (SELECT FROM absence a WHERE a.tenant_id = m.tenant_id AND a.membership_id = m.id
            AND a.from_day <= $3 AND a.to_day >= $3) AS absent,
        (SELECT count(*) FROM work_item w WHERE w.tenant_id = m.tenant_id AND w.owner_id = m.id) AS load,
        EXISTS (SELECT FROM involvement i WHERE i.tenant_id = m.tenant_id AND i.membership_id = m.id
            AND i.case_id = ANY($5) AND i.withdrawn_at IS NULL) AS declared,
        EXISTS (SELECT FROM case_act c WHERE c.tenant_id = m.tenant_id AND c.membership_id = m.id
            AND c.case_id = ANY($5) AND c.role <> ALL($6)) AS acted,
        EXISTS (SELECT FROM support_case o WHERE o.tenant_id = m.tenant_id AND o.opened_by = m.id
            AND o.id = ANY($5)) AS opened,
        x.seen, x.reason AS cleared
    FROM unnest($2::text[], $4::uuid[], $8::boolean[]) AS s (seat, membership_id, substitute)
    JOIN membership m ON m.tenant_id = $1 AND m.id = s.membership_id
    LEFT JOIN mention_set_aside x ON x.tenant_id = m.tenant_id AND x.membership_id = m.id AND x.case_id = $7
    ORDER BY s.seat, s.substitute, m.id
"""
ABSENCES = """
    SELECT a.id, a.membership_id, m.name, a.from_day, a.to_day FROM absence a
    JOIN membership m ON m.tenant_id = a.tenant_id AND m.id = a.membership_id
    WHERE a.tenant_id = $1 AND a.to_day >= $2 AND ($3::uuid IS NULL OR a.membership_id = $3)
        AND ($4::uuid IS NULL OR a.id > $4) ORDER BY a.id LIMIT $5
"""


@dataclass(frozen=True)
class Seated:
    """A member of a seat as a candidate for one case. `findings` are all the reasons why he is involved; `cleared` is why the
    ondersteuner set aside that a school named him."""

    seat: str
    name: str
    candidate: Candidate
    findings: tuple[str, ...] = ()
    cleared: Cleared | None = None


@dataclass(frozen=True)
class Away:
    """Days, both included, on which a member can't review."""

    id: UUID
    membership_id: UUID
    name: str
    from_day: date
    to_day: date


async def seated(tx: Tx, case: Case) -> list[Seated]:
    """Every active member who can have a seat of the scheme, as he stands to this case today."""
    able = await _able(tx, case)
    if not able:
        return []
    case_ids, roles = await cases_of_pupil(tx, case), set(seat_roles(case.scheme).values())
    slots, members, substitutes = (list(column) for column in zip(*able, strict=True))
    rows = await tx.fetch(
        SEATED,
        *(tx.tenant_id, slots, clock.today(), members, case_ids, sorted(roles), case.id, substitutes),
    )
    told = await told_of_pupil(tx, case, case_ids)
    return [_seated(row, findings(row, told)) for row in rows]


async def _able(tx: Tx, case: Case) -> list[tuple[str, UUID, bool]]:
    """(seat, member, whether as a substitute): who has the seat, or where it belongs to a role with another place, who has this case
    in that role."""
    where, found = places(case.scheme), []
    for slot, role in seat_roles(case.scheme).items():
        for each in await members_holding(tx, role, where[role]) if role in where else ():
            own = next((seat for seat in each.seats if seat.code == slot), None)
            if where[role] == "zetel" and own is not None:
                found.append((slot, each.id, own.substitute))
            elif where[role] != "zetel" and is_at(each, where[role], case.organisation_id, case.home_municipality):
                found.append((slot, each.id, False))
    return found


async def candidates(tx: Tx, case: Case) -> Mapping[str, tuple[Candidate, ...]]:
    """The candidates of every seat of the scheme; a seat without members has none."""
    return by_seat(case.scheme.seats, await seated(tx, case))


def by_seat(seats: Iterable[str], people: Iterable[Seated]) -> Mapping[str, tuple[Candidate, ...]]:
    """Who could sit on each of these seats."""
    found: dict[str, list[Candidate]] = {slot: [] for slot in seats}
    for each in people:
        found[each.seat].append(each.candidate)
    return {slot: tuple(able) for slot, able in found.items()}


async def absences(tx: Tx, membership_id: UUID | None, after: UUID | None, limit: int) -> list[Away]:
    """Absences that are not over, of one member when asked."""
    rows = await tx.fetch(ABSENCES, tx.tenant_id, clock.today(), membership_id, after, limit)
    return [Away(**dict(row)) for row in rows]


def _seated(row: Mapping[str, Any], found: tuple[str, ...]) -> Seated:
    candidate = Candidate(
        person=str(row["id"]),
        substitute=row["substitute"],
        absent=row["absent"],
        involved=found[0] if found else "",
        load=row["load"],
    )
    return Seated(row["seat"], row["name"], candidate, found, row["cleared"])
