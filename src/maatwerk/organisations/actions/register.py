"""Registering an organisation with a tenant. An organisation with a BRIN is one and the same for all tenants, so it is
looked up first; its name and number are public, and what a tenant says of it stays with the tenant."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from maatwerk import audit, clock
from maatwerk.db import new_id
from maatwerk.organisations.queries import SCHOOL, TenantOrganisation, organisation
from maatwerk.people import identity_scope
from maatwerk.rules.refusals import Conflict, Invalid, Reason
from maatwerk.tenancy import Tx

SECTORS = ("vo", "mbo")
INSERT = """
    INSERT INTO organisation (id, kind, name, brin, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (brin) DO UPDATE SET kind = organisation.kind RETURNING id
"""
LINK = """
    INSERT INTO tenant_organisation (tenant_id, organisation_id, sector, school_type, municipality, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)
"""


@dataclass(frozen=True)
class NewOrganisation:
    """What is registered; a school has a sector."""

    kind: str
    name: str
    brin: str | None = None
    sector: str | None = None
    school_type: str | None = None
    municipality: str | None = None


async def ensure_organisation(new: NewOrganisation) -> UUID:
    """The id of the organisation itself, made when no other has its BRIN. Opens its own scope: it is nobody's."""
    if new.kind == SCHOOL and new.sector not in SECTORS:
        raise Invalid((Reason("sector", "Een school is van de sector vo of mbo.", field="sector"),))
    async with identity_scope() as tx:
        organisation_id: UUID = await tx.fetchval(INSERT, new_id(), new.kind, new.name, new.brin, clock.now())
        return organisation_id


async def register(tx: Tx, organisation_id: UUID, new: NewOrganisation) -> TenantOrganisation:
    """Links the organisation to this scope's tenant. Raises Conflict when it was linked already."""
    try:
        await tx.execute(
            LINK,
            *(tx.tenant_id, organisation_id, new.sector, new.school_type, new.municipality, clock.now()),
        )
    except asyncpg.UniqueViolationError as error:
        raise Conflict.because("al_geregistreerd", "Deze organisatie hoort al bij dit partnerschap.") from error
    await audit.record(tx, "organisation.registered", "organisation", organisation_id)
    found = await organisation(tx, organisation_id)
    assert found is not None
    return found
