"""Lists of cases, all within a tenant and within what the caller may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maatwerk.cases.projection import EVERYBODY
from maatwerk.http.caller import Caller
from maatwerk.rules.permissions import COORDINATOR, ONDERSTEUNER, REVIEWER
from maatwerk.tenancy import Tx

LIST = """
    SELECT c.id, c.number, s.title, s.version, t.phase, t.closed, c.filed_on, c.opened_at, c.sector, c.organisation_id
    FROM support_case c JOIN scheme_version s ON s.tenant_id = c.tenant_id AND s.id = c.scheme_version_id,
        LATERAL (SELECT coalesce(c.standing #>> ARRAY['verteld', $8::text, 'fase'], c.phase),
            coalesce(c.standing #>> ARRAY['verteld', $8::text, 'gesloten'], c.closed)) AS t (phase, closed)
    WHERE c.tenant_id = $1 AND ($2::uuid IS NULL OR c.organisation_id = $2)
        AND ($3 = '' OR t.phase = $3) AND ($4 = '' OR c.number = $4)
        AND ($5::timestamptz IS NULL OR (c.opened_at, c.id) < ($5, $6::uuid))
    ORDER BY c.opened_at DESC, c.id DESC LIMIT $7
"""
WORK = """
    SELECT w.case_id AS id, w.role, w.since, w.due, w.acts, c.number, s.title,
        coalesce(c.standing #>> ARRAY['verteld', w.role, 'fase'], c.phase) AS phase
    FROM work_item w JOIN support_case c ON c.tenant_id = w.tenant_id AND c.id = w.case_id
    JOIN scheme_version s ON s.tenant_id = c.tenant_id AND s.id = c.scheme_version_id
    WHERE w.tenant_id = $1 AND w.role = $2 AND w.owner_id = $3 AND (w.since, w.case_id) > ($4, $5)
    ORDER BY w.since, w.case_id LIMIT $6
"""
NOTICES = "SELECT clock AS id, due AS on_day, what AS kind FROM clock_notice WHERE tenant_id = $1 AND case_id = $2"
BEGINNING = datetime.fromisoformat("0001-01-02T00:00:00+00:00")


@dataclass(frozen=True)
class Notice:
    """An alarm that was told: of which term (or consent), for which day, of what kind. It stays, whatever is recorded later."""

    id: str
    on_day: date
    kind: str


@dataclass(frozen=True)
class Listed:
    id: UUID
    number: str | None
    title: str
    version: str
    phase: str
    closed: str
    filed_on: date | None
    opened_at: datetime
    sector: str
    organisation_id: UUID


@dataclass(frozen=True)
class WorkRow:
    """A case that waits for the caller, and the acts that are open to him."""

    id: UUID
    role: str
    since: datetime
    due: date | None
    acts: Any
    number: str | None
    phase: str
    title: str


async def listing(
    tx: Tx, caller: Caller, *, phase: str, number: str, after: tuple[datetime, UUID] | None, limit: int
) -> list[Listed]:
    """Cases the caller may see, newest first: a coordinator's own school, everything for the ondersteuner. Their phase and end are as
    his role knows them."""
    everything = ONDERSTEUNER in caller.roles
    school = None if everything else caller.organisation_id or EVERYBODY
    role = ONDERSTEUNER if everything else COORDINATOR
    opened_at, last = after or (None, None)
    rows = await tx.fetch(LIST, tx.tenant_id, school, phase, number, opened_at, last, limit, role)
    return [Listed(**dict(row)) for row in rows]


async def notices(tx: Tx, case_id: UUID) -> frozenset[Notice]:
    """What was told of a case's terms and ages."""
    return frozenset(Notice(**dict(row)) for row in await tx.fetch(NOTICES, tx.tenant_id, case_id))


def work_owner(caller: Caller, role: str) -> UUID:
    """Whose entries a role's work list shows: a coordinator's school, a reviewer himself, else the whole role."""
    if role == COORDINATOR:
        return caller.organisation_id or EVERYBODY
    if role == REVIEWER:
        return caller.membership_id or EVERYBODY
    return EVERYBODY


async def work_list(
    tx: Tx, caller: Caller, role: str, after: tuple[datetime, UUID] | None, limit: int
) -> list[WorkRow]:
    """The cases that wait for the caller in a role, longest waiting first."""
    since, last = after or (BEGINNING, UUID(int=0))
    rows = await tx.fetch(WORK, tx.tenant_id, role, work_owner(caller, role), since, last, limit)
    return [WorkRow(**dict(row)) for row in rows]
