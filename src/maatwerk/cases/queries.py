"""Lists of cases, all within a tenant and within what the caller may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maatwerk.http.caller import Caller
from maatwerk.tenancy import Tx

LIST = """
    SELECT DISTINCT ON (l.opened_at, l.id) l.* FROM unnest($2::text[], $3::uuid[]) AS k (role, owner_id), LATERAL (
        SELECT c.id, c.number, s.title, s.version, t.phase, t.closed, c.filed_on, c.opened_at,
            CASE WHEN a.knows_school THEN c.sector ELSE '' END AS sector,
            CASE WHEN a.knows_school THEN c.organisation_id END AS organisation_id
        FROM case_audience a JOIN support_case c ON c.tenant_id = a.tenant_id AND c.id = a.case_id
        JOIN scheme_version s ON s.tenant_id = c.tenant_id AND s.id = c.scheme_version_id,
            LATERAL (SELECT coalesce(c.standing #>> ARRAY['verteld', a.role, 'fase'], c.phase),
                coalesce(c.standing #>> ARRAY['verteld', a.role, 'gesloten'], c.closed)) AS t (phase, closed)
        WHERE a.tenant_id = $1 AND a.role = k.role AND a.owner_id = k.owner_id
            AND ($4 = '' OR t.phase = $4) AND ($5 = '' OR c.number = $5)
            AND ($9 = '' OR a.knows_school AND EXISTS (SELECT FROM tenant_organisation o
                WHERE o.tenant_id = c.tenant_id AND o.organisation_id = c.organisation_id AND o.board = $9))
            AND ($6::timestamptz IS NULL OR (a.opened_at, a.case_id) < ($6, $7::uuid))
        ORDER BY a.opened_at DESC, a.case_id DESC LIMIT $8) AS l
    ORDER BY l.opened_at DESC, l.id DESC, l.organisation_id, l.phase LIMIT $8
"""
WORK = """
    SELECT w.case_id AS id, w.role, w.since, w.due, w.acts, c.number, s.title,
        coalesce(c.standing #>> ARRAY['verteld', w.role, 'fase'], c.phase) AS phase
    FROM (
        SELECT DISTINCT ON (of_one.since, of_one.case_id) of_one.*
        FROM unnest($3::uuid[]) AS k (owner_id), LATERAL (
            SELECT * FROM work_item i
            WHERE i.tenant_id = $1 AND i.role = $2 AND i.owner_id = k.owner_id AND (i.since, i.case_id) > ($4, $5)
            ORDER BY i.since, i.case_id LIMIT $6) AS of_one
        ORDER BY of_one.since, of_one.case_id LIMIT $6) AS w
    JOIN support_case c ON c.tenant_id = w.tenant_id AND c.id = w.case_id
    JOIN scheme_version s ON s.tenant_id = c.tenant_id AND s.id = c.scheme_version_id
    ORDER BY w.since, w.case_id
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
    organisation_id: UUID | None


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
    tx: Tx,
    caller: Caller,
    *,
    phase: str,
    number: str,
    board: str,
    after: tuple[datetime, UUID] | None,
    limit: int,
) -> list[Listed]:
    """Cases that the caller may follow, in whatever role, newest first; those of a board as far as he may know the school. Their phase, end and school are as his role knows them."""
    opened_at, last = after or (None, None)
    pairs = [(role, owner) for role in sorted(caller.works_as) for owner in caller.owners]
    roles, owners = [role for role, _ in pairs], [owner for _, owner in pairs]
    rows = await tx.fetch(LIST, tx.tenant_id, roles, owners, phase, number, opened_at, last, limit, board)
    return [Listed(**dict(row)) for row in rows]


async def notices(tx: Tx, case_id: UUID) -> frozenset[Notice]:
    """What was told of a case's terms and ages."""
    return frozenset(Notice(**dict(row)) for row in await tx.fetch(NOTICES, tx.tenant_id, case_id))


async def work_list(
    tx: Tx, caller: Caller, role: str, after: tuple[datetime, UUID] | None, limit: int
) -> list[WorkRow]:
    """The cases that wait for the caller in a role, longest waiting first."""
    since, last = after or (BEGINNING, UUID(int=0))
    rows = await tx.fetch(WORK, tx.tenant_id, role, caller.owners, since, last, limit)
    return [WorkRow(**dict(row)) for row in rows]
