"""Reads of a tenant's organisations."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk.tenancy import Tx

SCHOOL = "school"


@dataclass(frozen=True)
class TenantOrganisation:
    """An organisation as this tenant knows it; `sector` (vo, mbo) and `school_type` only for a school."""

    id: UUID
    kind: str
    name: str
    brin: str | None
    sector: str | None
    school_type: str | None
    municipality: str | None
    seq: int


SELECT = """
    SELECT o.id, o.kind, o.name, o.brin, t.sector, t.school_type, t.municipality, t.seq
    FROM tenant_organisation t JOIN organisation o ON o.id = t.organisation_id WHERE t.tenant_id = $1
"""


async def organisations(tx: Tx, after: UUID | None, limit: int) -> list[TenantOrganisation]:
    """The tenant's organisations, in the order in which they were first registered."""
    return await _many(tx, f"{SELECT} AND ($2::uuid IS NULL OR o.id > $2) ORDER BY o.id LIMIT $3", after, limit)


async def schools(tx: Tx, after: UUID | None, limit: int, *, sector: str | None = None) -> list[TenantOrganisation]:
    """The tenant's schools, of one sector when asked."""
    sql = f"""{SELECT} AND o.kind = '{SCHOOL}' AND ($4::text IS NULL OR t.sector = $4)
        AND ($2::uuid IS NULL OR o.id > $2) ORDER BY o.id LIMIT $3"""
    return await _many(tx, sql, after, limit, sector)


async def organisation(tx: Tx, organisation_id: UUID) -> TenantOrganisation | None:
    """One of the tenant's organisations."""
    found = await _many(tx, f"{SELECT} AND o.id = $2", organisation_id)
    return found[0] if found else None


async def _many(tx: Tx, sql: str, *values: Any) -> list[TenantOrganisation]:
    return [TenantOrganisation(*row.values()) for row in await tx.fetch(sql, tx.tenant_id, *values)]


async def by_name(tx: Tx, name: str) -> TenantOrganisation | None:
    """The tenant's organisation of exactly this name."""
    found = await _many(tx, f"{SELECT} AND o.name = $2 ORDER BY o.id LIMIT 1", name)
    return found[0] if found else None
