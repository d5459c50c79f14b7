"""Days on which a school is free of its own choice, as the tenant's file says them."""

from maatwerk import audit
from maatwerk.organisations.queries import TenantOrganisation
from maatwerk.rules.school_calendar import OwnHoliday
from maatwerk.rules.tenant_calendar import as_rows
from maatwerk.tenancy import Tx

UPDATE = """
    UPDATE tenant_organisation SET own_holidays = $3, seq = seq + 1 WHERE tenant_id = $1 AND organisation_id = $2
"""


async def keep_holidays(tx: Tx, school: TenantOrganisation, own: tuple[OwnHoliday, ...]) -> bool:
    """Whether they differ from those that were kept."""
    if own == school.own_holidays:
        return False
    await tx.execute(UPDATE, tx.tenant_id, school.id, as_rows(own))
    await audit.record(tx, "organisation.holidays", "organisation", school.id)
    return True
