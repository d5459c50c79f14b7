"""Setting a case's deadline: the one moment at which it has to be looked at again, whatever the reasons are."""

from datetime import datetime
from uuid import UUID

from maatwerk import clock
from maatwerk.db import Transaction
from maatwerk.tenancy import Tx

SET = """
    INSERT INTO timer (tenant_id, case_id, due_at) VALUES ($1, $2, $3)
    ON CONFLICT (tenant_id, case_id) DO UPDATE SET due_at = excluded.due_at
    WHERE timer.due_at IS DISTINCT FROM excluded.due_at
"""

SOON = "UPDATE timer SET due_at = $2 WHERE tenant_id = $1 AND due_at > $2"


async def look_again(tx: Tx) -> None:
    """The ticker looks at every case of this tenant that waits for a moment, because what its terms are counted by has changed."""
    await tx.execute(SOON, tx.tenant_id, clock.now())


async def schedule(tx: Transaction, case_id: UUID, due_at: datetime | None) -> None:
    """The ticker posts `cases.tick` for this case at `due_at`; None means never. The last call counts."""
    await tx.execute(SET, tx.tenant_id, case_id, due_at)
