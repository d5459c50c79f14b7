"""Reads of a tenant's organisations."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk.organisations.numbers import Number
from maatwerk.rules.names import words
from maatwerk.rules.school_calendar import OwnHoliday
from maatwerk.rules.tenant_calendar import read_own
from maatwerk.tenancy import Tx

SCHOOL = "school"


@dataclass(frozen=True)
class TenantOrganisation:
    """An organisation as this tenant knows it, under its own id; `sector` (po to mbo) and `school_type` only for a school."""

    id: UUID
    kind: str
    name: str
    number: Number | None
    sector: str | None
    school_type: str | None
    municipality: str | None
    board: str
    own_holidays: tuple[OwnHoliday, ...]
    seq: int

    @property
    def brin(self) -> str | None:
        return self.number.value if self.number and self.number.kind == "brin" else None


SELECT = """
    SELECT t.organisation_id AS id, t.kind, t.name, o.number_kind, o.number, t.sector, t.school_type, t.municipality,
        t.board, t.own_holidays, t.seq
    FROM tenant_organisation t LEFT JOIN organisation o ON o.id = t.same_as WHERE t.tenant_id = $1
"""
OWN_HOLIDAYS = "SELECT own_holidays FROM tenant_organisation WHERE tenant_id = $1 AND organisation_id = $2"


async def organisations(tx: Tx, after: UUID | None, limit: int) -> list[TenantOrganisation]:
    """The tenant's organisations, in the order in which it registered them."""
    sql = f"{SELECT} AND ($2::uuid IS NULL OR t.organisation_id > $2) ORDER BY t.organisation_id LIMIT $3"
    return await _many(tx, sql, after, limit)


async def schools(
    tx: Tx, after: UUID | None, limit: int, *, sector: str | None = None, board: str = ""
) -> list[TenantOrganisation]:
    """The tenant's schools, of one sector or one board when asked."""
    sql = f"""{SELECT} AND t.kind = '{SCHOOL}' AND ($4::text IS NULL OR t.sector = $4)
        AND ($5 = '' OR t.board = $5)
        AND ($2::uuid IS NULL OR t.organisation_id > $2) ORDER BY t.organisation_id LIMIT $3"""
    return await _many(tx, sql, after, limit, sector, board)


async def organisation(tx: Tx, organisation_id: UUID) -> TenantOrganisation | None:
    """One of the tenant's organisations."""
    found = await _many(tx, f"{SELECT} AND t.organisation_id = $2", organisation_id)
    return found[0] if found else None


async def own_holidays(tx: Tx, school_id: UUID) -> tuple[OwnHoliday, ...]:
    """Days on which a school is free of its own choice; none for one that isn't the tenant's."""
    rows = await tx.fetchval(OWN_HOLIDAYS, tx.tenant_id, school_id)
    return read_own(rows or [], "eigen_vakantie")[0]


async def with_identity(tx: Tx, same_as: UUID) -> TenantOrganisation | None:
    """The tenant's organisation that is the same as what all tenants know by a number."""
    found = await _many(tx, f"{SELECT} AND t.same_as = $2", same_as)
    return found[0] if found else None


async def named(tx: Tx, kind: str, name: str) -> list[TenantOrganisation]:
    """The tenant's organisations of a kind that have this name, however it was typed."""
    found = await _many(tx, f"{SELECT} AND t.kind = $2 ORDER BY t.organisation_id", kind)
    return [each for each in found if words(each.name) == words(name) or each.name == name]


async def by_name(tx: Tx, name: str) -> TenantOrganisation | None:
    """The tenant's organisation of exactly this name; None also when it has more of them."""
    found = await _many(tx, f"{SELECT} AND t.name = $2 LIMIT 2", name)
    return found[0] if len(found) == 1 else None


async def _many(tx: Tx, sql: str, *values: Any) -> list[TenantOrganisation]:
    return [_one(dict(row)) for row in await tx.fetch(sql, tx.tenant_id, *values)]


def _one(row: dict[str, Any]) -> TenantOrganisation:
    kind, value = row.pop("number_kind"), row.pop("number")
    own = read_own(row.pop("own_holidays"), "eigen_vakantie")[0]
    return TenantOrganisation(**row, own_holidays=own, number=Number(kind, value) if kind else None)
