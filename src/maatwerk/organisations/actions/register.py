"""Registering an organisation with a tenant. Its id, its name and all that is said of it are the tenant's own; only a number makes
it the same as another tenant's, and that is not told. An equal name is a question to a person: of schools there are namesakes."""

from dataclasses import dataclass
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.db import new_id
from maatwerk.organisations.numbers import Number, differ
from maatwerk.organisations.queries import SCHOOL, TenantOrganisation, named, organisation, with_identity
from maatwerk.rules.refusals import Conflict, Invalid, Reason
from maatwerk.tenancy import Tx

SECTORS = ("po", "so", "vo", "vso", "mbo")
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
INSERT = """
    INSERT INTO tenant_organisation
        (tenant_id, organisation_id, same_as, kind, name, sector, school_type, municipality, board, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
NUMBER = """
    UPDATE tenant_organisation SET same_as = $3, seq = seq + 1
    WHERE tenant_id = $1 AND organisation_id = $2 AND same_as IS NULL
"""


@dataclass(frozen=True)
class NewOrganisation:
    """What is registered; a school has a sector."""

    kind: str
    name: str
    number: Number | None = None
    sector: str | None = None
    school_type: str | None = None
    municipality: str | None = None
    board: str = ""


async def register(tx: Tx, new: NewOrganisation, same_as: UUID | None, *, namesake: bool = False) -> TenantOrganisation:
    """The organisation as this scope's tenant has it from now on; `same_as` is what its number stands for, `namesake` says that a
    person knows it to be another one than those of the same name. Raises Conflict when the tenant has it, or may have it; Invalid.
    """
    refuse_sectorless(new)
    await tx.execute(ONE_AT_A_TIME, f"organisations/{tx.tenant_id}")
    if same_as is not None and await with_identity(tx, same_as):
        raise Conflict.because("al_geregistreerd", "Een organisatie met dit nummer hoort al bij dit partnerschap.")
    alike = [each for each in await named(tx, new.kind, new.name) if not differ(each.number, new.number)]
    if alike and not namesake:
        raise Conflict.because(
            "naamgenoot",
            "Bij dit partnerschap hoort al een organisatie die zo heet.",
            mend="Is het dezelfde, gebruik dan die. Is het een andere, stuur dan naamgenoot mee.",
            field="naam",
        )
    organisation_id = new_id()
    await tx.execute(
        INSERT,
        *(tx.tenant_id, organisation_id, same_as, new.kind, new.name, new.sector, new.school_type, new.municipality),
        *(new.board, clock.now()),
    )
    await audit.record(tx, "organisation.registered", "organisation", organisation_id)
    return await _kept(tx, organisation_id)


async def register_from_file(tx: Tx, new: NewOrganisation, same_as: UUID | None) -> TenantOrganisation:
    """The same for a line of the tenant's own file: there a name says which one is meant, and a number that the tenant had not
    given is taken over. Raises Invalid when more than one can be meant."""
    if same_as is not None and (known := await with_identity(tx, same_as)):
        return known
    alike = [each for each in await named(tx, new.kind, new.name) if not differ(each.number, new.number)]
    if not alike:
        return await register(tx, new, same_as)
    if len(alike) > 1 or (new.number and alike[0].number):
        raise Invalid.because(
            "naamgenoot",
            f"Er is meer dan één organisatie die '{new.name}' kan zijn.",
            mend="Noem het nummer waaronder zij al bij het partnerschap hoort.",
            field="organisatie",
        )
    if same_as is not None:
        await tx.execute(NUMBER, tx.tenant_id, alike[0].id, same_as)
        await audit.record(tx, "organisation.numbered", "organisation", alike[0].id)
    return await _kept(tx, alike[0].id)


def refuse_sectorless(new: NewOrganisation) -> None:
    """Raises Invalid for a school without a sector."""
    if new.kind == SCHOOL and new.sector not in SECTORS:
        raise Invalid((Reason("sector", f"Een school is van een sector: {', '.join(SECTORS)}.", field="sector"),))


async def _kept(tx: Tx, organisation_id: UUID) -> TenantOrganisation:
    found = await organisation(tx, organisation_id)
    assert found is not None
    return found
