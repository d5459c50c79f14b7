"""What the tenant's file says of an organisation that it has already: of which board a school is, and its own days off."""

from maatwerk import audit
from maatwerk.organisations.queries import TenantOrganisation
from maatwerk.rules.school_calendar import OwnHoliday
from maatwerk.rules.tenant_calendar import as_rows
from maatwerk.tenancy import Tx

UPDATE = """
    UPDATE tenant_organisation SET board = $3, own_holidays = $4, seq = seq + 1
    WHERE tenant_id = $1 AND organisation_id = $2
"""


async def keep_details(tx: Tx, found: TenantOrganisation, board: str, own: tuple[OwnHoliday, ...]) -> bool:
    """Whether the days off differ from those that were kept."""
    if (board, own) == (found.board, found.own_holidays):
        return False
    await tx.execute(UPDATE, tx.tenant_id, found.id, board, as_rows(own))
    await audit.record(tx, "organisation.changed", "organisation", found.id)
    return own != found.own_holidays
